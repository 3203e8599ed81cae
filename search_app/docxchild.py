"""A Word file (`.docx`) → its text: a program of its own.

In goes the file on stdin, out comes its text on stdout, a paragraph a line, an empty line where
the file has an empty paragraph. Numbers and letters that Word counts by itself are written out.
It runs as a child process with limits on time and memory, because a file comes from anyone: what
is packed in it may unpack to any size, so no more than `UNPACKED` bytes of a part are read; a
part with a document type, which alone can define entities, is refused.
"""

from __future__ import annotations

import io
import resource
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 10
UNPACKED = 24 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 9
"""Levels of a list that Word has."""
BREAKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


class NoWordFileError(Exception):
    """The file is not a Word file that can be read."""


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts: `decimal`, `lowerLetter`, `bullet`, …, and its first number."""

    form: str
    start: int


Lists = Mapping[str, Mapping[int, Level]]


def main() -> int:
    """Write the text of the Word file on stdin."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        text = read(sys.stdin.buffer.read())
    except (NoWordFileError, zipfile.BadZipFile, ET.ParseError, OSError, ValueError, MemoryError):
        return 3
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def read(data: bytes) -> str:
    """Return the text of a Word file. Raises `NoWordFileError` and errors of zip and XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = _part(archive, "word/document.xml")
        if body is None:
            raise NoWordFileError
        lists = _lists(_part(archive, "word/numbering.xml"))
    return "\n".join(_paragraphs(body, lists))


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    try:
        with archive.open(name) as stream:
            raw = stream.read(UNPACKED + 1)
    except KeyError:
        return None
    if len(raw) > UNPACKED or b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise NoWordFileError
    return ET.fromstring(raw)  # noqa: S314 (no document type, so no entities; size is limited)


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


if __name__ == "__main__":
    sys.exit(main())
