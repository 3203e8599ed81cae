"""The pen of a page: graphics and text state, and the fragments that it writes.

In go the operators that set state or show text (ISO 32000-1, 8.4 and 9.3), with their operands as
numbers or strings; out come `Fragment`s, placed on the page.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from typing import Final

from indexer.extract import tokens
from indexer.extract.colours import is_white
from indexer.extract.fonts import Font
from indexer.extract.fragments import IDENTITY, Fragment, Matrix, multiplied

Numbers = Sequence[bytes] | Sequence[float]
"""Operands, as they are written or read."""
INVISIBLE = (3, 7)
"""Text rendering modes that paint nothing."""
SPACE_AT: Final = 0.16
"""A gap of this share of the type size is a space; narrower ones are kerning."""
BREAK_AT: Final = 1.2
"""A gap of this share of the type size begins another fragment (columns of a table)."""
DEPTH: Final = 5_000
"""So deep may states be saved; `q` beyond it is ignored."""
ITEM: Final = re.compile(
    rb"\((" + tokens.STRING + rb")\)|<(" + tokens.HEX + rb")>"
    rb"|([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))",
    re.DOTALL,
)
"""An item of an array: a string, one in hexadecimal, or a gap."""


Placed = tuple[float, float, float, float, float]
"""How a line runs (the first column of its matrix), where it begins, its type size."""
Saved = tuple[Matrix, Font | None, float, float, float, float, float, float, int, bool]
"""What `q` saves and `Q` brings back, in the order in which the pen's attributes stand."""


_new: Final = tuple.__new__
"""Makes a `Fragment` in half the time that its own constructor takes."""


