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
_STRING = rb"\((?:[^()\\]++|\\.)*+\)"
_FOUR, _TWO = rb"((?:[-+.\d]++\s++){4})", rb"((?:[-+.\d]++\s++){2})"
_END = rb"(?![^\s/\[(<])"
_OPERATION = re.compile(
    # What needs no look: text, strings outside of it, clips, marks of structure.
    rb"BT(?=\s)(?:[^()E]++|" + _STRING + rb"|E(?!T(?:\s|$))|[()])*+(?:ET|\Z)"
    rb"|" + _STRING + rb"|<[0-9A-Fa-f\s]++>"
    rb"|/[A-Za-z]++\s*+<<[^<>()]*+>>\s*+BDC|EMC"
    # The rest begins a word, so that a long one is not looked at from each of its letters.
    rb"|(?<![^\s\]>)])(?:(?:[-+.\d]++\s++){4}re\s++W\*?+\s++n|"
    + _FOUR + rb"re\s++f\*?+" + _END  # 1 a bar
    + rb"|" + _TWO + rb"m\s++" + _TWO + rb"l\s++S" + _END  # 2 3 a line
    + rb"|" + _FOUR + rb"(re)"  # 4 5
    + rb"|((?:[-+.\d]++\s++){6})(cm)"  # 6 7
    + rb"|" + _TWO + rb"([ml])"  # 8 9
    + rb"|([qQhSsn]|[fFBb]\*?)"  # 10
    + rb")" + _END,
    re.DOTALL,
)  # fmt: skip
DRAWN = re.compile(rb"\bre\s++[fFSsBb]|\bl\s++(?:h\s++)?+[SsfFBb]")
"""What ends a path that may be a rule: most pages without tables have none."""
Point = tuple[float, float]


class Rule(NamedTuple):
    """A rule, in points: where it lies across its own direction, and from where to where it runs.

    `level` is its height when it runs across the page, else its distance from the left edge.
    """

    across: bool
    level: float
    start: float
    end: float


_new = tuple.__new__
"""Makes a `Rule` in half the time that its own constructor takes."""


def rules(data: bytes, ctm: Matrix) -> list[Rule]:  # noqa: C901, PLR0912 - one loop over operators
    """Return the rules that a stream draws."""
    found: list[Rule] = []
    saved: list[Matrix] = []
    boxes: list[tuple[Point, Point]] = []
    lines: list[list[Point]] = []
    for match in _OPERATION.finditer(data):
        kind = match.lastindex
        if kind is None:
            continue
        if kind == 10:
            sign = match[10]
            if sign == b"q":
                saved.append(ctm)
            elif sign == b"Q" and saved:
                ctm = saved.pop()
            if sign in b"qQh":
                continue
            if sign != b"n" and (boxes or lines):
                found += _drawn(boxes, lines, filled=sign[:1] in b"fF")
            boxes, lines = [], []
        elif kind == 1:
            x, y, width, height = _numbers(match[1])
            a, b, c, d, e, f = ctm
            wide, high = width * a + height * c, width * b + height * d
            x, y = x * a + y * c + e, x * b + y * d + f
            bar = _bar(x, y, x + wide, y + high)
            if bar is not None:
                found.append(bar)
            if boxes or lines:
                found += _drawn(boxes, lines, filled=True)
                boxes, lines = [], []
        elif kind == 3:
            step = [_on_page(ctm, *_numbers(match[i])) for i in (2, 3)]
            found += _drawn(boxes, [*lines, step], filled=False)
            boxes, lines = [], []
        elif kind == 7:
            a, b, c, d, e, f = _numbers(match[6])
            ctm = multiplied((a, b, c, d, e, f), ctm)
        elif kind == 5:
            x, y, width, height = _numbers(match[4])
            boxes.append((_on_page(ctm, x, y), _on_page(ctm, x + width, y + height)))
        else:
            if match[9] == b"m" or not lines:
                lines.append([])
            lines[-1].append(_on_page(ctm, *_numbers(match[8])))
        if len(found) > MOST:
            break
    return found


def _numbers(written: bytes) -> list[float]:
    try:
        return list(map(float, written.split()))
    except ValueError:
        return list(map(number, written.split()))


def _on_page(ctm: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = ctm
    return x * a + y * c + e, x * b + y * d + f


def _bar(x0: float, y0: float, x1: float, y1: float) -> Rule | None:
    """Return a thin box as a rule; one that is as wide as high is none."""
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if high <= THIN and wide > high:
        return _new(Rule, (True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    if wide <= THIN and high > wide:
        return _new(Rule, (False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return None


def _drawn(
    boxes: list[tuple[Point, Point]], lines: list[list[Point]], *, filled: bool
) -> Iterator[Rule]:
    """Yield the rules of a path: thin boxes when it is filled, else all edges and lines."""
    if filled:
        xy = [tuple(zip(*points, strict=True)) for points in lines]
        boxes = [*boxes, *(((min(xs), min(ys)), (max(xs), max(ys))) for xs, ys in xy)]
    for (x0, y0), (x1, y1) in boxes:
        bar = _bar(x0, y0, x1, y1)
        if bar is not None:
            yield bar
        elif not filled:
            left, right, low, high = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
            yield from (Rule(True, low, left, right), Rule(True, high, left, right))
            yield from (Rule(False, left, low, high), Rule(False, right, low, high))
    steps = () if filled else [step for points in lines for step in pairwise(points)]
    for (x0, y0), (x1, y1) in steps:
        if abs(y1 - y0) <= 0.5:
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) <= 0.5:
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
