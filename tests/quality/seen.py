"""Pages that were looked at: which of their lines are heads, feet, notes or a letter's margin.

The marks were made on images of pages drawn by chance, before seeing what the rules make of them.
Rows were numbered in the images by the words of poppler. Round 1: a page of each real paper of
../shared that has text, and 14 more (seed 20261125). Round 2: 57 other pages (seed 20261126),
marked after the rules were mended by round 1; three more are skewed scans without numbered rows.
Round 3: 40 others (seed 20261127), marked after round 2 was mended; nothing was mended by it.
A mark holds no text: a kind, how far down the page its row is and between which shares of the width
(`side`: text that runs up the page), as shares of the page as it is shown. What is not marked is
text. `free` is what one can see both ways. A head in a letter's margin may be told as either.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.extract import read, text
from indexer.extract.furniture import furniture
from indexer.extract.garbage import is_garbage
from indexer.extract.limits import ExtractionError
from indexer.extract.lines import Line, PageLines
from tests.conftest import SHARED
from tests.quality.scores import Row, Table
from tests.quality.watching import watching

FILE = Path(__file__).with_name("seen.json")
NEAR = 5.0
"""Points between the middle of a marked row and that of one of our lines."""
MIDDLE = 0.3
"""A line's middle is this share of its type size above its baseline."""
KINDS = {
    "edge": "heads and feet",
    "note": "footnotes",
    "margin": "a letter's margin",
}
REACH = 0.99


@dataclass(slots=True)
class Told:
    """What the rules say of a page: each line with its kind, and whether there are columns."""

    lines: list[tuple[Line, str]] = field(default_factory=list)
    columns: bool = False
    height: float = 0.0
    width: float = 0.0


def table() -> Table | None:
    """Return how many rows are told apart as people see them."""
    if not (SHARED / "papers").is_dir():
        return None
    pages: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    told = {name: told_of(SHARED / "papers" / name) for name in {page["file"] for page in pages}}
    rows = [row for part in (1, 2, 3) for row in _rows(part, pages, told)]
    return Table("Layout of pages that were looked at first", tuple(rows))


def _rows(part: int, pages: list[dict[str, Any]], told: dict[str, dict[int, Told]]) -> list[Row]:
    rows = {kind: Row(f"{name}, round {part}", REACH) for kind, name in KINDS.items()}
    columns = Row(f"columns or none, round {part}", REACH)
    for page in pages:
        found = told[page["file"]].get(page["page"])
        if page["round"] != part or found is None:
            continue
        where = f"{page['file'][-36:]} p. {page['page']}"
        _score(rows, where, page["marks"], found)
        if page["columns"]:
            columns.add(where, page["columns"] > 1, found.columns)
    return [*rows.values(), columns]


def told_of(path: Path) -> dict[int, Told]:
    """Return by page what the rules say of a paper now; garbage, which OCR reads, is left out."""
    found: dict[int, Told] = {}
    footnotes = text._footnotes

    def edges(pages: Sequence[PageLines]) -> list[set[Line]]:
        apart = furniture(pages)
        for page, aside in zip(pages, apart, strict=True):
            kinds = [(line, "edge" if line in aside else "text") for line in page.body]
            kinds += [(line, "margin") for line in page.margin]
            columns = any(line.column for line in page.body)
            if not is_garbage("\n".join(line.text for line in page.body)):
                found[page.number] = Told(kinds, columns, page.height, page.across)
        return apart

    def notes(body: Sequence[Line], page: PageLines, size: float) -> tuple[list[Line], list[Line]]:
        parts = footnotes(body, page, size)
        if told := found.get(page.number):
            told.lines = [(ln, "note" if ln in parts[1] else kind) for ln, kind in told.lines]
        return parts

    with watching(text, "furniture", edges), watching(text, "_footnotes", notes):
        try:
            read.extract(path, ocr="off")
        except ExtractionError:
            return {}
    return found


def _score(rows: dict[str, Row], where: str, marks: list[list[Any]], told: Told) -> None:
    """Count the marked rows: one is right when all its lines are of its kind."""
    kinds: dict[int, set[str]] = {}
    for line, kind in told.lines:
        place = _mark(line, marks, told)
        if place is not None:
            kinds.setdefault(place, set()).add(kind)
        elif kind != "text":
            rows[kind].found += 1
            rows[kind].misses.append(f"{where}: {_down(line, told):.3f} wrongly {kind}")
    for place, (kind, down, _, _) in enumerate(marks):
        found = kinds.get(place) or _beside(place, marks, kinds, told)
        if kind == "free" or not found:
            continue
        right = found <= ({"note"} if kind == "note" else {"edge", "margin"})
        rows[kind].wanted += 1
        rows[kind].right += right
        rows[kind].found += found not in ({"text"}, {"nothing"})
        if not right:
            rows[kind].misses.append(f"{where}: {down} {kind} expected, {sorted(found)} found")


def _beside(place: int, marks: list[list[Any]], kinds: dict[int, set[str]], told: Told) -> set[str]:
    """Return nothing for a row that we have as one with its neighbour of the same kind."""
    kind, down = marks[place][:2]
    for other, (like, near, _, _) in enumerate(marks):
        beside = other in kinds and like == kind and "side" not in (near, down)
        if beside and abs(near - down) * told.height < 2 * NEAR:
            return set()
    return {"nothing"}


def _mark(line: Line, marks: list[list[Any]], told: Told) -> int | None:
    """Return the mark that a line falls under."""
    near = dict(_near(line, marks, told))
    return min(near, key=near.__getitem__) if near else None


def _near(line: Line, marks: list[list[Any]], told: Told) -> Iterator[tuple[int, float]]:
    for place, (_, down, left, right) in enumerate(marks):
        if (down == "side") != (line.turned != 0):
            continue
        away = 0.0 if down == "side" else abs(_down(line, told) - down) * told.height
        middle = (line.x0 + line.x1) / 2 / (told.width or 1.0)
        if away <= NEAR and (down == "side" or left <= middle <= right):
            yield place, away


def _down(line: Line, told: Told) -> float:
    """Return how far down its page a line is."""
    return 1 - (line.y + MIDDLE * line.size) / (told.height or 1.0)