class Pen:
    """Keeps the state and writes fragments."""

    __slots__ = (
        "_between", "_font", "_leading", "_line", "_mode", "_placed", "_rise", "_saved", "_scale",
        "_size", "_white", "_wordspace", "_x", "ctm", "fragments",
    )  # fmt: skip

    def __init__(self, ctm: Matrix, fragments: list[Fragment]) -> None:
        self.fragments = fragments
        self.ctm = ctm
        self._font: Font | None = None
        self._size = self._between = self._wordspace = self._leading = self._rise = 0.0
        self._scale = 1.0
        self._mode = 0
        self._white = False
        self._saved: list[Saved] = []
        self._line = IDENTITY
        self._x = 0.0
        self._placed: Placed | None = None

    def act(self, operator: bytes, numbers: Numbers) -> None:
        """Do an operator that takes numbers; one with too few is ignored, as viewers do."""
        with contextlib.suppress(IndexError, ValueError, OverflowError):
            BY_NUMBERS[operator](self, numbers)

    def begin(self) -> None:
        """Begin a text object: `BT`."""
        self._line = IDENTITY
        self._x, self._placed = 0.0, None

    def save(self) -> None:
        """Save the state: `q`."""
        if len(self._saved) < DEPTH:
            self._saved.append(
                (
                    self.ctm, self._font, self._size, self._between, self._wordspace,
                    self._leading, self._rise, self._scale, self._mode, self._white,
                )
            )  # fmt: skip

    def restore(self) -> None:
        """Take back the state that was saved last: `Q`."""
        if self._saved:
            self._take(self._saved.pop())
            self._placed = None

    def _take(self, saved: Saved) -> None:
        (
            self.ctm, self._font, self._size, self._between, self._wordspace,
            self._leading, self._rise, self._scale, self._mode, self._white,
        ) = saved  # fmt: skip

    def begin_again(self) -> None:
        """Bring back what was saved, keep it saved, and begin: `Q`, `q` and `BT` at once."""
        if self._saved:
            self._take(self._saved[-1])
        else:
            self.save()
        self.begin()

    def next_line(self) -> None:
        """Go to the next line, as `T*` does."""
        self.move([0.0, -self._leading])

    def move(self, numbers: Numbers) -> None:
        """Begin a line at a distance from the last: `Td`."""
        x, y = float(numbers[-2]), float(numbers[-1])
        a, b, c, d, e, f = self._line
        self._line = (a, b, c, d, e + x * a + y * c, f + x * b + y * d)
        self._x, self._placed = 0.0, None

    def move_and_lead(self, numbers: Numbers) -> None:
        """Do the same and set the leading to it: `TD`."""
        self._leading = -float(numbers[-1])
        self.move(numbers)

    def set_line(self, numbers: Numbers) -> None:
        """Place a line by a matrix: `Tm`."""
        a, b, c, d, e, f = map(float, numbers[-6:])
        self._line = (a, b, c, d, e, f)
        self._x, self._placed = 0.0, None

    def set_between(self, numbers: Numbers) -> None:
        """Set the space between characters: `Tc`."""
        self._between = float(numbers[-1])

    def set_wordspace(self, numbers: Numbers) -> None:
        """Set the space that is added to spaces: `Tw`."""
        self._wordspace = float(numbers[-1])

    def set_scale(self, numbers: Numbers) -> None:
        """Set how wide characters are, in hundredths: `Tz`."""
        self._scale = float(numbers[-1]) / 100

    def set_leading(self, numbers: Numbers) -> None:
        """Set how far apart lines are: `TL`."""
        self._leading = float(numbers[-1])

    def set_mode(self, numbers: Numbers) -> None:
        """Set the way of painting: `Tr`."""
        self._mode = int(float(numbers[-1]))

    def set_rise(self, numbers: Numbers) -> None:
        """Set how far text stands above its baseline: `Ts`."""
        self._rise, self._placed = float(numbers[-1]), None

    def set_grey(self, numbers: Numbers) -> None:
        """Set a shade of grey: `g`."""
        self._white = is_white(b"g", list(map(float, numbers)))

    def set_ink(self, numbers: Numbers) -> None:
        """Set a colour by its four inks: `k`."""
        self._white = is_white(b"k", list(map(float, numbers)))

    def set_colour(self, numbers: Numbers) -> None:
        """Set a colour by how many values it has: `rg`, `sc`, `scn`; one may be of any ink."""
        self._white = is_white(b"sc", list(map(float, numbers)))

    def set_font(self, font: Font | None, size: float) -> None:
        """Take a font, `None` for one that is not there, and a type size."""
        self._font, self._size = font, size
        self._placed = None

    def concatenate(self, numbers: Numbers) -> None:
        """Change the matrix of the page: `cm`."""
        a, b, c, d, e, f = map(float, numbers[-6:])
        self.ctm = multiplied((a, b, c, d, e, f), self.ctm)
        self._placed = None

    def show(self, written: bytes) -> None:
        """Show one string, as it is written in brackets."""
        if self._font is not None:
            text, width, codes, spaces = self._font.literal(written)
            self._show(text, width, codes, spaces)

    def show_packed(self, written: bytes) -> None:
        """Show one string, as it is written in hexadecimal."""
        if self._font is not None:
            text, width, codes, spaces = self._font.packed(written)
            self._show(text, width, codes, spaces)

    def show_array(self, array: bytes) -> None:
        """Show an array of strings and gaps, as written; the usual way at once."""
        if self._font is None:
            return
        kerned = self._font.kerned(array)
        if kerned is not None:
            shown, widest, after = kerned
            size = self._size * self._scale
            if widest * size + self._between * self._scale <= SPACE_AT * abs(size):
                text, width, codes, spaces = shown
                self._show(text, width, codes, spaces)
                self._x += after * size
                return
        self.show_parts(ITEM.findall(array))

    def _show(self, text: str, width: float, codes: int, spaces: int) -> None:
        start, scale = self._x, self._scale
        end = start + width * self._size * scale
        if self._between or self._wordspace:
            end += (self._between * (codes - 1) + self._wordspace * spaces) * scale
        self._x = end + self._between * scale
        if text:
            self._add(start, end, text)

    def show_parts(self, items: Sequence[tuple[bytes, bytes, bytes]]) -> None:  # noqa: C901
        """Show strings and gaps: each item a string, one in hexadecimal, or a gap.

        A gap is in thousandths of the type size, to the left. This is the innermost loop, so that
        it is not taken apart.
        """
        if self._font is None:
            return
        font = self._font
        size, scale = self._size * self._scale, self._scale
        between, wordspace, thousandth = self._between, self._wordspace, -0.001 * size
        x = end = start = self._x
        wide, wider = SPACE_AT * abs(size), BREAK_AT * abs(size)
        parts: list[str] = []
        for string, packed, gap in items:
            if gap:
                x += float(gap) * thousandth
                continue
            text, width, codes, spaces = font.packed(packed) if packed else font.literal(string)
            if not parts:
                start = x
            elif x - end > wide:
                if x - end > wider:
                    self._add(start, end, "".join(parts))
                    parts, start = [], x
                elif parts[-1][-1:] != " ":
                    parts.append(" ")
            if text:
                parts.append(text)
            x += width * size
            if between or wordspace:
                x += (between * codes + wordspace * spaces) * scale
            end = x - between * scale
        self._x = x
        if parts:
            self._add(start, end, "".join(parts))

    def _add(self, start: float, end: float, text: str) -> None:
        """Keep a run of text that lies between two places on the line."""
        a, b, x, y, size = self._placed or self._place()
        font = self._font
        assert font is not None  # noqa: S101 - show() saw to it
        self.fragments.append(
            _new(
                Fragment,
                (
                    x + a * start, y + b * start, x + a * end, y + b * end, size, text, font,
                    self._mode in INVISIBLE, self._white,
                ),
            )
        )  # fmt: skip

    def _place(self) -> Placed:
        """Work out where the line lies on the page, how it runs, and the type size there."""
        a, b, c, d, e, f = self._line
        p, q, r, s, t, u = self.ctm
        rise = self._rise
        if b or c or q or r:
            a, b, c, d, e, f = multiplied(self._line, self.ctm)
            size = abs(self._size) * (c * c + d * d) ** 0.5
            self._placed = placed = (a, b, e + c * rise, f + d * rise, size)
        else:  # upright, as nearly always
            d *= s
            self._placed = placed = (
                a * p,
                0.0,
                e * p + t,
                f * s + u + d * rise,
                abs(self._size * d),
            )
        return placed


ALONE: Final[dict[bytes, Callable[[Pen], None]]] = {
    b"BT": Pen.begin, b"q": Pen.save, b"Q": Pen.restore, b"T*": Pen.next_line
}  # fmt: skip
"""Operators without operands."""
BY_NUMBERS: Final[dict[bytes, Callable[[Pen, Numbers], None]]] = {
    b"Td": Pen.move, b"TD": Pen.move_and_lead, b"Tm": Pen.set_line, b"Tc": Pen.set_between,
    b"Tw": Pen.set_wordspace, b"Tz": Pen.set_scale, b"TL": Pen.set_leading, b"Tr": Pen.set_mode,
    b"Ts": Pen.set_rise, b"cm": Pen.concatenate, b"g": Pen.set_grey, b"k": Pen.set_ink,
    b"rg": Pen.set_colour, b"sc": Pen.set_colour, b"scn": Pen.set_colour,
}  # fmt: skip
"""Operators whose operands are numbers."""
