"""Sums of the scores of words by document: of a question, OR, or the parts of a compound.

Of all words together a search needs the best documents and how many there are; what is listed is
listed for who asks for more (docs/decisions/0611).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.ids import NO_IDS, Floats, Ids, Mask, highest
from indexer.engine.matching.filters import Passing
from indexer.engine.matching.later import NO_SCORES
from indexer.engine.matching.matches import Head, Matches, Piece, Wanted
from indexer.engine.matching.raised import Raised

FIRST = 200
"""So many documents are kept as the best: for more the sums are looked through again."""
LISTED = 4
"""Fewer documents than one in so many are sooner counted from a list."""
FEW = 1024
"""Of so many documents the best are chosen from a list of them; more than are ever chosen."""
Weighed = tuple[Matches, float]
"""A part of a query, and what its scores are multiplied by."""


class Summed(Matches):
    """The documents of several parts, with the sums of their scores by document of the index.

    Once they are listed the sums are let go.
    """

    def __init__(self, parts: Sequence[Weighed], lifted: Ids = NO_IDS, lift: float = 0.0) -> None:
        """Add up the scores of some parts, which are all above zero; the `lifted` gain `lift`."""
        super().__init__(NO_IDS, NO_SCORES, parts=tuple(part for part, _ in parts))
        self._table, sums = _table(parts)
        self._sums: Floats | None = sums
        self.lift(lifted, np.full(len(lifted), lift))
        self._there = sums > 0
        self._having = int(np.count_nonzero(self._there))
        self._raised: Raised | None = None

    def listed(self) -> Matches:
        """Return the same documents as a list."""
        return Matches(self.ids, self.scores, parts=self.parts)

    def list_few(self) -> None:
        """List the documents where they are few: who counts something of each wants them so."""
        if self._having * LISTED <= self.end:
            self._pieces = self.pieces

    def best(self, choose: Callable[[Floats], Ids]) -> Piece:
        """Return the best documents, sorted by number, as they are chosen from scores."""
        sums = self._lifted()
        if sums is None:
            places = choose(self.scores)
            return self.ids.take(places), self.scores.take(places)
        if self._having > FEW:
            places = choose(sums)
            return places, sums.take(places)
        (ids,) = self._there.nonzero()
        scores = sums.take(ids)
        places = choose(scores)
        return ids.take(places), scores.take(places)

    def lift(self, ids: Ids, gains: Floats) -> None:
        """Add to the scores of some documents; for who has just made this and not listed it."""
        if self._table is not None:
            self._table.add(ids, gains, 1.0)
        elif self._sums is not None:
            self._sums[ids] += gains

    def known(self, full: Ids, best: Head | Raised) -> Summed:
        """Tell which documents are full and which are the best; for who has just made this."""
        self._full = full
        if isinstance(best, Raised):
            self._raised = best
        else:
            self._head = best
        return self

    def _lifted(self) -> Floats | None:
        """Return its scores by document, with what the best gain; `None` once they are listed."""
        sums, raised = self._sums, self._raised
        if sums is not None and raised is not None:
            best = raised.whole()
            if self._table is not None:
                self._table.put(best.ids, best.scores)
            else:
                sums[best.ids] = best.scores
            self._head, self._raised = best, None
        return sums

    @property
    def is_summed(self) -> bool:
        """Tell whether its scores are at hand by document of the index."""
        return self._sums is not None

    @property
    def sums(self) -> Floats | None:
        """Return its scores by document of the index; `None` once they are listed."""
        return self._lifted()

    def heads(self, wanted: Wanted) -> Iterator[Head]:
        """Yield its best documents, ever more of them."""
        raised = self._raised
        if raised is not None:
            yield from raised.heads(wanted)
        elif wanted.near or self._head or (wanted.passing is None and wanted.first <= FIRST):
            yield self._best()

    def _best(self) -> Head:
        """Return its best documents."""
        if self._head is None:
            ids, scores = self.best(lambda scores: highest(scores, FIRST))
            bound = float(np.nextafter(scores.min(), 0.0)) if len(ids) < self._having else 0.0
            self._head = Head(ids, scores, bound)
        return self._head

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its documents with their scores, in pieces that share none."""
        sums = self._lifted()
        if sums is not None:
            (ids,) = self._there.nonzero()
            self._pieces = ((ids, sums.take(ids)),)
            self._sums = self._table = None
        return self._pieces

    @property
    def there(self) -> Mask:
        """Return by document of the index whether it is here, up to the last that may be."""
        return self._there

    @property
    def numbers(self) -> Ids:
        """Return all documents; their scores need not be listed for that."""
        return self._there.nonzero()[0] if self.is_summed else self.ids

    @property
    def having(self) -> int:
        """Return the number of documents."""
        return self._having

    @property
    def end(self) -> int:
        """Return a number that all of its documents are below."""
        return len(self._there)

    @cached_property
    def are_scored(self) -> bool:
        """Tell whether every score is above zero."""
        return True

    def have(self, few: Ids) -> Mask:
        """Tell for each of a few documents whether it is here."""
        there: Mask = self._there.take(few, mode="clip") & (few < len(self._there))
        return there

    def passing(self, passes: Passing) -> int:
        """Return how many of its documents pass."""
        return int(np.count_nonzero(self._there & passes.documents[: len(self._there)]))

    def within(self, mask: Mask) -> Piece:
        """Return its documents in a mask of all documents, with their scores."""
        sums = self._lifted()
        if sums is None:
            return super().within(mask)
        (ids,) = (self._there & mask[: len(self._there)]).nonzero()
        return ids, sums.take(ids)

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory, listed or not."""
        kept = len(self._there) + max(8 * len(self._there), 16 * self._having)
        kept += 0 if self._raised is None else self._raised.size
        return kept + (0 if self._full is None else self._full.nbytes) + 300

    def _documents(self) -> Sequence[Ids]:
        return [self._there.nonzero()[0]]


def _table(parts: Sequence[Weighed]) -> tuple[Any, Floats]:
    """Return sums of parts, and the `loops.Table` that they lie in: none where all are listed."""
    size = max([part.end for part, _ in parts])
    if all(part.is_listed for part, _ in parts):
        sums: Floats = np.zeros(size)
        add = np.add.at
        for part, weight in parts:
            for ids, scores in part.pieces:
                add(sums, ids, scores if weight == 1.0 else scores * weight)
        return None, sums
    table = native.LOOPS.Table(size)
    for part, weight in parts:
        part.add_to(table, weight)
    return table, np.frombuffer(table.sums, np.float64)


class Together(Matches):
    """The parts of a compound with what they count, whose sums are one addition to others."""

    def __init__(self, parts: Sequence[Weighed], full: Ids) -> None:
        super().__init__(NO_IDS, NO_SCORES, parts=tuple(part for part, _ in parts))
        self._full = full  # none may be, and then it is as empty as the list that is not made yet
        self._weighed: Sequence[Weighed] | None = parts
        self._end = max(part.end for part, _ in parts)
        self._most = sum(part.most for part, _ in parts)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its documents with their scores, in pieces that share none."""
        weighed = self._weighed
        if weighed is not None:
            self._pieces = Summed(weighed).pieces
            self._weighed = None
        return self._pieces

    @property
    def is_listed(self) -> bool:
        """Tell whether its documents are listed."""
        return self._weighed is None

    @property
    def most(self) -> int:
        """Return a number of documents that it has at most."""
        return self._most

    @property
    def end(self) -> int:
        """Return a number that all of its documents are below."""
        return self._end

    @cached_property
    def are_scored(self) -> bool:
        """Tell whether every score is above zero."""
        return all(part.are_scored for part in self.parts)

    @property
    def words(self) -> Sequence[tuple[Any, float]]:
        """Return the listed words that it is the sum of; none if some are not listed."""
        weighed = self._weighed or ()
        found = [(word, own) for part, own in weighed for word, one in part.words if one == 1.0]
        return found if len(found) == len(weighed) else ()

    def again(self) -> Together:
        """Return the same, of words that are not listed."""
        return Together([(part.again(), own) for part, own in self._weighed or ()], self.full)

    def add_to(self, table: Any, weight: float) -> None:
        """Add its scores to those of a `loops.Table`, times a weight."""
        weighed = self._weighed
        if weighed is None or weight != 1.0:
            super().add_to(table, weight)
            return
        apart = table.apart()
        for part, own in weighed:
            part.add_to(apart, own)
        for part, _ in weighed:
            part.move(apart, table)
