"""The widths that a font's dictionary gives: code → thousandths of the type size.

In go the dictionaries of fonts (ISO 32000-1, 9.6 and 9.7), out come widths as pdfminer holds them.
Own code, because pdfminer looks at each of up to 65,536 widths three times before one is used, and
lets a range run to 2^32.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdftypes import PDFObjRef, dict_value, int_value, list_value, resolve1

LAST: Final = 0xFFFF
"""The highest code of a character."""
MOST: Final = 4 * LAST
"""Codes that the ranges of a font together may name; those after it have the width of all others.

Five thousand ranges of all codes took a minute.
"""
Widths = dict[int | str, float]


def without(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a font's dictionary without its widths; a composite font's are in its descendant."""
    lean = dict(spec)
    if "Widths" in spec:
        lean["Widths"] = []
    for descendant in _descendants(spec):
        lean["DescendantFonts"] = [{k: v for k, v in descendant.items() if k != "W"}]
    return lean


def give(font: PDFFont, spec: Mapping[str, Any]) -> None:
    """Give a font that pdfminer made the widths of its dictionary.

    One that has widths keeps them: the 14 standard fonts and those that are written downwards.
    """
    if font.widths:
        return
    if "Widths" in spec:
        font.widths = of_codes(int_value(spec.get("FirstChar", 0)), list_value(spec["Widths"]))
    elif isinstance(font, PDFCIDFont) and not font.vertical:
        for descendant in _descendants(spec):
            font.widths = of_characters(list_value(descendant.get("W", [])))


def of_codes(first: int, widths: Sequence[Any]) -> Widths:
    """Return widths that stand in the order of their codes."""
    return dict(enumerate(_resolved(widths), first))


def of_characters(items: Sequence[Any]) -> Widths:
    """Return widths of an array `W`: `first [width …]` or `first last width`, again and again."""
    found: Widths = {}
    held: list[Any] = []
    left = MOST
    for item in _resolved(items):
        if isinstance(item, list):
            if held:
                found.update(enumerate(_resolved(item), int(held[-1])))
            held = []
        elif isinstance(item, (int, float)):
            held.append(item)
            if len(held) == 3:
                first, last, width = held
                held = []
                if isinstance(first, int) and isinstance(last, int) and left > 0:
                    codes = range(max(0, first), min(last, LAST) + 1)
                    found.update(dict.fromkeys(codes, width))
                    left -= len(codes)
    return found


def _resolved(items: Sequence[Any]) -> list[Any]:
    return [resolve1(item) if isinstance(item, PDFObjRef) else item for item in items]


def _descendants(spec: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the first of a composite font's descendants, of which there is one."""
    found = resolve1(spec.get("DescendantFonts")) or []
    return [dict_value(one) for one in found[:1]]
