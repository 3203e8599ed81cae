"""Pages of text → rows: printed lines that know their page and whether a block begins.

In go pages, out come rows and, from stretches of rows, running text with its page breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.paper import Page

ENDS = (".", ":", ";", "?", "!", "»", "”", '"')


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line; `opens` when a block begins with it."""

    text: str
    page: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Running:
    """Running text, paragraphs separated by a newline; `breaks` as in `Passage`."""

    text: str
    page_first: int | None
    page_last: int | None
    breaks: tuple[int, ...]


def rows_of(pages: Iterable[Page]) -> list[Row]:
    """Return all lines of a paper in order."""
    rows: list[Row] = []
    for page in pages:
        opens = True
        for line in page.text.split("\n"):
            if line.strip():
                rows.append(Row(line.strip(), page.number, opens))
            opens = not line.strip()
    return rows


def running(rows: Sequence[Row]) -> Running:
    """Return the rows as running text: lines of a block joined, blocks apart."""
    parts: list[str] = []
    breaks: list[int] = []
    length = 0
    before: Row | None = None
    for row in rows:
        if before is not None:
            joint = "\n" if _apart(before, row) else " "
            parts.append(joint)
            length += 1
            breaks += [length] * (row.page - before.page)
        parts.append(row.text)
        length += len(row.text)
        before = row
    first = rows[0].page if rows else None
    last = rows[-1].page if rows else None
    return Running("".join(parts), first, last, tuple(breaks))


def _apart(before: Row, row: Row) -> bool:
    """Tell whether a block begins here; a sentence goes on over the edge of a page."""
    if before.page != row.page:
        return before.text.endswith(ENDS) or not row.text[:1].islower()
    return row.opens
