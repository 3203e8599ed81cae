"""Heads, feet and footnotes of real papers: which lines are told apart, beside marks of before.

The marks hold no text: a line is its page and a salted hash. They were made from what the rules
gave for the papers of ../shared that are not scanned: the lines were read in lists and the rules
mended by them, one line was added by hand, and not each line was checked. So they show what a
change loses, and are no independent measure of how often the rules are right.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.extract import read, text
from indexer.extract.furniture import furniture
from indexer.extract.limits import ExtractionError
from indexer.extract.lines import Line, PageLines
from tests.conftest import SHARED
from tests.quality.scores import Row, Table
from tests.quality.watching import watching

FILE = Path(__file__).with_name("layout.json")
SALT = "kamerzoek-layout-1"
REACH = 0.99
Found = dict[str, list[str]]
"""By kind, `edge`, `note` or `margin`: the lines that are told apart. A head that stands in the
margin of a letter is out of the text either way."""


def table() -> Table | None:
    """Return how many heads and feet, and how many lines of footnotes, are told apart."""
    if not (SHARED / "papers").is_dir():
        return None
    marks: dict[str, Found] = json.loads(FILE.read_text("utf-8"))
    rows = {"edge": Row("lines of heads and feet", REACH), "note": Row("lines of footnotes", REACH)}
    for file, wanted in marks.items():
        found = told_apart(SHARED / "papers" / file)
        for kind, row in rows.items():
            aside = [key for key in found["margin"] if key in wanted[kind]]
            row.add_many(file[-40:], wanted[kind], [*found[kind], *aside])
    return Table("Heads, feet and footnotes of real papers", tuple(rows.values()))


def told_apart(path: Path) -> Found:
    """Return what is told apart in a paper now."""
    found: Found = {"edge": [], "note": [], "margin": []}
    footnotes = text._footnotes

    def edges(pages: Sequence[PageLines]) -> list[set[Line]]:
        apart = furniture(pages)
        for page, lines in zip(pages, apart, strict=True):
            found["edge"] += _hashes(page, lines)
            found["margin"] += _hashes(page, page.margin)
        return apart

    def notes(body: Sequence[Line], page: PageLines, size: float) -> tuple[list[Line], list[Line]]:
        parts = footnotes(body, page, size)
        found["note"] += _hashes(page, parts[1])
        return parts

    with watching(text, "furniture", edges), watching(text, "_footnotes", notes):
        try:
            read.extract(path, ocr="off")
        except ExtractionError:
            return found
    return found


def _hashes(page: PageLines, lines: set[Line] | Sequence[Line]) -> Iterator[str]:
    """Yield the hashes of lines, the highest first."""
    for line in sorted(lines, key=lambda line: -line.y):
        key = f"{SALT}|{page.number}|{line.text}"
        yield hashlib.sha256(key.encode()).hexdigest()[:10]
