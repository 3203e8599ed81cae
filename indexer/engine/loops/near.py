"""Which words of a question stand near each other: see `loops` and `proximity`."""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i16, i32, i64, u8

from indexer.engine.loops.reads import SHIFT, Part, Spot, numbers

Run = tuple[i64, i64]
"""From where to where places lie among others."""


class Standing:
    """Where a word stands in a field of a segment, kept from search to search.

    `base` is the number of the segment's first document, `end` that behind its last; its places lie
    in `array`, which has those of other words too.
    """

    def __init__(self, base: i64, count: i64, part: Part, array: Any) -> None:
        documents, size, counts, width, where = part
        spot: Spot = where
        self.array = array
        self.base = base
        self.end: i64 = base + count
        self.is_short = size == 2
        self.shorts = vec[i16](documents) if size == 2 else vec[i16]()
        self.longs = vec[i64]() if size == 2 else numbers(documents, size)
        self.is_octet = width == 1
        self.octets = vec[u8](counts) if width == 1 else vec[u8]()
        self.wide = vec[i64]() if width == 1 else numbers(counts, width)
        self.size: i64 = i64(len(self.shorts)) + i64(len(self.longs))
        self.start: i64 = spot[0]
        self.phase: i64 = i64(spot[2]) & ((1 << SHIFT) - 1)
        # Of the word's own first posting that is told by `start`.
        first: i64 = spot[2]
        self.known = vec[i32](spot[1][first >> SHIFT : (first + self.size >> SHIFT) + 1])

    def find(self, documents: vec[i64], low: i64, high: i64, into: Runs, row: i64) -> None:
        """Find the documents from number `low` to `high`, sorted: where their places lie."""
        shorts, longs = self.shorts, self.longs
        octets, wide = self.octets, self.wide
        starts, sizes = into.starts, into.sizes
        first: i64 = 0
        while low < high and first < self.size:
            document: i64 = documents[low] - self.base
            last: i64 = self.size
            while first < last:
                middle: i64 = (first + last) >> 1
                if self.is_short:
                    value: i64 = i64(shorts[middle]) & 0xFFFF
                else:
                    value = longs[middle]
                if value < document:
                    first = middle + 1
                else:
                    last = middle
            if first < self.size:
                value = (i64(shorts[first]) & 0xFFFF) if self.is_short else longs[first]
                if value == document:
                    start: i64 = self.start
                    n: i64 = 0
                    block: i64 = (first + self.phase) >> SHIFT
                    if block > 0:
                        start = i64(self.known[block]) & 0xFFFFFFFF
                        n = (block << SHIFT) - self.phase
                    while n < first:
                        start += i64(octets[n]) if self.is_octet else wide[n]
                        n += 1
                    starts[row + low] = start
                    sizes[row + low] = i64(octets[first]) if self.is_octet else wide[first]
            low += 1


Stands = tuple[int, Standing]
"""A slot, the number of a word times the number of fields, plus that of the field; and where the
word stands in a segment of it."""
Pair = tuple[int, int, float]
"""Two words, and what a document gains where they stand near each other."""


class Runs:
    """Of slots, document by document: where places lie, and how many; 0 where none are."""

    def __init__(self, count: i64) -> None:
        self.starts = vec[i64]([0] * count)
        self.sizes = vec[i64]([0] * count)


