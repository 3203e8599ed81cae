"""The best documents of a question, lifted as far as a page needs.

In go the best documents by the scores of their words and what tells how much some of them gain by
neighbouring words (`proximity.Lift`), out come those of them that a page is surely made of. One
that the greatest gain would not bring onto the page need not be looked at for it: of 200 that may
gain, a first page takes a few tens. What was looked at is kept for the pages after it. Only where
loops are compiled: else all are lifted at once.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.ids import Floats, Ids, Mask
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
        before = self._known
        (rest,) = (~before[0]).nonzero()
        return Head(self._ids, self._looked_at(before, rest)[1], self._bound)

    def heads(self, wanted: Wanted) -> Iterator[Head]:
        """Yield what the best are surely among, then the same of more of them, up to all."""
        count, passes, _ = wanted
        passing = None if passes is None else passes.documents
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
        mine = None if passing is None else passing.take(self._ids).view(np.uint8)
        before, most = self._known, self._lift.most
        new = native.LOOPS.within_reach(self._scores, before[0].view(np.uint8), mine, count, most)
        known, scores = self._looked_at(before, np.frombuffer(new, np.int64))
        rows = self._ids, scores, known.view(np.uint8), mine
        ids, worths, bound = native.LOOPS.told(*rows, (self._bound, most))
        return Head(np.frombuffer(ids, np.int64), np.frombuffer(worths, np.float64), bound)

    def _looked_at(self, before: tuple[Mask, Floats], new: Ids) -> tuple[Mask, Floats]:
        """Return which documents are known, those at some places with them, and all scores.

        Scores of those that are not known are what they were. It goes on from what was known when
        the places were chosen: another thread may have put less in the place of that since.
        """
        known, scores = before
        if len(new):
            known, scores = known.copy(), scores.copy()
            scores[new] = self._scores.take(new) + self._lift.gains(self._ids.take(new))
            known[new] = True
            self._known = known, scores
        return known, scores
