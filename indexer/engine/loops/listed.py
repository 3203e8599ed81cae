"""Words whose documents are looked up one by one: see `loops`, `later` and `bounded`.

Which documents a word has is told by bits, one for each document of the index, and how many there
are before each 64 of them is counted beforehand: so a document's count is two looks into memory,
and its score is reckoned from that as it is from the file. A word takes two bytes for each of its
documents, and 19 KB for each 100,000 of the index. A rare word is a list, which is leapt through.
"""

from __future__ import annotations

from typing import Any, Final

from librt.vecs import vec
from mypy_extensions import i16, i32, i64, u8

from indexer.engine.loops.bitmaps import bits_of, in_order, mark_all
from indexer.engine.loops.reads import Part, leapt, numbers
from indexer.engine.loops.scores import FLOATS, Row, Weights, worths
from indexer.engine.loops.words import worths_in

DENSE: Final = 64
"""A word of one document in so many has bits: they take less memory than its list then."""
STEPS: Final = 255.0
"""So many steps there are in what a word is worth at most, from nothing to one."""


class Listed:
    """A word as `rows` of segments, in an index of `size` documents; what it is worth counts.

    `having` is how many documents have it, `most` what its score is at most. `ids` and `scores` are
    of a rare word all its documents, of others those that have it in more than one field. `tops`
    are what it is worth at most in each document, in steps.
    """

    def __init__(self, rows: list[Row], k1: float, factor: float, size: i64, having: i64) -> None:
        self.k1 = k1
        self.factor = factor
        self.most = 0.0
        self.floats = vec[float](FLOATS)
        self.weights: Weights = rows[0][3][len(rows[0][3]) - 1][0]
        self.is_dense = having * DENSE > size and _are_plain(rows, self.weights)
        slots: i64 = ((size + 63) >> 6) if self.is_dense else size - size
        self.bits = vec[i64]([0] * slots)
        self.before = vec[i32]([0] * slots)
        self.counts = vec[u8]([0] * (having if self.is_dense else size - size))
        self.tops = vec[u8]([0] * (having if self.is_dense else size - size))
        self.size: i64 = 0
        self.exceptions: i64 = 0
        if self.is_dense:
            others = [(base, documents, live, some[:-1]) for base, documents, live, some in rows]
            self.ids, _ = worths([row for row in others if row[3]], k1)
            self.scores = worths_in(rows, self.ids, k1)
            for base, documents, live, fields in rows:
                part = fields[len(fields) - 1][1]
                self._mark(part, live, base, i64(base) + i64(documents), 1)
            self.most *= factor
        else:
            self.ids, self.scores = worths(rows, k1)
        scores = self.scores
        n: i64 = 0
        while n < i64(len(scores)):
            scores[n] *= factor
            self.most = max(self.most, scores[n])
            n += 1

    def _mark(self, part: Part, live: Any, base: i64, end: i64, one: i64) -> None:
        """Set the bits of a segment, from number `base` to `end`, and keep the counts by them.

        It is 0 of documents that `ids` has. A `one` that mypyc knows would be shifted within 32
        bits.
        """
        there = vec[u8]() if live is None else vec[u8](live)
        own, octets = numbers(part[0], part[1]), vec[u8](part[2])
        bits, before, counts, ids = self.bits, self.before, self.counts, self.ids
        of, lengths, floats = self.weights.of, self.weights.lengths, self.floats
        tops, scores, k1, most = self.tops, self.scores, self.k1, self.most
        rank: i64 = self.size
        k: i64 = self.exceptions
        n: i64 = 0
        while n < i64(len(own)) or (k < i64(len(ids)) and ids[k] < end):
            document: i64 = end
            count: i64 = 0
            worth: float = 0.0
            if n < i64(len(own)):
                document = base + own[n]
                if len(there) > 0 and there[own[n]] == 0:
                    n += 1
                    continue
            if k < i64(len(ids)) and ids[k] <= document:
                if ids[k] == document:
                    n += 1
                document = ids[k]
                worth = scores[k]
                k += 1
            else:
                count = i64(octets[n])
                worth = floats[count] * of[i64(lengths[document]) & 0xFFFF]
                worth /= worth + k1
                most = max(most, worth)
                n += 1
            slot: i64 = document >> 6
            if bits[slot] == 0:
                before[slot] = i32(rank)
            bits[slot] |= one << (document & 63)
            counts[rank] = u8(count)
            tops[rank] = u8(i64(worth * STEPS) + 1)
            rank += 1
        self.most = most
        self.size = rank
        self.exceptions = k

    def mark(self, bits: vec[i64]) -> None:
        """Set the bits of its documents."""
        own = self.bits
        if not self.is_dense:
            mark_all(self.ids, bits, 1)
        n: i64 = 0
        while n < i64(len(own)):
            bits[n] |= own[n]
            n += 1

    def scores_in(self, documents: vec[i64]) -> vec[float]:
        """Return the scores of some sorted documents, 0 where one is not here."""
        found = vec[float]([0.0] * i64(len(documents)))
        if not self.is_dense:
            self._from_list(documents, found)
            return found
        bits, before, counts = self.bits, self.before, self.counts
        of, lengths, floats = self.weights.of, self.weights.lengths, self.floats
        k1, factor = self.k1, self.factor
        n: i64 = 0
        while n < i64(len(documents)):
            document: i64 = documents[n]
            slot: i64 = bits[document >> 6]
            at: i64 = document & 63
            if (slot >> at) & 1 != 0:
                count: i64 = i64(
                    counts[i64(before[document >> 6]) + bits_of((slot << 1) << (63 - at))]
                )
                if count == 0:
                    found[n] = self._exception(document)
                else:
                    amount: float = floats[count] * of[i64(lengths[document]) & 0xFFFF]
                    found[n] = amount / (amount + k1) * factor
            n += 1
        return found

    def _from_list(self, documents: vec[i64], found: vec[float]) -> None:
        """Find the scores of some sorted documents in the list of a rare word."""
        places, scores = leapt(vec[i16](), self.ids, documents), self.scores
        n: i64 = 0
        while n < i64(len(places)):
            place: i64 = places[n]
            if place >= 0:
                found[n] = scores[place]
            n += 1

    def _exception(self, document: i64) -> float:
        """Return the score of a document that has the word in more than one field."""
        ids = self.ids
        low: i64 = 0
        high: i64 = i64(len(ids))
        while low < high:
            middle: i64 = (low + high) >> 1
            if ids[middle] < document:
                low = middle + 1
            else:
                high = middle
        return self.scores[low]

    def add(self, documents: vec[i64], weight: float, sums: vec[float]) -> None:
        """Add to the sums of some sorted documents their scores here, times a weight."""
        scores = self.scores_in(documents)
        n: i64 = 0
        while n < i64(len(scores)):
            sums[n] += scores[n] * weight
            n += 1

    def bound(self, documents: vec[i64], weight: float, sums: vec[float]) -> None:
        """Add to the sums of some sorted documents what their scores here are at most, weighed."""
        if not self.is_dense:
            self.add(documents, weight, sums)
            return
        bits, before, tops = self.bits, self.before, self.tops
        step: float = self.factor / STEPS * weight
        n: i64 = 0
        while n < i64(len(documents)):
            document: i64 = documents[n]
            slot: i64 = bits[document >> 6]
            at: i64 = document & 63
            if (slot >> at) & 1 != 0:
                rank: i64 = i64(before[document >> 6]) + bits_of((slot << 1) << (63 - at))
                sums[n] += float(i64(tops[rank])) * step
            n += 1

    def have(self, wanted: Any) -> vec[u8]:
        """Tell for each of some sorted documents whether it is here."""
        documents, bits = vec[i64](wanted), self.bits
        found = vec[u8]([0] * i64(len(documents)))
        scores = vec[float]() if self.is_dense else self.scores_in(documents)
        n: i64 = 0
        while n < i64(len(scores)):
            if scores[n] > 0.0:
                found[n] = 1
            n += 1
        while n < i64(len(documents)):
            found[n] = u8((bits[documents[n] >> 6] >> (documents[n] & 63)) & 1)
            n += 1
        return found

    def meet(self, wanted: Any, worths: Any) -> tuple[vec[i64], vec[float]]:
        """Return those of some sorted documents that are here, with the sums of both scores."""
        ids, sums = vec[i64](wanted), vec[float](worths)
        scores = self.scores_in(ids)
        size: i64 = 0
        n: i64 = 0
        while n < i64(len(scores)):
            if scores[n] > 0.0:
                ids[size] = ids[n]
                sums[size] = sums[n] + scores[n]
                size += 1
            n += 1
        return ids[:size], sums[:size]


def common(words: list[Listed]) -> tuple[vec[i64], vec[float]]:
    """Return the documents that have all of some dense words, with the sums of their scores."""
    slots = words[0].bits[:]
    for word in words[1:]:
        bits = word.bits
        n: i64 = 0
        while n < i64(len(slots)):
            slots[n] &= bits[n]
            n += 1
    ids = in_order(slots)
    sums = words[0].scores_in(ids)
    for word in words[1:]:
        word.add(ids, 1.0, sums)
    return ids, sums


def _are_plain(rows: list[Row], weights: Weights) -> bool:
    """Tell whether the last field of each segment is one and the same, with a byte for a count."""
    for _, _, _, fields in rows:
        last = fields[len(fields) - 1]
        if last[0] is not weights or last[1][3] != 1:
            return False
    return True
