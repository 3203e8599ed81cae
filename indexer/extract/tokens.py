"""The tokens of a content stream, one by one: for what is written in an uncommon way.

In go bytes and a place, out come an operator with its operands and the place behind it. Any bytes
give an answer: what makes no sense is skipped. Linear in the length, whatever the nesting.
"""

from __future__ import annotations

import re
from typing import Final

Operand = float | bytes | str | list["Operand"] | None

# Pieces of the expressions by which streams are read. White signs and digits are written out: `re`
# looks a class with `\s` in it up sign by sign, and others in a table.
WHITE: bytes = rb"[ \t\n\r\f\v]"
BEHIND: bytes = rb"(?=[ \t\n\r\f\v/\[(<%]|$)"
"""What stands behind an operator."""
NUMBERS: bytes = rb"[-+.0-9][-+.0-9 \t\n\r\f\v]*+"
STRING: bytes = rb"[^()\\]*+(?:\\.[^()\\]*+)*+"
HEX: bytes = rb"[0-9A-Fa-f \t\n\r\f\v]*+"
_GAP: bytes = rb"[^\[\]()<>\\%]*+"
ARRAY: bytes = _GAP + rb"(?:(?:\(" + STRING + rb"\)|<" + HEX + rb">)" + _GAP + rb")*+"
"""An array of strings without brackets of their own, and gaps."""
NAME: bytes = rb"[^\x00 \t\n\r\f\v()<>\[\]{}/%]"
"""A sign of a name."""
_BEGUN: bytes = rb"(?:/" + NAME + rb"*+|<<[^<>()]*+>>)" + WHITE + rb"*+(?:BDC|DP)"
MARKED: bytes = rb"/" + NAME + rb"*+" + WHITE + rb"*+(?:BMC|MP|" + _BEGUN + rb")"
"""A mark of structure."""

TOKEN: Final = re.compile(
    rb"[\x00 \t\n\r\f\v]*+(?:"
    rb"([-+.0-9]++)"  # 1 a number
    rb"|/(" + NAME + rb"*+)"  # 2 a name
    rb"|\((?=(" + STRING + rb"))"  # 3 a string, up to its first bracket
    rb"|<([0-9A-Fa-f\x00 \t\n\r\f\v]*+)>"  # 4 a string in hexadecimal
    rb"|(<<|>>|[\[\]{}])"  # 5
    rb"|%[^\r\n]*+()"  # 6 a comment
    rb"|(" + NAME + rb"++)"  # 7 an operator
    rb"|(.))",  # 8
    re.DOTALL,
)
BACKSLASH: Final = ord("\\")
BRACKET: Final = re.compile(rb"\\.|[()]", re.DOTALL)
ESCAPE: Final = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
NEWLINES = (b"\n", b"\r", b"\r\n")
HEX_IN_NAME: Final = re.compile(r"#([0-9A-Fa-f]{2})")
IMAGE_DATA: Final = re.compile(rb"[\x00\s]ID[\x00\s]")
IMAGE_END: Final = re.compile(rb"[\x00\s]EI(?=[\x00\s]|$)")
OPERANDS: Final = 5_000
"""An operator has no more operands than this; older ones are forgotten."""


def operation(data: bytes, place: int) -> tuple[bytes, list[Operand], int]:
    """Return the next operator, its operands, and where it ends; no operator at the end."""
    operands: list[Operand] = []
    arrays: list[list[Operand]] = []
    while match := TOKEN.match(data, place):
        place = match.end()
        kind = match.lastindex
        if kind == 7:
            if match[7] not in (b"true", b"false", b"null"):
                end = _behind_image(data, place) if match[7] == b"BI" else place
                return match[7], operands, end
        elif kind == 5:
            operands = _bracket(match[5], operands, arrays)
        elif kind == 3:
            value, place = string(data, match.start(3))
            operands.append(value)
        elif kind in (1, 2, 4):
            operands.append(_simple(kind, match))
        if len(operands) > OPERANDS and not arrays:
            del operands[:-OPERANDS]
    return b"", operands, len(data)


def _simple(kind: int, match: re.Match[bytes]) -> Operand:
    if kind == 1:
        return number(match[1])
    return name(match[2]) if kind == 2 else from_hex(match[4])


def _bracket(sign: bytes, operands: list[Operand], arrays: list[list[Operand]]) -> list[Operand]:
    """Open or close an array; return the list that takes what follows."""
    if sign == b"[" and len(arrays) < 100:
        arrays.append(operands)
        return []
    if sign == b"]" and arrays:
        outer = arrays.pop()
        outer.append(operands)
        return outer
    return operands


def string(data: bytes, start: int) -> tuple[bytes, int]:
    """Return a string with brackets in it, and the place behind it; an open one runs to the end."""
    depth = 1
    for match in BRACKET.finditer(data, start):
        if match[0] == b"(":
            depth += 1
        elif match[0] == b")":
            depth -= 1
            if not depth:
                return unescaped(data[start : match.start()]), match.end()
    return unescaped(data[start:]), len(data)


def _behind_image(data: bytes, place: int) -> int:
    """Return the place behind an inline image."""
    begin = IMAGE_DATA.search(data, place)
    end = IMAGE_END.search(data, begin.end() - 1) if begin else None
    return end.end() if end else len(data)


def number(digits: bytes) -> float:
    """Return a number, also one that is written as it should not be (`--5`, `1-2`, `.`)."""
    try:
        return float(digits)
    except ValueError:
        found = re.search(rb"-?\d*\.?\d+|-?\d+", digits)
        return float(found[0]) if found else 0.0


def numbers(written: bytes) -> list[float]:
    """Return numbers that white signs part."""
    try:
        return list(map(float, written.split()))
    except ValueError:
        return list(map(number, written.split()))


def name(raw: bytes) -> str:
    """Return a name; `#20` in it stands for a byte."""
    text = raw.decode("utf-8", "replace")
    return HEX_IN_NAME.sub(lambda m: chr(int(m[1], 16)), text) if "#" in text else text


def unescaped(raw: bytes) -> bytes:
    """Return the bytes that a string in brackets stands for."""
    return ESCAPE.sub(_escape, raw) if BACKSLASH in raw else raw


def _escape(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes((int(match[1], 8) & 255,))
    return b"" if match[2] in NEWLINES else ESCAPED.get(match[2], match[2])


def from_hex(digits: bytes) -> bytes:
    """Return the bytes of a string in hexadecimal; a last single digit stands for its tens."""
    if len(digits) % 2 or not digits.isalnum():
        digits = b"".join(digits.replace(b"\x00", b"").split())
        digits += b"0" * (len(digits) % 2)
    return bytes.fromhex(digits.decode("ascii"))
