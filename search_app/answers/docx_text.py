"""A Word file (`.docx`) → its text: paragraphs, with the numbers that Word counts by itself.

In go the parts of the file (`officechild`), out comes a line for each paragraph, an empty one
where the file has an empty paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 9
"""Levels of a list that Word has."""
BREAKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts: `decimal`, `lowerLetter`, `bullet`, …, and its first number."""

    form: str
    start: int


Lists = Mapping[str, Mapping[int, Level]]


def docx_text(document: ET.Element, numbering: ET.Element | None) -> str:
    """Return the text of a Word file, of its part `document` and its part `numbering`."""
    return "\n".join(_paragraphs(document, _lists(numbering)))


def _lists(numbering: ET.Element | None) -> Lists:
    """Return by list the levels and how they count."""
    if numbering is None:
        return {}
    shapes = {
        each.get(f"{W}abstractNumId", ""): {
            int(level.get(f"{W}ilvl", "0")): Level(
                _said(level, "numFmt", "decimal"), int(_said(level, "start", "1"))
            )
            for level in each.iter(f"{W}lvl")
        }
        for each in numbering.iter(f"{W}abstractNum")
    }
    return {
        each.get(f"{W}numId", ""): shapes.get(_said(each, "abstractNumId", ""), {})
        for each in numbering.iter(f"{W}num")
    }


def _said(element: ET.Element, name: str, default: str) -> str:
    found = element.find(f"{W}{name}")
    return default if found is None else found.get(f"{W}val", default)


def _paragraphs(body: ET.Element, lists: Lists) -> Iterator[str]:
    counts: dict[tuple[str, int], int] = {}
    for paragraph in body.iter(f"{W}p"):
        text = "".join(_runs(paragraph)).strip()
        yield _numbered(paragraph, text, lists, counts) if text else ""


def _runs(paragraph: ET.Element) -> Iterator[str]:
    """Yield the text of a paragraph; what was deleted under revision is in `delText`, left out."""
    for element in paragraph.iter():
        if element.tag == f"{W}t":
            yield element.text or ""
        elif element.tag in BREAKS:
            yield BREAKS[element.tag]


def _numbered(
    paragraph: ET.Element, text: str, lists: Lists, counts: dict[tuple[str, int], int]
) -> str:
    """Return a paragraph's text behind the number or letter that Word counts for it."""
    place = paragraph.find(f"{W}pPr/{W}numPr")
    if place is None:
        return text
    name, depth = _said(place, "numId", "0"), min(int(_said(place, "ilvl", "0")), DEEPEST)
    level = lists.get(name, {}).get(depth)
    if level is None:
        return text
    counts[name, depth] = counts.get((name, depth), level.start - 1) + 1
    for deeper in range(depth + 1, DEEPEST + 1):
        counts.pop((name, deeper), None)
    number = counts[name, depth]
    if level.form == "lowerLetter" and 1 <= number <= 26:
        return f"{chr(ord('a') + number - 1)}. {text}"
    return f"- {text}" if level.form == "bullet" else f"{number}. {text}"
