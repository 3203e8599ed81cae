"""Cells → lines in reading order: margin, columns, tables.

In go the cells of a page, the highest first, out come lines from the first to the last that a
person reads. A narrow column of small type at the right of a letter is its margin; a gutter that
runs through the page makes columns, which may have gutters themselves; what is left of a row is
one line, so that tables read row by row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from indexer.extract.headings import headings_beside
from indexer.extract.rows import Line, same_row

WORDY: Final = re.compile(r"[^\W\d_]{3}")
MARKER: Final = re.compile(r"(?:\d{1,3}[.)°]|[a-z]{1,4}[.)]|[A-Z][.)])$|[-–—•▪]$")
"""What stands before an item of a list; a space parts it from the text, cells of a table by two."""
OF_PAGES: Final = re.compile(r"(?:pagina\s)?\d{1,4}\s?(?:/|van)\s?\d{1,4}$", re.IGNORECASE)
ENDS: Final = 4
"""A page number stands among so many of the first or last cells of its page."""
LABEL: Final = re.compile(
    r"(?:Datum|(?:Ons |Uw )?[Kk]enmerk|(?:Onze|Uw) referentie|Uw brief|Contactpersoon|Bijlage(?:n|"
    r"\(n\))?)$"
)
"""What stands in the margin of a letter and begins a piece of it."""
MOST_ASIDE: Final = 20
HIGH: Final = 12
"""A margin over wide lines begins among so many of the highest cells of its page."""
DEPTH: Final = 2
"""Columns may have columns, and no deeper."""
STRIPS: Final = 100
"""A page is looked at in so many strips from left to right to find a gutter."""


def margin(cells: list[Line], width: float) -> tuple[list[Line], list[Line]]:
    """Part a letter's right-hand column (`Ons kenmerk`, `Contactpersoon`) from the body.

    It begins in the right third, its lines share a left edge, its type is smaller than the body's,
    and lines of the body stand beside it. A small page number beside the first or last line of the
    body (`11 / 24`) goes with it.
    """
    if len(cells) < 8:
        return cells, []
    body_size = _common_size(cells)
    ends = (*cells[:ENDS], *cells[-ENDS:])
    numbers = [c for c in ends if _is_page_number(c, ends, width, body_size)]
    if numbers:
        cells = [c for c in cells if c not in numbers]
    body, aside = _parted(cells, width, body_size)
    return body, [*aside, *numbers]


def _is_page_number(cell: Line, cells: Sequence[Line], width: float, body_size: float) -> bool:
    """Tell a small page number in the margin beside a line of the body."""
    if cell.x0 <= 0.8 * width or cell.size > 0.93 * body_size or not OF_PAGES.match(cell.text):
        return False
    return any(same_row(c, cell) and c.size > 0.93 * body_size for c in cells)


def _parted(cells: list[Line], width: float, body_size: float) -> tuple[list[Line], list[Line]]:
    """Part the lines of a margin from the body, in which type of that size is most common."""
    aside = _small_column(cells, width, body_size) or _labelled(cells, width)
    if not aside:
        return cells, []
    inside = set(map(id, aside))
    return [c for c in cells if id(c) not in inside], aside


def _small_column(cells: Sequence[Line], width: float, body_size: float) -> list[Line]:
    right = [c for c in cells if c.x0 > 0.66 * width and c.size <= 0.93 * body_size]
    edges = Counter(round(c.x0 / 3) for c in right)
    if not edges:
        return []
    edge, count = edges.most_common(1)[0]
    crossing = [c for c in cells if c.x0 < 0.5 * width and c.x1 > edge * 3 + 2]
    aside = [c for c in right if abs(c.x0 - edge * 3) < 12]
    if count < 3 or (
        len(crossing) > 0.15 * len(cells) and _has_neighbours(aside, cells, body_size)
    ):
        return []
    wordy = sum(WORDY.search(c.text) is not None for c in aside)
    return aside if wordy >= 0.6 * len(aside) else []  # not the last column of numbers in a table


def _labelled(cells: Sequence[Line], width: float) -> list[Line]:
    """Return what stands under `Onze referentie` at the right, where nothing else comes.

    So a margin is found of one label, or beside a table in type as small. The head of a table's
    column has others beside it.
    """
    labels = [c for c in cells if c.x0 > 0.7 * width and LABEL.match(c.text)]
    if not labels:
        return []
    edge, size = labels[0].x0, 1.05 * labels[0].size
    aside = [c for c in cells if abs(c.x0 - edge) < 3 and c.size <= size]
    inside = set(map(id, aside))
    others = [c for c in cells if id(c) not in inside]
    reached = any(c.x1 > edge - 3 and _beside(c, aside) for c in others)
    heads = [c for c in others if c.size <= size and _beside(c, labels[:1])]
    return [] if reached or heads or len(aside) > MOST_ASIDE else aside


def _beside(cell: Line, lines: Sequence[Line]) -> bool:
    return any(abs(cell.y - line.y) < 0.5 * line.size for line in lines)


def _has_neighbours(aside: Sequence[Line], cells: Sequence[Line], body_size: float) -> bool:
    """Tell a column that does not begin on top, or beside whose rows is other small type, or text.

    A margin stands over wide lines on the last page of a letter; a table has cells on its rows, and
    the words in a drawing begin anywhere.
    """
    if max(c.y for c in aside) < cells[min(HIGH, len(cells)) - 1].y:
        return True
    inside = set(map(id, aside))
    left = min(c.x0 for c in aside)
    beside = [
        c.y
        for c in cells
        if id(c) not in inside and (c.size <= 0.93 * body_size or c.x1 > left + 2)
    ]
    met = sum(any(abs(y - line.y) < 0.5 * line.size for y in beside) for line in aside)
    return met > 0.1 * len(aside)


def _common_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def ordered(cells: list[Line], left: float, right: float, *, column: int = 0) -> list[Line]:
    """Order cells between two edges: column after column, or row by row; rows made whole."""
    cells = sorted(cells, key=lambda line: (-line.y, line.x0))
    depth = len(str(column)) if column else 0
    gutter = gutter_of(cells, left, right) if depth < DEPTH else None
    if gutter is None:
        whole = [line for run in headings_beside(cells) or [cells] for line in joined(run)]
        for line in whole:
            line.column = column
        return whole
    slack = (right - left) / STRIPS
    out: list[Line] = []
    aside: tuple[list[Line], list[Line]] = ([], [])

    def flush() -> None:
        out.extend(ordered(aside[0], left, gutter, column=10 * column + 1))
        out.extend(ordered(aside[1], gutter, right, column=10 * column + 2))
        aside[0].clear()
        aside[1].clear()

    for line in cells:
        if line.x1 <= gutter + slack:
            aside[0].append(line)
        elif line.x0 >= gutter - slack:
            aside[1].append(line)
        else:
            flush()
            out.append(line)
    flush()
    return out


def gutter_of(cells: Sequence[Line], left: float, right: float) -> float | None:
    """Return where a gutter runs between two columns of prose, `None` without one."""
    width = right - left
    body = [c for c in cells if c.x1 - c.x0 > 0.05 * width and len(c.text) > 8]
    if len(body) < 10 or width <= 0:
        return None
    covered = _covered(body, left, width)
    middle = STRIPS // 2
    least, _, place = min(
        (covered[i], abs(i - middle), i) for i in range(STRIPS // 4, 3 * STRIPS // 4 + 1)
    )
    at = left + (place + 0.5) / STRIPS * width
    before = [c for c in cells if c.x1 <= at + width / STRIPS]
    behind = [c for c in cells if c.x0 >= at - width / STRIPS]
    enough = max(5, 0.18 * len(cells))
    if least > 0.22 * len(body) or min(len(before), len(behind)) < enough:
        return None
    return at if min(_prose(before), _prose(behind)) >= 0.45 else None


def _covered(body: Sequence[Line], left: float, width: float) -> list[int]:
    """Return for each strip how many lines cross it."""
    change = [0] * (STRIPS + 3)
    for cell in body:
        start = min(STRIPS, max(0, int((cell.x0 - left) / width * STRIPS)))
        stop = min(STRIPS + 1, max(start, int((cell.x1 - left) / width * STRIPS)) + 1)
        change[start] += 1
        change[stop] -= 1
    covered, running = [], 0
    for step in change:
        running += step
        covered.append(running)
    return covered


def _prose(lines: Sequence[Line]) -> float:
    return sum(len(line.text) > 22 for line in lines) / max(1, len(lines))


def joined(cells: Sequence[Line]) -> list[Line]:
    """Make one line of the cells of a row, in order of their left edges."""
    rows: list[list[Line]] = []
    left: Line | None = None
    for cell in cells:
        if left is not None and not (cell.band or left.band) and same_row(left, cell):
            rows[-1].append(cell)
            left = left if left.x0 <= cell.x0 else cell
        else:
            rows.append([cell])
            left = cell
    return [row[0] if len(row) == 1 else whole(row) for row in rows]


def whole(row: list[Line]) -> Line:
    """Make one line of cells that stand on one baseline, or nearly."""
    row.sort(key=lambda cell: cell.x0)
    first = row[0]
    text, pieces = first.text, list(first.pieces)
    for cell in row[1:]:
        between = " " if MARKER.match(text) else "  "
        text = f"{text}{between}{cell.text}"
        pieces += [(between, None), *cell.pieces]
    return Line(
        first.x0,
        max([cell.x1 for cell in row]),
        first.y,
        max([cell.size for cell in row]),
        text,
        all(cell.bold for cell in row),
        first.column,
        tuple(pieces),
        first.turned,
    )
