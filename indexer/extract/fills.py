"""Which areas of a page are coloured: read only where white text must be told from hidden text.

In goes a content stream, out come boxes in the order in which they are painted, each white or not.
White letters on a blue bar can be read, on bare paper they are hidden. A path counts as its
bounding box; what a form or a shading paints counts as colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from indexer.extract import tokens
from indexer.extract.colours import COLOURS, is_white
from indexer.extract.fragments import IDENTITY, Matrix, multiplied
from indexer.extract.tokens import ARRAY, BEHIND, HEX, MARKED, NAME, NUMBERS, STRING

FILLS: Final = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
ENDS: Final = frozenset((b"S", b"s", b"n", *FILLS))
_S: bytes = tokens.WHITE
OPERATION: Final = re.compile(
    _S + rb"*+(?:"
    + rb"(" + NUMBERS + rb")(re|[mlcvy]|cm|g|rg|k|scn?)" + BEHIND  # 1 2
    + rb"|(q|Q|[fBb]\*?|[FSsn])" + BEHIND  # 3
    + rb"|(?:" + NUMBERS + rb")?+(?:T[dDmcwzLrs*]|[wWJjMidGKh]|RG|ri|W\*|SCN?|BT|ET|EMC)" + BEHIND
    + rb"|\(" + STRING + rb"\)" + _S + rb"*+Tj|\[" + ARRAY + rb"\]" + _S + rb"*+TJ"
    + rb"|<" + HEX + rb">" + _S + rb"*+Tj|" + MARKED + BEHIND
    + rb"|/" + NAME + rb"*+" + _S + rb"*+(?:gs|CS|cs|[-+.0-9]++" + _S + rb"++Tf)" + BEHIND
    + rb"|([^ \t\n\r\f\v])"  # 4
    + rb")",
    re.DOTALL,
)  # fmt: skip
POINTS: Final = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4}
MOST: Final = 20_000


class Area(NamedTuple):
    """A box on the page, in points, and whether it is white."""

    x0: float
    y0: float
    x1: float
    y1: float
    white: bool

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


class _Path:
    """The points of the path at hand, on the page."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []

    def add(self, numbers: list[float], ctm: Matrix) -> None:
        a, b, c, d, e, f = ctm
        for x, y in zip(numbers[::2], numbers[1::2], strict=False):
            self.points.append((x * a + y * c + e, x * b + y * d + f))

    def add_box(self, x: float, y: float, width: float, height: float, ctm: Matrix) -> None:
        self.add([x, y, x + width, y, x, y + height, x + width, y + height], ctm)

    def area(self, *, white: bool) -> Area:
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        self.points = []
        return Area(min(xs), min(ys), max(xs), max(ys), white)


def areas(data: bytes, ctm: Matrix = IDENTITY) -> list[Area]:
    """Return what a stream fills, the first painted first; at most `MOST`."""
    found: list[Area] = []
    saved: list[tuple[Matrix, bool]] = []
    path, white = _Path(), False
    for operator, numbers in _operations(data):
        if operator == b"q":
            saved.append((ctm, white))
        elif operator == b"Q" and saved:
            ctm, white = saved.pop()
        elif operator == b"cm" and len(numbers) >= 6:
            a, b, c, d, e, f = numbers[-6:]
            ctm = multiplied((a, b, c, d, e, f), ctm)
        elif operator in COLOURS:
            white = bool(numbers) and is_white(operator, numbers)
        elif operator in (b"Do", b"sh"):
            side = 1.0 if operator == b"Do" else 1e6
            path.add_box(0, 0, side, side, ctm)
            found.append(path.area(white=False))
        else:
            _draw(operator, numbers, ctm, path)
            if operator in ENDS:
                if path.points and operator in FILLS:
                    found.append(path.area(white=white))
                path.points = []
        if len(found) >= MOST:
            break
    return found


def _operations(data: bytes) -> Iterator[tuple[bytes, list[float]]]:
    """Yield operators with their numbers; most of those that neither paint nor place are left out.

    What the expression does not know is read token by token.
    """
    place = 0
    while place < len(data):
        for match in OPERATION.finditer(data, place):
            kind = match.lastindex
            if kind == 2:
                yield match[2], tokens.numbers(match[1])
            elif kind == 3:
                yield match[3], []
            elif kind == 4:
                operator, operands, place = tokens.operation(data, match.start(4))
                yield operator, [item for item in operands if isinstance(item, float)]
                break
        else:
            break


def _draw(operator: bytes, numbers: list[float], ctm: Matrix, path: _Path) -> None:
    """Lengthen the path."""
    if operator == b"re" and len(numbers) >= 4:
        path.add_box(numbers[-4], numbers[-3], numbers[-2], numbers[-1], ctm)
    elif operator in POINTS:
        path.add(numbers[-POINTS[operator] :], ctm)


def readable(x: float, y: float, painted: list[Area]) -> bool:
    """Tell whether white text can be read at a point: what was painted there last is a colour."""
    last = next((area for area in reversed(painted) if area.holds(x, y)), None)
    return last is not None and not last.white
