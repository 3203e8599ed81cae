"""The pen of a page: graphics and text state, and the fragments that it writes.

In go the operators that set state or show text (ISO 32000-1, 8.4 and 9.3), with their operands as
numbers or strings; out come `Fragment`s, placed on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.extract import tokens
from indexer.extract.fonts import Font

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

INVISIBLE = (3, 7)
"""Text rendering modes that paint nothing."""
SPACE_AT = 0.16
"""A gap of this share of the type size is a space; narrower ones are kerning."""
BREAK_AT = 1.2
"""A gap of this share of the type size begins another fragment (columns of a table)."""
DEPTH = 5_000
"""So deep may states be saved; `q` beyond it is ignored."""
COLOURS = (b"g", b"rg", b"k", b"sc", b"scn")


class Fragment(NamedTuple):
    """A run of text: its baseline from `(x0, y0)` to `(x1, y1)`, in points, type size, font."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    text: str
    font: Font
    hidden: bool
    white: bool


class State:
    """What `q` saves and `Q` brings back."""

    __slots__ = (
        "between", "ctm", "font", "leading", "mode", "rise", "scale", "size", "white", "wordspace",
    )  # fmt: skip

    def __init__(self, ctm: Matrix) -> None:
        self.ctm = ctm
        self.font: Font | None = None
        self.size = 0.0
        self.between = self.wordspace = self.leading = self.rise = 0.0
        self.scale = 1.0
        self.mode = 0
        self.white = False

    def copy(self) -> State:
        """Return a state with the same values."""
        other = State(self.ctm)
        other.font, other.size, other.scale = self.font, self.size, self.scale
        other.between, other.wordspace = self.between, self.wordspace
        other.leading, other.rise = self.leading, self.rise
        other.mode, other.white = self.mode, self.white
        return other


