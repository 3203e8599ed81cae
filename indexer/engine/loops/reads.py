"""How the compiled loops read slices of an index: see `loops`.

In go arrays as `native.plain` gives them (signed: `vec` knows no others; two bytes are read as if
they were not), out come `vec`s, the arrays of mypyc: to make one of a slice copies its bytes, to
look at an element is a look into memory.
"""

from __future__ import annotations

from typing import Any, Final

from librt.vecs import vec
from mypy_extensions import i16, i32, i64, u8

Part = tuple[Any, int, Any, int, Any]
"""Of a word in a field of a segment: its documents and the bytes of each, its counts and the bytes
of each, and `Spot`, which is looked at only for places."""
Spot = tuple[int, Any, int]
"""Where the first place of a word lies among those of the field; where the places begin of each
posting of the field that is the first of so many (`SHIFT`); and which is the word's first."""
SHIFT: Final = 5
"""Of so many bits is the number of postings between those of which that is known."""


def numbers(array: Any, size: i64) -> vec[i64]:
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


def places_of(ids: Any, size: i64, wanted: vec[i64]) -> vec[i64]:
    """Return for each of some sorted numbers its place in sorted numbers of a file, or -1."""
    if size == 2:
        return leapt(vec[i16](ids), vec[i64](), wanted)
    return leapt(vec[i16](), numbers(ids, size), wanted)


def leapt(shorts: vec[i16], longs: vec[i64], wanted: vec[i64]) -> vec[i64]:
    """Return the same of numbers in one of two arrays, of which the other has none.

    From one to the next it leaps, each time twice as far, and then halves the last leap.
    """
    found = vec[i64]([0] * i64(len(wanted)))
    is_short = len(shorts) > 0
    end: i64 = i64(len(shorts)) + i64(len(longs))
    low: i64 = 0
    n: i64 = 0
    while n < i64(len(wanted)):
        document: i64 = wanted[n]
        step: i64 = 1
        high: i64 = low
        while high < end:
            value: i64 = (i64(shorts[high]) & 0xFFFF) if is_short else longs[high]
            if value >= document:
                break
            low = high + 1
            high += step
            step *= 2
        high = min(high, end)
        while low < high:
            middle: i64 = (low + high) >> 1
            value = (i64(shorts[middle]) & 0xFFFF) if is_short else longs[middle]
            if value < document:
                low = middle + 1
            else:
                high = middle
        found[n] = -1
        if low < end:
            value = (i64(shorts[low]) & 0xFFFF) if is_short else longs[low]
            if value == document:
                found[n] = low
        n += 1
    return found


def starts_of(counts: Any, width: i64, at: vec[i64], first: i64) -> tuple[vec[i64], vec[i64]]:
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
    wide = numbers(counts, width)
    while n < i64(len(at)):
        if at[n] >= 0:
            while k < at[n]:
                start += wide[k]
                k += 1
            starts[n] = start
            sizes[n] = wide[k]
        n += 1
    return starts, sizes


def narrowed(documents: vec[i64], counts: vec[i64], *, short: bool) -> tuple[Any, Any]:
    """Return documents and counts as narrow as in a file: the other loops are quicker so."""
    size: i64 = i64(len(documents))
    most: i64 = 0
    n: i64 = 0
    while n < size:
        most = max(most, counts[n])
        n += 1
    ids: Any = _as_shorts(documents) if short else _as_words(documents)
    return ids, _as_octets(counts) if most < 256 else _as_words(counts)


def _as_shorts(some: vec[i64]) -> vec[i16]:
    found = vec[i16]([0] * i64(len(some)))
    n: i64 = 0
    while n < i64(len(some)):
        found[n] = i16(some[n])
        n += 1
    return found


def _as_words(some: vec[i64]) -> vec[i32]:
    found = vec[i32]([0] * i64(len(some)))
    n: i64 = 0
    while n < i64(len(some)):
        found[n] = i32(some[n])
        n += 1
    return found


def _as_octets(some: vec[i64]) -> vec[u8]:
    found = vec[u8]([0] * i64(len(some)))
    n: i64 = 0
    while n < i64(len(some)):
        found[n] = u8(some[n])
        n += 1
    return found
