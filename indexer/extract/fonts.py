"""Fonts → what a string of codes shows and how wide it is.

In goes the dictionary of a font, out comes a `Font` that knows text and width by code, and keeps
what it was asked, because letters and syllables return all the time. pdfminer reads encodings and
widths; ToUnicode is read by `tounicode`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pdfminer.cmapdb import IdentityCMap, IdentityCMapByte
from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1

from indexer.extract import tokens, tounicode, widths
from indexer.extract.codes import Codes, Shown, Widths
from indexer.extract.inflate import inflated

BOLD = ("bold", "black", "heavy", "demi", "-bd")
KEPT: Final = 50_000
SHORT: Final = 32
ARRAY: Final = 200
"""So many strings are kept by font, when they, or arrays of them, are no longer than this."""
BRACKET: Final = ord("(")
BACKSLASH: Final = ord("\\")
MOST: Final = 1e9
"""Gaps that add up to more than this are none."""
MAPPING: Final = 1 << 21
"""More bytes than this of a ToUnicode stream say nothing new."""


Kerned = tuple[Shown, float, float]
"""What an array of strings shows, its widest gap and the one behind it, at a type size of 1."""


class _Gaps(dict[bytes, float]):
    """Gaps of arrays as numbers: the same ones return all the time."""

    def __missing__(self, written: bytes) -> float:
        found = float(written)
        if len(written) <= SHORT and len(self) < KEPT:
            self[written] = found
        return found


_gaps: Final = _Gaps()


class _WordWidths(dict[str, float]):
    """Widths of words by those of their characters; they return all the time."""

    def __init__(self, advance: Widths) -> None:
        super().__init__()
        self._advance = advance

    def __missing__(self, word: str) -> float:
        width = sum(map(self._advance.__getitem__, word))
        if len(word) <= SHORT and len(self) < KEPT:
            self[word] = width
        return width


class Font:
    """What a font shows for each code, looked up once; short strings are kept as they are written.

    `advance` is the width of each character that was shown, at a type size of 1, `words` of words.
    """

    def __init__(self, font: PDFFont | None, mapping: Mapping[int, str], *, codes: int = 1) -> None:
        name = str(getattr(font, "fontname", "") or getattr(font, "basefont", "")).lower()
        self.bold = any(word in name for word in BOLD)
        self._codes = Codes(font, mapping, codes)
        self._literal: dict[bytes, Shown] = {}
        self._packed: dict[bytes, Shown] = {}
        self._kerned: dict[bytes, Kerned | None] = {}
        self.advance = self._codes.advance
        self.words = _WordWidths(self.advance)

    def show(self, raw: bytes) -> Shown:
        """Return what a string of codes shows."""
        return self._codes.show(raw)

    def literal(self, written: bytes) -> Shown:
        """Return what a string shows that is written in brackets."""
        found = self._literal.get(written)
        if found is None:
            found = self._codes.show(tokens.unescaped(written))
            if len(written) <= SHORT and len(self._literal) < KEPT:
                self._literal[written] = found
        return found

    def packed(self, written: bytes) -> Shown:
        """Return what a string shows that is written in hexadecimal."""
        found = self._packed.get(written)
        if found is None:
            found = self._codes.show(tokens.from_hex(written))
            if len(written) <= SHORT and len(self._packed) < KEPT:
                self._packed[written] = found
        return found

    def kerned(self, array: bytes) -> Kerned | None:
        """Return what an array shows that parts its strings by gaps; `None` for any other."""
        if array in self._kerned:
            return self._kerned[array]
        found = _kerned(self._codes, array)
        if len(array) <= ARRAY and len(self._kerned) < KEPT:
            self._kerned[array] = found
        return found


def _kerned(table: Codes, array: bytes) -> Kerned | None:
    """Return what an array shows that has plain strings of one kind with a gap between each.

    `array` has no brackets within its strings other than escaped ones, so that once all brackets
    are alike what stands between them is a gap and a string by turns.
    """
    literal = BRACKET in array
    escaped = BACKSLASH in array
    if escaped:
        if b"\\\\" in array:
            return None
        array = array.replace(b"\\(", b"\\050").replace(b"\\)", b"\\051")
    alike = array.replace(b")", b"(") if literal else array.replace(b">", b"<")
    parts = alike.split(b"(" if literal else b"<")
    if len(parts) < 3 or parts[0].strip():
        return None
    try:
        gaps = list(map(_gaps.__getitem__, parts[2:-1:2]))
        after = float(parts[-1].strip() or 0)
    except ValueError:
        return None
    between = sum(gaps)
    if not abs(between) + abs(after) < MOST:  # `nan` and `inf` are numbers to Python
        return None
    raw = b"".join(map(tokens.unescaped, parts[1::2]) if escaped else parts[1::2])
    if not literal:
        if not raw.isalnum() or any(len(part) % 2 for part in parts[1::2]):
            return None
        raw = tokens.from_hex(raw)
    text, width, codes, spaces = table.show(raw)
    shown = text, width - 0.001 * between, codes, spaces
    return shown, -0.001 * min(gaps, default=1e9), -0.001 * after


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
        lean = widths.without(spec)
        if mapping:
            lean.pop("ToUnicode", None)
            _without_font_file(lean)
        font = self._manager.get_font(objid, lean)
        widths.give(font, spec)
        return Font(font, mapping, codes=_code_bytes(font))


def _to_unicode(spec: Mapping[str, Any]) -> dict[int, str]:
    stream = resolve1(spec.get("ToUnicode"))
    return tounicode.parse(inflated(stream, MAPPING)) if isinstance(stream, PDFStream) else {}


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
