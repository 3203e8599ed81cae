"""Words that are looked up by bits or by leaps give what lists give, to the last bit."""

from __future__ import annotations

import random

import numpy as np
import pytest

from indexer.engine import native
from indexer.engine.matching import later
from indexer.engine.matching.combining import all_of
from indexer.engine.matching.later import Later
from tests.engine.test_later import COUNT, scorer_of

pytestmark = pytest.mark.compiled


@pytest.mark.parametrize("seed", range(40))
def test_looked_up(seed: int) -> None:
    """Of words in one field or more, beside deletions, with counts of a byte or of two."""
    random_ = random.Random(seed)
    _, words = scorer_of(seed, np.arange(COUNT))
    for word, known in zip(words(), words(), strict=True):
        assert isinstance(word, Later)
        assert isinstance(known, Later)
        ids, scores, found = word.ids, word.scores, known.listed
        few = np.array(sorted(random_.sample(range(COUNT), random_.choice((3, 100, COUNT)))))
        more = np.array([random_.random() for _ in few])
        assert found.most == pytest.approx(scores.max(), rel=1e-12)
        assert np.frombuffer(found.have(few), np.bool_).tolist() == np.isin(few, ids).tolist()
        both, here, there = np.intersect1d(few, ids, return_indices=True)
        met, sums = found.meet(few, more)
        assert np.frombuffer(met, np.int64).tolist() == both.tolist()
        assert np.frombuffer(sums, np.float64).tolist() == (more[here] + scores[there]).tolist()
        bits = np.frombuffer(native.LOOPS.union([native.LOOPS.Group([(found, 1.0)])], COUNT), "u1")
        taken = np.unpackbits(bits, bitorder="little", count=COUNT)
        assert np.flatnonzero(taken).tolist() == ids.tolist()


def test_both_ways_are_tried() -> None:
    kinds = {
        word.listed.is_dense
        for seed in range(10)
        for word in scorer_of(seed, np.arange(COUNT))[1]()
        if isinstance(word, Later)
    }
    assert kinds == {True, False}


def test_a_word_is_kept_so_once_it_was_looked_at_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """What AND finds stays the same when a word turns from a look in the file into bits."""
    _, words = scorer_of(3, np.arange(COUNT))
    some = words()[:2]
    monkeypatch.setattr(later, "LOOK", 0)
    never = all_of(some)
    monkeypatch.setattr(later, "LOOK", 1 << 40)
    for _ in range(2):
        found = all_of(some)
        assert found.ids.tolist() == never.ids.tolist()
        assert found.scores.tolist() == never.scores.tolist()
    assert any(isinstance(word, Later) and word._listed is not None for word in some)