class Pen:
    """Keeps the state and writes fragments."""

    def __init__(self, ctm: Matrix, fragments: list[Fragment]) -> None:
        self.fragments = fragments
        self._state = State(ctm)
        self._saved: list[State] = []
        self._line = IDENTITY
        self._x = 0.0
        self._placed: tuple[float, float, float, float, float] | None = None
        self._set: dict[bytes, Callable[[list[float]], None]] = {
            b"Td": self._move, b"TD": self._move_and_lead, b"Tm": self._set_line,
            b"Tc": self._set_between, b"Tw": self._set_wordspace, b"Tz": self._set_scale,
            b"TL": self._set_leading, b"Tr": self._set_mode, b"Ts": self._set_rise,
            b"cm": self._concatenate,
        }  # fmt: skip
        self.by_numbers = frozenset((*self._set, *COLOURS))

    @property
    def ctm(self) -> Matrix:
        """Return the matrix from the space at hand to the page."""
        return self._state.ctm

    def numbers(self, operator: bytes, operands: list[bytes]) -> None:
        """Do an operator that takes numbers, given as they are written."""
        try:
            self._set[operator](list(map(float, operands)))
        except (KeyError, ValueError, IndexError):
            self.act(operator, [tokens.number(item) for item in operands])

    def act(self, operator: bytes, numbers: list[float]) -> None:
        """Do an operator that takes numbers; one with too few is ignored, as viewers do."""
        do = self._set.get(operator)
        try:
            if do is not None:
                do(numbers)
            else:
                self._state.white = is_white(operator, numbers)
        except (IndexError, ValueError, OverflowError):
            return

    def alone(self, operator: bytes) -> None:
        """Do an operator that takes nothing: `BT`, `q`, `Q` or `T*`."""
        if operator == b"BT":
            self._line = IDENTITY
            self._x, self._placed = 0.0, None
        elif operator == b"q":
            if len(self._saved) < DEPTH:
                self._saved.append(self._state.copy())
        elif operator == b"Q":
            if self._saved:
                self._state, self._placed = self._saved.pop(), None
        else:
            self._move([0.0, -self._state.leading])

    def _move(self, numbers: list[float]) -> None:
        x, y = numbers[-2], numbers[-1]
        a, b, c, d, e, f = self._line
        self._line = (a, b, c, d, e + x * a + y * c, f + x * b + y * d)
        self._x, self._placed = 0.0, None

    def _move_and_lead(self, numbers: list[float]) -> None:
        self._state.leading = -numbers[-1]
        self._move(numbers)

    def _set_line(self, numbers: list[float]) -> None:
        a, b, c, d, e, f = numbers[-6:]
        self._line = (a, b, c, d, e, f)
        self._x, self._placed = 0.0, None

    def _set_between(self, numbers: list[float]) -> None:
        self._state.between = numbers[-1]

    def _set_wordspace(self, numbers: list[float]) -> None:
        self._state.wordspace = numbers[-1]

    def _set_scale(self, numbers: list[float]) -> None:
        self._state.scale = numbers[-1] / 100

    def _set_leading(self, numbers: list[float]) -> None:
        self._state.leading = numbers[-1]

    def _set_mode(self, numbers: list[float]) -> None:
        self._state.mode = int(numbers[-1])

    def _set_rise(self, numbers: list[float]) -> None:
        self._state.rise, self._placed = numbers[-1], None

    def set_font(self, font: Font | None, size: float) -> None:
        """Take a font, `None` for one that is not there, and a type size."""
        self._state.font, self._state.size = font, size
        self._placed = None

    def _concatenate(self, numbers: list[float]) -> None:
        a, b, c, d, e, f = numbers[-6:]
        self._state.ctm = multiplied((a, b, c, d, e, f), self._state.ctm)
        self._placed = None

    def show(self, written: bytes, *, packed: bool) -> None:
        """Show one string, as written in brackets or, packed, in hexadecimal."""
        state = self._state
        font = state.font
        if font is None:
            return
        text, width, codes, spaces = font.packed[written] if packed else font.literal[written]
        start = self._x
        end = start + width * state.size * state.scale
        if state.between or state.wordspace:
            end += (state.between * (codes - 1) + state.wordspace * spaces) * state.scale
        self._x = end + state.between * state.scale
        if text:
            self._add(start, end, text)

    def show_parts(self, items: Sequence[tuple[bytes, bytes, bytes]]) -> None:  # noqa: C901
        """Show strings and gaps: each item a string, one in hexadecimal, or a gap.

        A gap is in thousandths of the type size, to the left. This is the innermost loop, so that
        it is not taken apart.
        """
        state = self._state
        if state.font is None:
            return
        literal, packed_ = state.font.literal, state.font.packed
        size, scale = state.size * state.scale, state.scale
        between, wordspace, thousandth = state.between, state.wordspace, -0.001 * size
        x = end = start = self._x
        wide, wider = SPACE_AT * abs(size), BREAK_AT * abs(size)
        parts: list[str] = []
        for string, packed, gap in items:
            if gap:
                x += float(gap) * thousandth
                continue
            text, width, codes, spaces = packed_[packed] if packed else literal[string]
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
        if self._placed is None:
            self._place()
        a, b, x, y, size = self._placed  # type: ignore[misc]
        state = self._state
        font = state.font
        assert font is not None  # noqa: S101 - show() saw to it
        self.fragments.append(
            Fragment(
                x + a * start, y + b * start, x + a * end, y + b * end, size, text, font,
                state.mode in INVISIBLE, state.white,
            )
        )  # fmt: skip

    def _place(self) -> None:
        """Work out where the line lies on the page, how it runs, and the type size there."""
        a, b, c, d, e, f = multiplied(self._line, self._state.ctm)
        rise = self._state.rise
        size = abs(self._state.size) * (c * c + d * d) ** 0.5
        self._placed = (a, b, e + c * rise, f + d * rise, size)


def multiplied(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does the first and then the second."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def is_white(operator: bytes, numbers: list[float]) -> bool:
    """Tell a colour that does not show on paper; one value of `scn` may be of any ink: not told."""
    if operator == b"g":
        return numbers[-1] > 0.98
    if operator == b"k" or len(numbers) == 4:
        return max(numbers[-4:]) < 0.02
    return len(numbers) == 3 and min(numbers) > 0.98
