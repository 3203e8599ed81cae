"""Where a token stands: postings as arrays, and the set operations on them.

In go sorted arrays of document numbers with positions, out come others. Everything is read-only
once made, so that threads can share it. A key packs a document number and a position into one
integer (`doc << 24 | position`), so that one sort or search handles both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Keys = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

POSITION_BITS = 24
NO_IDS: Ids = np.zeros(0, np.int64)


class Postings:
    """A token in one field: `ids` sorted documents, `counts` per document, `keys` all places.

    Keys are made when they are first asked for: ranking needs none. Safe under threads, because
    two threads make the same.
    """

    __slots__ = ("_keys", "_places", "counts", "ids")

    def __init__(
        self,
        ids: Ids,
        counts: Ids,
        keys: Keys | None = None,
        *,
        places: npt.NDArray[np.integer] | None = None,
    ) -> None:
        self.ids = ids
        self.counts = counts
        self._keys = keys
        self._places = places

    @property
    def keys(self) -> Keys:
        """Return every place as a sorted key."""
        if self._keys is None:
            places = NO_IDS if self._places is None else self._places.astype(np.int64)
            self._keys = (np.repeat(self.ids, self.counts) << POSITION_BITS) | places
            self._places = None
        return self._keys

    @property
    def size(self) -> int:
        """Return how many places there are, without making keys."""
        return len(self._places if self._keys is None and self._places is not None else self.keys)


NOTHING = Postings(NO_IDS, NO_IDS, NO_IDS)


def from_keys(keys: Keys) -> Postings:
    """Return the postings of sorted, unique keys."""
    if not len(keys):
        return NOTHING
    ids, counts = np.unique(keys >> POSITION_BITS, return_counts=True)
    return Postings(ids, counts, keys)


def merge(parts: Sequence[Postings]) -> Postings:
    """Return the postings of any of the tokens; two of them in one place count once."""
    filled = [part for part in parts if len(part.ids)]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        return NOTHING
    return from_keys(np.unique(np.concatenate([part.keys for part in filled])))


def adjacent(words: Sequence[Postings], offsets: Sequence[int]) -> Postings:
    """Return where the words stand at the given offsets from the first, as the first's places."""
    keys: Keys | None = None
    for word, offset in zip(words, offsets, strict=True):
        starts = word.keys - offset
        keys = starts if keys is None else np.intersect1d(keys, starts, assume_unique=True)
        if not len(keys):
            return NOTHING
    return NOTHING if keys is None else from_keys(keys)


def near(left: Postings, right: Postings, distance: int) -> Postings:
    """Return the places of `left` with one of `right` at most `distance` positions away."""
    if not len(left.keys) or not len(right.keys):
        return NOTHING
    after = np.searchsorted(right.keys, left.keys, side="right")
    found: Mask = np.zeros(len(left.keys), np.bool_)
    for neighbour in (after - 2, after - 1, after):
        inside = (neighbour >= 0) & (neighbour < len(right.keys))
        other = right.keys[np.clip(neighbour, 0, len(right.keys) - 1)]
        gap = np.abs(other - left.keys)
        found |= inside & (gap <= distance) & (gap > 0)
    return from_keys(left.keys[found])
