"""The codes of a font → what each shows and how wide it is.

In go strings of codes, out come texts and widths. A code is looked up once: by ToUnicode, else by
pdfminer's reading of the font's encoding.
"""

from __future__ import annotations

import struct
from codecs import charmap_decode
from collections.abc import Mapping
from typing import Final
from zlib import adler32

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined

from indexer.extract.characters import usual

UNKNOWN: Final = "\ufffd"
SPACE: Final = 0.25
"""How wide a space is, in type sizes, in a font that shows none."""
NONE: Final = "\ufffe"
"""What Python takes, in a table of characters, for no character."""
WIDEST: Final = 65.0
EXACT: Final = 1e-6
"""A width below the one fits two bytes; a whole number of thousandths is as near as the other."""
FEW: Final = 256
"""So many bytes add up to less than 65,521, up to which Adler's checksum counts."""
Shown = tuple[str, float, int, int]
"""What a string of codes shows: text, width at a type size of 1, codes, code 32 among them."""


class Widths(dict[str, float]):
    """Widths by character; one that was never shown is half a type size wide."""

    def __missing__(self, character: str) -> float:
        return 0.5


class _Bytes:
    """Texts and widths of codes of one byte, as tables by which C takes a whole string at once.

    Widths are kept in thousandths of the type size, their low and their high bytes apart.
    """

    def __init__(self) -> None:
        self._shown = [NONE] * 256
        self._table = "".join(self._shown)
        self._low, self._high = bytearray(256), bytearray(256)

    def learn(self, code: int, text: str, width: float) -> None:
        """Take in a code, unless it shows several characters or is oddly wide."""
        thousandths = round(width * 1000) if 0 <= width < WIDEST else -1
        if len(text) == 1 and abs(thousandths - width * 1000) < EXACT:
            self._shown[code] = text
            self._table = ""
            self._low[code], self._high[code] = thousandths & 255, thousandths >> 8

    def show(self, raw: bytes) -> tuple[str, float] | None:
        """Return the text and the width of a string, `None` with a code that is not known."""
        if not self._table:
            self._table = "".join(self._shown)
        try:
            text = charmap_decode(raw, "strict", self._table)[0]
        except UnicodeDecodeError:
            return None
        low, high = _sum(raw.translate(self._low)), _sum(raw.translate(self._high))
        return text, (low + 256 * high) / 1000


def _sum(numbers: bytes) -> int:
    """Return the sum of bytes; of few it is in a checksum that C makes at once (RFC 1950, 8.2)."""
    return (adler32(numbers) & 0xFFFF) - 1 if len(numbers) <= FEW else sum(numbers)


class Codes(dict[int, str]):
    """Texts by code, with the widths of codes and, in `advance`, of what they show.

    `bytes_each` is how many bytes a code has: 1, 2, or 0 when the font must tell.
    """

    def __init__(self, font: PDFFont | None, mapping: Mapping[int, str], bytes_each: int) -> None:
        super().__init__()
        self.widths: dict[int, float] = {}
        self._bytes = _Bytes()
        self.advance = Widths({" ": SPACE})
        self._font, self._mapping, self._bytes_each = font, mapping, bytes_each

    def show(self, raw: bytes) -> Shown:
        """Return what a string of codes shows."""
        if self._bytes_each == 1:
            found = self._bytes.show(raw)
            if found is not None:
                return *found, len(raw), raw.count(b" ")
            text = raw.decode("latin-1").translate(self)
            return text, sum(map(self.widths.__getitem__, raw)), len(raw), raw.count(b" ")
        codes = self._split(raw)
        text = "".join(map(self.__getitem__, codes))
        return text, sum(map(self.widths.__getitem__, codes)), len(codes), 0

    def _split(self, raw: bytes) -> tuple[int, ...]:
        if self._bytes_each == 2:
            return struct.unpack(f">{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
        return tuple(self._font.decode(raw)) if self._font is not None else ()

    def __missing__(self, code: int) -> str:
        """Look up a code that was not met before."""
        text = self._mapping.get(code)
        text = self[code] = usual(self._by_encoding(code) if text is None else text)
        width = self.widths[code] = self._width(code)
        if self._bytes_each == 1:
            self._bytes.learn(code, text, width)
        for character in text:
            self.advance.setdefault(character, width / len(text))
        return text

    def _by_encoding(self, code: int) -> str:
        try:
            return str(self._font.to_unichr(code)) if self._font is not None else UNKNOWN
        except (PDFUnicodeNotDefined, KeyError, ValueError, TypeError, OverflowError):
            # In WinAnsi, codes that stand for nothing show a bullet (ISO 32000-1, D.2, note 3).
            known = getattr(self._font, "cid2unicode", {})
            return "•" if code > 32 and known.get(0x80) == "€" else UNKNOWN

    def _width(self, code: int) -> float:
        try:
            return float(self._font.char_width(code)) if self._font is not None else 0.5
        except (TypeError, ValueError, OverflowError):
            return 0.5
