"""Sets of numbers as bits, eight bytes at a time: what totals and facets are counted by.

In go numbers or masks below a count, out come arrays of bits that may be joined by `&` and `|`:
number `n` is bit `n % 64` of word `n // 64`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays.ids import Ids, Mask

Bits = npt.NDArray[np.uint64]
WORD = 64


def bits(numbers: Iterable[Ids], count: int) -> Bits:
    """Return numbers below `count`, of several arrays, as bits."""
    table = np.zeros(-(-count // WORD) * WORD, np.bool_)
    for some in numbers:
        table[some] = True
    return np.packbits(table, bitorder="little").view("<u8")


def packed(mask: Mask) -> Bits:
    """Return the places of a mask as bits; the rows of a mask of two dimensions each."""
    room = -mask.shape[-1] % WORD
    padded = np.pad(mask, [(0, 0)] * (mask.ndim - 1) + [(0, room)])
    return np.packbits(padded, axis=-1, bitorder="little").view("<u8")


def unpacked(some: Bits, count: int) -> Mask:
    """Return bits as a mask of `count` places."""
    return np.unpackbits(some.view(np.uint8), count=count, bitorder="little").view(np.bool_)


def counted(some: Bits) -> Any:
    """Return how many bits are set, of each row where there are rows."""
    return np.bitwise_count(some).sum(axis=-1, dtype=np.int32)
