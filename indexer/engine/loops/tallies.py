"""How often any of many words stands in each document of a segment: see `loops` and `leaf`."""

from __future__ import annotations

from array import array
from typing import Any, Final

from librt.vecs import vec
from mypy_extensions import i16, i32, i64, u8

from indexer.engine.loops.reads import Part, numbers

WHOLE: Final = 0xFFFFFFFF
"""mypyc shifts a one that it knows within 32 bits, and the highest then stands in 32 more."""
OCTET: Final = 256
SHORT: Final = 65536
PATTERN: Final = 0x077CB531
"""Five bits of its product with a power of two tell which (De Bruijn; Leiserson e.a. 1998)."""
POWERS = array("B", sorted(range(32), key=lambda n: (PATTERN << n & WHOLE) >> 27))
"""Which power of two, by these bits."""


class Tally:
    """Counts by document of a segment, of at most `room` documents; emptied by each look.

    Which documents have any is kept as bits, 32 a number: few of many are soon found so.
    """

    def __init__(self, room: i64) -> None:
        self.counts = vec[i32]([0] * room)
        self.bits = vec[i64]([0] * (room // 32 + 1))
        self.size: i64 = 0
        self.most: i64 = 0

    def add(self, part: Part) -> None:
        """Add the counts of postings, which may be in any order."""
        documents, size, counts, width, _ = part
        if size != 2 or width != 1:
            self._add(numbers(documents, size), numbers(counts, width))
            return
        sums, bits = self.counts, self.bits
        shorts = vec[i16](documents)
        octets = vec[u8](counts)
        found: i64 = self.size
        most: i64 = self.most
        one: i64 = 1
        n: i64 = 0
        while n < i64(len(shorts)):
            document: i64 = i64(shorts[n]) & 0xFFFF
            before: i64 = i64(sums[document])
            if before == 0:
                found += 1
                bits[document >> 5] |= (one << (document & 31)) & WHOLE
            before += i64(octets[n])
            most = max(most, before)
            sums[document] = i32(before)
            n += 1
        self.size = found
        self.most = most

    def _add(self, documents: vec[i64], counts: vec[i64]) -> None:
        sums, bits = self.counts, self.bits
        one: i64 = 1
        n: i64 = 0
        while n < i64(len(documents)):
            document: i64 = documents[n]
            before: i64 = i64(sums[document])
            if before == 0:
                self.size += 1
                bits[document >> 5] |= (one << (document & 31)) & WHOLE
            before += counts[n]
            self.most = max(self.most, before)
            sums[document] = i32(before)
            n += 1

    def taken(self) -> tuple[Any, Any]:
        """Return the documents in order and their counts, and begin anew.

        They are as narrow as in a file, where the other loops are quicker.
        """
        are_narrow = self.most < OCTET and i64(len(self.counts)) <= SHORT
        found: tuple[Any, Any] = self._narrow() if are_narrow else self._wide()
        self.size = 0
        self.most = 0
        return found

    def _narrow(self) -> tuple[vec[i16], vec[u8]]:
        sums, bits = self.counts, self.bits
        size: i64 = self.size
        ids = vec[i16]([0] * size)
        counts = vec[u8]([0] * size)
        powers = vec[u8](POWERS)
        pattern: i64 = PATTERN
        n: i64 = 0
        k: i64 = 0
        while k < i64(len(bits)):
            some: i64 = bits[k]
            if some != 0:
                bits[k] = 0
                while some != 0:
                    lowest: i64 = some & -some
                    document: i64 = (k << 5) + i64(powers[((lowest * pattern) & WHOLE) >> 27])
                    some ^= lowest
                    ids[n] = i16(document)
                    counts[n] = u8(sums[document])
                    sums[document] = 0
                    n += 1
            k += 1
        return ids, counts

    def _wide(self) -> tuple[vec[i32], vec[i32]]:
        sums, bits = self.counts, self.bits
        size: i64 = self.size
        ids = vec[i32]([0] * size)
        counts = vec[i32]([0] * size)
        powers = vec[u8](POWERS)
        pattern: i64 = PATTERN
        n: i64 = 0
        k: i64 = 0
        while k < i64(len(bits)):
            some: i64 = bits[k]
            bits[k] = 0
            while some != 0:
                lowest: i64 = some & -some
                document: i64 = (k << 5) + i64(powers[((lowest * pattern) & WHOLE) >> 27])
                some ^= lowest
                ids[n] = i32(document)
                counts[n] = sums[document]
                sums[document] = 0
                n += 1
            k += 1
        return ids, counts
