"""A font's ToUnicode stream → what each code shows.

In go the bytes of the stream (ISO 32000-1, 9.10.3), out comes a mapping from code to text. Own
code, because pdfminer's parser builds a PostScript machine for it and lets a range run to 2^32; a
mapping here is at most `MOST` codes, whatever the ranges say.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.extract import tokens

MOST: Final = 70_000
BLOCK: Final = re.compile(rb"beginbf(char|range)(.*?)endbf(?:char|range)", re.DOTALL)
_S: bytes = tokens.WHITE + rb"*+"
_CODE: bytes = rb"<(" + tokens.HEX + rb")>"
CHAR: Final = re.compile(_CODE + _S + _CODE)
RANGE: Final = re.compile(_CODE + _S + _CODE + _S + rb"(?:" + _CODE + rb"|\[([^\]]*+)\])")
ITEM: Final = re.compile(_CODE)


def parse(data: bytes) -> dict[int, str]:
    """Return code → text. Entries that make no sense are left out; never raises."""
    found: dict[int, str] = {}
    left = MOST
    for kind, block in BLOCK.findall(data):
        if kind == b"char":
            for code, shown in CHAR.findall(block):
                found[_number(code)] = _text(shown)
        else:
            for row in RANGE.findall(block):
                run = _range(left, row)
                left -= len(run)
                found |= run
        if left <= 0 or len(found) > MOST:
            break
    return found


def _range(most: int, row: tuple[bytes, bytes, bytes, bytes]) -> dict[int, str]:
    """Return a run of codes that shows a run of characters, or a list of texts."""
    low, high, first, each = row
    start = _number(low)
    count = max(0, min(_number(high) - start + 1, most))
    if each:
        return {code: _text(shown) for code, shown in enumerate(ITEM.findall(each)[:count], start)}
    text = _text(first)
    if not text:
        return {}
    head, last = text[:-1], ord(text[-1])
    return {start + i: head + chr(last + i) for i in range(min(count, 0x110000 - last))}


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    """Return UTF-16 written in hexadecimal; one byte stands for itself."""
    packed = b"".join(digits.split())
    raw = bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))
    return raw.decode("latin-1") if len(raw) == 1 else raw.decode("utf-16-be", "ignore")
