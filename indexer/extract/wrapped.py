"""Cells → cells, with rows of tables that no upright rule parts read cell by cell.

In go the cells of a page, the highest first, out come cells in which a row of such a table is one
or more lines (`tables.row_lines`). The story: an inventory with rules between its rows alone, or
none, has several lines in its second cell and in its fourth; read row by row these alternate. A
line goes on below when what stands there has the same left edge, is as close as lines are, and has
a first word that did not fit behind it: a cell is wrapped where its column ends, a list is not.

What is not sure stays as it is. A row has three cells at least, so that no label with its value
(`Datum`, and the date) is one; and two more rows have their cells at its left edges. Where a row
begins and ends is told by rules that run across all of them, one above the other; without these its
first cell has one line, with which it begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Final

from indexer.extract.columns import MARKER, gutter_of
from indexer.extract.rows import Line, same_row
from indexer.extract.rules import Rule
from indexer.extract.tables import TOUCHING, Band, row_lines

LEAST_CELLS: Final = 3
OTHERS: Final = 2
ALIGNED: Final = 2.0
"""Left edges this far apart, in points, are one."""
LEADING: Final = 1.5
"""Lines of a cell are at most so many times the type size apart."""
SPACE: Final = 0.2
"""A space is at least this share of the type size."""
WIDE: Final = 1.25
"""A word is at most so many times as wide as its letters are on average."""
ENOUGH: Final = 0.75
"""Of the lines of a row's cells so many end where there was no room for the next word."""
MOST: Final = 400
"""A page with more rows or rules than this is a drawing."""


@dataclass(slots=True)
class _Row:
    """A row of a table: by cell, from left to right, its lines, one below the other."""

    cells: list[list[Line]]
    others: list[_Row] = field(default_factory=list)

    @property
    def edges(self) -> list[float]:
        return [cell[0].x0 for cell in self.cells]

    @property
    def alternates(self) -> bool:
        """Tell a row in which lines of other cells stand between those of one."""
        lines = [line for cell in self.cells for line in cell]
        return any(line.y > before.y + 1 for before, line in pairwise(lines)) and any(
            len(cell) > 1 for cell in self.cells
        )


def with_wrapped(cells: list[Line], levels: Sequence[Rule], width: float) -> list[Line]:
    """Return cells in which the rows of tables without upright rules are lines.

    `levels` are rules across the page, whole and the highest first. A page in columns of prose has
    no such table: what stands beside each other there is no row.
    """
    rows = list(_ruled(cells, levels))
    taken = {id(line) for row in rows for cell in row.cells for line in cell}
    rows += _rows([cell for cell in cells if id(cell) not in taken])
    if not any(row.alternates for row in rows):
        return cells
    for row in rows:
        row.others = [other for other in rows if other is not row and _alike(row, other)]
    kept = [row for row in rows if row.alternates and len(row.others) >= OTHERS and _wrapped(row)]
    if not kept or gutter_of(cells, 0.0, width) is not None:
        return cells
    number = max(cell.band for cell in cells)
    for row in kept:
        number += 1
        cells = _with_row(cells, row, number)
    return cells


def _ruled(cells: Sequence[Line], levels: Sequence[Rule]) -> Iterator[_Row]:
    """Yield the rows between rules that run across all of a table, and nothing else."""
    if len(levels) > MOST:
        return
    stack: list[list[Line]] = []
    for top, bottom in pairwise([*levels, Rule(True, 0.0, 0.0, 0.0)]):
        if abs(top.start - bottom.start) <= TOUCHING and abs(top.end - bottom.end) <= TOUCHING:
            left, right = top.start - ALIGNED, top.end
            stack.append(
                [
                    cell
                    for cell in cells
                    if bottom.level < cell.y < top.level and left <= cell.x0 < right
                ]
            )
        else:
            yield from _in_columns(stack)
            stack = []


