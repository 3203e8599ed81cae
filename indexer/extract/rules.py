"""A content stream → the rules it draws: thin bars, and lines that run across or up the page.

In go bytes and a matrix, out come `Rule`s on the page. It is asked only of pages whose text stands
in cells. Each rule counts as its middle; curves and what forms draw are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from indexer.extract import tokens
from indexer.extract.fragments import Matrix, multiplied

THIN: Final = 2.5
"""A bar that is thicker than this, in points, is no rule but a colour under text."""
MOST: Final = 20_000
"""So many parts of rules has a page at most; what comes after them is left out."""
_S: bytes = tokens.WHITE
_STRING: bytes = rb"\(" + tokens.STRING + rb"\)"
_END: bytes = rb"(?![^ \t\n\r\f\v/\[(<])"
_OPERATION: Final = re.compile(
    # What needs no look: text, strings outside of it, clips, marks of structure.
    rb"BT(?=" + _S + rb")[^()E]*+(?:(?:" + _STRING + rb"|E(?!T(?:" + _S + rb"|$))|[()])[^()E]*+)*+"
    rb"(?:ET|\Z)"
    rb"|" + _STRING + rb"|<[0-9A-Fa-f \t\n\r\f\v]++>"
    rb"|/[A-Za-z]++" + _S + rb"*+<<[^<>()]*+>>" + _S + rb"*+BDC|EMC"
    # The rest begins a word, so that a long one is not looked at from each of its letters.
    rb"|(?<![^ \t\n\r\f\v\]>)])(?:(" + tokens.NUMBERS + rb")(?:"  # 1, before what draws nothing
    + rb"(?:re" + _S + rb"++W\*?+" + _S + rb"++n|re" + _S + rb"++f\*?+()"  # 2 a bar
    + rb"|(re)|(cm)|([ml]))" + _END + rb"|)"  # 3 4 5
    + rb"|(?:Q" + _S + rb"++(q)|([qQhSsn]|[fFBb]\*?))" + _END + rb")",  # 6 7
    re.DOTALL,
)  # fmt: skip
DRAWN = (
    re.compile(rb"re(?<=\bre)" + _S + rb"++[fFSsBb]"),
    re.compile(rb"l(?<=\bl)" + _S + rb"++(?:h" + _S + rb"++)?+[SsfFBb]"),
)
"""What ends a path that may be a rule. Two, each of which begins with letters: `re` finds them in a
tenth of the time."""
FILLS = (b"f", b"F")
OPERANDS = (0, 0, 4, 4, 6, 2)
"""How many numbers stand before an operator, by the number of its group in the expression."""
Point = tuple[float, float]


class Rule(NamedTuple):
    """A rule, in points: where it lies across its own direction, and from where to where it runs.

    `level` is its height when it runs across the page, else its distance from the left edge.
    """

    across: bool
    level: float
    start: float
    end: float


_new: Final = tuple.__new__
"""Makes a `Rule` in half the time that its own constructor takes."""


def draws(data: bytes) -> bool:
    """Tell whether a stream may draw a rule: most pages without tables do not."""
    return any(drawn.search(data) for drawn in DRAWN)


def rules(data: bytes, ctm: Matrix) -> list[Rule]:  # noqa: C901, PLR0912 - one loop over operators
    """Return the rules that a stream draws."""
    found: list[Rule] = []
    saved: list[Matrix] = []
    boxes: list[tuple[Point, Point]] = []
    lines: list[list[Point]] = []
    for match in _OPERATION.finditer(data):
        kind = match.lastindex
        if kind is None or kind == 1:
            continue
        if kind == 7:
            sign = match[7]
            if sign == b"q":
                saved.append(ctm)
            elif sign == b"Q":
                ctm = saved.pop() if saved else ctm
            elif sign != b"h":
                if sign != b"n" and (boxes or lines):
                    found += _drawn(boxes, lines, filled=sign[:1] in FILLS)
                boxes, lines = [], []
            continue
        if kind == 6:  # takes back what was saved, and saves it again
            saved = saved or [ctm]
            ctm = saved[-1]
            continue
        numbers = tokens.numbers(match[1])
        if len(numbers) < OPERANDS[kind]:
            continue
        if kind == 2:
            x, y, width, height = numbers[-4:]
            a, b, c, d, e, f = ctm
            wide, high = width * a + height * c, width * b + height * d
            x, y = x * a + y * c + e, x * b + y * d + f
            bar = _bar(x, y, x + wide, y + high)
            if bar is not None:
                found.append(bar)
            if boxes or lines:
                found += _drawn(boxes, lines, filled=True)
                boxes, lines = [], []
        elif kind == 5:
            if match[5] == b"m" or not lines:
                lines.append([])
            lines[-1].append(_on_page(ctm, numbers[-2], numbers[-1]))
        elif kind == 4:
            a, b, c, d, e, f = numbers[-6:]
            ctm = multiplied((a, b, c, d, e, f), ctm)
        else:
            x, y, width, height = numbers[-4:]
            boxes.append((_on_page(ctm, x, y), _on_page(ctm, x + width, y + height)))
        if len(found) > MOST:
            break
    return found


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
