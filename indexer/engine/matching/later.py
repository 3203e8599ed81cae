"""Words whose documents are listed for who asks for them: what most questions never do.

Of a word a question needs how many documents have it, what it adds to the sums of all words
(`sums`), and whether a few documents have it. The compiled loops find these where the word lies in
the file (docs/decisions/0611).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.ids import NO_IDS, Floats, Ids, Mask
from indexer.engine.matching.matches import Head, Matches, Piece
from indexer.engine.postings.runs import numbered
from indexer.engine.postings.slices import Slice

KEPT, BEST = 2048, 32
"""Of a word with more documents than this the list is not kept, but so many as the best."""
LOOK = 8
"""To look for a document where it lies takes as long as to list so many."""
NO_SCORES: Floats = np.zeros(0)


class Later(Matches):
    """A word: `rows` are what the loops take, by field its `slices`; `score` lists its documents.

    What it is worth in a document, from nothing to one, counts `factor` times in its score. The
    index has so many documents, of which `having` have it.
    """

    def __init__(
        self,
        rows: list[Any],
        slices: Sequence[list[Slice]],
        counts: tuple[int, int],
        weights: tuple[float, float],
        score: Callable[[], Sequence[Piece]],
    ) -> None:
        super().__init__(NO_IDS, NO_SCORES)
        self._rows, self._slices = rows, slices
        self._count, self._having = counts
        self._k1, self._factor = weights
        self._score: Callable[[], Sequence[Piece]] | None = score
        self._looked = 0
        self._is_known = False
        self._listed: Any = None
        self._again: Later | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its documents with their scores, in pieces that share none."""
        score = self._score
        if score is None:
            return self._pieces
        found = tuple(piece for piece in score() if len(piece[0])) or self._pieces
        if not self.tells_best:
            self._keep(found)
        return found

    @property
    def count(self) -> int:
        """Return how many documents the index has."""
        return self._count

    @property
    def listed(self) -> Any:
        """Return it as a `loops.Listed`, which is kept from then on."""
        found = self._listed
        if found is None:
            counts = self._count, self._having
            found = native.LOOPS.Listed(self._rows, self._k1, self._factor, *counts)
            self._listed = found
            self.grown()
        return found

    @property
    def words(self) -> Sequence[tuple[Later, float]]:
        """Return itself, from the second time on that it is added up."""
        return ((self, 1.0),) if self._is_known else ()

    def again(self) -> Later:
        """Return the same, of which nothing is kept."""
        found = self._again
        if found is None:
            counts, weights = (self._count, self._having), (self._k1, self._factor)
            score = partial(_scored, self._rows, *weights)
            found = self._again = Later(self._rows, self._slices, counts, weights, score)
        return found

    def _keep(self, pieces: tuple[Piece, ...]) -> None:
        """Keep its list from now on."""
        self._pieces, self._score = pieces, None
        self.grown()

    @property
    def having(self) -> int:
        """Return the number of documents."""
        return self._having

    @property
    def most(self) -> int:
        """Return a number of documents that it has at most."""
        return self._having

    @cached_property
    def are_scored(self) -> bool:
        """Tell whether every score is above zero."""
        return True

    @property
    def end(self) -> int:
        """Return a number that all of its documents are below."""
        base, documents, *_ = self._rows[-1]
        return int(base + documents)

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory now."""
        kept = 1000 if self._score is not None else 1000 + 16 * self._having
        if self._listed is None:
            return kept
        return kept + min(16 * self._having, self._count // 5 + 2 * self._having)

    @property
    def tells_best(self) -> bool:
        """Tell whether its best documents are sooner told than all are listed."""
        return self._having > KEPT

    def _best(self) -> Head | None:
        """Return its best documents, where these are told sooner than all are listed."""
        if self._head is None and self.tells_best:
            ids, scores, bound = native.LOOPS.best_of(self._rows, self._k1, self._factor, BEST)
            documents: Ids = np.frombuffer(ids, np.int64)
            order = documents.argsort()
            worths: Floats = np.frombuffer(scores, np.float64)
            self._head = Head(documents.take(order), worths.take(order), bound)
        return self._head

    @property
    def is_listed(self) -> bool:
        """Tell whether its documents are listed."""
        return self._score is None

    def add_to(self, table: Any, weight: float) -> None:
        """Add its scores to those of a `loops.Table`, times a weight."""
        self._is_known = True
        if self._score is None:
            super().add_to(table, weight)
        else:
            table.score(self._rows, self._k1, self._factor, weight)

    def move(self, table: Any, other: Any) -> None:
        """Move the scores of its documents from one `loops.Table` to another."""
        if self._score is None:
            super().move(table, other)
        else:
            table.move_rows(self._rows, other)

    def have(self, few: Ids) -> Mask:
        """Tell for each of a few documents, sorted, whether it is here."""
        if self._is_worth_listing(len(few)):
            return np.frombuffer(self.listed.have(few), np.bool_)
        return self._worths(few) > 0

    def meet(self, ids: Ids, scores: Floats) -> Piece:
        """Return those of some documents, sorted, that are here, with the sums of both scores."""
        if self._listed is not None:  # `by_bits` was asked before
            found, sums = self.listed.meet(ids, scores)
            return np.frombuffer(found, np.int64), np.frombuffer(sums, np.float64)
        worths = self._worths(ids)
        (hit,) = (worths > 0).nonzero()
        return ids.take(hit), scores.take(hit) + worths.take(hit) * self._factor

    def by_bits(self, few: int) -> Any:
        """Return it as the loops look documents up by bits, once that is worth while."""
        return self.listed if self._is_worth_listing(few) and self.listed.is_dense else None

    def _is_worth_listing(self, few: int) -> bool:
        """Tell whether as much was spent on looking for documents as it takes to list them all."""
        if self._listed is not None:
            return True
        before = self._looked
        self._looked = before + few
        return before * LOOK > self._having

    def _worths(self, few: Ids) -> Floats:
        return np.frombuffer(native.LOOPS.worths_in(self._rows, few, self._k1), np.float64)

    def _documents(self) -> Sequence[Ids]:
        if self._score is None:
            return super()._documents()
        return [numbered(slices) for slices in self._slices]


def _scored(rows: list[Any], k1: float, factor: float) -> Sequence[Piece]:
    """Return the documents of a word with their scores."""
    ids, worths = native.LOOPS.worths(rows, k1)
    return [(np.frombuffer(ids, np.int64), np.frombuffer(worths, np.float64) * factor)]
