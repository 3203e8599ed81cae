"""A content stream → the rules it draws: thin bars, and lines that run across or up the page.

In go bytes and a matrix, out come `Rule`s on the page. It is asked only of pages whose text stands
in cells. Each rule counts as its middle; curves and what forms draw are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from indexer.extract.pen import Matrix, multiplied
from indexer.extract.tokens import number

THIN = 2.5
"""A bar that is thicker than this, in points, is no rule but a colour under text."""
MOST = 20_000
"""So many parts of rules has a page at most; what comes after them is left out."""
_STRING = rb"\((?:[^()\\]++|\\.)*+\)|<[0-9A-Fa-f\s]++>"
_OPERATION = re.compile(
    _STRING + rb"|(?<![^\s\]>)])(?:"
    rb"((?:[-+.\d]++\s++){4})(re)|((?:[-+.\d]++\s++){6})(cm)|((?:[-+.\d]++\s++){2})([ml])"
    rb"|([qQhSsn]|[fFBb]\*?))(?![^\s/\[(<])",
    re.DOTALL,
)
Point = tuple[float, float]


class Rule(NamedTuple):
    """A rule, in points: where it lies across its own direction, and from where to where it runs.

    `level` is its height when it runs across the page, else its distance from the left edge.
    """

    across: bool
    level: float
    start: float
    end: float


def rules(data: bytes, ctm: Matrix) -> list[Rule]:  # noqa: C901 - one loop over operators
    """Return the rules that a stream draws."""
    found: list[Rule] = []
    saved: list[Matrix] = []
    boxes: list[tuple[Point, Point]] = []
    lines: list[list[Point]] = []
    for match in _OPERATION.finditer(data):
        kind = match.lastindex
        if kind is None:
            continue
        if kind == 7:
            sign = match[7]
            if sign == b"q":
                saved.append(ctm)
            elif sign == b"Q" and saved:
                ctm = saved.pop()
            if sign in b"qQh":
                continue
            if sign != b"n" and (boxes or lines):
                found += _drawn(boxes, lines, filled=sign[:1] in b"fF")
            boxes, lines = [], []
            if len(found) > MOST:
                break
            continue
        numbers = list(map(number, match[kind - 1].split()))
        if kind == 4:
            a, b, c, d, e, f = numbers
            ctm = multiplied((a, b, c, d, e, f), ctm)
        elif kind == 2:
            x, y, width, height = numbers
            boxes.append((_on_page(x, y, ctm), _on_page(x + width, y + height, ctm)))
        else:
            point = _on_page(numbers[0], numbers[1], ctm)
            if match[6] == b"m" or not lines:
                lines.append([])
            lines[-1].append(point)
    return found


def _on_page(x: float, y: float, ctm: Matrix) -> Point:
    a, b, c, d, e, f = ctm
    return x * a + y * c + e, x * b + y * d + f


def _drawn(
    boxes: list[tuple[Point, Point]], lines: list[list[Point]], *, filled: bool
) -> Iterator[Rule]:
    """Yield the rules of a path: thin boxes when it is filled, else all edges and lines."""
    if filled:
        xy = [tuple(zip(*points, strict=True)) for points in lines]
        boxes = [*boxes, *(((min(xs), min(ys)), (max(xs), max(ys))) for xs, ys in xy)]
    for (x0, y0), (x1, y1) in boxes:
        left, right, low, high = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if high - low <= THIN and right - left > high - low:
            yield Rule(True, (low + high) / 2, left, right)
        elif right - left <= THIN and high - low > right - left:
            yield Rule(False, (left + right) / 2, low, high)
        elif not filled:
            yield from (Rule(True, low, left, right), Rule(True, high, left, right))
            yield from (Rule(False, left, low, high), Rule(False, right, low, high))
    steps = () if filled else [step for points in lines for step in pairwise(points)]
    for (x0, y0), (x1, y1) in steps:
        if abs(y1 - y0) <= 0.5:
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) <= 0.5:
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
