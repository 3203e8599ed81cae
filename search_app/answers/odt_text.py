"""An OpenDocument file (`.odt`) → its text: paragraphs, with the numbers that lists count.

In go the parts of the file (`officechild`), out comes a line for each paragraph. The
numbers of a list stand nowhere in the file: its style says how each level counts (OpenDocument 1.3,
part 3, sections 5.3 and 16.30), so they are counted here. What is no text of the paper is left out:
notes, comments, and what was deleted under revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, OFFICE = (f"{{{OASIS}{name}:1.0}}" for name in ("text", "style", "office"))
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
LEFT_OUT = (
    f"{TEXT}note", f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}sequence-decls",
    f"{OFFICE}forms",
)  # fmt: skip
MOST_SPACES = 80
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts: `1`, `a`, …; empty for bullets; and its first number."""

    form: str
    start: int


Styles = Mapping[str, Mapping[int, Level]]


@dataclass
class _Lists:
    """The lists of a file while it is read: where each style and each list has counted to."""

    styles: Styles
    counts: dict[str, list[int]] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)

    def begin(self, element: ET.Element, style: str) -> str:
        """Return the name under which a list counts: its own, or that of the one it continues."""
        own = element.get(XML_ID) or f"list {len(self.counts)}"
        before = element.get(f"{TEXT}continue-list")
        if before is None and element.get(f"{TEXT}continue-numbering") == "true":
            before = self.last.get(style)
        counted = self.counts.get(before or "", [])
        self.counts[own] = counted or [0] * DEEPEST
        self.last[style] = own
        return own

    def mark(self, name: str, style: str, depth: int, item: ET.Element) -> str:
        """Count an item, and return what stands before it: `3. `, `b. ` or `- `."""
        level = self.styles.get(style, {}).get(depth + 1)
        if level is None or not level.form:
            return "- "
        counts = self.counts[name]
        first = item.get(f"{TEXT}start-value")
        begun = counts[depth] or level.start - 1
        counts[depth] = int(first) if first and first.isdigit() else begun + 1
        counts[depth + 1 :] = [0] * (DEEPEST - depth - 1)
        number = counts[depth]
        if level.form in "aA" and 1 <= number <= 26:
            return f"{chr(ord('a') + number - 1)}. "
        return f"{number}. "


def odt_text(content: ET.Element, styles: ET.Element | None) -> str:
    """Return the text of an OpenDocument file, of its parts `content` and `styles`."""
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        return ""
    found = {**_styles(styles), **_styles(content)}
    return "\n".join(_blocks(body, _Lists(found)))


def _styles(part: ET.Element | None) -> dict[str, dict[int, Level]]:
    if part is None:
        return {}
    return {
        each.get(f"{STYLE}name", ""): {
            int(level.get(f"{TEXT}level", "1")): Level(
                level.get(f"{STYLE}num-format", "") if level.tag.endswith("number") else "",
                int(level.get(f"{TEXT}start-value", "1")),
            )
            for level in each
        }
        for each in part.iter(f"{TEXT}list-style")
    }


def _blocks(element: ET.Element, lists: _Lists) -> Iterator[str]:
    """Yield the paragraphs of a part of the text: of sections, tables and frames too."""
    for child in element:
        if child.tag in PARAGRAPHS:
            yield "".join(_runs(child)).strip()
        elif child.tag == f"{TEXT}list":
            style = child.get(f"{TEXT}style-name", "")
            yield from _items(child, lists, lists.begin(child, style), style, 0)
        elif child.tag not in LEFT_OUT:
            yield from _blocks(child, lists)


def _items(element: ET.Element, lists: _Lists, name: str, style: str, depth: int) -> Iterator[str]:
    """Yield the paragraphs of a list; the first of each item stands behind its number."""
    for item in element:
        counts = item.tag == f"{TEXT}list-item"
        for child in item:
            if child.tag == f"{TEXT}list" and depth + 1 < DEEPEST:
                inner = child.get(f"{TEXT}style-name") or style
                yield from _items(child, lists, name, inner, depth + 1)
            elif child.tag in PARAGRAPHS:
                text = "".join(_runs(child)).strip()
                yield lists.mark(name, style, depth, item) + text if counts and text else text
                counts = counts and not text


def _runs(element: ET.Element) -> Iterator[str]:
    """Yield the text of a paragraph as it is shown."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * min(int(count) if count.isdigit() else 1, MOST_SPACES)
        elif child.tag == f"{TEXT}tab":
            yield " "
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag not in LEFT_OUT:
            yield from _runs(child)
        yield child.tail or ""
