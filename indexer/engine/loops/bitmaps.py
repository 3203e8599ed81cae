"""Bits by document, 64 in a slot, the lowest first: see `loops`.

Numbers that mypyc knows are objects of Python where they take more than 62 bits, and a one that it
knows, shifted by a variable, is shifted within 32 bits: so halves are looked at, and a one is
handed over.
"""

from __future__ import annotations

from librt.vecs import vec
from mypy_extensions import i64


def bits_of(slot: i64) -> i64:
    """Return how many bits are set, of each half: see `_bits_of_half`."""
    return _bits_of_half(slot & 0xFFFFFFFF) + _bits_of_half((slot >> 32) & 0xFFFFFFFF)


def _bits_of_half(slot: i64) -> i64:
    """Return how many bits are set: of each two, four and eight, and of all eights by a product."""
    twos: i64 = slot - ((slot >> 1) & 0x55555555)
    fours: i64 = (twos & 0x33333333) + ((twos >> 2) & 0x33333333)
    return ((((fours + (fours >> 4)) & 0x0F0F0F0F) * 0x01010101) >> 24) & 0xFF


def in_order(slots: vec[i64]) -> vec[i64]:
    """Return the documents that bits tell, in order."""
    having: i64 = 0
    n: i64 = 0
    while n < i64(len(slots)):
        if slots[n] != 0:
            having += bits_of(slots[n])
        n += 1
    found = vec[i64]([0] * having)
    at: i64 = 0
    n = 0
    while n < i64(len(slots)):
        slot: i64 = slots[n]
        while slot != 0:
            lowest: i64 = slot & -slot
            found[at] = (n << 6) + bits_of(lowest - 1)
            at += 1
            slot ^= lowest
        n += 1
    return found


def mark_all(ids: vec[i64], bits: vec[i64], one: i64) -> None:
    """Set the bits of documents."""
    n: i64 = 0
    while n < i64(len(ids)):
        document: i64 = ids[n]
        bits[document >> 6] |= one << (document & 63)
        n += 1
