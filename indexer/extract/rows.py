"""Fragments → cells: the pieces of each printed row that no wide gap parts.

In go the fragments of a page, out come `Line`s, the highest first, each a row or a cell of one.
Fragments on one baseline are a row; a raised small digit is a note mark and goes into the row below
as a word of its own; a row is cut at gaps that no space is as wide as, and at narrower ones where
many rows begin anew at the same place. Every step sorts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from indexer.boxes import Box
from indexer.extract.fragments import Fragment

NOTE_MARK: Final = 3
"""A note mark has at most this many characters."""
MARK_SIZE: Final = 0.82
"""A note mark is smaller than this share of the type size."""
LOWERED: Final = 0.45
"""A lowered digit stands less than this share of the type size below its line."""
HANGING: Final = 2.5
"""A note's number may stand so many times the type size before its text."""
CLOSING: Final = frozenset(".,;:!?)")
WORD_GAP: Final = 0.16
"""A gap of this share of the type size parts two words."""
CELL_GAP: Final = 1.1
CELL_LEAST: Final = 8.0
"""A gap of this share of the type size, and this many points, parts two cells."""
EDGE_GAP: Final = 0.55
"""The same where a left edge is shared by `EDGE_SHARE` of the rows, and by `EDGE_ROWS`."""
EDGE_SHARE: Final = 0.22
EDGE_ROWS: Final = 8
KEPT: Final = 10_000
SAME_LINE: Final = 0.3
"""Baselines this share of the smaller type size apart are of one line."""

Piece = tuple[str, Fragment | None]


@dataclass(slots=True, eq=False)  # not frozen: that costs three times as much, for every line
class Line:
    """A printed line or a cell of it: bounds, baseline `y`, type size, text, bold, its column.

    `pieces` are what it is made of: texts (a space, or a fragment's) with the fragment that shows
    them. `turned` is 0, or the degrees by which the page was turned to lay it flat. `boxes` are
    those of its words, when they are known without pieces (OCR). `band` is 0, or the number of the
    row of a ruled table that it is of.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool
    column: int = 0
    pieces: tuple[Piece, ...] = ()
    turned: int = 0
    boxes: tuple[Box, ...] = ()
    band: int = 0


class _Tenths(dict[float, float]):
    """Type sizes to a tenth of a point, each rounded once: a paper has few."""

    def __missing__(self, size: float) -> float:
        if len(self) >= KEPT:
            self.clear()
        found = self[size] = round(size, 1)
        return found


_tenths: Final = _Tenths()


def cells(fragments: Iterable[Fragment], width: float, turned: int = 0) -> list[Line]:
    """Return the rows of a page cut into cells."""
    rows = _with_note_marks(_with_lowered(_rows(fragments)))
    for row in rows:
        row.sort(key=itemgetter(0))
    edges = _edges(rows, width)
    return [line for row in rows for line in _cut(row, edges, turned)]


def same_row(one: Line, other: Line) -> bool:
    """Tell whether two lines stand on one baseline."""
    return abs(one.y - other.y) <= max(1.0, SAME_LINE * min(one.size, other.size))


def _rows(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Group fragments by baseline."""
    rows: list[list[Fragment]] = []
    y = size = 0.0
    row: list[Fragment] = []
    for fragment in sorted([f for f in fragments if f[5]], key=itemgetter(1), reverse=True):
        step = y - fragment[1]
        if row and (step <= 1.0 or step <= SAME_LINE * min(size, fragment[4])):
            row.append(fragment)
        else:
            row = [fragment]
            rows.append(row)
            y, size = fragment[1], fragment[4]
    return rows


