"""A small lift for passages in which neighbouring words of the query stand near each other.

In go the best passages so far and the postings of the query's words, out come lifts. Two words that
are neighbours in the query and stand within `WINDOW` positions of each other in a passage add a
fraction of what the rarer of the two weighs at least (after Rasolofo and Savoy 2003). Only the
best passages are looked at: a lift cannot bring one up from far below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.engine.arrays import Floats, Ids
from indexer.engine.postings import POSITION_BITS, Keys, Postings

WINDOW = 8
GAP = 3
"""Words of a query this far apart, stop words between them counted, are neighbours."""
LIFT = 0.3
CANDIDATES = 200
MOST_PAIRS = 40
FIELD_BITS = 20
"""Positions of one field lie below 2 to this power, so that fields can share one array of keys."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of a query: its position there, its weight (idf), and its postings by field."""

    position: int
    weight: float
    postings: Sequence[Postings]


def best(scores: Floats) -> Ids:
    """Return the places of the best scores, at most `CANDIDATES`, in ascending order."""
    if len(scores) <= CANDIDATES:
        return np.arange(len(scores))
    return np.sort(np.argpartition(-scores, CANDIDATES)[:CANDIDATES])


def lifts(words: Sequence[Placed], documents: Ids) -> Floats:
    """Return what each of the documents (sorted numbers) gains."""
    found = np.zeros(len(documents))
    near = [
        (left, right) for left, right in pairwise(words) if right.position - left.position <= GAP
    ][:MOST_PAIRS]
    kept = {id(word): _within(word, documents) for pair in near for word in pair}
    for left, right in near:
        keys = _close(kept[id(left)], kept[id(right)])
        at = np.unique(np.searchsorted(documents, keys >> POSITION_BITS))
        found[at] += LIFT * min(left.weight, right.weight)
    return found


def _within(word: Placed, documents: Ids) -> Keys:
    """Return the word's keys in the documents, those of each field in a range of its own."""
    parts = [
        found.keys_in(documents) + (field << FIELD_BITS)
        for field, found in enumerate(word.postings)
        if len(found.ids)
    ]
    return np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int64)


def _close(left: Keys, right: Keys) -> Keys:
    """Return the keys of `left` with another one of `right` at most `WINDOW` away."""
    if not len(left) or not len(right):
        return left[:0]
    after = np.searchsorted(right, left, side="right")
    before = right[np.clip(after - 1, 0, None)]
    behind = right[np.clip(after, None, len(right) - 1)]
    gaps = np.minimum(_gap(before, left), _gap(behind, left))
    return left[gaps <= WINDOW]


def _gap(some: Keys, others: Keys) -> Keys:
    gaps = np.abs(some - others)
    return np.where(gaps == 0, WINDOW + 1, gaps)
