"""Where the words of a page stand → a short text (`indexer.boxes` says what is in it).

In go boxes of words by run, out comes ASCII.
"""

from __future__ import annotations

import base64
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from indexer.boxes import MORE, SCALE

NEAREST: Final = 3.0 * 2.0**51
"""Added to a number and taken off again it leaves the nearest whole one, as `round` does, in a
fraction of the time: floating-point numbers of that size have no fractions."""


class Run(NamedTuple):
    """Words beside each other, in parts: top, bottom, and where each begins and ends by turns.

    `more`: the first belongs to the word before, which was broken at a line's end.
    """

    top: float
    bottom: float
    edges: list[float]
    more: bool = False


def pack(words: Iterable[Sequence[tuple[float, float, float, float]]]) -> str:
    """Return the boxes of words, each with one box or, when broken, more, as ASCII text."""
    return pack_runs(
        [
            Run(top, bottom, [left, right], number > 0)
            for boxes in words
            for number, (left, top, right, bottom) in enumerate(boxes)
        ]
    )


def pack_runs(runs: Iterable[Run]) -> str:
    """Return the boxes of runs of words as ASCII text."""
    counts: list[int] = []
    tops: list[int] = []
    heights: list[int] = []
    gaps: list[int] = []
    widths: list[int] = []
    above = below = -1.0
    behind = 0
    for top, bottom, edges, more in runs:
        if top != above or bottom != below:
            above, below = top, bottom
            place = _part(top)
            height = max(0, _part(bottom) - place)
            if not tops or place != tops[-1] or height != heights[-1]:
                tops.append(place)
                heights.append(height)
                counts.append(0)
                behind = 0
        counts[-1] += len(edges) // 2
        less = MORE if more else 0  # the highest bit, which is the sign of a number of two bytes
        start = -1
        for edge in edges:
            place = _part(edge)
            if start < 0:
                start = place
            else:
                gaps.append(start - behind)
                behind = max(start, place)
                widths.append(behind - start - less)
                start, less = -1, 0
    if not tops:
        return ""
    return _packed([len(tops), *counts, *tops, *heights], [*gaps, *widths])


def _part(share: float) -> int:
    """Return a share of the page as a whole number; what is off the page lies on its edge."""
    if 0.0 <= share <= 1.0:
        return int(share * SCALE + NEAREST - NEAREST)
    return SCALE if share > 1.0 else 0


def _packed(of_rows: list[int], of_boxes: list[int]) -> str:
    """Return numbers packed; those of boxes may be negative, which wraps."""
    numbers = array("H", of_rows), array("h", of_boxes)
    if sys.byteorder == "big":
        for some in numbers:
            some.byteswap()
    raw = b"".join([some.tobytes() for some in numbers])
    return base64.b64encode(zlib.compress(raw[::2] + raw[1::2], 6)).decode("ascii")
