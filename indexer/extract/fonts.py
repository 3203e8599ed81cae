"""Fonts → what a string of codes shows and how wide it is.

In goes the dictionary of a font, out comes a `Font` that knows text and width by code, and keeps
what it was asked, because letters and syllables return all the time. pdfminer reads encodings and
widths; ToUnicode is read by `tounicode`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pdfminer.cmapdb import IdentityCMap, IdentityCMapByte
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1

from indexer.extract import tokens, tounicode
from indexer.extract.characters import usual

UNKNOWN = "\ufffd"
BOLD = ("bold", "black", "heavy", "demi", "-bd")
KEPT, SHORT = 50_000, 24
"""So many strings are kept by font, when they are no longer than this."""


class Shown(NamedTuple):
    """What a string of codes shows: text, width at a type size of 1, codes, code 32 among them."""

    text: str
    width: float
    codes: int
    spaces: int


class _Widths(dict[str, float]):
    """Widths by character; one that was never shown is half a type size wide."""

    def __missing__(self, character: str) -> float:
        return 0.5


class _Memo(dict[bytes, Shown]):
    """What strings show, by how they are written; short ones are kept."""

    def __init__(self, look: Callable[[bytes], Shown]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, written: bytes) -> Shown:
        found = self._look(written)
        if len(written) <= SHORT and len(self) < KEPT:
            self[written] = found
        return found


class Font:
    """What a font shows for each code, looked up once.

    `literal` and `packed` give what a string shows that is written in brackets or in hexadecimal.
    `advance` is the width of each character that was shown, at a type size of 1.
    """

    def __init__(self, font: PDFFont | None, mapping: Mapping[int, str], *, codes: int = 1) -> None:
        name = str(getattr(font, "fontname", "") or getattr(font, "basefont", "")).lower()
        self.bold = any(word in name for word in BOLD)
        self._font = font
        self._mapping = mapping
        self._code_bytes = codes
        self._texts: dict[int, str] = {}
        self._widths: dict[int, float] = {}
        self.literal = _Memo(lambda written: self.show(tokens.unescaped(written)))
        self.packed = _Memo(lambda written: self.show(tokens.from_hex(written)))
        self.advance = _Widths({" ": 0.25})

    def show(self, raw: bytes) -> Shown:
        """Return what a string of codes shows."""
        codes = self._codes(raw)
        texts, widths = self._texts, self._widths
        try:
            text = "".join([texts[code] for code in codes])
        except KeyError:
            for code in set(codes).difference(texts):
                self._learn(code)
            text = "".join([texts[code] for code in codes])
        width = sum([widths[code] for code in codes])
        return Shown(text, width, len(codes), raw.count(b" ") if self._code_bytes == 1 else 0)

    def _codes(self, raw: bytes) -> tuple[int, ...] | bytes:
        if self._code_bytes == 1:
            return raw
        if self._code_bytes == 2:
            return struct.unpack(f">{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
        decoded: Iterable[int] = self._font.decode(raw) if self._font is not None else ()
        return tuple(decoded)

    def _learn(self, code: int) -> None:
        text = self._mapping.get(code)
        if text is None:
            text = self._by_encoding(code)
        text = usual(text)
        width = self._width(code)
        self._texts[code], self._widths[code] = text, width
        if text:
            for character in text:
                self.advance.setdefault(character, width / len(text))

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


class Fonts:
    """The fonts of a document, each read once."""

    def __init__(self, manager: PDFResourceManager) -> None:
        self._manager = manager
        self._by_object: dict[int, Font] = {}
        self._direct: dict[int, tuple[object, Font]] = {}

    def font(self, spec: object) -> Font:
        """Return the font of a reference or a dictionary in the resources."""
        if isinstance(spec, PDFObjRef):
            found = self._by_object.get(spec.objid)
            if found is None:
                found = self._by_object[spec.objid] = self._read(dict_value(spec), spec.objid)
            return found
        kept = self._direct.get(id(spec))
        if kept is None:
            kept = self._direct[id(spec)] = (spec, self._read(dict_value(spec), None))
        return kept[1]

    def _read(self, spec: Mapping[str, Any], objid: int | None) -> Font:
        mapping = _to_unicode(spec)
        lean = dict(spec)
        if mapping:
            lean.pop("ToUnicode", None)
            _without_font_file(lean)
        font = self._manager.get_font(objid, lean)
        return Font(font, mapping, codes=_code_bytes(font))


def _to_unicode(spec: Mapping[str, Any]) -> dict[int, str]:
    stream = resolve1(spec.get("ToUnicode"))
    return tounicode.parse(stream.get_data()) if isinstance(stream, PDFStream) else {}


def _without_font_file(spec: dict[str, Any]) -> None:
    """Leave out the font program: it is read for an encoding that ToUnicode gives already."""
    for descendant in resolve1(spec.get("DescendantFonts")) or ():
        child = dict(dict_value(descendant))
        descriptor = resolve1(child.get("FontDescriptor"))
        if isinstance(descriptor, dict):
            child["FontDescriptor"] = {k: v for k, v in descriptor.items() if k != "FontFile2"}
        spec["DescendantFonts"] = [child]


def _code_bytes(font: PDFFont) -> int:
    """Return how many bytes a code has: 1, 2, or 0 when the font's CMap must tell."""
    if not isinstance(font, PDFCIDFont):
        return 1
    if isinstance(font.cmap, IdentityCMapByte):
        return 0
    return 2 if isinstance(font.cmap, IdentityCMap) else 0
