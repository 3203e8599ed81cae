"""Sorted arrays of document numbers, and the few operations that everything else is made of.

In go arrays that are sorted and unique, out come others. Where two arrays are of like size, a
table by document number is quicker than a search for each; where one is far smaller, searching is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

Number = TypeVar("Number", bound=np.integer[Any])
Row = TypeVar("Row", bound=np.generic)

NO_IDS: Ids = np.zeros(0, np.int64)
NO_IDS.flags.writeable = False
CLOSE = 12
"""Up to this many times the size of the smaller array, a table is quicker than searching."""


MANY, STEP = 16, 16
"""When to take a sample of values, and of which."""
VERY_MANY, LARGE_STEP = 1 << 15, 64
"""The same of a long array."""


def places_in(many: Ids, few: Ids) -> Ids:
    """Return for each of `few` its place in `many`, or -1 where it is not there."""
    if not len(many):
        return np.full(len(few), -1, np.int64)
    if len(few) * CLOSE > len(many):
        table = np.full(int(many[-1]) + 2, -1, np.int32)  # behind the last none is there
        table[many] = np.arange(len(many), dtype=np.int32)
        return table.take(few, mode="clip").astype(np.int64)
    at = many.searchsorted(few)
    at[many.take(at, mode="clip") != few] = -1
    return at


def held(many: Ids, few: Ids) -> Mask:
    """Tell for each of `few` whether it stands in `many`."""
    if not len(many):
        return np.zeros(len(few), np.bool_)
    if len(few) * CLOSE <= len(many):
        near: Mask = many.take(many.searchsorted(few), mode="clip") == few
        return near
    there = np.zeros(int(many[-1]) + 2, np.bool_)
    there[many] = True
    found: Mask = there.take(few, mode="clip")
    return found


def common(arrays: Sequence[Ids]) -> Ids:
    """Return what stands in all of the arrays; the smallest leads."""
    if not arrays:
        return NO_IDS
    first, *others = sorted(arrays, key=len)
    for other in others:
        if not len(first):
            return NO_IDS
        first = first[held(other, first)]
    return first


def union(arrays: Sequence[Ids]) -> Ids:
    """Return what stands in any of the arrays."""
    filled = [array for array in arrays if len(array)]
    if len(filled) < 2:
        return filled[0] if filled else NO_IDS
    there = np.zeros(max(int(array[-1]) for array in filled) + 1, np.bool_)
    if sum(map(len, filled)) * CLOSE < len(there):
        return distinct(np.concatenate(filled))
    for array in filled:
        there[array] = True
    return np.flatnonzero(there)


def without(many: Ids, few: Ids) -> Ids:
    """Return `many` but for those that stand in `few`."""
    return many[~held(few, many)]


def distinct(numbers: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return the different numbers in order: `np.unique` goes by a hash, which is slower here."""
    found = np.sort(numbers)
    return found[changes(found)]


def summed(
    numbers: npt.NDArray[np.integer[Any]], amounts: npt.NDArray[np.integer[Any]]
) -> tuple[Ids, Ids]:
    """Return the different numbers in order, and for each the sum of its amounts, above zero."""
    if not len(numbers):
        return NO_IDS, NO_IDS
    if len(numbers) * CLOSE > int(numbers.max()):
        sums = np.bincount(numbers, weights=amounts)
        ids = np.flatnonzero(sums > 0)  # of floats themselves it takes eight times as long
        return ids, sums[ids].astype(np.int64)
    order = np.argsort(numbers, kind="stable")
    ids = numbers[order].astype(np.int64)
    starts = np.flatnonzero(changes(ids))
    return ids[starts], np.add.reduceat(amounts[order].astype(np.int64), starts)


def ranges(starts: Ids, counts: npt.NDArray[np.integer[Any]]) -> Ids:
    """Return the numbers of all ranges one after another: `counts[i]` from `starts[i]` on."""
    ends = np.cumsum(counts, dtype=np.int64)
    found: Ids = np.repeat(starts - ends + counts, counts)
    found += np.arange(len(found))
    return found


def changes(values: npt.NDArray[Any]) -> Mask:
    """Return where a value differs from the one before it; the first one does."""
    found = np.ones(len(values), np.bool_)
    found[1:] = values[1:] != values[:-1]
    return found


def highest(values: Floats, count: int, mask: Mask | None = None) -> Ids:
    """Return the places of the `count` highest values and of those that are as high as the last.

    A sample tells which values are out of the question; only the others are compared. With a mask
    only places in it count, and values above zero.
    """
    if count >= len(values) and mask is None:
        return np.arange(len(values))
    if len(values) > MANY * count:
        step = LARGE_STEP if len(values) > VERY_MANY else STEP
        sample = values[::step] if mask is None else values[::step][mask[::step]]
        rank = count * 2 // step + 8
        if rank < len(sample):
            floor = np.partition(sample, len(sample) - rank)[len(sample) - rank]
            likely = values >= floor
            if mask is not None:
                likely &= mask
            (places,) = likely.nonzero()
            if len(places) >= count and (mask is None or floor > 0):
                found: Ids = places.take(_cut(values.take(places), count))
                return found
    if mask is None:
        return _cut(values, count)
    (places,) = ((values > 0) & mask).nonzero()
    return places.take(highest(values.take(places), count))


def _cut(values: Floats, count: int) -> Ids:
    least = np.partition(values, len(values) - count)[len(values) - count]
    return np.flatnonzero(values >= least)


def woven(some: tuple[Ids, Floats], others: tuple[Ids, Floats]) -> tuple[Ids, Floats]:
    """Return documents with scores, sorted, and others that are none of them, in one order."""
    (many, scores), (few, more) = some, others
    at = many.searchsorted(few) + np.arange(len(few))
    stays = np.ones(len(many) + len(few), np.bool_)
    stays[at] = False
    return _spread(many, few, at, stays), _spread(scores, more, at, stays)


def _spread(
    some: npt.NDArray[Row], others: npt.NDArray[Row], at: Ids, stays: Mask
) -> npt.NDArray[Row]:
    found = np.empty(len(stays), some.dtype)
    found[stays] = some
    found[at] = others
    return found
