"""The compiled loops over places give what numpy gives, to the last bit, also beside deletions."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from indexer.engine import native
from indexer.engine.arrays.file import narrow
from indexer.engine.arrays.ids import summed
from indexer.engine.arrays.vocabulary import names as texts
from indexer.engine.documents.table import Documents
from indexer.engine.matching import adjacency, place_bits
from indexer.engine.matching.place_bits import Line
from indexer.engine.matching.proximity import Lift, Placed
from indexer.engine.matching.scoring import Scorer
from indexer.engine.postings.file import before
from indexer.engine.postings.runs import Postings
from indexer.engine.postings.slices import Slice, View
from tests.conftest import ROOT

pytestmark = pytest.mark.compiled
DOCUMENTS = 300
"""Of a segment: more than a byte numbers. A small one has fewer, whose numbers take one."""
Live = npt.NDArray[np.bool_] | None


def segment(random_: random.Random, base: int, words: int, wide: int, live: Live) -> list[Slice]:
    """Return slices of some words in a segment; counts up to `wide`."""
    documents = random_.choice((40, DOCUMENTS))
    ids, counts, places, bounds = [], [], [], [(0, 0)]
    for _ in range(words):
        for document in sorted(random_.sample(range(documents), random_.randrange(1, documents))):
            count = random_.choice((1, 2, 5, wide))
            ids.append(document)
            counts.append(count)
            places += sorted(random_.sample(range(4 * wide), count))
        bounds.append((len(ids), len(places)))
    arrays = [narrow(np.array(row)) for row in (ids, counts, places)]
    nothing = memoryview(b"")
    view = View(
        (nothing, nothing),
        (arrays[0], arrays[1], arrays[2]),
        (native.plain(arrays[0]), native.plain(arrays[1]), native.plain(before(arrays[1]))),
        (base, DOCUMENTS, live),
    )
    return [
        Slice(view, start, stop, place, last) for (start, place), (stop, last) in pairwise(bounds)
    ]


def words_of(
    random_: random.Random, count: int, wide: int, fields: int = 1
) -> list[list[Postings]]:
    """Return by field some words, in three segments of which some have deleted documents."""
    living = [np.array([random_.random() < 0.8 for _ in range(DOCUMENTS)]) for _ in range(2)]
    found = []
    for _ in range(fields):
        segments = [
            segment(random_, n * DOCUMENTS, count, wide, live)
            for n, live in enumerate([*living, None])
        ]
        found.append(
            [
                Postings.of([rows[n] for rows in segments if random_.random() < 0.9])
                for n in range(count)
            ]
        )
    return found


def alike(one: Postings, other: Postings) -> None:
    assert one.ids.tolist() == other.ids.tolist()
    assert one.counts.tolist() == other.counts.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_phrases_and_nearness(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random_ = random.Random(seed)
    (words,) = words_of(random_, 3, random_.choice((7, 300)))
    offsets = [0, 1, random_.choice((2, 4))]
    distance = random_.randint(1, 6)
    phrases = adjacency.counted(words, adjacency.in_sequence(offsets))
    near = adjacency.counted(words[:2], adjacency.at_most(distance))
    itself = adjacency.counted([words[0], words[0]], adjacency.at_most(distance))
    assert phrases is not None
    assert near is not None
    assert itself is not None
    alike(phrases, adjacency.adjacent(words, offsets))
    alike(near, adjacency.near(words[0], words[1], distance))
    alike(itself, adjacency.near(words[0], words[0], distance))
    monkeypatch.setattr(native, "LOOPS", None)
    assert adjacency.counted(words, adjacency.in_sequence(offsets)) is None or not all(
        word.has_any for word in words
    )


@pytest.mark.parametrize("seed", range(40))
def test_phrases_with_common_words(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random_ = random.Random(seed)
    wide = random_.choice((7, 300))
    (words,) = words_of(random_, 4, wide)
    words = [word for word in words if word.has_any][: random_.randint(2, 4)]
    line = Line(np.full(3 * DOCUMENTS, 4.0 * wide))
    are_common = random_.sample([True, False, False, *[seed % 2 > 0] * 2], len(words))
    if not any(are_common):
        are_common[random_.randrange(len(words))] = True
    common = [
        line.bits(word) if often else None for word, often in zip(words, are_common, strict=True)
    ]
    offsets = sorted(random_.sample(range(1, 5), len(words) - 1))
    by_loops = place_bits.adjacent(words, common, [0, *offsets])
    monkeypatch.setattr(native, "LOOPS", None)
    alike(by_loops, place_bits.adjacent(words, common, [0, *offsets]))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("room", [1, 31, 32, 33, 700, 65536, 65537])
def test_counts_of_many_words(seed: int, room: int) -> None:
    random_ = random.Random(seed)
    tally = native.LOOPS.Tally(room)
    for most in (1, 255, random_.choice((2, 70_000))):  # one is emptied by the look before
        rows = [random_.choices(range(room), k=random_.choice((1, 40, 900))) for _ in range(3)]
        ids = [narrow(np.array([*row, room - 1])) for row in rows]
        counts = [narrow(np.array(random_.choices((1, most), k=len(row)))) for row in ids]
        for some, more in zip(ids, counts, strict=True):
            tally.add((native.plain(some), some.itemsize, native.plain(more), more.itemsize, 0))
        found, sums = map(np.asarray, tally.taken())
        documents, expected = summed(np.concatenate(ids), np.concatenate(counts))
        assert found.view(f"<u{found.itemsize}").tolist() == documents.tolist()
        assert sums.tolist() == expected.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_lifts(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random_ = random.Random(seed)
    fields = words_of(random_, 5, random_.choice((7, 300)), fields=2)
    placed = [
        Placed(position, random_.random(), [field[n] for field in fields])
        for n, position in enumerate(sorted(random_.sample(range(12), 5)))
    ]
    living = sorted({number for field in fields for word in field for number in word.ids.tolist()})
    documents = np.array(living[:: random_.randint(1, 4)], np.int64)
    by_loops = Lift(placed).gains(documents)
    again = np.array(sorted(random_.sample(living, 5)), np.int64)  # of words that are known
    few = Lift(placed).gains(again)
    monkeypatch.setattr(native, "LOOPS", None)
    assert few.tolist() == Lift(placed).gains(again).tolist()
    assert by_loops.tolist() == Lift(placed).gains(documents).tolist()
    assert by_loops.any()


@pytest.mark.parametrize("seed", range(40))
def test_worths_of_words_in_several_fields(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random_ = random.Random(seed)
    wide = random_.choice((7, 300))
    fields = words_of(random_, 3, wide, fields=random_.randint(1, 4))
    names = ("title", "question", "answer", "body")
    count = 3 * DOCUMENTS
    documents = Documents(
        live=np.ones(count, np.bool_),
        paper=np.arange(count),
        paper_ids=texts([]),
        lengths={
            name: np.array([random_.randint(0, 9) for _ in range(count)], np.float64)
            for name in names
        },
        dates=np.zeros(count, np.int64),
        values={},
    )
    for n in range(3):
        found = {name: field[n] for name, field in zip(names, fields, strict=False)}
        by_loops = Scorer(documents).score(found, 0.75)
        with monkeypatch.context() as patch:
            patch.setattr(native, "LOOPS", None)
            by_numpy = Scorer(documents).score(found, 0.75)
        assert by_loops.ids.tolist() == by_numpy.ids.tolist()
        assert by_loops.scores.tolist() == by_numpy.scores.tolist()


def test_too_many_places_are_left_to_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    (words,) = words_of(random.Random(1), 2, 7)
    monkeypatch.setattr(adjacency, "READ", 10)
    assert adjacency.counted(words, adjacency.at_most(2)) is None


def test_words_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    word = [*words_of(random.Random(2), 1, 7)[0], Postings.of([])]
    found = adjacency.counted(word, adjacency.at_most(2))
    assert found is not None
    assert not len(found.ids)
    monkeypatch.setattr(native, "LOOPS", None)
    assert adjacency.counted(word, adjacency.at_most(2)) is found


def test_without_librt_numpy_does_it() -> None:
    program = (
        "import sys; sys.modules['librt'] = sys.modules['librt.vecs'] = None\n"
        "from indexer.engine import native; print(native.LOOPS)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "None\n"
