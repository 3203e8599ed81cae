"""The best of several listed words together, most documents not looked at: see `loops`, `bounded`.

MaxScore (Turtle and Flood 1995), word by word. The story: what a word adds to a score at most is
known. Words come in the order of that, the highest first, and a document is looked at with the
first of its words. What it has of that word and what the words behind it can add at most tells
whether it may be among the best so far: else it is left, whatever words it has. When the words
that are left cannot bring any document there, the rest of the documents is not looked at. Those
that remain are summed in the order of the question, as they would be without all this.
"""

from __future__ import annotations

from typing import Any, Final

from librt.vecs import append, vec
from mypy_extensions import i64

from indexer.engine.loops.best import Best
from indexer.engine.loops.bitmaps import bits_of, in_order, mark_all
from indexer.engine.loops.listed import Listed
from indexer.engine.loops.phrases import Slots

CHUNK, LARGEST = 128, 4096
"""So many documents are looked at together, word by word: the first few, which tell what the best
are worth at least, then twice as many each time."""
SLACK: Final = 1e-9
"""A bound, added up in another order, may be this much too low."""
Weighed = tuple[Listed, float]


class Group:
    """A word, or a compound and its parts: what they add, each times its weight, is one sum."""

    def __init__(self, parts: list[Weighed]) -> None:
        self.parts = parts
        self.most = 0.0
        for part, weight in parts:
            self.most += part.most * weight

    def bound(self, documents: vec[i64], sums: vec[float]) -> None:
        """Add what it is worth at most in some documents."""
        for part, weight in self.parts:
            part.bound(documents, weight, sums)

    def add(self, documents: vec[i64], sums: vec[float]) -> None:
        """Add what it is worth in some documents."""
        if len(self.parts) == 1:
            part, weight = self.parts[0]
            part.add(documents, weight, sums)
            return
        own = vec[float]([0.0] * i64(len(documents)))
        for part, weight in self.parts:
            part.add(documents, weight, own)
        n: i64 = 0
        while n < i64(len(own)):
            sums[n] += own[n]
            n += 1


def union(groups: list[Group], size: i64) -> vec[i64]:
    """Return as bits which of so many documents have any of the words."""
    found = vec[i64]([0] * ((size + 63) >> 6))
    for group in groups:
        for part, _ in group.parts:
            part.mark(found)
    return found


def numbered(bits: Any) -> vec[i64]:
    """Return the documents that bits tell, in order."""
    return in_order(vec[i64](bits))


