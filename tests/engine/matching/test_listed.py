"""Listed words are looked up by bits or by leaps: the same as numpy finds, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.engine import native
from indexer.engine.arrays.ids import Floats, Ids
from indexer.engine.matching import later
from indexer.engine.matching.combining import all_of
from tests.engine.test_later import COUNT, scorer_of

pytestmark = pytest.mark.compiled
SIZES = (1, 63, 64, 65, 129, 1000, 70_000)
"""Documents of an index: ends of the slots of 64, and more than two bytes number."""
Some = tuple[Ids, Floats]


def some_of(random: np.random.Generator, size: int, most: int) -> Some:
    count = int(random.integers(0, min(size, most) + 1))
    ids = np.sort(random.choice(size, count, replace=False)).astype(np.int64)
    return ids, random.random(count)


@pytest.mark.parametrize("most", [5, 70_000])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", range(5))
def test_looked_up(seed: int, size: int, most: int) -> None:
    random = np.random.default_rng(seed)
    ids, scores = some_of(random, size, most)
    few, more = some_of(random, size, size)
    some = random.random(len(ids)) < 0.3
    pieces = [(ids[~some], scores[~some]), (ids[some], scores[some])]
    found = native.LOOPS.Listed(pieces, size)
    assert np.frombuffer(found.ids, np.int64).tolist() == ids.tolist()
    assert np.frombuffer(found.scores, np.float64).tolist() == scores.tolist()
    assert found.most == max(scores, default=0.0)
    assert np.frombuffer(found.have(few), np.bool_).tolist() == np.isin(few, ids).tolist()
    both, here, there = np.intersect1d(few, ids, return_indices=True)
    met, sums = found.meet(few, more)
    assert np.frombuffer(met, np.int64).tolist() == both.tolist()
    assert np.frombuffer(sums, np.float64).tolist() == (more[here] + scores[there]).tolist()


def test_a_word_is_listed_once_it_was_looked_at_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """What AND finds stays the same when a word turns from a look in the file into a list."""
    _, words = scorer_of(3, np.arange(COUNT))
    some = words()[:2]
    monkeypatch.setattr(later, "LOOK", 0)
    never = all_of(some)
    monkeypatch.setattr(later, "LOOK", 1 << 40)
    assert all_of(some).scores.tolist() == never.scores.tolist()
    assert [len(word.pieces) for word in some] == [1, 1]
    assert all_of(some).ids.tolist() == never.ids.tolist()
    assert all_of(some).scores.tolist() == never.scores.tolist()
