"""How matches of the parts of a query combine to those of the whole.

Scores are added up in a table by document number, which is quicker than merging: by the compiled
loops where they are there, else by numpy.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.ids import CLOSE, NO_IDS, Ids, places_in, union, woven
from indexer.engine.matching import sparse
from indexer.engine.matching.bounded import Bounded, words_of
from indexer.engine.matching.matches import NONE, Matches
from indexer.engine.matching.sums import Summed, Together, Weighed

LISTED = 12
"""Sums of fewer documents than one in so many are listed at once."""
FEWER = 8
"""A part this many times as small as the other is woven into it, without a table."""


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
    first, *others = ordered = sorted(parts, key=lambda part: part.having)
    known = [part.by_bits(first.most) for part in ordered]
    if all(known):
        ids, scores = native.LOOPS.common(known)
        return Matches(np.frombuffer(ids, np.int64), np.frombuffer(scores, np.float64))
    ids, scores = first.whole
    for part in others:
        if not len(ids):
            return NONE
        ids, scores = part.meet(ids, scores)
    return Matches(ids, scores)


def any_of(  # noqa: PLR0911 - a way to add up for each kind of parts
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
        if part.most
    ]
    if not rows:
        return NONE
    if len(rows) == 1 and rows[0][1] == 1.0 and not len(lifted):
        only = rows[0][0]
        return only if only.is_all_full else Matches.of(only.pieces)
    most, end = _room(rows)
    is_table = _is_table(most, end)
    if is_table and all(words := [words_of(*row) for row in rows]):
        return Bounded(rows, words, lifted, lift)
    if not len(lifted) and _is_sparse(rows, most, end):
        return sparse.summed(rows)
    if is_table:
        found = Summed(rows, lifted, lift)
        return found if found.having * LISTED > found.end else found.listed()
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


def _room(rows: Sequence[Weighed]) -> tuple[int, int]:
    """Return how many documents some parts have at most, and a number that these are below.

    Both are 0 where the compiled loops do not add them up.
    """
    if native.LOOPS is None:
        return 0, 0
    most = end = 0
    for part, _ in rows:
        if not part.are_scored:
            return 0, 0
        most += part.most
        end = max(end, part.end)
    return most, end


def _is_table(most: int, end: int) -> bool:
    """Tell whether a table of so many documents is worth while: not where few have any."""
    return most * CLOSE > end


def _is_sparse(rows: Sequence[Weighed], most: int, end: int) -> bool:
    """Tell whether the loops list the sums of these parts, since they have few documents."""
    is_few = end > 0 and most * sparse.FEW <= end
    return is_few and not any(isinstance(part, Together) for part, _ in rows)


def _added(few: Matches, weight: float, many: Matches, other: float) -> Matches:
    """Return the documents in either, with the sum of their scores, each weighed."""
    (ids, scores), (some, more) = many.whole, few.whole
    at = places_in(ids, some)
    there = at >= 0
    scores, more = scores * other, more * weight
    scores[at[there]] += more[there]
    if not there.all():
        ids, scores = woven((ids, scores), (some[~there], more[~there]))
    return Matches(ids, scores, parts=(few, many))


def scaled_union(
    whole: Matches, parts: Sequence[Matches], weight: float, full: Ids | None = None
) -> Matches:
    """Return the whole word's matches and those of its parts, the parts at a fraction.

    Those that are `full` are told apart, where they are given.
    """
    weights = [1.0, *[weight] * len(parts)]
    if full is None:
        return any_of([whole, *parts], weights)
    rows = [row for row in zip([whole, *parts], weights, strict=True) if row[0].most]
    if rows and _is_table(*_room(rows)):
        return Together(rows, full)
    scored = any_of([whole, *parts], weights)
    return Matches(*scored.whole, full, scored.parts)