class Search:
    """A search for the `count` best documents, and those whose score is at most `reach` below.

    `passes` has the documents that count as bits, no bits where all do.
    """

    def __init__(
        self, groups: list[Group], passes: Slots, size: i64, count: i64, reach: float
    ) -> None:
        self.groups = groups
        self.order = sorted(groups, key=_by_most)
        self.passing = passes.numbers
        self.seen = vec[i64]([0] * ((size + 63) >> 6))
        self.best = Best(count)
        self.reach = reach
        self.room: i64 = CHUNK
        self.least = 0.0
        self.ids = vec[i64]()
        self.sums = vec[float]()

    def run(self, lifted: Any, lift: float) -> tuple[vec[i64], vec[float], float]:
        """Return these documents, in no order, with their scores, and what all others are below.

        Those that are `lifted`, sorted, gain `lift`.
        """
        first = self._passing(vec[i64](lifted))
        mark_all(first, self.seen, 1)
        self._keep(first, lift)
        rest = 0.0
        for group in self.order:
            rest += group.most
        nth: i64 = 0
        while nth < i64(len(self.order)) and rest >= self._floor():
            group = self.order[nth]
            behind = rest - group.most
            if len(group.parts) == 1:
                self._look_through(group.parts[0], nth + 1, behind, 1)
            else:  # what a document has of a compound is told by all of its parts
                for part, _ in group.parts:
                    self._look_through((part, 0.0), nth, rest, 1)
            rest = behind
            nth += 1
        return self._told()

    def _floor(self) -> float:
        """Return what bounds must not be below."""
        return self.least * (1.0 - SLACK)

    def _passing(self, documents: vec[i64]) -> vec[i64]:
        """Return those that count of some documents."""
        passing = self.passing
        if len(passing) == 0:
            return documents
        size: i64 = 0
        n: i64 = 0
        while n < i64(len(documents)):
            document: i64 = documents[n]
            if (passing[document >> 6] >> (document & 63)) & 1 != 0:
                documents[size] = document
                size += 1
            n += 1
        return documents[:size]

    def _look_through(self, weighed: Weighed, nth: i64, rest: float, one: i64) -> None:
        """Look at the documents of a word that were not seen yet.

        The words from the `nth` on, which they may have too, add at most `rest`.
        """
        part, weight = weighed
        if part.is_dense:
            self._look_by_bits(part, weight, nth, rest)
            return
        ids, scores = part.ids, part.scores
        seen, passing = self.seen, self.passing
        documents, worths = vec[i64]([0] * i64(len(ids))), vec[float]([0.0] * i64(len(ids)))
        size: i64 = 0
        n: i64 = 0
        while n < i64(len(ids)):
            slot: i64 = ids[n] >> 6
            at: i64 = ids[n] & 63
            is_new = (seen[slot] >> at) & 1 == 0
            if is_new and (len(passing) == 0 or (passing[slot] >> at) & 1 != 0):
                seen[slot] |= one << at
                documents[size] = ids[n]
                worths[size] = scores[n] * weight
                size += 1
            n += 1
        n = 0
        while n < size:
            end = min(n + self.room, size)
            self._look_at(documents[n:end], worths[n:end], nth, rest)
            n = end

    def _look_by_bits(self, part: Listed, weight: float, nth: i64, rest: float) -> None:
        """Do the same of a word that has bits: 64 documents at a time."""
        bits, seen, passing = part.bits, self.seen, self.passing
        chunk = vec[i64]([0] * LARGEST)
        size: i64 = 0
        slot: i64 = 0
        while slot < i64(len(bits)):
            new: i64 = bits[slot] & ~seen[slot]
            if len(passing) > 0:
                new &= passing[slot]
            seen[slot] |= new
            while new != 0:
                lowest: i64 = new & -new
                chunk[size] = (slot << 6) + bits_of(lowest - 1)
                size += 1
                new ^= lowest
            slot += 1
            if size + 64 > self.room or (size > 0 and slot == i64(len(bits))):
                documents = chunk[:size]
                worths = vec[float]([0.0] * size)
                part.bound(documents, weight, worths)
                self._look_at(documents, worths, nth, rest)
                size = 0

    def _look_at(self, documents: vec[i64], worths: vec[float], nth: i64, rest: float) -> None:
        """Add word after word to what documents are worth, while they may be among the best."""
        self.room = min(self.room * 2, LARGEST)
        size = _left(documents, worths, self._floor() - rest)
        documents, worths = documents[:size], worths[:size]
        while nth < i64(len(self.order)) and len(documents) > 0:
            group = self.order[nth]
            group.bound(documents, worths)
            rest -= group.most
            size = _left(documents, worths, self._floor() - rest)
            documents, worths = documents[:size], worths[:size]
            nth += 1
        self._keep(documents, 0.0)

    def _keep(self, documents: vec[i64], lift: float) -> None:
        """Keep those of some documents that are among the best so far, or within reach of them."""
        sums = vec[float]([0.0] * i64(len(documents)))
        for group in self.groups:
            group.add(documents, sums)
        best = self.best
        ids, scores = self.ids, self.sums
        n: i64 = 0
        while n < i64(len(sums)):
            score: float = sums[n] + lift
            if score >= self.least:
                ids, scores = append(ids, documents[n]), append(scores, score)
                if score > best.floor:
                    best.offer(documents[n], score)
                    if best.size == best.room:
                        self.least = max(best.floor - self.reach, 0.0)
            n += 1
        self.ids, self.sums = ids, scores

    def _told(self) -> tuple[vec[i64], vec[float], float]:
        size = _left(self.ids, self.sums, self.least)
        return self.ids[:size], self.sums[:size], self.least


def _by_most(group: Group) -> float:
    return -group.most


def _left(documents: vec[i64], worths: vec[float], least: float) -> i64:
    """Move documents that are worth so much to the front, and return how many they are."""
    size: i64 = 0
    n: i64 = 0
    while n < i64(len(documents)):
        if worths[n] >= least:
            documents[size] = documents[n]
            worths[size] = worths[n]
            size += 1
        n += 1
    return size
