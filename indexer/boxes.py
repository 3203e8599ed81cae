"""Where the words of a page stand, out of the short text that they are packed into.

In goes the text that lies in the store beside the page's own and is about half as long, out come
boxes of words; `indexer.extract.packing` makes it. A box is in parts of the page as it is shown, so
that it fits an image of any size; a part is kept to 1/4095: 0.15 point across a page of A4.

The text is base 64 of deflated numbers of two bytes, first all their low bytes, then all their high
ones: the number of rows; for each row how many boxes it has, its top and its height; for each box
the gap before it (from the left edge of the page in a new row) and its width.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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


def unpack(packed: str) -> list[tuple[Box, ...]]:
    """Return the boxes of each word that were packed. Raises `ValueError` on other text."""
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
