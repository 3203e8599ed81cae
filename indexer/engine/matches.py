"""Documents that match, with their scores, and how matches combine.

In go matches of parts of a query, out come those of the whole. Document numbers are sorted and
unique; scores are added up in a table by document number, which is quicker than merging.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cached_property, reduce
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays import CLOSE, NO_IDS, Floats, Ids, Mask, held, places_in, union
from indexer.engine.bits import Bits, bits

Row = TypeVar("Row", bound=np.generic)
Piece = tuple[Ids, Floats]
"""Documents, sorted and unique, with a score each."""
FEWER = 8
"""A part this many times as small as the other is woven into it, without a table."""


class Matches:
    """Documents that match, sorted by number, with a score each; `full` have all of a bag.

    `parts`, where there are any, have the same documents together: what is known of each part for
    later (`papers`) need not be found for the whole. `pieces` are documents with their scores, each
    sorted and without those of the others: a word that stands in titles and in texts has two, which
    are put in one order only for who asks for that. Safe to share between threads.
    """

    def __init__(
        self, ids: Ids, scores: Floats, full: Ids | None = None, parts: tuple[Matches, ...] = ()
    ) -> None:
        """Take documents with their scores; all of them count as full when `full` is `None`."""
        self.pieces: tuple[Piece, ...] = ((ids, scores),)
        self.parts = parts
        self._full = None if full is ids else full
        self._asked = False
        self._papers: dict[int, Bits] = {}

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Matches:
        """Return documents in one piece or two that share none."""
        found = cls(*pieces[0])
        found.pieces = tuple(piece for piece in pieces if len(piece[0])) or found.pieces
        return found

    @property
    def ids(self) -> Ids:
        """Return all documents, sorted."""
        return self._whole()[0]

    @property
    def scores(self) -> Floats:
        """Return the score of each document."""
        return self._whole()[1]

    @property
    def loose(self) -> Piece:
        """Return all documents with their scores in no order."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        ids, scores = zip(*self.pieces, strict=True)
        return np.concatenate(ids), np.concatenate(scores)

    def _whole(self) -> Piece:
        if len(self.pieces) > 1:
            self.pieces = (_woven(*self.pieces),)
        return self.pieces[0]

    @property
    def is_all_full(self) -> bool:
        """Tell whether every document has all of a bag."""
        return self._full is None

    @property
    def full(self) -> Ids:
        """Return the documents that have all of a bag, sorted."""
        return self.ids if self._full is None else self._full

    @property
    def having(self) -> int:
        """Return the number of documents."""
        return sum(len(ids) for ids, _ in self.pieces)

    @property
    def having_full(self) -> int:
        """Return the number of documents that have all of a bag."""
        return self.having if self._full is None else len(self._full)

    def fully(self, few: Ids) -> Mask:
        """Tell for each of a few documents whether it is full."""
        return self.have(few) if self._full is None else held(self._full, few)

    def have(self, few: Ids) -> Mask:
        """Tell for each of a few documents whether it is here."""
        first, *others = (held(ids, few) for ids, _ in self.pieces)
        return reduce(np.logical_or, others, first)

    def scored_anew(self, scores: Floats) -> Matches:
        """Return the same documents with other scores."""
        return Matches(self.ids, scores, self._full, self.parts)

    def alone(self) -> Matches:
        """Return the same without its parts, which are then not held in memory with it."""
        found = copy(self)
        found.parts = ()
        return found

    @cached_property
    def are_scored(self) -> bool:
        """Tell whether every score is above zero."""
        return all(len(scores) == 0 or scores.min() > 0 for _, scores in self.pieces)

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory, with the papers when they are asked for."""
        kept = sum(ids.nbytes + scores.nbytes for ids, scores in self.pieces)
        return kept + (0 if self._full is None else self._full.nbytes) + 300

    def papers(self, owners: Ids, count: int) -> Bits:
        """Return as bits, of `count` papers, which have a document; `owners` are by document."""
        found = self._papers.get(count)
        if found is None:
            again = [part.asked_before() for part in self.parts]
            if self.parts and all(again):
                found = np.bitwise_or.reduce([part.papers(owners, count) for part in self.parts])
            else:
                found = bits([owners.take(ids) for ids, _ in self.pieces], count)
            self._papers[count] = found
        return found

    def asked_before(self) -> bool:
        """Tell whether this was asked before: then it is worth while to know its papers."""
        before = self._asked
        self._asked = True
        return before


NONE = Matches(NO_IDS, np.zeros(0))


def unscored(ids: Ids) -> Matches:
    """Return documents that match without a score: filters and exclusions."""
    return Matches(ids, np.zeros(len(ids)))


def scored(ids: Ids, scores: Floats) -> Matches:
    """Return documents with their scores, all of which count as full."""
    return Matches(ids, scores)


def all_full(parts: Sequence[Matches]) -> Ids:
    """Return the documents that are full in all parts; the smallest leads."""
    if not parts:
        return NO_IDS
    first, *others = sorted(parts, key=lambda part: part.having_full)
    found = first.full
    for other in others:
        if not len(found):
            return NO_IDS
        found = found[other.fully(found)]
    return found


def all_of(parts: Sequence[Matches]) -> Matches:
    """Return the documents in all parts, with the sum of their scores."""
    if not parts:
        return NONE
    if len(parts) == 1 and parts[0].is_all_full:
        return parts[0]
    first, *others = sorted(parts, key=lambda part: part.having)
    found = first.loose
    for part in others:
        if not len(found[0]):
            return NONE
        found = _in_both(found, part)
    ids, scores = found
    if any(len(part.pieces) > 1 for part in parts):
        order = ids.argsort()
        ids, scores = ids.take(order), scores.take(order)
    return Matches(ids, scores)


def _in_both(found: Piece, part: Matches) -> Piece:
    """Return the documents that are in a part too, in no order, with the sums of their scores."""
    ids, scores = found
    hits, worths = [], []
    for own, worth in part.pieces:
        at = places_in(own, ids)
        (hit,) = (at >= 0).nonzero()
        hits.append(hit)
        worths.append(worth.take(at.take(hit)))
    hit = hits[0] if len(hits) == 1 else np.concatenate(hits)
    more = worths[0] if len(hits) == 1 else np.concatenate(worths)
    return ids.take(hit), scores.take(hit) + more


def any_of(
    parts: Sequence[Matches],
    weights: Sequence[float] | None = None,
    *,
    lifted: Ids = NO_IDS,
    lift: float = 0.0,
) -> Matches:
    """Return the documents in any part, with the sum of their scores, each part weighed.

    Those of them that are `lifted` gain `lift`.
    """
    rows = [
        (part, weight)
        for part, weight in zip(parts, weights or [1.0] * len(parts), strict=True)
        if part.having
    ]
    if not rows:
        return NONE
    if len(rows) == 1 and rows[0][1] == 1.0 and not len(lifted):
        only = rows[0][0]
        return only if only.is_all_full else Matches.of(only.pieces)
    if len(rows) == 2 and not len(lifted):
        few, many = sorted(rows, key=lambda row: row[0].having)
        if few[0].having * FEWER <= many[0].having:
            return _added(*few, *many)
    pieces = [(*piece, weight) for part, weight in rows for piece in part.pieces]
    sums = np.zeros(max(int(ids[-1]) for ids, _, _ in pieces) + 1)
    for ids, scores, weight in pieces:
        np.add.at(sums, ids, scores if weight == 1.0 else scores * weight)
    sums[lifted] += lift
    together = tuple(part for part, _ in rows)
    if sum(len(ids) for ids, _, _ in pieces) * CLOSE > len(sums) and all(
        part.are_scored for part in together
    ):
        ids = np.flatnonzero(sums > 0)
    else:
        ids = union([ids for ids, _, _ in pieces])
    return Matches(ids, sums.take(ids), parts=together)


def _added(few: Matches, weight: float, many: Matches, other: float) -> Matches:
    """Return the documents in either, with the sum of their scores, each weighed."""
    at = places_in(many.ids, few.ids)
    there = at >= 0
    scores, more = many.scores * other, few.scores * weight
    scores[at[there]] += more[there]
    ids = many.ids
    if not there.all():
        ids, scores = _woven((ids, scores), (few.ids[~there], more[~there]))
    return Matches(ids, scores, parts=(few, many))


def _woven(some: Piece, others: Piece) -> Piece:
    """Return the documents of two pieces in one order."""
    (many, scores), (few, more) = some, others
    at = many.searchsorted(few) + np.arange(len(few))
    stays = np.ones(len(many) + len(few), np.bool_)
    stays[at] = False
    return _spread(many, few, at, stays), _spread(scores, more, at, stays)


def _spread(
    some: npt.NDArray[Row], others: npt.NDArray[Row], at: Ids, stays: Mask
) -> npt.NDArray[Row]:
    found = np.empty(len(stays), some.dtype)
    found[stays] = some
    found[at] = others
    return found


def scaled_union(whole: Matches, parts: Sequence[Matches], weight: float) -> Matches:
    """Return the whole word's matches and those of its parts, the parts at a fraction."""
    return any_of([whole, *parts], [1.0, *[weight] * len(parts)])
