"""Phrases, and words near each other, in a segment: see `loops` and `adjacency`."""

from __future__ import annotations

from typing import Any

from librt.vecs import append, vec
from mypy_extensions import i32, i64

from indexer.engine.loops.reads import Part, Spot, narrowed, numbers, places_of, starts_of


class Slots:
    """Numbers of 64 bits as the loops look at them; they are kept from search to search.

    An object, since mypyc never lets go of a `vec` that is handed over from outside.
    """

    def __init__(self, numbers: Any) -> None:
        self.numbers = vec[i64](numbers)

    def put(self, numbers: Any, taken: Any) -> None:
        """Set the slots with some numbers to what is given for each."""
        at = vec[i64](numbers)
        some = vec[i64](taken)
        slots = self.numbers
        n: i64 = 0
        while n < i64(len(at)):
            slots[at[n]] = some[n]
            n += 1


def no_bits(size: i64) -> Slots:
    """Return so many slots of 64 bits, none of which is set yet."""
    found = Slots(b"")
    found.numbers = vec[i64]([0] * size)
    return found


NO_BITS = Slots(b"")


class Common:
    """The slots of a common word on a line of all documents, and how far behind the first it is."""

    def __init__(self, slots: Slots, offset: i64) -> None:
        self.slots = slots.numbers
        self.offset = offset


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
        room: i64 = i64(len(documents))
        words: i64 = i64(len(parts))
        places = vec[i64]([0] * (words * room))  # by word those of the documents among its own
        n = 0
        while n < room:
            places[shortest * room + n] = n
            n += 1
        n = 0
        while n < words and i64(len(documents)) > 0:
            if n != shortest:
                at = places_of(parts[n][0], parts[n][1], documents)
                count: i64 = 0
                k: i64 = 0
                while k < i64(len(at)):
                    if at[k] >= 0:
                        documents[count] = documents[k]
                        places[shortest * room + count] = places[shortest * room + k]
                        word: i64 = 0
                        while word < n:
                            places[word * room + count] = places[word * room + k]
                            word += 1
                        places[n * room + count] = at[k]
                        count += 1
                    k += 1
                documents = documents[:count]
            n += 1
        self.places = places
        self.room = room
        self.documents = documents
        self.words = words
        slots: i64 = self.words * i64(len(documents))
        self.begins = vec[i64]([0] * slots)
        self.ends = vec[i64]([0] * slots)
        self.size: i64 = 0
        self.parts = parts
        self.is_short = parts[0][1] != 4

    def addresses(self, most: i64) -> vec[i64]:
        """Return which places to read, word by word; none when there are more than `most`.

        A word alone has all of its places read as they lie: there they are not told.
        """
        begins = self.begins
        ends = self.ends
        total: i64 = 0
        row: i64 = 0
        if i64(len(self.documents)) == 0:
            return vec[i64]()
        low: i64 = 0
        for _, _, counts, width, where in self.parts:
            spot: Spot = where
            at = self.places[low : low + i64(len(self.documents))]
            low += self.room
            starts, sizes = starts_of(counts, width, at, spot[0])
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
        k: i64 = 0
        listed: i64 = total if self.words > 1 else k
        wanted = vec[i64]([0] * listed)
        n = 0
        while n < row:
            place: i64 = begins[n]
            begins[n] = k
            end: i64 = ends[n]
            if self.words == 1:
                k = end
            while k < end:
                wanted[k] = place
                place += 1
                k += 1
            n += 1
        return wanted

    def phrases(
        self, read: Any, shifts: list[int], common: list[Common], starts: Slots
    ) -> tuple[Any, Any]:
        """Return documents in which the words stand so far behind the first, and how often.

        Words that are `common` stand there too; each document has its first slot in `starts`.
        """
        places = vec[i32](read)
        line = starts.numbers
        begins = self.begins
        ends = self.ends
        documents = self.documents
        words: i64 = self.words
        ids = vec[i64]()
        counts = vec[i64]()
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
                    place: i64 = i64(places[at]) + offsets[word]
                    end: i64 = ends[word * count + n]
                    pointer: i64 = pointers[word]
                    while pointer < end and i64(places[pointer]) < place:
                        pointer += 1
                    pointers[word] = pointer
                    if pointer == end or i64(places[pointer]) != place:
                        there = 0
                    word += 1
                if there > 0 and i64(len(line)) > 0:
                    there = _are_at(common, line[documents[n]] + i64(places[at]))
                found += there
                at += 1
            if found > 0:
                ids = append(ids, documents[n])
                counts = append(counts, found)
            n += 1
        return narrowed(ids, counts, short=self.is_short)

    def near(self, read: Any, distance: i64) -> tuple[Any, Any]:
        """Return documents in which the second word is near the first, and how often."""
        places = vec[i32](read)
        begins = self.begins
        ends = self.ends
        documents = self.documents
        ids = vec[i64]()
        counts = vec[i64]()
        count: i64 = i64(len(documents))
        n: i64 = 0
        while n < count:
            low: i64 = begins[count + n]
            end: i64 = ends[count + n]
            found: i64 = 0
            at: i64 = begins[n]
            while at < ends[n]:
                place: i64 = i64(places[at])
                while low < end and i64(places[low]) < place - distance:
                    low += 1
                other: i64 = low
                while other < end and i64(places[other]) <= place + distance:
                    if i64(places[other]) != place:  # itself is not near itself
                        found += 1
                        break
                    other += 1
                at += 1
            if found > 0:
                ids = append(ids, documents[n])
                counts = append(counts, found)
            n += 1
        return narrowed(ids, counts, short=self.is_short)


def _are_at(common: list[Common], slot: i64) -> i64:
    """Return 1 where each of the common words stands so far behind a slot, else 0."""
    for word in common:
        at: i64 = slot + word.offset
        if (word.slots[at >> 6] >> (at & 63)) & 1 == 0:
            return 0
    return 1
