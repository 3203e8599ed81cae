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
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
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


def pack(words: Iterable[Sequence[tuple[float, float, float, float]]]) -> str:
    """Return the boxes of words, each with one box or, when broken, more, as ASCII text."""
    rows: list[tuple[int, int]] = []
    counts: list[int] = []
    gaps: list[int] = []
    widths: list[int] = []
    above = below = -1.0
    end = 0
    for boxes in words:
        more = 0
        for left, top, right, bottom in boxes:
            if top != above or bottom != below:
                above, below = top, bottom
                end = _begin_row(_part(top), _part(bottom), rows, counts, end)
            start = round(left * SCALE) if 0 <= left <= 1 else _part(left)
            gaps.append((start - end) % WRAP)
            end = round(right * SCALE) if start <= right * SCALE <= SCALE else _part(right)
            end = max(start, end)
            widths.append((end - start) | more)
            counts[-1] += 1
            more = MORE
    if not rows:
        return ""
    tops, heights = zip(*rows, strict=True)
    return _packed(array("H", [len(rows), *counts, *tops, *heights, *gaps, *widths]))


def _part(share: float) -> int:
    """Return a share of the page as a whole number; what is off the page lies on its edge."""
    if 0 <= share <= 1:
        return round(share * SCALE)
    return SCALE if share > 1 else 0


def _begin_row(
    top: int, bottom: int, rows: list[tuple[int, int]], counts: list[int], end: int
) -> int:
    """Begin a row, unless it is the one at hand; return where the box before it ends in it."""
    row = top, max(0, bottom - top)
    if rows and rows[-1] == row:
        return end
    rows.append(row)
    counts.append(0)
    return 0


def _packed(numbers: array[int]) -> str:
    if sys.byteorder == "big":
        numbers.byteswap()
    raw = numbers.tobytes()
    return base64.b64encode(zlib.compress(raw[::2] + raw[1::2], 6)).decode("ascii")


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
