"""Cells and rules → cells, with the rows of ruled tables read cell by cell.

In go the cells of a page and the rules drawn on it, out come cells in which each row of a table is
one or more lines: a cell of several lines is read to its end before the next one. The story: two
rules above each other with upright ones between them are a row; what stands between two upright
ones is a cell; the first line of a cell goes on behind the last line of the cell before, so that a
row of one line stays one line.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from indexer.extract.columns import joined, whole
from indexer.extract.fragments import Fragment
from indexer.extract.rows import Line, line_of
from indexer.extract.rules import Rule

NEAR: Final = 1.5
"""Rules this far apart, in points, lie at one height; borders are drawn twice, or a little off."""
TOUCHING: Final = 3.0
"""Pieces of a rule with a gap up to this are one."""
SHORT: Final = 40.0
LOW: Final = 4.0
"""A row is at least this wide and this high."""
SHARE: Final = 0.9
"""One of the rules above and below a row covers so much of the other."""
INSIDE: Final = 5.0
"""An upright rule this far from both ends of a row parts two cells."""
MOST: Final = 600
MOST_CELLS: Final = 3_000
"""A page with more rules or more cells than this is a drawing."""
FEW: Final = 3
"""A page with fewer cells beside another than this has no table to look for."""


class Band(NamedTuple):
    """A row of a table: its bounds, and the upright rules that part its cells."""

    top: float
    bottom: float
    left: float
    right: float
    edges: tuple[float, ...]

    @property
    def size(self) -> float:
        """Return how much of the page it takes, in square points."""
        return (self.right - self.left) * (self.top - self.bottom)


def may_have_tables(cells: Sequence[Line]) -> bool:
    """Tell a page with cells beside each other, of which it is worth to know the rules."""
    beside = sum([one.y == other.y for one, other in pairwise(cells)])
    return beside >= FEW and len(cells) <= MOST_CELLS


def with_tables(cells: list[Line], rules: Sequence[Rule]) -> list[Line]:
    """Return cells in which the rows of ruled tables are lines; small rows go before large ones."""
    for number, band in enumerate(_bands(rules), 1):
        low, left, right = band.bottom - NEAR, band.left - NEAR, band.right - NEAR
        inside = [c for c in cells if low < c.y < band.top and left < c.x0 < right]
        parts = [part for cell in inside for part in _split(cell, band.edges)]
        if len({bisect(band.edges, part.x0 + 1) for part in parts}) < 2:
            continue
        gone = set(map(id, inside))
        place = next(i for i, cell in enumerate(cells) if id(cell) in gone)
        cells = [cell for cell in cells if id(cell) not in gone]
        cells[place:place] = row_lines(parts, band, number)
    return cells


def row_lines(parts: Sequence[Line], band: Band, number: int) -> Iterator[Line]:
    """Yield the lines of a row: a new one for each line of a cell but the first."""
    columns: list[list[Line]] = [[] for _ in range(len(band.edges) + 1)]
    for part in sorted(parts, key=lambda part: (-part.y, part.x0)):
        columns[bisect(band.edges, part.x0 + 1)].append(part)
    chunks: list[list[Line]] = [[]]
    for column in columns:
        for place, part in enumerate(joined(column)):
            if place:
                chunks.append([])
            chunks[-1].append(part)
    y = band.top
    for chunk in chunks:
        line = whole(chunk)
        y = line.y = min(y, chunk[0].y)
        line.x0, line.band = band.left, number
        yield line


def _split(line: Line, edges: Sequence[float]) -> list[Line]:
    """Part a line where a word begins behind an upright rule: those of two cells stand close by."""
    if line.band or bisect(edges, line.x0 + 1) == bisect(edges, line.x1 - 1):
        return [line]
    parts: list[list[Fragment]] = [[]]
    column, before = bisect(edges, line.x0 + 1), ""
    for text, fragment in line.pieces:
        if fragment is not None:
            own = bisect(edges, fragment.x0 + 1)
            if own != column and (before[-1:] == " " or text[:1] == " "):
                parts.append([])
                column = own
            parts[-1].append(fragment)
        before = text
    if len(parts) < 2:
        return [line]
    return [part for part in (line_of(part, line.turned) for part in parts) if part is not None]


def levels_of(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules that run across a page, whole, the highest first."""
    return _merged([rule for rule in rules if rule[0]])[::-1]


def _bands(rules: Sequence[Rule]) -> list[Band]:
    """Return the rows that rules enclose, the smallest first."""
    levels = levels_of(rules)
    sides = _merged([rule for rule in rules if not rule[0]])
    if len(levels) > MOST or len(sides) > MOST:
        return []
    found = []
    for top, bottom in _pairs(levels):
        left, right = max(top.start, bottom.start), min(top.end, bottom.end)
        edges = tuple(
            side.level
            for side in sides
            if side.start <= bottom.level + TOUCHING
            and side.end >= top.level - TOUCHING
            and left + INSIDE < side.level < right - INSIDE
        )
        if edges:
            heights = [top.level, *_cuts(levels, top, bottom, left, edges[0]), bottom.level]
            found += [Band(high, low, left, right, edges) for high, low in pairwise(heights)]
    return sorted(found, key=lambda band: (band.size, band))


def _cuts(
    levels: Sequence[Rule], top: Rule, bottom: Rule, left: float, right: float
) -> list[float]:
    """Return where rules part the first cell: rows of their own, whose rule is broken elsewhere."""
    return [
        rule.level
        for rule in levels
        if bottom.level + LOW < rule.level < top.level - LOW
        and rule.start <= left + TOUCHING
        and rule.end >= right - TOUCHING
    ]


def _pairs(levels: Sequence[Rule]) -> set[tuple[Rule, Rule]]:
    """Return for each rule, the highest first, the next one below and above that covers it.

    Both, because the first of two rows beside a higher cell has a short rule below it alone, and
    the last one above it.
    """
    found = set()
    for place, rule in enumerate(levels):
        below = next((other for other in levels[place + 1 :] if _covers(other, rule)), None)
        above = next((other for other in reversed(levels[:place]) if _covers(other, rule)), None)
        found |= {(rule, below)} if below else set()
        found |= {(above, rule)} if above else set()
    return found


def _covers(other: Rule, rule: Rule) -> bool:
    """Tell a rule a row's height away that runs along nearly all of one."""
    shared = min(rule.end, other.end) - max(rule.start, other.start)
    long = rule.end - rule.start
    return long >= SHORT and abs(rule.level - other.level) > LOW and shared >= SHARE * long


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules of one direction whole, by level: they are drawn cell by cell."""
    levels: list[list[Rule]] = []
    at = 0.0
    for rule in sorted(rules, key=itemgetter(1)):
        if levels and rule[1] - at <= NEAR:
            levels[-1].append(rule)
        else:
            levels.append([rule])
            at = rule[1]
    found: list[Rule] = []
    for level in levels:
        across, at = level[0][:2]
        level.sort(key=itemgetter(2))
        start, end = level[0][2:]
        for rule in level:
            if rule[2] > end + TOUCHING:
                found.append(Rule(across, at, start, end))
                start = rule[2]
                end = rule[3]
            elif rule[3] > end:
                end = rule[3]
        found.append(Rule(across, at, start, end))
    return found