def _with_lowered(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Put lowered digits into the row that they belong to, glued to their word: `CO2`."""
    kept: list[list[Fragment]] = []
    for row in rows:
        above = kept[-1] if kept else []
        if len(row) <= 6 and all(_is_lowered(fragment, above) for fragment in row):
            y = above[0].y0
            above.extend(f._replace(y0=y, y1=y, text=f.text.strip()) for f in row)
        else:
            kept.append(row)
    return kept


def _is_lowered(fragment: Fragment, above: Sequence[Fragment]) -> bool:
    """Tell a small digit at the end of a word, a little below its baseline."""
    if not fragment.text.strip().isdigit() or len(fragment.text.strip()) >= NOTE_MARK:
        return False
    return any(
        fragment.size < MARK_SIZE * g.size
        and 0.0 < g.y0 - fragment.y0 < LOWERED * g.size
        and abs(fragment.x0 - g.x1) < 0.2 * g.size
        and g.text[-1:].isalpha()
        for g in above
    )


def _with_note_marks(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Put raised note marks into the row below, apart from the word they follow."""
    kept: list[list[Fragment]] = []
    for i, row in enumerate(rows):
        below = rows[i + 1] if i + 1 < len(rows) else None
        if below and len(row) <= 6 and _is_marks(row, below):
            y = below[0].y0
            below.extend(f._replace(y0=y, y1=y, text=f" {f.text.strip()} ") for f in row)
        else:
            kept.append(row)
    return kept


def _is_marks(row: Sequence[Fragment], below: Sequence[Fragment]) -> bool:
    if any(len(f.text.strip()) > NOTE_MARK for f in row):
        return False
    size = max(f.size for f in below)
    if max(f.size for f in row) >= MARK_SIZE * size or row[0].y0 - below[0].y0 >= 0.62 * size:
        return False
    left = min(g.x0 for g in below)
    return all(
        any(-0.3 * size < f.x0 - g.x1 < 0.5 * size or -0.3 * size < g.x0 - f.x1 < 0.5 * size
            for g in below)
        or (f.text.strip().isdigit() and 0.0 < left - f.x1 < HANGING * size)
        for f in row
    )  # fmt: skip


def _edges(rows: Sequence[Sequence[Fragment]], width: float) -> frozenset[int]:
    """Return left edges, in units of 2 points, at which many rows begin anew after a small gap."""
    starts: Counter[int] = Counter()
    for row in rows:
        if len(row) < 2:
            continue
        end = None
        for fragment in row:
            if not fragment[5].strip():
                continue
            x = fragment[0]
            if end is not None and x - end > EDGE_GAP * fragment[4] and 0.2 < x / width < 0.8:
                starts[round(x / 2)] += 1
            end = fragment[2] if end is None else max(end, fragment[2])
    least = max(EDGE_ROWS, EDGE_SHARE * len(rows))
    found = [key for key, count in starts.items() if count + starts.get(key + 1, 0) >= least]
    return frozenset(edge for key in found for edge in (key, key + 1))


def _cut(row: list[Fragment], edges: frozenset[int], turned: int) -> list[Line]:
    """Cut a row where the gap is wider than a space can be."""
    parts: list[list[Fragment]] = []
    part: list[Fragment] = []
    end = 0.0
    for fragment in row:
        x0, _, x1, _, size, text, _, _, _ = fragment
        blank = text.isspace()
        if not part:
            if blank:
                continue
            wide = True
        else:
            gap = x0 - end
            wide = gap > CELL_LEAST and gap > CELL_GAP * size
            wide = wide or bool(edges and gap > EDGE_GAP * size and round(x0 / 2) in edges)
        if wide:
            part = []
            parts.append(part)
            end = x1
        part.append(fragment)
        if not blank and x1 > end:
            end = x1
    return [line for part in parts if (line := line_of(part, turned)) is not None]


def line_of(cell: Sequence[Fragment], turned: int) -> Line | None:
    """Make a line of fragments in order, with spaces where there are gaps; `None` without text."""
    if len(cell) == 1:
        return _of_one(cell[0], turned)
    pieces = _pieces(cell)
    text = " ".join("".join([text for text, _ in pieces]).split())
    if not text:
        return None
    first = cell[0]
    size, bold = _look(cell)
    right = max([fragment[2] for fragment in cell])
    return Line(first[0], right, first[1], size, text, bold, 0, tuple(pieces), turned)


def _of_one(fragment: Fragment, turned: int) -> Line | None:
    """Make a line of a fragment that stands alone, as many do."""
    x0, y, x1, _, size, shown, font, _, _ = fragment
    text = " ".join(shown.split())
    if not text:
        return None
    return Line(x0, x1, y, _tenths[size], text, font.bold, 0, ((shown, fragment),), turned)


def _pieces(cell: Sequence[Fragment]) -> list[Piece]:
    pieces: list[Piece] = []
    before: Fragment | None = None
    for fragment in cell:
        if before is not None:
            if _struck_twice(before, fragment):
                continue
            gap, size = fragment[0] - before[2], min(fragment[4], before[4])
            if gap > WORD_GAP * size or _new_word(before, fragment):
                pieces.append((" ", None))
            if fragment[5][0] in CLOSING and _is_mark(before, fragment):
                pieces[-1] = (before[5].rstrip(), before)  # `zijn¹.` is read as `zijn 1.`
        pieces.append((fragment[5], fragment))
        before = fragment
    return pieces


def _is_mark(before: Fragment, fragment: Fragment) -> bool:
    """Tell a note mark that was put into its row, by its size and the spaces around it."""
    return before[4] < MARK_SIZE * fragment[4] and before[5][:1] == before[5][-1:] == " "


def _look(cell: Sequence[Fragment]) -> tuple[float, bool]:
    """Return the type size of most of a line, and whether most of it is bold."""
    sizes: dict[float, int] = {}
    bold = total = 0
    for fragment in cell:
        _, _, _, _, size, text, font, _, _ = fragment
        weight = len(text.strip())
        key = _tenths[size]
        sizes[key] = sizes.get(key, 0) + weight
        total += weight
        if font.bold:
            bold += weight
    return max(sizes, key=sizes.__getitem__), bold > 0.6 * total


def _new_word(before: Fragment, fragment: Fragment) -> bool:
    """Tell a capital after a small letter, painted apart and close by: `Onderwerp` `Voortgang`."""
    return before[5][-1:].islower() and fragment[5][:1].isupper()


def _struck_twice(before: Fragment, fragment: Fragment) -> bool:
    """Tell text painted twice, a little apart, to look bold."""
    return fragment[5] == before[5] and abs(fragment[0] - before[0]) < 1.0
