"""The best documents of a common word, of which the others are not listed: see `loops`, `later`."""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i16, i64, u8

from indexer.engine.loops.reads import Part, numbers
from indexer.engine.loops.scores import FLOATS, Field, Row
from indexer.engine.loops.tables import weigh


class Best:
    """Documents with the highest scores so far, `size` of them; the lowest is the first.

    A heap (Williams 1964): each is lower than the two that are twice as far, and one more.
    """

    def __init__(self, room: i64) -> None:
        self.room = room
        self.size: i64 = 0
        self.ids = vec[i64]([0] * room)
        self.scores = vec[float]([0.0] * room)
        self.floor = 0.0

    def offer(self, document: i64, score: float) -> None:
        """Take a document with a score above the floor: in the place of the lowest, when full."""
        if self.size < self.room:
            self._rise(document, score)
        else:
            self._sink(document, score)
        if self.size == self.room:
            self.floor = self.scores[0]

    def _rise(self, document: i64, score: float) -> None:
        ids, scores = self.ids, self.scores
        at: i64 = self.size
        self.size = at + 1
        while at > 0:
            above: i64 = (at - 1) >> 1
            if scores[above] <= score:
                break
            ids[at] = ids[above]
            scores[at] = scores[above]
            at = above
        ids[at] = document
        scores[at] = score

    def _sink(self, document: i64, score: float) -> None:
        ids, scores = self.ids, self.scores
        size: i64 = self.size
        at: i64 = 0
        while True:
            below: i64 = 2 * at + 1
            if below >= size:
                break
            if below + 1 < size and scores[below + 1] < scores[below]:
                below += 1
            if scores[below] >= score:
                break
            ids[at] = ids[below]
            scores[at] = scores[below]
            at = below
        ids[at] = document
        scores[at] = score


def best_of(
    rows: list[Row], k1: float, factor: float, room: i64
) -> tuple[vec[i64], vec[float], float]:
    """Return the best documents of a word, in no order, with their scores: `room` of them.

    No other document has a score above the last number. The weights in the fields are added up,
    in their order, before they saturate.
    """
    found = Best(room)
    others = vec[float]()
    for base, documents, live, fields in rows:
        if i64(len(others)) < documents:
            others = vec[float]([0.0] * documents)
        last: i64 = i64(len(fields)) - 1
        nth: i64 = 0
        while nth < last:
            weigh(fields[nth], base, others)
            nth += 1
        _offer(fields[last], (base, live), others, found, (k1, factor))
        nth = 0
        while nth < last:
            _offer_rest(fields[nth][1], (base, live), others, found, (k1, factor))
            nth += 1
    size: i64 = found.size
    return found.ids[:size], found.scores[:size], found.floor


def _offer(
    field: Field,
    segment: tuple[int, Any],
    others: vec[float],
    found: Best,
    worth: tuple[float, float],
) -> None:
    """Offer the documents of a field, with the weights of others, which are taken out."""
    each, part = field
    lengths, of = each.lengths, each.of
    k1, factor = worth
    base: i64 = segment[0]
    there = vec[u8]() if segment[1] is None else vec[u8](segment[1])
    documents, size, counts, width, _ = part
    as_float = vec[float](FLOATS)
    n: i64 = 0
    if size == 2 and width == 1:
        shorts = vec[i16](documents)
        octets = vec[u8](counts)
        floor: float = found.floor
        while n < i64(len(shorts)):
            document: i64 = i64(shorts[n]) & 0xFFFF
            weight: float = of[i64(lengths[base + document]) & 0xFFFF]
            amount: float = as_float[i64(octets[n])] * weight + others[document]
            others[document] = 0.0
            score: float = amount / (amount + k1) * factor
            if score > floor and (len(there) == 0 or there[document] > 0):
                found.offer(base + document, score)
                floor = found.floor
            n += 1
        return
    longs = numbers(documents, size)
    wide = numbers(counts, width)
    while n < i64(len(longs)):
        document = longs[n]
        weight = of[i64(lengths[base + document]) & 0xFFFF]
        amount = float(wide[n]) * weight + others[document]
        others[document] = 0.0
        score = amount / (amount + k1) * factor
        if score > found.floor and (len(there) == 0 or there[document] > 0):
            found.offer(base + document, score)
        n += 1


def _offer_rest(
    part: Part,
    segment: tuple[int, Any],
    others: vec[float],
    found: Best,
    worth: tuple[float, float],
) -> None:
    """Offer those documents of a field that still have a weight in `others`."""
    k1, factor = worth
    base: i64 = segment[0]
    there = vec[u8]() if segment[1] is None else vec[u8](segment[1])
    documents = numbers(part[0], part[1])
    n: i64 = 0
    while n < i64(len(documents)):
        document: i64 = documents[n]
        amount: float = others[document]
        others[document] = 0.0
        score: float = amount / (amount + k1) * factor
        if score > found.floor and (len(there) == 0 or there[document] > 0):
            found.offer(base + document, score)
        n += 1


def within_reach(scores: Any, known: Any, passing: Any, count: i64, most: float) -> vec[i64]:
    """Return which documents that pass, and are not known, may be among the best if they gain most.

    `known` and `passing` (`None`: all do) are a byte for each; `count` are the best.
    """
    each, seen = vec[float](scores), vec[u8](known)
    mine = vec[u8]() if passing is None else vec[u8](passing)
    found = Best(count)
    n: i64 = 0
    while n < i64(len(each)):
        if each[n] > found.floor and (len(mine) == 0 or mine[n] > 0):
            found.offer(n, each[n])
        n += 1
    least: float = found.floor - most
    places = vec[i64]([0] * i64(len(each)))
    at: i64 = 0
    n = 0
    while n < i64(len(each)):
        if each[n] >= least and seen[n] == 0 and (len(mine) == 0 or mine[n] > 0):
            places[at] = n
            at += 1
        n += 1
    return places[:at]


def told(
    ids: Any, scores: Any, known: Any, passing: Any, bound: tuple[float, float]
) -> tuple[vec[i64], vec[float], float]:
    """Return the known documents that pass, with their scores, and what no other is above.

    Others have at most the first number of `bound`, and those not known may gain the second.
    """
    numbered, each, seen = vec[i64](ids), vec[float](scores), vec[u8](known)
    mine = vec[u8]() if passing is None else vec[u8](passing)
    documents = vec[i64]([0] * i64(len(each)))
    found = vec[float]([0.0] * i64(len(each)))
    limit, most = bound
    at: i64 = 0
    n: i64 = 0
    while n < i64(len(each)):
        if len(mine) == 0 or mine[n] > 0:
            if seen[n] > 0:
                documents[at] = numbered[n]
                found[at] = each[n]
                at += 1
            elif each[n] + most > limit:
                limit = each[n] + most
        n += 1
    return documents[:at], found[:at], limit
