"""Where a token stands: postings as arrays, and the set operations on them.

In go sorted arrays of document numbers with positions, out come others. Everything is read-only
once made, so that threads can share it. A key packs a document number and a position into one
integer (`doc << 24 | position`), so that one sort or search handles both. Positions stay in the
mapped file until a phrase or a lift looks at some documents, and then only theirs are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engine import native
from indexer.engine.arrays.file import Numbers
from indexer.engine.arrays.ids import NO_IDS, Floats, Ids, changes, distinct, ranges
from indexer.engine.postings.slices import Places, Slice, Stretch
from indexer.engine.postings.slices import having as having_of

Keys = npt.NDArray[np.int64]

POSITION_BITS = 24
PLACE = (1 << POSITION_BITS) - 1
STANDING = 4
"""Bytes of a posting that the loops keep (`loops.near.Standing`)."""


class Postings:
    """A token in one field: `ids` sorted documents, `counts` per document, places by stretches.

    There may be no places although there are counts, where only the counts are known (prefixes).
    `ends` says where the places of each posting end, where those of deleted documents lie between
    them. Those of a token have the `slices` of the segments that they are, and are put together
    only for who asks for them: of those that are kept from search to search, `apart`. Safe under
    threads: what is made later is made alike by two of them.
    `standing` is what the loops keep of each slice, once they looked at places (`proximity`).
    """

    def __init__(
        self,
        ids: Ids | None,
        counts: Numbers | None,
        places: Sequence[Stretch] = (),
        ends: Numbers | None = None,
    ) -> None:
        self.slices: list[Slice] = []
        self.standing: Sequence[Any] | None = None
        self._ids = ids
        self._counts = counts
        self._places = places
        self._ends = ends

    @classmethod
    def of(cls, slices: list[Slice]) -> Postings:
        """Return slices of segments that follow each other as postings."""
        if not slices:
            return NOTHING
        found = cls(None, None)
        found.slices = slices
        return found

    def apart(self) -> Postings:
        """Return the same with arrays of its own, which go with it; without loops they stay."""
        is_kept = self.slices and native.LOOPS is not None
        return Postings.of(self.slices) if is_kept else self

    @property
    def ids(self) -> Ids:
        """Return the documents."""
        if self._ids is None:
            self._ids = numbered(self.slices)
        return self._ids

    @property
    def counts(self) -> Numbers:
        """Return how often the token stands in each document."""
        if self._counts is None:
            self._counts = np.concatenate(
                [part.living_counts for part in self.slices], dtype=np.int32
            )
        return self._counts

    @property
    def amounts(self) -> Floats:
        """Return the same as an array of its own, to reckon in."""
        if self._counts is None:
            return np.concatenate([part.living_counts for part in self.slices], dtype=np.float64)
        return self._counts.astype(np.float64)

    @property
    def places(self) -> Sequence[Stretch]:
        """Return where the places lie."""
        return [part.places for part in self.slices] or self._places

    @cached_property
    def has_gaps(self) -> bool:
        """Tell whether places of deleted documents lie between those of others."""
        return self._ends is not None or any(part.kept is not None for part in self.slices)

    @cached_property
    def ends(self) -> Numbers:
        """Return by posting the number of places up to and with its own, gaps counted."""
        if self._ends is not None:
            return self._ends
        if self.slices and self.has_gaps:
            sizes = [part.last_place - part.first_place for part in self.slices]
            return _joined_ends([part.living_ends for part in self.slices], sizes)
        return np.cumsum(self.counts, dtype=np.int32)

    @property
    def has_any(self) -> bool:
        """Tell whether there are postings; those of deleted documents may be all."""
        return bool(self.slices) or len(self.ids) > 0

    @property
    def having(self) -> int:
        """Return the number of postings, those of deleted documents counted."""
        return having_of(self.slices) if self.slices else len(self.ids)

    @property
    def amount(self) -> int:
        """Return the number of places, those of deleted documents counted."""
        if self.slices:
            return sum(part.last_place - part.first_place for part in self.slices)
        return int(self.ends[-1]) if len(self.ids) else 0

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory; mapped places are not its own.

        With loops a word of the index keeps no more than is `standing`, without them its arrays.
        """
        if self.slices:
            return 1000 + (20 if native.LOOPS is None else STANDING) * self.having
        own = sum(p.array.nbytes for p in self.places if p.array.base is None)
        return self.ids.nbytes + self.counts.nbytes + 4 * len(self.ids) + own + 300

    @property
    def keys(self) -> Keys:
        """Return every place as a sorted key."""
        documents = np.repeat(self.ids, self.counts) << POSITION_BITS
        return documents | self.between(0, len(self.ids))

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
        first = self.firsts
        cuts = np.searchsorted(starts, first).tolist()
        return [
            (part, part.start - int(first[n]), slice(cuts[n], cuts[n + 1]))
            for n, part in enumerate(self.places)
            if cuts[n] < cuts[n + 1]
        ]

    @cached_property
    def firsts(self) -> Ids:
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
    filled = [part for part in parts if part.has_any]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        return NOTHING
    filled = [part.apart() for part in filled]
    return from_keys(distinct(np.concatenate([part.keys for part in filled])))


def numbered(slices: Sequence[Slice]) -> Ids:
    """Return the documents of slices of segments that follow each other, by the index's numbers."""
    rows = [part.living_ids for part in slices]
    found: Ids = np.concatenate(rows, dtype=np.int64)
    at = 0
    for part, row in zip(slices, rows, strict=True):
        before, at = at, at + len(row)
        if part.view.base:
            found[before:at] += part.view.base
    return found


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