def _in_columns(bands: Sequence[Sequence[Line]]) -> Iterator[_Row]:
    """Yield the bands of which each cell stands at a left edge that others have too."""
    starts = [{round(cell.x0) for cell in band if not cell.band} for band in bands]
    counts = Counter(start for band in starts for start in band)
    edges: list[float] = []
    for start in sorted(start for start, count in counts.items() if count > OTHERS):
        if not edges or start - edges[-1] > ALIGNED:
            edges.append(start)
    for band in bands:
        columns: list[list[Line]] = [[] for _ in edges]
        places = [_place(edges, cell.x0) for cell in band]
        if None in places or any(cell.band for cell in band):
            continue
        for cell, place in zip(band, places, strict=True):
            columns[place or 0].append(cell)
        row = [sorted(column, key=lambda cell: -cell.y) for column in columns if column]
        if len(row) >= LEAST_CELLS:
            yield _Row(row)


def _rows(cells: Sequence[Line]) -> Iterator[_Row]:
    """Yield what may be the rows of tables, with the lines that may go on below."""
    printed: list[list[Line]] = []
    for cell in sorted((c for c in cells if not c.band), key=lambda c: (-c.y, c.x0)):
        if printed and same_row(printed[-1][0], cell):
            printed[-1].append(cell)
        else:
            printed.append([cell])
    if len(printed) > MOST:
        return
    for line in printed:
        line.sort(key=lambda cell: cell.x0)
    taken = 0
    for number, line in enumerate(printed):
        if number >= taken and len(line) >= LEAST_CELLS and not MARKER.match(line[0].text):
            row = _begun(line, printed[number + 1 :])
            if row is not None:
                taken = number + max(map(len, row.cells))
                yield row


def _begun(first: list[Line], below: Sequence[list[Line]]) -> _Row | None:
    """Return a row that begins with a printed line; `None` when something else comes below it."""
    row = _Row([[cell] for cell in first])
    above = first
    for line in below:
        size = max(above[0].size, line[0].size)
        if above[0].y - line[0].y > LEADING * size or line[0].x0 < first[1].x0 - ALIGNED:
            break  # another paragraph, or the next row
        for cell in line:
            place = _place(row.edges, cell.x0)
            if place is None or row.cells[place][-1] not in above:
                return None
            row.cells[place].append(cell)
        above = line
    return row


def _place(edges: Sequence[float], x: float) -> int | None:
    return next((n for n, edge in enumerate(edges) if abs(edge - x) <= ALIGNED), None)


def _alike(row: _Row, other: _Row) -> bool:
    """Tell two rows of which the one has its cells at left edges of the other."""
    few, many = sorted((row.edges, other.edges), key=len)
    return abs(few[0] - many[0]) <= ALIGNED and all(_place(many, x) is not None for x in few)


def _wrapped(row: _Row) -> bool:
    """Tell a row whose cells go on below because their column ended, and in words."""
    full: list[bool] = []
    words = False
    for edge, after, cell in zip(row.edges, [*row.edges[1:], inf], row.cells, strict=True):
        # A long word may stick out into the next column.
        limit = min(after, max(line.x1 for line in _column(row, edge)))
        for line, below in pairwise(cell):
            broken = line.text.endswith("-")
            full.append(broken or line.x1 + _first_word(below) > limit)
            words = words or broken or " " in line.text
    return words and sum(full) >= ENOUGH * len(full)


def _column(row: _Row, edge: float) -> Iterator[Line]:
    """Yield the lines of a column of the table that a row is of."""
    for other in (row, *row.others):
        place = _place(other.edges, edge)
        if place is not None:
            yield from other.cells[place]


def _first_word(line: Line) -> float:
    """Return how wide the first word of a line may be, with a space before it.

    Letters differ in width, so that a word of `w` and `m` is wider than its share of the line.
    """
    word = line.text.split()[0]
    return SPACE * line.size + WIDE * (line.x1 - line.x0) * len(word) / len(line.text)


def _with_row(cells: list[Line], row: _Row, number: int) -> list[Line]:
    parts = [line for cell in row.cells for line in cell]
    gone = set(map(id, parts))
    place = next(n for n, cell in enumerate(cells) if id(cell) in gone)
    left, right = row.edges[0], max(part.x1 for part in parts)
    heights = [part.y for part in parts]
    edges = tuple(edge - ALIGNED for edge in row.edges[1:])
    band = Band(max(heights), min(heights), left, right, edges)
    cells = [cell for cell in cells if id(cell) not in gone]
    cells[place:place] = row_lines(parts, band, number)
    return cells
