"""Documents that match, with their scores, and how matches combine.

In go matches of parts of a query, out come those of the whole. Document numbers are sorted and
unique; scores are added up in a table by document number, which is quicker than merging.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays import CLOSE, NO_IDS, Floats, Ids, Mask, places_in, union
from indexer.engine.bits import Bits, bits

Row = TypeVar("Row", bound=np.generic)
FEWER = 8
"""A part this many times as small as the other is woven into it, without a table."""


@dataclass(frozen=True)
class Matches:
    """Documents that match, sorted by number, with a score each; `full` have all of a bag.

    `parts`, where there are any, have the same documents together: what is known of each part for
    later (`papers`) need not be found for the whole.
    """

    ids: Ids
    scores: Floats
    full: Ids
    parts: tuple[Matches, ...] = ()

    @cached_property
    def are_scored(self) -> bool:
        """Tell whether every score is above zero."""
        return bool(len(self.ids) == 0 or self.scores.min() > 0)

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory, with the papers when they are asked for."""
        kept = self.ids.nbytes + self.scores.nbytes
        return kept + (0 if self.full is self.ids else self.full.nbytes) + 300

    def papers(self, owners: Ids, count: int) -> Bits:
        """Return as bits, of `count` papers, which have a document; `owners` are by document."""
        found = self._papers.get(count)
        if found is None:
            again = [part.asked_before() for part in self.parts]
            if self.parts and all(again):
                found = np.bitwise_or.reduce([part.papers(owners, count) for part in self.parts])
            else:
                found = bits(owners.take(self.ids), count)
            self._papers[count] = found
        return found

    def asked_before(self) -> bool:
        """Tell whether this was asked before: then it is worth while to know its papers."""
        before = bool(self._asked)
        if not before:
            self._asked.append(True)
        return before

    @cached_property
    def _asked(self) -> list[bool]:
        return []

    @cached_property
    def _papers(self) -> dict[int, Bits]:
        return {}


NONE = Matches(NO_IDS, np.zeros(0), NO_IDS)


def unscored(ids: Ids) -> Matches:
    """Return documents that match without a score: filters and exclusions."""
    return Matches(ids, np.zeros(len(ids)), ids)


def scored(ids: Ids, scores: Floats) -> Matches:
    """Return documents with their scores, all of which count as full."""
    return Matches(ids, scores, ids)


def all_of(parts: Sequence[Matches]) -> Matches:
    """Return the documents in all parts, with the sum of their scores."""
    if not parts:
        return NONE
    first, *others = sorted(parts, key=lambda part: len(part.ids))
    ids, scores = first.ids, first.scores
    for part in others:
        if not len(ids):
            return NONE
        at = places_in(part.ids, ids)
        found = at >= 0
        ids, scores = ids[found], scores[found] + part.scores[at[found]]
    return Matches(ids, scores, ids)


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
        if len(part.ids)
    ]
    if not rows:
        return NONE
    if len(rows) == 1 and rows[0][1] == 1.0 and not len(lifted):
        only = rows[0][0]
        return only if only.full is only.ids else Matches(only.ids, only.scores, only.ids)
    if len(rows) == 2 and not len(lifted):
        few, many = sorted(rows, key=lambda row: len(row[0].ids))
        if len(few[0].ids) * FEWER <= len(many[0].ids):
            return _added(*few, *many)
    sums = np.zeros(max(int(part.ids[-1]) for part, _ in rows) + 1)
    for part, weight in rows:
        np.add.at(sums, part.ids, part.scores if weight == 1.0 else part.scores * weight)
    sums[lifted] += lift
    together = tuple(part for part, _ in rows)
    if sum(len(part.ids) for part in together) * CLOSE > len(sums) and all(
        part.are_scored for part in together
    ):
        ids = np.flatnonzero(sums > 0)
    else:
        ids = union([part.ids for part in together])
    return Matches(ids, sums.take(ids), ids, together)


def _added(few: Matches, weight: float, many: Matches, other: float) -> Matches:
    """Return the documents in either, with the sum of their scores, each weighed."""
    at = many.ids.searchsorted(few.ids)
    there = many.ids.take(at, mode="clip") == few.ids
    ids, scores, more = many.ids, many.scores * other, few.scores * weight
    scores[at[there]] += more[there]
    if not there.all():
        fresh = np.flatnonzero(~there)
        at = at[fresh] + np.arange(len(fresh))
        stays = np.ones(len(ids) + len(fresh), np.bool_)
        stays[at] = False
        ids, scores = _woven(ids, few.ids[fresh], at, stays), _woven(scores, more[fresh], at, stays)
    return Matches(ids, scores, ids, (few, many))


def _woven(
    some: npt.NDArray[Row], others: npt.NDArray[Row], at: Ids, stays: Mask
) -> npt.NDArray[Row]:
    found = np.empty(len(stays), some.dtype)
    found[stays] = some
    found[at] = others
    return found


def scaled_union(whole: Matches, parts: Sequence[Matches], weight: float) -> Matches:
    """Return the whole word's matches and those of its parts, the parts at a fraction."""
    return any_of([whole, *parts], [1.0, *[weight] * len(parts)])
