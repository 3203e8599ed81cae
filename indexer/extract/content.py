"""A content stream → what it paints, by one regular expression.

In go bytes, fonts and a matrix, out come `Fragment`s. Papers paint with a dozen operators; the
expression matches a whole operator with its operands at once and swallows runs of graphics in one
step. What it does not know (nested brackets, inline images, odd dictionaries) is read token by
token by `tokens`. Operators: ISO 32000-1, annex A.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from indexer.extract import tokens
from indexer.extract.fonts import Font
from indexer.extract.fragments import Fragment, Matrix
from indexer.extract.limits import ExtractionError
from indexer.extract.pen import ALONE, BY_NUMBERS, Pen
from indexer.extract.tokens import ARRAY, BEHIND, HEX, MARKED, NAME, NUMBERS, STRING

OPERATORS: Final = 3_000_000

_S: bytes = tokens.WHITE
_GRAPHICS: bytes = (
    rb"(?:(?:" + NUMBERS + rb")?+(?:re|[mlcvyhSsfFBbnwWJjMidGK]|RG|ri|f\*|B\*|b\*|W\*|SCN|SC"
    rb"|d0|d1|ET|EMC|EX|BX)|/" + NAME + rb"*+" + _S + rb"*+(?:gs|CS|cs|sh|SCN|scn)|"
    + MARKED + rb")" + BEHIND + _S + rb"*+"
)  # fmt: skip
OPERATION: Final = re.compile(
    _S + rb"*+(?:"
    + rb"(" + NUMBERS + rb")(T[dDmcwzLrs]|cm|g|rg|k|scn?)" + BEHIND  # 1 2, and what they place:
    + _S + rb"*+(?:\((" + STRING + rb")\)" + _S + rb"*+Tj"  # 3
    + rb"|\[(" + ARRAY + rb")\]" + _S + rb"*+TJ|)"  # 4
    + rb"|\((" + STRING + rb")\)" + _S + rb"*+Tj"  # 5
    + rb"|\[(" + ARRAY + rb")\]" + _S + rb"*+TJ"  # 6
    + rb"|<(" + HEX + rb")>" + _S + rb"*+Tj"  # 7
    + rb"|/(" + NAME + rb"++)" + _S + rb"*+([-+.0-9]++)" + _S + rb"++Tf" + BEHIND  # 8 9
    + rb"|(?:ET" + _S + rb"++)?+(Q)" + _S + rb"++q" + _S + rb"++(?:" + _GRAPHICS + rb")*+BT"  # 10
    + BEHIND + rb"|(BT|q|Q|T\*)" + BEHIND  # 11
    + rb"|/(" + NAME + rb"++)" + _S + rb"*+Do" + BEHIND  # 12
    + rb"|(?:" + _GRAPHICS + rb")++"
    + rb"|([^ \t\n\r\f\v])"  # 13
    + rb")",
    re.DOTALL,
)  # fmt: skip


class Surroundings(Protocol):
    """What a content stream refers to by name."""

    def font(self, name: str) -> Font | None:
        """Return a font of the resources."""

    def paint(self, name: str, matrix: Matrix) -> None:
        """Paint an image or a form of the resources."""


class Content:
    """Runs the operators of a content stream."""

    def __init__(self, ctm: Matrix, names: Surroundings, fragments: list[Fragment]) -> None:
        self._names = names
        self._pen = Pen(ctm, fragments)

    def run(self, data: bytes) -> int:  # noqa: C901, PLR0912
        """Run a stream; return how many operators that took. Raises `ExtractionError`.

        This is the outer of the two innermost loops, so that it is not taken apart.
        """
        count, place, end, pen = 0, 0, len(data), self._pen
        alone, by_numbers, show, show_array = ALONE, BY_NUMBERS, pen.show, pen.show_array
        while place < end:
            for count, match in enumerate(OPERATION.finditer(data, place), count + 1):  # noqa: B020
                kind = match.lastindex
                if kind is None:
                    pass
                elif kind <= 4:
                    try:
                        by_numbers[match[2]](pen, match[1].split())
                    except (ValueError, IndexError, OverflowError):
                        pen.act(match[2], list(map(tokens.number, match[1].split())))
                    if kind == 4:
                        show_array(match[4])
                    elif kind == 3:
                        show(match[3])
                elif kind == 11:
                    alone[match[11]](pen)
                elif kind == 6:
                    show_array(match[6])
                elif kind == 5:
                    show(match[5])
                elif kind == 10:
                    pen.begin_again()
                elif kind == 13:
                    place = self._odd(data, match.start(13))
                    break
                else:
                    self._operation(kind, match)
                if count > OPERATORS:
                    raise ExtractionError(
                        "te-groot", "Een bladzijde heeft te veel opdrachten; sla het PDF plat op."
                    )
            else:
                break
        return count

    def _operation(self, kind: int, match: re.Match[bytes]) -> None:
        """Do what the expression matched whole; `kind` is the number of its last group."""
        if kind == 9:
            self._pen.set_font(self._names.font(tokens.name(match[8])), tokens.number(match[9]))
        elif kind == 7:
            self._pen.show_packed(match[7])
        else:
            self._names.paint(tokens.name(match[12]), self._pen.ctm)

    def _odd(self, data: bytes, place: int) -> int:
        """Run one operator that is written in an uncommon way; return where it ends."""
        operator, operands, place = tokens.operation(data, place)
        numbers = [item for item in operands if isinstance(item, float)]
        if operator in BY_NUMBERS:
            self._pen.act(operator, numbers)
        elif operator in ALONE:
            ALONE[operator](self._pen)
        elif operator in (b"Tj", b"'", b'"'):
            self._show_odd(operator, operands)
        elif operator == b"TJ" and operands and isinstance(operands[-1], list):
            self._pen.show_parts([_item(item) for item in operands[-1]])
        elif operator == b"Tf" and len(operands) >= 2 and isinstance(operands[-2], str):
            self._pen.set_font(self._names.font(operands[-2]), numbers[-1] if numbers else 1.0)
        elif operator == b"Do" and operands and isinstance(operands[-1], str):
            self._names.paint(operands[-1], self._pen.ctm)
        return place

    def _show_odd(self, operator: bytes, operands: list[tokens.Operand]) -> None:
        if operator == b'"' and len(operands) >= 3:
            word, between = operands[-3], operands[-2]
            if isinstance(word, float) and isinstance(between, float):
                self._pen.act(b"Tw", [word])
                self._pen.act(b"Tc", [between])
        if operator != b"Tj":
            self._pen.next_line()
        if operands and isinstance(operands[-1], bytes):
            self._pen.show_packed(operands[-1].hex().encode("ascii"))


def _item(operand: tokens.Operand) -> tuple[bytes, bytes, bytes]:
    """Return an item of an array that was read token by token as the expression gives it."""
    if isinstance(operand, bytes):
        return b"", operand.hex().encode("ascii"), b""
    return b"", b"", repr(operand).encode("ascii") if isinstance(operand, float) else b"0"
