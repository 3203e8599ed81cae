"""The best documents of a question, lifted as far as a page needs.

In go the best documents by the scores of their words and what tells how much some of them gain by
neighbouring words (`proximity.Lift`), out come those of them that a page is surely made of. One
that the greatest gain would not bring onto the page need not be looked at for it: of 200 that may
gain, a first page takes a few tens. What was looked at is kept for the pages after it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.engine.arrays.ids import Floats, Mask
from indexer.engine.matching.matches import Head, Piece, Wanted
from indexer.engine.matching.proximity import Lift

MORE = 4
"""Where a page was not full, so many times as many documents are looked at."""


class Raised:
    """Documents, sorted by number, with a score each that `lift` adds to: see `Head` for `bound`.

    Safe to share between threads: what is known is replaced as a whole, and the same whoever asks.
    """

    def __init__(self, best: Piece, bound: float, lift: Lift) -> None:
        self._ids, self._scores = best
        self._bound, self._lift = bound, lift
        self._known: tuple[Mask, Floats] = np.zeros(len(self._ids), np.bool_), self._scores
        self._told: tuple[int, Head | None] = 0, None

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory; what it keeps of words is all but nothing."""
        return 40 * len(self._ids) + 1000 * len(self._lift.pairs)

    def whole(self) -> Head:
        """Return all documents with what they score in the end."""
        every = np.ones(len(self._ids), np.bool_)
        return Head(self._ids, self._looked_at(every)[1], self._bound)

    def heads(self, wanted: Wanted) -> Iterator[Head]:
        """Yield what the best are surely among, then the same of more of them, up to all."""
        count, passing, _ = wanted
        while True:
            yield self._first(count) if passing is None else self._head(count, passing)
            if count >= len(self._ids):
                return
            count *= MORE

    def _first(self, count: int) -> Head:
        """Return the same of all documents, and keep it: it serves for fewer as well."""
        most, found = self._told
        if count > most or found is None:
            found = self._head(count, None)
            self._told = count, found
        return found

    def _head(self, count: int, passing: Mask | None) -> Head:
        """Return the best of the documents that pass: all that the `count` best can be of."""
        mine = self._ids >= 0 if passing is None else passing.take(self._ids)
        known, scores = self._looked_at(mine & (self._scores >= self._least(count, mine)))
        rest = self._scores[mine & ~known]
        bound = max(self._bound, float(rest.max()) + self._lift.most) if len(rest) else self._bound
        known = known & mine
        return Head(self._ids[known], scores[known], bound)

    def _least(self, count: int, mine: Mask) -> float:
        """Return what a document scores at least that may come among the best, if it gains most."""
        scores = self._scores[mine]
        at = len(scores) - count
        return float(np.partition(scores, at)[at]) - self._lift.most if at > 0 else 0.0

    def _looked_at(self, some: Mask) -> tuple[Mask, Floats]:
        """Return which documents are known, `some` with them, and the scores; of others the old."""
        known, scores = self._known
        (new,) = (some & ~known).nonzero()
        if len(new):
            scores = scores.copy()
            scores[new] += self._lift.gains(self._ids.take(new))
            known = known | some
            self._known = known, scores
        return known, scores
