"""Documents that match, with their scores, and how matches combine.

In go matches of parts of a query, out come those of the whole. Document numbers are sorted and
unique; scores are added up in a table by document number, which is quicker than merging.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import NO_IDS, Floats, Ids, places_in, union


@dataclass(frozen=True, slots=True)
class Matches:
    """Documents that match, sorted by number, with a score each; `full` have all of a bag."""

    ids: Ids
    scores: Floats
    full: Ids


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


def any_of(parts: Sequence[Matches], weights: Sequence[float] | None = None) -> Matches:
    """Return the documents in any part, with the sum of their scores, each part weighed."""
    rows = [
        (part, weight)
        for part, weight in zip(parts, weights or [1.0] * len(parts), strict=True)
        if len(part.ids)
    ]
    if len(rows) == 1 and rows[0][1] == 1.0:
        return Matches(rows[0][0].ids, rows[0][0].scores, rows[0][0].ids)
    ids = union([part.ids for part, _ in rows])
    if not len(ids):
        return NONE
    sums = np.zeros(int(ids[-1]) + 1)
    for part, weight in rows:
        sums[part.ids] += part.scores if weight == 1.0 else part.scores * weight
    return Matches(ids, sums[ids], ids)


def scaled_union(whole: Matches, parts: Sequence[Matches], weight: float) -> Matches:
    """Return the whole word's matches and those of its parts, the parts at a fraction."""
    return any_of([whole, *parts], [1.0, *[weight] * len(parts)])
