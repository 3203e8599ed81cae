"""Loops over places for which numpy takes many passes. Compiled by mypyc, and run only then.

In go slices of the arrays of an index (signed, as `native.plain` gives them: `vec` knows no others;
two bytes are read as if they were not), out come arrays again. What these loops do, `proximity` and
`adjacency` do with numpy where nothing is compiled: the results are the same to the last bit
(tests/engine/test_loops.py). `vec` is mypyc's array: to make one of a slice copies its bytes, to
look at an element is a look into memory.
"""

from __future__ import annotations

from typing import Any

from librt.vecs import append, vec
from mypy_extensions import i16, i32, i64, u8

Part = tuple[Any, int, Any, int, int]
"""Of a word in a field of a segment: its documents and the bytes of each, its counts and the bytes
of each, and where its first place lies among those of the field."""
Run = tuple[i64, i64]
"""Where places begin among others, and how many they are."""


def _numbers(array: Any, size: i64) -> vec[i64]:
    """Return numbers of so many bytes."""
    at: i64 = 0
    if size == 2:
        shorts = vec[i16](array)
        found = vec[i64]([0] * i64(len(shorts)))
        while at < i64(len(found)):
            found[at] = i64(shorts[at]) & 0xFFFF
            at += 1
        return found
    if size == 1:
        octets = vec[u8](array)
        found = vec[i64]([0] * i64(len(octets)))
        while at < i64(len(found)):
            found[at] = i64(octets[at])
            at += 1
        return found
    words = vec[i32](array)
    found = vec[i64]([0] * i64(len(words)))
    while at < i64(len(found)):
        found[at] = i64(words[at])
        at += 1
    return found


def _places(ids: Any, size: i64, wanted: vec[i64]) -> vec[i64]:
    """Return for each of some sorted numbers its place in sorted numbers, or -1.

    From one to the next it leaps, each time twice as far, and then halves the last leap.
    """
    found = vec[i64]([0] * i64(len(wanted)))
    shorts = vec[i16]()
    others = vec[i64]()
    if size == 2:
        shorts = vec[i16](ids)
        end: i64 = i64(len(shorts))
    else:
        others = _numbers(ids, size)
        end = i64(len(others))
    low: i64 = 0
    n: i64 = 0
    while n < i64(len(wanted)):
        document: i64 = wanted[n]
        step: i64 = 1
        high: i64 = low
        while high < end:
            value: i64 = (i64(shorts[high]) & 0xFFFF) if size == 2 else others[high]
            if value >= document:
                break
            low = high + 1
            high += step
            step *= 2
        high = min(high, end)
        while low < high:
            middle: i64 = (low + high) >> 1
            value = (i64(shorts[middle]) & 0xFFFF) if size == 2 else others[middle]
            if value < document:
                low = middle + 1
            else:
                high = middle
        found[n] = -1
        if low < end:
            value = (i64(shorts[low]) & 0xFFFF) if size == 2 else others[low]
            if value == document:
                found[n] = low
        n += 1
    return found


def _starts(counts: Any, width: i64, at: vec[i64], first: i64) -> tuple[vec[i64], vec[i64]]:
    """Return where the places of some ascending postings begin, and how many each has.

    Those that are not there (-1) have none.
    """
    starts = vec[i64]([0] * i64(len(at)))
    sizes = vec[i64]([0] * i64(len(at)))
    n: i64 = 0
    k: i64 = 0
    start: i64 = first
    if width == 1:
        octets = vec[u8](counts)
        while n < i64(len(at)):
            if at[n] >= 0:
                while k < at[n]:
                    start += i64(octets[k])
                    k += 1
                starts[n] = start
                sizes[n] = i64(octets[k])
            n += 1
        return starts, sizes
    wide = _numbers(counts, width)
    while n < i64(len(at)):
        if at[n] >= 0:
            while k < at[n]:
                start += wide[k]
                k += 1
            starts[n] = start
            sizes[n] = wide[k]
        n += 1
    return starts, sizes


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
        at = _places(ids, size, documents)
        starts, sizes = _starts(counts, width, at, first)
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


class Sequence:
    """The documents of a segment that have all of some words of a field, and where to look."""

    def __init__(self, parts: list[Part]) -> None:
        shortest: i64 = 0
        n: i64 = 1
        while n < i64(len(parts)):
            if len(parts[n][0]) < len(parts[shortest][0]):
                shortest = n
            n += 1
        documents = _numbers(parts[shortest][0], parts[shortest][1])
        n = 0
        while n < i64(len(parts)) and i64(len(documents)) > 0:
            if n != shortest:
                at = _places(parts[n][0], parts[n][1], documents)
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
            at = _places(ids, size, self.documents)
            starts, sizes = _starts(counts, width, at, first)
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


def distances(letters: Any, bounds: Any, word: bytes) -> vec[i64]:
    """Return the edits between a word and each of others: `letters` from one bound to the next.

    The table of Levenshtein (1966), one row at a time.
    """
    text = vec[u8](letters)
    ends = vec[i64](bounds)
    wanted = vec[u8](word)
    size: i64 = i64(len(wanted))
    row = vec[i64]([0] * (size + 1))
    found = vec[i64]([0] * (i64(len(ends)) - 1))
    n: i64 = 0
    while n < i64(len(found)):
        k: i64 = 0
        while k <= size:
            row[k] = k
            k += 1
        at: i64 = ends[n]
        while at < ends[n + 1]:
            letter = text[at]
            slanting: i64 = row[0]
            row[0] = slanting + 1
            k = 0
            while k < size:
                least: i64 = slanting
                if wanted[k] != letter:
                    least += 1
                slanting = row[k + 1]
                least = min(least, slanting + 1)
                least = min(least, row[k] + 1)
                row[k + 1] = least
                k += 1
            at += 1
        found[n] = row[size]
        n += 1
    return found
