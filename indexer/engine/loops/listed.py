"""Words whose documents are listed with their scores, looked up one by one: see `loops`, `later`.

Which documents a word has is told by bits, one for each document of the index, and how many there
are before each 64 of them is counted beforehand: to find a document's score is two looks into
memory. A rare word has no bits: its documents are leapt to.
"""

from __future__ import annotations

from typing import Any, Final

from librt.vecs import vec
from mypy_extensions import i32, i64, u8

DENSE: Final = 64
"""A word of one document in so many has bits: they take less memory than its list then."""
TWOS: Final = 0x5555555555555555
FOURS: Final = 0x3333333333333333
EIGHTS: Final = 0x0F0F0F0F0F0F0F0F
ONES: Final = 0x0101010101010101
Piece = tuple[Any, Any]
"""Sorted documents with a score each."""


def bits_of(slot: i64) -> i64:
    """Return how many bits are set: of each two, four and eight, and of all eights by a product."""
    twos: i64 = slot - ((slot >> 1) & TWOS)
    fours: i64 = (twos & FOURS) + ((twos >> 2) & FOURS)
    return (((fours + (fours >> 4)) & EIGHTS) * ONES) >> 56


class Listed:
    """A word: its documents, all below `size`, in one piece or two that share none.

    `most` is its highest score.
    """

    def __init__(self, pieces: list[Piece], size: i64) -> None:
        self.ids = vec[i64](pieces[0][0])
        self.scores = vec[float](pieces[0][1])
        if len(pieces) > 1:
            self._weave(vec[i64](pieces[1][0]), vec[float](pieces[1][1]))
        self.most = _highest(self.scores)
        self.is_dense = i64(len(self.ids)) * DENSE > size
        slots: i64 = ((size + 63) >> 6) if self.is_dense else size - size
        self.bits = vec[i64]([0] * slots)
        self.before = vec[i32]([0] * slots)
        if self.is_dense:
            self.mark(self.bits)
            self._count()

    def _weave(self, others: vec[i64], worths: vec[float]) -> None:
        """Put the documents of two pieces in one order."""
        some, scores = self.ids, self.scores
        end: i64 = i64(len(some))
        rest: i64 = i64(len(others))
        ids = vec[i64]([0] * (end + rest))
        found = vec[float]([0.0] * (end + rest))
        n: i64 = 0
        k: i64 = 0
        while n + k < end + rest:
            at: i64 = n + k
            if n == end or (k < rest and others[k] < some[n]):
                ids[at] = others[k]
                found[at] = worths[k]
                k += 1
            else:
                ids[at] = some[n]
                found[at] = scores[n]
                n += 1
        self.ids, self.scores = ids, found

    def _count(self) -> None:
        bits, before = self.bits, self.before
        total: i64 = 0
        n: i64 = 0
        while n < i64(len(bits)):
            before[n] = i32(total)
            total += bits_of(bits[n])
            n += 1

    def mark(self, bits: vec[i64]) -> None:
        """Set the bits of its documents."""
        _mark(self.ids, bits, 1)

    def places(self, wanted: vec[i64]) -> vec[i64]:
        """Return for each of some sorted documents its place here, or -1."""
        found = vec[i64]([0] * i64(len(wanted)))
        if not self.is_dense:
            _leap(self.ids, wanted, found)
            return found
        bits, before = self.bits, self.before
        n: i64 = 0
        while n < i64(len(wanted)):
            document: i64 = wanted[n]
            slot: i64 = bits[document >> 6]
            at: i64 = document & 63
            if (slot >> at) & 1 == 0:
                found[n] = -1
            else:
                found[n] = i64(before[document >> 6]) + bits_of((slot << 1) << (63 - at))
            n += 1
        return found

    def have(self, wanted: Any) -> vec[u8]:
        """Tell for each of some sorted documents whether it is here."""
        at = self.places(vec[i64](wanted))
        found = vec[u8]([0] * i64(len(at)))
        n: i64 = 0
        while n < i64(len(at)):
            if at[n] >= 0:
                found[n] = 1
            n += 1
        return found

    def meet(self, wanted: Any, worths: Any) -> tuple[vec[i64], vec[float]]:
        """Return those of some sorted documents that are here, with the sums of both scores."""
        ids, sums, scores = vec[i64](wanted), vec[float](worths), self.scores
        at = self.places(ids)
        size: i64 = 0
        n: i64 = 0
        while n < i64(len(at)):
            if at[n] >= 0:
                ids[size] = ids[n]
                sums[size] = sums[n] + scores[at[n]]
                size += 1
            n += 1
        return ids[:size], sums[:size]


def _mark(ids: vec[i64], bits: vec[i64], one: i64) -> None:
    """Set the bits of documents. A `one` that mypyc knows would be shifted within 32 bits."""
    n: i64 = 0
    while n < i64(len(ids)):
        document: i64 = ids[n]
        bits[document >> 6] |= one << (document & 63)
        n += 1


def _highest(scores: vec[float]) -> float:
    found = 0.0
    n: i64 = 0
    while n < i64(len(scores)):
        found = max(found, scores[n])
        n += 1
    return found


def _leap(ids: vec[i64], wanted: vec[i64], found: vec[i64]) -> None:
    """Find the places of some documents: from one to the next it leaps, as `reads.places_of`."""
    end: i64 = i64(len(ids))
    low: i64 = 0
    n: i64 = 0
    while n < i64(len(wanted)):
        document: i64 = wanted[n]
        step: i64 = 1
        high: i64 = low
        while high < end and ids[high] < document:
            low = high + 1
            high += step
            step *= 2
        high = min(high, end)
        while low < high:
            middle: i64 = (low + high) >> 1
            if ids[middle] < document:
                low = middle + 1
            else:
                high = middle
        found[n] = -1
        if low < end and ids[low] == document:
            found[n] = low
        n += 1
