"""Sums of the scores of words that stand in few documents of the index: see `sums`.

In go the parts of OR, out come their documents as they were met: those of the first part in order,
then those of the second that are new, and so on. They are put in order for who asks for that, which
a page of papers of one document each does not (docs/decisions/0617). Only by the compiled loops.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.ids import NO_IDS, Floats, Ids
from indexer.engine.matching.later import NO_SCORES
from indexer.engine.matching.matches import Matches, Piece
from indexer.engine.matching.sums import Weighed

FEW = 4
"""Fewer documents than one in so many of the index are few."""
_EMPTY: list[Any] = []
_MOST_EMPTY = 4
"""Tables that were emptied by who listed what was in them, for the next search: never more."""


class Met(Matches):
    """Documents in the order in which they were met, with their scores, all above zero."""

    def __init__(self, ids: Ids, scores: Floats, parts: tuple[Matches, ...]) -> None:
        super().__init__(NO_IDS, NO_SCORES, parts=parts)
        self._met: Piece | None = (ids, scores)
        self._having = len(ids)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its documents with their scores, in order."""
        met = self._met
        if met is not None:
            ids, scores = met
            order = ids.argsort(kind="stable")  # which sees that they come in a few runs
            self._pieces = ((ids.take(order), scores.take(order)),)
            self._met = None
        return self._pieces

    @property
    def apart(self) -> tuple[Piece, ...]:
        """Return the same in no order."""
        return (self.loose,)

    @property
    def loose(self) -> Piece:
        """Return all documents with their scores in no order."""
        met = self._met
        return self.pieces[0] if met is None else met

    @property
    def having(self) -> int:
        """Return the number of documents."""
        return self._having

    @cached_property
    def are_scored(self) -> bool:
        """Tell whether every score is above zero."""
        return True

    @property
    def end(self) -> int:
        """Return a number that all of its documents are below; 0 where there are none."""
        return int(self.loose[0].max()) + 1 if self._having else 0

    def add_to(self, table: Any, weight: float) -> None:
        """Add its scores to those of a `loops.Table`, times a weight."""
        table.add(*self.loose, weight)

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory, with the papers when they are asked for."""
        return 16 * self._having + 300

    def _documents(self) -> Sequence[Ids]:
        return [self.loose[0]]


def summed(parts: Sequence[Weighed]) -> Met:
    """Return the documents of some parts with the sums of their scores, all above zero."""
    room = max([part.end for part, _ in parts])
    table = _emptied(room)
    for part, weight in parts:
        part.add_to(table, weight)
    ids, scores = table.taken()
    if len(_EMPTY) < _MOST_EMPTY:
        _EMPTY.append(table)
    return Met(
        np.frombuffer(ids, np.int64),
        np.frombuffer(scores, np.float64),
        tuple([part for part, _ in parts]),
    )


def _emptied(room: int) -> Any:
    """Return an empty table, which no other thread has, for so many documents."""
    try:
        table = _EMPTY.pop()
    except IndexError:
        return native.LOOPS.Sparse(room)
    return table if table.room >= room else native.LOOPS.Sparse(room)
