"""Which words of a question stand near each other: see `loops` and `proximity`."""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i64

from indexer.engine.loops.reads import Part, places_of, starts_of

Run = tuple[i64, i64]
"""Where places begin among others, and how many they are."""


class Neighbours:
    """Which words of a question stand near each other in some documents.

    `add` for each array of places what lies in it: it tells which places to read. Then `gains`
    takes what was read, one array after another.
    """

    def __init__(self, documents: Any, words: i64, fields: i64) -> None:
        self.documents = vec[i64](documents)
        self.fields = fields
        slots: i64 = words * fields * i64(len(self.documents))
        self.begins = vec[i64]([0] * slots)
        self.sizes = vec[i64]([0] * slots)
        self.size: i64 = 0

    def add(self, base: i64, low: i64, high: i64, rows: list[tuple[int, Part]]) -> vec[i64]:
        """Look among postings for the documents from number `low` to `high`; return their places.

        `rows` are those of a field of a segment, whose first document has the number `base`: each
        is of a slot, the word times the number of fields, plus the field.
        """
        own = self.documents[low:high]
        n: i64 = 0
        while n < high - low:
            own[n] -= base
            n += 1
        first: i64 = self.size
        wanted = vec[i64]([0] * (64 * (high - low)))
        for slot, part in rows:
            ids, size, counts, width, start = part
            at = places_of(ids, size, own)
            starts, sizes = starts_of(counts, width, at, start)
            more: i64 = self._put(i64(slot) * i64(len(self.documents)) + low, sizes) - first
            if more > i64(len(wanted)):
                wanted = _longer(wanted, 2 * more)
            _list(starts, sizes, wanted, more)
        return wanted[: self.size - first]

    def _put(self, row: i64, sizes: vec[i64]) -> i64:
        """Note where the places of the documents of a row will be; return where the next will."""
        begins = self.begins
        all_sizes = self.sizes
        total: i64 = self.size
        n: i64 = 0
        while n < i64(len(sizes)):
            begins[row + n] = total
            all_sizes[row + n] = sizes[n]
            total += sizes[n]
            n += 1
        self.size = total
        return total

    def gains(self, read: Any, pairs: list[tuple[int, int, float]], window: i64) -> vec[float]:
        """Return what each document gains: of each pair its gain where the two words are near."""
        places = vec[i64](read)
        begins = self.begins
        sizes = self.sizes
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
                    run: Run = (begins[some], sizes[some])
                    if _are_near(places, run, (begins[others], sizes[others]), window):
                        found[n] += gain
                        break
                    field += 1
                n += 1
        return found


def _longer(some: vec[i64], size: i64) -> vec[i64]:
    """Return the same numbers with room for others."""
    found = vec[i64]([0] * size)
    n: i64 = 0
    while n < i64(len(some)):
        found[n] = some[n]
        n += 1
    return found


def _list(starts: vec[i64], sizes: vec[i64], wanted: vec[i64], end: i64) -> None:
    """Write the numbers of ranges one after another, the last of them just before `end`."""
    at: i64 = end
    n: i64 = i64(len(starts)) - 1
    while n >= 0:
        place: i64 = starts[n] + sizes[n]
        while place > starts[n]:
            place -= 1
            at -= 1
            wanted[at] = place
        n -= 1


def _are_near(places: vec[i64], one: Run, other: Run, window: i64) -> bool:
    """Tell whether a place of one word is near one of another; itself is not near itself.

    As in `proximity`, of the places of the other only the neighbours are looked at.
    """
    if one[1] == 0 or other[1] == 0:
        return False
    first: i64 = one[0]
    last: i64 = first + one[1]
    begin: i64 = other[0]
    end: i64 = begin + other[1]
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
