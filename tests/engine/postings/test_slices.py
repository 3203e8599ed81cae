"""A word is found in all segments at once, also in those that know no hashes of words."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.engine.arrays.buckets import of_words
from indexer.engine.arrays.ids import NO_IDS
from indexer.engine.arrays.vocabulary import Vocabulary, packed
from indexer.engine.postings.slices import Finder, Slice, View, having, ready, rows

DOCUMENTS = 9


def view_of(base: int, words: int) -> View:
    """Return a segment in which word `n` stands in `n + 1` documents, once more in each."""
    ids = np.concatenate([np.arange(n + 1, dtype=np.uint8) for n in range(words)])
    counts = np.concatenate([np.arange(1, n + 2, dtype=np.uint8) for n in range(words)])
    ends = np.cumsum([0, *(n + 1 for n in range(words))])
    place_ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])[ends]
    places = np.zeros(int(place_ends[-1]), np.uint16)
    bounds = (ends.astype(np.uint32).data, place_ends.astype(np.uint32).data)
    live = np.arange(DOCUMENTS) > 0 if base else None
    return View(bounds, (ids, counts, places), (ids, counts, NO_IDS), (base, DOCUMENTS, live))


def made(*hashed: bool) -> Finder:
    """Return segments with the words `a`, `b` and so on, one more in each."""
    views, vocabularies = [], []
    for nth, has_buckets in enumerate(hashed):
        words = [bytes([letter]) for letter in b"abcdefg"[: nth + 2]]
        plain = packed(words)
        known = of_words(words) if has_buckets else None
        vocabularies.append(Vocabulary(plain.packed, plain.ends, known))
        views.append(view_of(nth * DOCUMENTS, len(words)))
    return Finder(views, vocabularies)


def where(found: list[Slice]) -> list[tuple[int, int, int, int]]:
    """Return of each slice its segment, its postings and places, and its first place."""
    return [
        (
            part.view.base,
            part.stop - part.start,
            part.places.stop - part.places.start,
            part.part[4][0],
        )
        for part in found
    ]


@pytest.mark.parametrize("hashed", [(True, True, True), (True, False, True), (False, False, False)])
def test_slices_of_a_word(hashed: tuple[bool, ...]) -> None:
    finder = made(*hashed)
    assert where(finder.find(b"a")) == [(0, 1, 1, 0), (9, 1, 1, 0), (18, 1, 1, 0)]
    assert where(finder.find(b"c")) == [(9, 3, 6, 4), (18, 3, 6, 4)]  # not in the first
    assert where(finder.find(b"d")) == [(18, 4, 10, 10)]
    assert finder.find(b"e") == finder.find(b"") == finder.find(b"ab") == []
    assert having(finder.find(b"c")) == 6
    (one,) = finder.find(b"d")
    assert list(one.part[0]) == [0, 1, 2, 3]
    assert list(one.part[2]) == [1, 2, 3, 4]
    assert one.living_ids.tolist() == [1, 2, 3]  # 0 is deleted
    assert one.living_counts.tolist() == [2, 3, 4]


def test_rows_of_a_word_in_two_fields_go_by_segment() -> None:
    texts, titles = made(True, True, True).find(b"c"), made(True, True).find(b"b")
    found = rows([("titles", titles), ("texts", texts)])
    assert [(base, count) for base, count, _, _ in found] == [(n * 9, DOCUMENTS) for n in range(3)]
    assert [[weights for weights, _ in fields] for *_, fields in found] == [
        ["titles"],
        ["titles", "texts"],
        ["texts"],
    ]
    assert found[0][2] is None
    assert found[1][2].tolist() == [0, *[1] * 8]


def test_the_field_with_most_postings_comes_last() -> None:
    few, many = made(True).find(b"a"), made(True, True).find(b"b")  # 1 posting, and 2 in each of 2
    for fields in ([("few", few), ("many", many)], [("many", many), ("few", few)]):
        by_segment, parts, _ = ready(fields)
        assert parts == [few, many]
        assert [[name for name, _ in row[3]] for row in by_segment] == [["few", "many"], ["many"]]
    first, second = made(True).find(b"a"), made(True).find(b"a")
    assert ready([("one", first), ("other", second)])[1] == [second, first]  # the first of as many
    assert ready([("many", made(True, False).find(b"b"))])[2] == -1  # some were deleted
    assert ready([("few", few)])[2] == 1
