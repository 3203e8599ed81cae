"""Documents that match, with their scores, and how matches combine.

In go matches of parts of a query, out come those of the whole. Document numbers are sorted and
unique, so that every combination is a merge of arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.postings import NO_IDS, Floats, Ids


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


def all_of(parts: Sequence[Matches]) -> Matches:
    """Return the documents in all parts, with the sum of their scores."""
    if not parts:
        return NONE
    ids = parts[0].ids
    for part in parts[1:]:
        ids = np.intersect1d(ids, part.ids, assume_unique=True)
    scores = np.zeros(len(ids))
    for part in parts:
        scores += part.scores[np.searchsorted(part.ids, ids)] if len(ids) else 0.0
    return Matches(ids, scores, ids)


def any_of(parts: Sequence[Matches]) -> Matches:
    """Return the documents in any part, with the sum of their scores."""
    filled = [part for part in parts if len(part.ids)]
    if not filled:
        return NONE
    ids = np.unique(np.concatenate([part.ids for part in filled]))
    scores = np.zeros(len(ids))
    for part in filled:
        scores[np.searchsorted(ids, part.ids)] += part.scores
    return Matches(ids, scores, ids)


def scaled_union(whole: Matches, parts: Sequence[Matches], weight: float) -> Matches:
    """Return the whole word's matches and those of its parts, the parts at a fraction."""
    scaled = [Matches(part.ids, part.scores * weight, part.full) for part in parts]
    return any_of([whole, *scaled])
