"""Where the words of a page stand, packed into a short text.

In go boxes of words, out comes a text that lies in the store beside the page's own and is about
half as long; and back. A box is in parts of the page as it is shown, so that it fits an image of
any size; a part is kept to 1/4095, which is 0.15 point across a page of A4.

The text is base 64 of deflated numbers of two bytes, first all their low bytes, then all their high
ones: the number of rows; for each row how many boxes it has, its top and its height; for each box
the gap before it (from the left edge of the page in a new row) and its width.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

SCALE = 4095
MORE = 0x8000
"""Added to the width of a box that belongs to the word before: one broken at a line's end."""
WRAP = 0x10000


class Box(NamedTuple):
    """A box in parts (0 to 1) of the page, from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float


def pack(words: Sequence[Sequence[tuple[float, float, float, float]]]) -> str:
    """Return the boxes of words, each with one box or, when broken, more, as ASCII text."""
    if not words:
        return ""
    flat = np.array([box for boxes in words for box in boxes], dtype=np.float64)
    left, top, right, bottom = np.clip(np.rint(flat * SCALE), 0, SCALE).astype(np.int64).T
    more = np.ones(len(flat), dtype=bool)
    more[np.cumsum([0, *map(len, words[:-1])])] = False
    fresh = np.ones(len(flat), dtype=bool)
    fresh[1:] = (np.diff(top) != 0) | (np.diff(bottom) != 0)
    starts = np.flatnonzero(fresh)
    gaps = left - np.concatenate(([0], right[:-1])) * ~fresh
    widths = np.maximum(right - left, 0) | np.where(more, MORE, 0)
    numbers = (
        [len(starts)], np.diff(starts, append=len(flat)), top[starts],
        np.maximum(bottom - top, 0)[starts], gaps, widths,
    )  # fmt: skip
    raw = np.concatenate(numbers).astype(np.uint16)
    planes = (raw & 0xFF).astype(np.uint8).tobytes() + (raw >> 8).astype(np.uint8).tobytes()
    return base64.b64encode(zlib.compress(planes, 6)).decode("ascii")


def unpack(packed: str) -> list[tuple[Box, ...]]:
    """Return the boxes of each word that `pack` was given. Raises `ValueError` on other text."""
    words: list[tuple[Box, ...]] = []
    if not packed:
        return words
    try:
        for box, more in _boxes(_unpacked(packed)):
            if more and words:
                words[-1] = (*words[-1], box)
            else:
                words.append((box,))
    except (zlib.error, IndexError) as error:
        raise ValueError("these are no boxes of words") from error
    return words


def _boxes(numbers: Sequence[int]) -> Iterator[tuple[Box, bool]]:
    """Yield each box, and whether it belongs to the word before."""
    rows = numbers[0]
    counts, tops, heights = (numbers[1 + rows * i : 1 + rows * (i + 1)] for i in range(3))
    gap = 1 + 3 * rows
    width = gap + sum(counts)
    for count, top, height in zip(counts, tops, heights, strict=True):
        end = 0
        for _ in range(count):
            left = (end + numbers[gap]) % WRAP
            end = left + (numbers[width] & ~MORE)
            box = Box(left / SCALE, top / SCALE, end / SCALE, (top + height) / SCALE)
            yield box, bool(numbers[width] & MORE)
            gap, width = gap + 1, width + 1


def _unpacked(packed: str) -> list[int]:
    raw = zlib.decompress(base64.b64decode(packed, validate=True))
    half = len(raw) // 2
    return [low | high << 8 for low, high in zip(raw[:half], raw[half:], strict=True)]