class Neighbours:
    """Which words of a question stand near each other in some documents.

    `wanted` tells which places to read; then `gains` takes what was read, one array after another.
    """

    def __init__(self, documents: Any, words: i64, fields: i64) -> None:
        self.documents = vec[i64](documents)
        self.fields = fields
        slots: i64 = words * fields * i64(len(self.documents))
        self.runs = Runs(slots)
        self.begins = vec[i64]([0] * slots)
        self.ends = vec[i64]([0] * slots)

    def wanted(self, words: list[Stands], pairs: list[Pair]) -> list[tuple[Any, vec[i64]]]:
        """Return the arrays with which of their places to read.

        Those of words whose neighbour is there too.
        """
        count: i64 = i64(len(self.documents))
        for slot, standing in words:
            low = self._first_from(standing.base)
            high = self._first_from(standing.end)
            if low < high:
                standing.find(self.documents, low, high, self.runs, i64(slot) * count)
        for left, right, _ in pairs:
            self._choose(i64(left) * self.fields * count, i64(right) * self.fields * count)
        total: i64 = 0
        found: list[tuple[Any, vec[i64]]] = []
        for array in _arrays(words):
            mine = [(slot, standing) for slot, standing in words if standing.array is array]
            low = self._first_from(mine[0][1].base)
            high = self._first_from(mine[0][1].end)
            more = self._listed(low, high, mine, total)
            if len(more) > 0:
                total += i64(len(more))
                found.append((array, more))
        return found

    def _choose(self, one: i64, other: i64) -> None:
        """Choose the places of two neighbours that are both there."""
        sizes, ends = self.runs.sizes, self.ends
        n: i64 = 0
        while n < self.fields * i64(len(self.documents)):
            if sizes[one + n] > 0 and sizes[other + n] > 0:
                ends[one + n] = sizes[one + n]
                ends[other + n] = sizes[other + n]
            n += 1

    def _first_from(self, number: i64) -> i64:
        """Return the place of the first document with a number or one above it."""
        documents = self.documents
        first: i64 = 0
        last: i64 = i64(len(documents))
        while first < last:
            middle: i64 = (first + last) >> 1
            if documents[middle] < number:
                first = middle + 1
            else:
                last = middle
        return first

    def _listed(self, low: i64, high: i64, words: list[Stands], total: i64) -> vec[i64]:
        """Return the places to read of an array, of which `total` were before; note where."""
        count: i64 = i64(len(self.documents))
        starts, begins, ends = self.runs.starts, self.begins, self.ends
        at: i64 = total
        for slot, _ in words:
            n: i64 = i64(slot) * count + low
            while n < i64(slot) * count + high:
                begins[n] = at
                at += ends[n]
                ends[n] = at
                n += 1
        found = vec[i64]([0] * (at - total))
        for slot, _ in words:
            n = i64(slot) * count + low
            while n < i64(slot) * count + high:
                place: i64 = begins[n]
                while place < ends[n]:
                    found[place - total] = starts[n] + place - begins[n]
                    place += 1
                n += 1
        return found

    def gains(self, read: Any, pairs: list[Pair], window: i64) -> vec[float]:
        """Return what each document gains: of each pair its gain where the two words are near."""
        places = vec[i64](read)
        begins, ends = self.begins, self.ends
        count: i64 = i64(len(self.documents))
        found = vec[float]([0.0] * count)
        for left, right, gain in pairs:
            one: i64 = left
            other: i64 = right
            n: i64 = 0
            while n < count:
                field: i64 = 0
                while field < self.fields:
                    some: i64 = (one * self.fields + field) * count + n
                    others: i64 = (other * self.fields + field) * count + n
                    run: Run = (begins[some], ends[some])
                    if _are_near(places, run, (begins[others], ends[others]), window):
                        found[n] += gain
                        break
                    field += 1
                n += 1
        return found


def _arrays(words: list[Stands]) -> list[Any]:
    """Return the arrays in which words stand, each once."""
    found: list[Any] = []
    for _, standing in words:
        is_new = True
        for array in found:
            if array is standing.array:
                is_new = False
        if is_new:
            found.append(standing.array)
    return found


def _are_near(places: vec[i64], one: Run, other: Run, window: i64) -> bool:
    """Tell whether a place of one word is near one of another; itself is not near itself.

    As in `proximity`, of the places of the other only the neighbours are looked at.
    """
    first: i64 = one[0]
    last: i64 = one[1]
    begin: i64 = other[0]
    end: i64 = other[1]
    if first == last or begin == end:
        return False
    at: i64 = begin
    while first < last:
        place: i64 = places[first]
        while at < end and places[at] <= place:
            at += 1
        if at > begin:
            gap: i64 = place - places[at - 1]
            if 0 < gap <= window:
                return True
        if at < end and places[at] - place <= window:
            return True
        first += 1
    return False
