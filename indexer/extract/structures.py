"""Dictionaries and arrays of a PDF file, each taken whole.

In go the bytes of a file and a place, out come the objects that pdfminer would make of them. A
structure that is written oddly is left to the parser, which reads it sign by sign.
"""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache
from typing import Any, Final

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import LIT, literal_name

from indexer.extract import tokens

_S: bytes = tokens.WHITE
_NAME: bytes = tokens.NAME
TOKEN: Final = re.compile(
    rb"(?:[\x00 \t\n\r\f\v]++|%[^\r\n]*+)*+(?:"
    rb"([0-9]{1,10})" + _S + rb"++[0-9]{1,5}" + _S + rb"++R(?!" + _NAME + rb")"  # 1 a reference
    rb"|([-+]?[0-9]+(?![0-9.]))"  # 2 a whole number
    rb"|([-+]?[0-9]*\.[0-9]*|[-+])"  # 3 another number
    rb"|/(" + _NAME + rb"*+)"  # 4 a name
    rb"|\[([-+.0-9 \t\n\r\f\v]*+)\]"  # 5 an array of numbers
    rb"|\((?=(" + tokens.STRING + rb"))"  # 6 a string, up to its first bracket
    rb"|<([0-9A-Fa-f\x00 \t\n\r\f\v]*+)>"  # 7 a string in hexadecimal
    rb"|(<<|>>|[\[\]{}])"  # 8
    rb"|([A-Za-z]" + _NAME + rb"*+)"  # 9 a keyword
    rb"|(.))",  # 10
    re.DOTALL,
)
POINT: Final = ord(".")
CLOSES: Final = {b"<<": b">>", b"[": b"]"}
OPENS = (b"<<", b"[", b"{")
WORDS: Final[dict[bytes, Any]] = {b"true": True, b"false": False}
PLAIN: Final[dict[bytes, Any]] = {**WORDS, b"null": None}


def structure(  # noqa: C901, PLR0912 - an innermost loop is not taken apart
    data: bytes, place: int, sign: bytes, document: PDFDocument | None
) -> tuple[Any, int] | None:
    """Return the dictionary or array that the sign before a place begins, and where it ends.

    `None` for one that is written oddly: within it stand other words, or it does not end.
    """
    outer: list[tuple[bytes, list[Any]]] = []
    items: list[Any] = []
    while True:
        for match in TOKEN.finditer(data, place):
            kind = match.lastindex
            if kind == 4:
                items.append(literal(match[4]))
            elif kind == 1:
                items.append(PDFObjRef(document, int(match[1])))
            elif kind == 2:
                items.append(int(match[2]))
            elif kind == 6:
                text, place = tokens.string(data, match.start(6))
                items.append(text)
                break
            elif kind != 8:
                if kind == 10 or (kind == 9 and match[9] not in PLAIN):
                    return None
                items.append(_other(match))
            elif match[8] in OPENS:
                outer.append((sign, items))
                sign, items = match[8], []
            elif match[8] != CLOSES.get(sign):
                return None
            else:
                whole = dictionary(items) if sign == b"<<" else items
                if not outer:
                    return whole, match.end()
                sign, items = outer.pop()
                items.append(whole)
        else:
            return None


def _other(match: re.Match[bytes]) -> Any:
    """Return what a token stands for that is rare: a number, numbers, a string or a word."""
    kind = match.lastindex
    if kind == 5:
        return numbers(match[5])
    if kind == 9:
        return PLAIN[match[9]]
    return number(match[3]) if kind == 3 else tokens.from_hex(match[7])


def dictionary(items: list[Any]) -> dict[str, Any]:
    """Return names and values by turns as a dictionary."""
    pairs = zip(items[::2], items[1::2], strict=False)
    return {literal_name(key): value for key, value in pairs if value is not None}


def numbers(written: bytes) -> list[int | float]:
    """Return numbers that white signs part."""
    if POINT not in written:
        with contextlib.suppress(ValueError):
            return list(map(int, written.split()))
    return [number(digits) for digits in written.split()]


def number(digits: bytes) -> int | float:
    """Return a number, whole when it is written so."""
    if POINT not in digits:
        with contextlib.suppress(ValueError):
            return int(digits)
    return tokens.number(digits)


@lru_cache(maxsize=4096)
def literal(raw: bytes) -> Any:
    """Return a name as pdfminer holds names."""
    return LIT(_name(raw))


def _name(raw: bytes) -> str | bytes:
    """Return a name as pdfminer does: as text, or as bytes when it is none."""
    if b"#" in raw:
        raw = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes((int(m[1], 16),)), raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw
