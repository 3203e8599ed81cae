"""Which words of a question stand near each other: see `loops` and `proximity`."""

from __future__ import annotations

from typing import Any

from librt.vecs import append, vec
from mypy_extensions import i64

from indexer.engine.loop_reads import Part, places_of, starts_of

Run = tuple[i64, i64]
"""Where places begin among others, and how many they are."""


class Neighbours:
    """Which words of a question stand near each other in some documents.

    First `add` each word, field and segment, those that share an array of places together, and
    after each array ask where to read it (`addresses`); then `gains` takes what was read.
    """

    def __init__(self, documents: Any, words: i64, fields: i64) -> None:
        self.documents = vec[i64](documents)
        self.fields = fields
        slots: i64 = words * fields * i64(len(self.documents))
        self.begins = vec[i64]([0] * slots)
        self.sizes = vec[i64]([0] * slots)
        self.wanted = vec[i64]()
        self.size: i64 = 0

    def add(self, slot: i64, base: i64, low: i64, high: i64, part: Part) -> None:
        """Look among the postings of a word for the documents from number `low` to `high`.

        `slot` is the word times the number of fields, plus the field; `base` is the number of the
        first document of the segment.
        """
        ids, size, counts, width, first = part
        documents = self.documents[low:high]
        n: i64 = 0
        while n < high - low:
            documents[n] -= base
            n += 1
        at = places_of(ids, size, documents)
        starts, sizes = starts_of(counts, width, at, first)
        begins = self.begins
        all_sizes = self.sizes
        wanted = self.wanted
        total: i64 = self.size
        row: i64 = slot * i64(len(self.documents)) + low
        n = 0
        while n < high - low:
            begins[row + n] = total
            all_sizes[row + n] = sizes[n]
            place: i64 = starts[n]
            stop: i64 = place + sizes[n]
            total += sizes[n]
            while place < stop:
                wanted = append(wanted, place)
                place += 1
            n += 1
        self.wanted = wanted
        self.size = total

    def addresses(self) -> vec[i64]:
        """Return which places to read of the array of those that were added since last time."""
        found = self.wanted
        self.wanted = vec[i64]()
        return found

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
