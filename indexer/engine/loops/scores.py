"""What a word is worth in its documents: see `loops` and `scoring`."""

from __future__ import annotations

from array import array
from typing import Any

from librt.vecs import vec
from mypy_extensions import i16, i64, u8

from indexer.engine.loops.reads import Part, numbers


class Weights:
    """What one occurrence in a field weighs: as many numbers as there are lengths of the field.

    `lengths` says by document of the index which of them is its own, in two bytes: they stay in the
    processor's cache, where a weight for each document would push out the sums.
    """

    def __init__(self, lengths: Any, weights: Any) -> None:
        self.lengths = vec[i16](lengths)
        self.of = vec[float](weights)


Field = tuple[Weights, Part]
"""What one occurrence weighs, and where the word stands in a segment."""
Row = tuple[int, int, Any, list[Field]]
"""Of a segment: the number of its first document, how many it has, a byte for each that is 0 where
it was deleted (`None` where none was), and the fields in which it has the word."""
FLOATS = array("d", range(256))
"""What a byte counts, as a number to reckon with: looking it up is quicker than to convert it."""


class Weighed:
    """Documents in order, by their numbers in the index, with a weight each; `size` of them."""

    def __init__(self, room: i64) -> None:
        self.ids = vec[i64]([0] * room)
        self.weights = vec[float]([0.0] * room)
        self.size: i64 = 0


def worths(rows: list[Row], k1: float) -> tuple[vec[i64], vec[float]]:
    """Return the documents of a word in order, and what it is worth there, from nothing to one.

    The weights in the fields are added up, in the order of the fields, before they saturate.
    """
    total: i64 = 0
    for _, _, _, fields in rows:
        for _, part in fields:
            total += i64(len(part[0]))
    found = Weighed(total)
    for base, _, live, fields in rows:
        begin: i64 = found.size
        some = Weighed(0)
        last: i64 = i64(len(fields)) - 1
        nth: i64 = 0
        while nth < last:
            more = Weighed(some.size + i64(len(fields[nth][1][0])))
            _merge(fields[nth], base, some, more, 0.0)
            some = more
            nth += 1
        _merge(fields[last], base, some, found, k1)
        if live is not None:
            _leave_living(live, base, found, begin)
    at: i64 = found.size
    return (found.ids, found.weights) if at == total else (found.ids[:at], found.weights[:at])


def _merge(field: Field, base: i64, some: Weighed, into: Weighed, k1: float) -> None:
    """Add the documents of a field and `some` others in order, with their weights.

    With a `k1` above 0 these saturate.
    """
    each, part = field
    lengths, of = each.lengths, each.of
    documents, size, counts, width, _ = part
    # What is not used is empty: the numbers of a file are of different sizes.
    is_short = size == 2
    is_octet = width == 1
    shorts = vec[i16](documents) if is_short else vec[i16]()
    longs = vec[i64]() if is_short else numbers(documents, size)
    octets = vec[u8](counts) if is_octet else vec[u8]()
    wide = vec[i64]() if is_octet else numbers(counts, width)
    as_float = vec[float](FLOATS)
    others, weighed, ids, sums = some.ids, some.weights, into.ids, into.weights
    at: i64 = into.size
    beyond: i64 = 1 << 62
    end: i64 = i64(len(shorts)) + i64(len(longs))
    rest: i64 = some.size
    n: i64 = 0
    k: i64 = 0
    other: i64 = others[0] if rest > 0 else beyond
    while n < end or k < rest:
        document: i64 = beyond
        if n < end:
            document = base + ((i64(shorts[n]) & 0xFFFF) if is_short else longs[n])
        weight: float = 0.0
        if document <= other:
            weight = as_float[i64(octets[n])] if is_octet else float(wide[n])
            weight *= of[i64(lengths[document]) & 0xFFFF]
            n += 1
        if other <= document:
            weight += weighed[k]
            document = other
            k += 1
            other = others[k] if k < rest else beyond
        ids[at] = document
        sums[at] = weight / (weight + k1) if k1 > 0.0 else weight
        at += 1
    into.size = at


def _leave_living(live: Any, base: i64, found: Weighed, begin: i64) -> None:
    """Close up what was found from `begin` on over deleted documents."""
    there = vec[u8](live)
    ids, weights = found.ids, found.weights
    at: i64 = begin
    while begin < found.size:
        if there[ids[begin] - base] > 0:
            ids[at] = ids[begin]
            weights[at] = weights[begin]
            at += 1
        begin += 1
    found.size = at
