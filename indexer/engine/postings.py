"""Where a token stands: postings as arrays, and the set operations on them.

In go sorted arrays of document numbers with positions, out come others. Everything is read-only
once made, so that threads can share it. A key packs a document number and a position into one
integer (`doc << 24 | position`), so that one sort or search handles both. Keys are made for the
documents that are looked at, not for all: ranking needs none, a phrase those of its candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays import NO_IDS, Ids, Mask, common, places_in, ranges, union

Keys = npt.NDArray[np.int64]
Places = npt.NDArray[np.integer[Any]]

POSITION_BITS = 24


class Postings:
    """A token in one field: `ids` sorted documents, `counts` per document, `places` in order.

    `places` may be empty although `counts` are not, where only the counts are known (prefixes).
    Safe under threads: what is made later is made alike by two of them.
    """

    def __init__(self, ids: Ids, counts: Ids, places: Places) -> None:
        self.ids = ids
        self.counts = counts
        self.places = places

    @cached_property
    def _ends(self) -> Ids:
        return np.cumsum(self.counts)

    @property
    def keys(self) -> Keys:
        """Return every place as a sorted key."""
        documents = np.repeat(self.ids, self.counts) << POSITION_BITS
        return documents | self.places.astype(np.int64)

    def keys_in(self, documents: Ids) -> Keys:
        """Return the places in those of the documents (sorted) that have the token, as keys."""
        at = places_in(self.ids, documents)
        found = at >= 0
        at, documents = at[found], documents[found]
        counts = self.counts[at]
        places = self.places[ranges(self._ends[at] - counts, counts)].astype(np.int64)
        return (np.repeat(documents, counts) << POSITION_BITS) | places


NOTHING = Postings(NO_IDS, NO_IDS, NO_IDS)


def from_keys(keys: Keys) -> Postings:
    """Return the postings of sorted, unique keys."""
    if not len(keys):
        return NOTHING
    ids, counts = np.unique(keys >> POSITION_BITS, return_counts=True)
    return Postings(ids, counts, keys & ((1 << POSITION_BITS) - 1))


def merge(parts: Sequence[Postings]) -> Postings:
    """Return the postings of any of the tokens; two of them in one place count once."""
    filled = [part for part in parts if len(part.ids)]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        return NOTHING
    return from_keys(np.unique(np.concatenate([part.keys for part in filled])))


def counted(parts: Sequence[Postings]) -> Postings:
    """Return how often any of the tokens stands in each document, without places."""
    ids = union([part.ids for part in parts])
    if not len(ids):
        return NOTHING
    sums = np.zeros(int(ids[-1]) + 1, np.int64)
    for part in parts:
        sums[part.ids] += part.counts
    return Postings(ids, sums[ids], NO_IDS)


def adjacent(words: Sequence[Postings], offsets: Sequence[int]) -> Postings:
    """Return where the words stand at the given offsets from the first, as the first's places."""
    documents = common([word.ids for word in words])
    keys: Keys | None = None
    for word, offset in sorted(zip(words, offsets, strict=True), key=lambda row: len(row[0].ids)):
        if not len(documents):
            return NOTHING
        starts = word.keys_in(documents) - offset
        keys = starts if keys is None else keys[_among(starts, keys)]
        documents = np.unique(keys >> POSITION_BITS)
    return NOTHING if keys is None else from_keys(keys)


def near(left: Postings, right: Postings, distance: int) -> Postings:
    """Return the places of `left` with one of `right` at most `distance` positions away."""
    documents = common([left.ids, right.ids])
    if not len(documents):
        return NOTHING
    keys, others = left.keys_in(documents), right.keys_in(documents)
    after = np.searchsorted(others, keys, side="right")
    found: Mask = np.zeros(len(keys), np.bool_)
    for neighbour in (after - 2, after - 1, after):
        inside = (neighbour >= 0) & (neighbour < len(others))
        gap = np.abs(others[np.clip(neighbour, 0, len(others) - 1)] - keys)
        found |= inside & (gap <= distance) & (gap > 0)
    return from_keys(keys[found])


def _among(many: Keys, few: Keys) -> Mask:
    """Tell for each of `few` whether it stands in `many`; both are sorted and unique."""
    if not len(many):
        return np.zeros(len(few), np.bool_)
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    found: Mask = many[at] == few
    return found
