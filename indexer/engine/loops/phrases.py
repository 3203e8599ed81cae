"""Phrases, and words near each other, in a segment: see `loops` and `adjacency`."""

from __future__ import annotations

from typing import Any

from librt.vecs import append, vec
from mypy_extensions import i32, i64

from indexer.engine.loops.reads import Part, numbers, places_of, starts_of


class Sequence:
    """The documents of a segment that have all of some words of a field, and where to look."""

    def __init__(self, parts: list[Part]) -> None:
        shortest: i64 = 0
        n: i64 = 1
        while n < i64(len(parts)):
            if len(parts[n][0]) < len(parts[shortest][0]):
                shortest = n
            n += 1
        documents = numbers(parts[shortest][0], parts[shortest][1])
        n = 0
        while n < i64(len(parts)) and i64(len(documents)) > 0:
            if n != shortest:
                at = places_of(parts[n][0], parts[n][1], documents)
                count: i64 = 0
                k: i64 = 0
                while k < i64(len(at)):
                    if at[k] >= 0:
                        documents[count] = documents[k]
                        count += 1
                    k += 1
                documents = documents[:count]
            n += 1
        self.documents = documents
        self.words: i64 = i64(len(parts))
        slots: i64 = self.words * i64(len(documents))
        self.begins = vec[i64]([0] * slots)
        self.ends = vec[i64]([0] * slots)
        self.size: i64 = 0
        self.parts = parts

    def addresses(self, most: i64) -> vec[i64]:
        """Return which places to read, word by word; none when there are more than `most`."""
        begins = self.begins
        ends = self.ends
        total: i64 = 0
        row: i64 = 0
        for ids, size, counts, width, first in self.parts:
            at = places_of(ids, size, self.documents)
            starts, sizes = starts_of(counts, width, at, first)
            n: i64 = 0
            while n < i64(len(at)):
                begins[row] = starts[n]  # for now where they lie
                total += sizes[n]
                ends[row] = total
                row += 1
                n += 1
            if total > most:
                self.size = total
                return vec[i64]()
        self.size = total
        wanted = vec[i64]([0] * total)
        k: i64 = 0
        n = 0
        while n < row:
            place: i64 = begins[n]
            begins[n] = k
            while k < ends[n]:
                wanted[k] = place
                place += 1
                k += 1
            n += 1
        return wanted

    def phrases(self, read: Any, shifts: list[int], base: i64) -> tuple[vec[i64], vec[i32]]:
        """Return documents in which the words stand so far behind the first, and how often."""
        places = vec[i64](read)
        begins = self.begins
        ends = self.ends
        documents = self.documents
        words: i64 = self.words
        ids = vec[i64]()
        counts = vec[i32]()
        offsets = vec[i64](shifts)
        pointers = vec[i64]([0] * words)
        count: i64 = i64(len(documents))
        n: i64 = 0
        while n < count:
            word: i64 = 1
            while word < words:
                pointers[word] = begins[word * count + n]
                word += 1
            found: i64 = 0
            at: i64 = begins[n]
            while at < ends[n]:
                there: i64 = 1
                word = 1
                while word < words and there > 0:
                    place: i64 = places[at] + offsets[word]
                    end: i64 = ends[word * count + n]
                    pointer: i64 = pointers[word]
                    while pointer < end and places[pointer] < place:
                        pointer += 1
                    pointers[word] = pointer
                    if pointer == end or places[pointer] != place:
                        there = 0
                    word += 1
                found += there
                at += 1
            if found > 0:
                ids = append(ids, documents[n] + base)
                counts = append(counts, i32(found))
            n += 1
        return ids, counts

    def near(self, read: Any, distance: i64, base: i64) -> tuple[vec[i64], vec[i32]]:
        """Return documents in which the second word is near the first, and how often."""
        places = vec[i64](read)
        begins = self.begins
        ends = self.ends
        documents = self.documents
        ids = vec[i64]()
        counts = vec[i32]()
        count: i64 = i64(len(documents))
        n: i64 = 0
        while n < count:
            low: i64 = begins[count + n]
            end: i64 = ends[count + n]
            found: i64 = 0
            at: i64 = begins[n]
            while at < ends[n]:
                place: i64 = places[at]
                while low < end and places[low] < place - distance:
                    low += 1
                other: i64 = low
                while other < end and places[other] <= place + distance:
                    if places[other] != place:  # itself is not near itself
                        found += 1
                        break
                    other += 1
                at += 1
            if found > 0:
                ids = append(ids, documents[n] + base)
                counts = append(counts, i32(found))
            n += 1
        return ids, counts
