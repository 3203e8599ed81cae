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
from operator import sub
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


class Run(NamedTuple):
    """Words beside each other, in parts: top, bottom, and where each begins and ends by turns.

    `more`: the first belongs to the word before, which was broken at a line's end.
    """

    top: float
    bottom: float
    edges: Sequence[float]
    more: bool = False


def pack(words: Iterable[Sequence[tuple[float, float, float, float]]]) -> str:
    """Return the boxes of words, each with one box or, when broken, more, as ASCII text."""
    return pack_runs(
        Run(top, bottom, (left, right), number > 0)
        for boxes in words
        for number, (left, top, right, bottom) in enumerate(boxes)
    )


def pack_runs(runs: Iterable[Run]) -> str:
    """Return the boxes of runs of words as ASCII text."""
    rows: list[tuple[int, int]] = []
    begins: list[int] = []  # at which box each row does
    again: list[int] = []
    edges: list[float] = []
    above = below = -1.0
    for top, bottom, own, more in runs:
        if top != above or bottom != below:
            above, below = top, bottom
            row = _row(top, bottom)
            if not rows or row != rows[-1]:
                rows.append(row)
                begins.append(len(edges) // 2)
        if more:
            again.append(len(edges) // 2)
        edges += own
    if not rows:
        return ""
    places = _parts(edges)
    starts, ends = places[::2], places[1::2]
    widths = list(map(sub, ends, starts))
    if min(widths) < 0:
        ends = list(map(max, starts, ends))
        widths = list(map(sub, ends, starts))
    gaps = list(map(sub, starts, (0, *ends)))
    for place in begins:
        gaps[place] = starts[place]
    for place in again:
        widths[place] -= MORE  # the highest bit, which is the sign of a number of two bytes
    counts = map(sub, (*begins[1:], len(starts)), begins)
    tops, heights = zip(*rows, strict=True)
    return _packed(len(rows), [*counts, *tops, *heights], [*gaps, *widths])


def _row(top: float, bottom: float) -> tuple[int, int]:
    """Return the top and the height of a row as whole numbers."""
    high, low = _part(top), _part(bottom)
    return high, max(0, low - high)


def _parts(shares: Sequence[float]) -> list[int]:
    """Return shares of the page as whole numbers, all at once when none is off the page."""
    try:
        places = [round(share * SCALE) for share in shares]
    except (ValueError, OverflowError):  # of a damaged file
        return list(map(_part, shares))
    return places if min(places) >= 0 and max(places) <= SCALE else list(map(_part, shares))


def _part(share: float) -> int:
    """Return a share of the page as a whole number; what is off the page lies on its edge."""
    if 0 <= share <= 1:
        return round(share * SCALE)
    return SCALE if share > 1 else 0


def _packed(rows: int, of_rows: Sequence[int], of_boxes: Sequence[int]) -> str:
    """Return numbers packed; those of boxes may be negative, which wraps."""
    numbers = array("H", [rows, *of_rows]), array("h", of_boxes)
    if sys.byteorder == "big":
        for some in numbers:
            some.byteswap()
    raw = b"".join([some.tobytes() for some in numbers])
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
