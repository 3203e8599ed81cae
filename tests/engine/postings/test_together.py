"""What a file of postings knows: documents with a word in any of several fields, places before."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.arrays import file as arrays_file
from indexer.engine.arrays.ids import NO_IDS, Mask
from indexer.engine.postings import file as postings_file
from indexer.engine.postings import slices
from indexer.engine.postings.inversion import Inversion, Run
from indexer.engine.postings.slices import Slice, View

DOCUMENTS = 50
WORDS = "abcdefgh"
Standing = dict[str, dict[str, set[int]]]


def written(random_: random.Random, fields: list[str], path: Path) -> Standing:
    """Write a segment of words by chance; return in which documents each stands, by field."""
    inversion, standing = Inversion(), dict[str, dict[str, set[int]]]()
    for name in fields:
        standing[name] = {}
        for document in range(DOCUMENTS):
            chosen = [random_.choice(WORDS) for _ in range(random_.choice((0, 1, 3, 9)))]
            inversion.add_document(name, document, [(w, n) for n, w in enumerate(chosen)])
            for word in chosen:
                standing[name].setdefault(word, set()).add(document)
    with path.open("wb") as stream:
        postings_file.write(stream, inversion.runs())
    return standing


def slice_of(run: Run, word: str, base: int, live: Mask | None) -> Slice:
    """Return where a word stands in a field, as an open index has it."""
    none = (NO_IDS, NO_IDS, NO_IDS)
    together = None if run.together is None else run.together.data
    bounds = (run.first.data, run.first_place.data)
    view = View(bounds, (run.ids, run.counts, run.places), none, (base, DOCUMENTS, live), together)
    return view.slice(list(run.tokens).index(word.encode()))


@pytest.mark.parametrize("seed", range(30))
def test_documents_of_a_word_in_any_field(seed: int, tmp_path: Path) -> None:
    random_ = random.Random(seed)
    names = random_.sample(("title", "question", "answer", "body"), random_.randint(2, 4))
    standing = written(random_, [*names, "exact"], tmp_path / "some")
    found = postings_file.read(tmp_path / "some")
    assert found["exact"].together is None
    assert sum(found[name].together is None for name in names) == 1  # the largest
    for word in WORDS:
        having = [name for name in names if word in standing[name]]
        parts = [slice_of(found[name], word, 0, None) for name in having]
        others = [slice_of(found[name], word, DOCUMENTS, None) for name in having]
        any_field = set[int]().union(*(standing[name][word] for name in having))
        assert slices.together([[part] for part in parts]) == len(any_field)
        pairs = [list(pair) for pair in zip(parts, others, strict=True)]
        assert slices.together(pairs) == 2 * len(any_field)
        for name, part in zip(having, parts, strict=True):  # alone it has those of its own field
            assert slices.together([[part]]) == len(standing[name][word])


def test_what_the_file_does_not_tell(tmp_path: Path) -> None:
    written(random.Random(1), ["title", "body"], tmp_path / "some")
    found = postings_file.read(tmp_path / "some")
    title, body = (slice_of(found[name], "a", 0, None) for name in ("title", "body"))
    living = np.ones(DOCUMENTS, np.bool_)
    assert slices.together([[slice_of(found["title"], "a", 0, living)]]) == -1
    counts = title.view.of_counts(np.zeros(1, np.int16), np.ones(1, np.uint8))
    assert slices.together([[counts], [body]]) == -1
    assert slices.together([[body], [counts]]) == -1
    (unknown,) = (part for part in (title, body) if not part.together)
    assert slices.together([[unknown], [unknown]]) == -1
    assert slices.together([]) == 0


def test_segments_of_before_know_nothing(tmp_path: Path) -> None:
    written(random.Random(1), ["title", "body"], tmp_path / "some")
    groups = arrays_file.read(tmp_path / "some")
    groups.pop(postings_file.TOGETHER)
    old = {name: {k: v for k, v in row.items() if k != "before"} for name, row in groups.items()}
    with (tmp_path / "old").open("wb") as stream:
        arrays_file.write(stream, old.items())
    for name, run in postings_file.read(tmp_path / "old").items():
        assert run.before is None
        assert run.together is None
        known = postings_file.read(tmp_path / "some")[name].before
        assert known is not None
        assert known.tolist() == postings_file.before(run.counts).tolist()


def test_places_before_postings() -> None:
    counts = np.arange(1, 101, dtype=np.uint8)
    expected = [0, *(sum(range(1, n + 1)) for n in (32, 64, 96, 100))]
    assert postings_file.before(counts).tolist() == expected
    assert postings_file.before(counts[:0]).tolist() == [0]
