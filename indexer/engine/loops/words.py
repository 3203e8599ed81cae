"""In which documents a word stands, and its worth in a few of them: see `loops` and `later`."""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i16, i32, i64, u8

from indexer.engine.loops.reads import Part, numbers, places_of
from indexer.engine.loops.scores import Field, Row

NEAR, TABLE = 32, 16384
"""One leap takes as long as to put so many documents in a table, and a table as long as to put so
many in it: where it is sooner, documents are looked up in it and not leapt to."""
LEAP = 8
"""Documents this many times as many as others are leapt through, not looked at one by one."""


def having(rows: list[Row]) -> i64:
    """Return how many documents have a word in any of the fields."""
    found: i64 = 0
    for _, documents, live, fields in rows:
        last: i64 = i64(len(fields)) - 1
        most: i64 = i64(len(fields[last][1][0]))
        if live is None and last == 0:
            found += most
            continue
        if live is None and last == 1 and i64(len(fields[0][1][0])) * LEAP < most:
            found += most + _not_in(fields[0][1], fields[1][1])
            continue
        size: i64 = documents
        seen = vec[u8]([0] * size)
        nth: i64 = 0
        while nth < last:
            found += _mark(fields[nth][1], seen)
            nth += 1
        found += _fresh(fields[last][1], seen)
        if live is not None:
            _mark(fields[last][1], seen)
            found -= _dead(vec[u8](live), seen)
    return found


def _not_in(few: Part, many: Part) -> i64:
    """Return how many documents of a field are not in another, which has far more."""
    at = places_of(many[0], many[1], numbers(few[0], few[1]))
    found: i64 = 0
    n: i64 = 0
    while n < i64(len(at)):
        if at[n] < 0:
            found += 1
        n += 1
    return found


def _mark(part: Part, seen: vec[u8]) -> i64:
    """Mark the documents of a field, and return how many were not marked before."""
    documents, size, _, _, _ = part
    is_short = size == 2
    shorts = vec[i16](documents) if is_short else vec[i16]()
    longs = vec[i64]() if is_short else numbers(documents, size)
    end: i64 = i64(len(shorts)) + i64(len(longs))
    before: i64 = 0
    n: i64 = 0
    while n < end:
        document: i64 = (i64(shorts[n]) & 0xFFFF) if is_short else longs[n]
        before += i64(seen[document])
        seen[document] = 1
        n += 1
    return end - before


def _fresh(part: Part, seen: vec[u8]) -> i64:
    """Return how many documents of a field are not marked."""
    documents, size, _, _, _ = part
    is_short = size == 2
    shorts = vec[i16](documents) if is_short else vec[i16]()
    longs = vec[i64]() if is_short else numbers(documents, size)
    end: i64 = i64(len(shorts)) + i64(len(longs))
    before: i64 = 0
    n: i64 = 0
    while n < end:
        before += i64(seen[(i64(shorts[n]) & 0xFFFF) if is_short else longs[n]])
        n += 1
    return end - before


def _dead(there: vec[u8], seen: vec[u8]) -> i64:
    """Return how many of the marked documents were deleted."""
    found: i64 = 0
    n: i64 = 0
    while n < i64(len(seen)):
        if seen[n] > 0 and there[n] == 0:
            found += 1
        n += 1
    return found


def worths_in(rows: list[Row], wanted: Any, k1: float) -> vec[float]:
    """Return for some sorted documents what a word is worth there, 0 where it is not.

    Lists are leapt through, so that few documents of a common word cost little.
    """
    documents = vec[i64](wanted)
    found = vec[float]([0.0] * i64(len(documents)))
    low: i64 = 0
    for base, count, live, fields in rows:
        while low < i64(len(documents)) and documents[low] < base:
            low += 1
        high: i64 = low
        while high < i64(len(documents)) and documents[high] < base + count:
            high += 1
        if low == high:
            continue
        own = documents[low:high]
        n: i64 = 0
        while n < high - low:
            own[n] -= base
            n += 1
        last: i64 = i64(len(fields)) - 1
        nth: i64 = 0
        while nth <= last:
            _weigh_some(fields[nth], (base, count), own, found, low)
            nth += 1
        there = vec[u8]() if live is None else vec[u8](live)
        n = low
        while n < high:
            amount: float = found[n]
            if amount > 0.0:
                dead = live is not None and there[documents[n] - base] == 0
                found[n] = 0.0 if dead else amount / (amount + k1)
            n += 1
        low = high
    return found


def _weigh_some(
    field: Field, segment: tuple[int, int], own: vec[i64], found: vec[float], low: i64
) -> None:
    """Add the weights of a field in some documents, by the segment's numbers, from `low` on.

    `segment` is the number of its first document and how many it has.
    """
    each, part = field
    lengths, of = each.lengths, each.of
    base: i64 = segment[0]
    documents, size, counts, width, _ = part
    if i64(len(own)) * NEAR > i64(len(documents)) + TABLE and size == 2:
        at = _places_by_table(vec[i16](documents), segment[1], own)
    else:
        at = places_of(documents, size, own)
    octets = vec[u8](counts) if width == 1 else vec[u8]()
    wide = vec[i64]() if width == 1 else numbers(counts, width)
    n: i64 = 0
    while n < i64(len(at)):
        place: i64 = at[n]
        if place >= 0:
            count: float = float(i64(octets[place])) if width == 1 else float(wide[place])
            found[low + n] += count * of[i64(lengths[base + own[n]]) & 0xFFFF]
        n += 1


def _places_by_table(documents: vec[i16], count: i64, own: vec[i64]) -> vec[i64]:
    """Return for each of some documents its place among others, or -1, by a table of all."""
    table = vec[i32]([0] * count)
    n: i64 = 0
    while n < i64(len(documents)):
        table[i64(documents[n]) & 0xFFFF] = i32(n + 1)
        n += 1
    found = vec[i64]([0] * i64(len(own)))
    n = 0
    while n < i64(len(own)):
        found[n] = i64(table[own[n]]) - 1
        n += 1
    return found
