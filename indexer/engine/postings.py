"""Where a token stands: postings as arrays, and the set operations on them.

In go sorted arrays of document numbers with positions, out come others. Everything is read-only
once made, so that threads can share it. A key packs a document number and a position into one
integer (`doc << 24 | position`), so that one sort or search handles both. Positions stay in the
mapped file until a phrase or a lift looks at some documents, and then only theirs are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays import NO_IDS, Ids, changes, distinct, places_in, ranges
from indexer.engine.arrays_file import Numbers

Keys = npt.NDArray[np.int64]
Places = npt.NDArray[np.integer[Any]]

POSITION_BITS = 24
PLACE = (1 << POSITION_BITS) - 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Positions in an array, mostly of a mapped file that many tokens share: `start` to `stop`."""

    array: Places
    start: int
    stop: int

    @property
    def places(self) -> Places:
        """Return the positions themselves."""
        return self.array[self.start : self.stop]


class Postings:
    """A token in one field: `ids` sorted documents, `counts` per document, places by stretches.

    There may be no places although there are counts, where only the counts are known (prefixes).
    `ends` says where the places of each posting end, where those of deleted documents lie between
    them. Safe under threads: what is made later is made alike by two of them.
    """

    def __init__(
        self,
        ids: Ids,
        counts: Numbers,
        places: Sequence[Stretch] = (),
        ends: Numbers | None = None,
    ) -> None:
        self.ids = ids
        self.counts = counts
        self.places = places
        self.has_gaps = ends is not None
        self._ends = ends

    @cached_property
    def ends(self) -> Numbers:
        """Return by posting the number of places up to and with its own, gaps counted."""
        return np.cumsum(self.counts, dtype=np.int32) if self._ends is None else self._ends

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory; mapped places are not its own."""
        own = sum(p.array.nbytes for p in self.places if p.array.base is None)
        return self.ids.nbytes + self.counts.nbytes + 4 * len(self.ids) + own + 300

    @property
    def keys(self) -> Keys:
        """Return every place as a sorted key."""
        documents = np.repeat(self.ids, self.counts) << POSITION_BITS
        return documents | self.between(0, len(self.ids))

    def keys_in(self, documents: Ids) -> Keys:
        """Return the places in those of the documents (sorted) that have the token, as keys."""
        at = places_in(self.ids, documents)
        found = at >= 0
        at, documents = at[found], documents[found]
        counts = self.counts[at]
        return (np.repeat(documents, counts) << POSITION_BITS) | self.places_at(at)

    def starts_at(self, at: Ids) -> Ids:
        """Return where the places of some postings begin, among all places of the token."""
        return self.ends.take(at).astype(np.int64) - self.counts.take(at)

    def places_at(self, at: Ids) -> Places:
        """Return the places of some postings (ascending), one after another."""
        starts, counts = self.starts_at(at), self.counts[at]
        if len(self.places) == 1:
            only = self.places[0]
            return only.array[ranges(starts + only.start, counts)]
        return np.concatenate(
            [
                part.array[ranges(starts[mine] + shift, counts[mine])]
                for part, shift, mine in self.shared(starts)
            ]
            or [NO_IDS]
        )

    def shared(self, starts: Ids) -> list[tuple[Stretch, int, slice]]:
        """Return which stretch has which of the ascending `starts`, and what takes them there."""
        if len(self.places) == 1:
            return [(self.places[0], self.places[0].start, slice(None))]
        first = self._firsts
        cuts = np.searchsorted(starts, first).tolist()
        return [
            (part, part.start - int(first[n]), slice(cuts[n], cuts[n + 1]))
            for n, part in enumerate(self.places)
            if cuts[n] < cuts[n + 1]
        ]

    @cached_property
    def _firsts(self) -> Ids:
        """Return where each stretch begins among all places of the token, and the end."""
        return np.cumsum([0, *(part.stop - part.start for part in self.places)])

    def between(self, first: int, last: int) -> Places:
        """Return the places of the postings from one up to another."""
        if first >= last:
            return NO_IDS
        if self.has_gaps:
            return self.places_at(np.arange(first, last))
        start = int(self.ends[first]) - int(self.counts[first])
        stop, at, found = int(self.ends[last - 1]), 0, []
        for part in self.places:
            size = part.stop - part.start
            low, high = max(start - at, 0), min(stop - at, size)
            if low < high:
                found.append(part.array[part.start + low : part.start + high])
            at += size
        return found[0] if len(found) == 1 else np.concatenate(found)


NOTHING = Postings(NO_IDS, NO_IDS)


def from_keys(keys: Keys) -> Postings:
    """Return the postings of sorted, unique keys."""
    if not len(keys):
        return NOTHING
    documents = keys >> POSITION_BITS
    starts = np.flatnonzero(changes(documents))
    counts = np.diff(starts, append=len(keys))
    return Postings(documents[starts], counts, [Stretch(keys & PLACE, 0, len(keys))])


def merge(parts: Sequence[Postings]) -> Postings:
    """Return the postings of any of the tokens; two of them in one place count once."""
    filled = [part for part in parts if len(part.ids)]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        return NOTHING
    return from_keys(distinct(np.concatenate([part.keys for part in filled])))


class Slice(NamedTuple):
    """Postings of a segment as they lie in its file: `base` makes the index's numbers of `ids`.

    `ends` say where the places of each end, where those of deleted documents lie between them.
    """

    ids: Numbers
    counts: Numbers
    places: Stretch
    base: int
    ends: Numbers | None = None


def gathered(slices: Sequence[Slice]) -> Postings:
    """Return slices of segments that follow each other as postings."""
    filled = [part for part in slices if len(part.ids)]
    if not filled:
        return NOTHING
    size = sum(len(part.ids) for part in filled)
    ids, counts, at = np.empty(size, np.int64), np.empty(size, np.int32), 0
    for part in filled:
        mine = slice(at, at + len(part.ids))
        ids[mine], counts[mine] = part.ids, part.counts
        if part.base:
            ids[mine] += part.base
        at = mine.stop
    ends = None
    if any(part.ends is not None for part in filled):
        sizes = [part.places.stop - part.places.start for part in filled]
        own = [_own_ends(part) for part in filled]
        ends = _joined_ends(own, sizes)
    return Postings(ids, counts, [part.places for part in filled], ends)


def _own_ends(part: Slice) -> Numbers:
    return np.cumsum(part.counts, dtype=np.uint32) if part.ends is None else part.ends


def joined(parts: Sequence[Postings]) -> Postings:
    """Return the postings of documents that follow each other (segments) as one."""
    filled = [part for part in parts if len(part.ids)]
    if len(filled) < 2:
        return filled[0] if filled else NOTHING
    return Postings(
        np.concatenate([part.ids for part in filled]),
        np.concatenate([part.counts for part in filled]),
        [stretch for part in filled for stretch in part.places],
        _all_ends(filled) if any(part.has_gaps for part in filled) else None,
    )


def _all_ends(parts: Sequence[Postings]) -> Numbers:
    sizes = [sum(p.stop - p.start for p in part.places) for part in parts]
    return _joined_ends([part.ends for part in parts], sizes)


def _joined_ends(ends: Sequence[Numbers], sizes: Sequence[int]) -> Numbers:
    before = np.cumsum([0, *sizes[:-1]]).astype(np.uint32)
    return np.concatenate([own + more for own, more in zip(ends, before, strict=True)])
