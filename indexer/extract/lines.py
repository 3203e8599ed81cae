"""Fragments → lines in reading order.

In goes a page as painted, out come lines from the first to the last that a person reads. The
story: fragments on one baseline are a row; a raised small digit is a note mark of the row below;
rows are cut at wide gaps; a gutter that runs through the page makes columns; a narrow column of
small type at the right of a letter is its margin; what is left of a row is one line, so that
tables read row by row. Every step sorts once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.extract.pen import Fragment
from indexer.extract.reader import RawPage

WORDY = re.compile(r"[^\W\d_]{3}")
NOTE_MARK = 3
"""A note mark has at most this many characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line or a cell of it: bounds, baseline `y`, type size, text, bold, its column."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool
    column: int = 0


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in reading order, and those of a letter's right-hand margin."""

    number: int
    height: float
    body: tuple[Line, ...]
    margin: tuple[Line, ...]
    image: float


def page_lines(page: RawPage, *, with_hidden: bool) -> PageLines:
    """Return the lines of a page. Hidden text is left out unless it lies over a scan."""
    seen = [f for f in page.fragments if with_hidden or not f.hidden]
    flat = [f for f in seen if abs(f.y1 - f.y0) <= abs(f.x1 - f.x0) + 0.5]
    turned = [_turned(f) for f in seen if abs(f.y1 - f.y0) > abs(f.x1 - f.x0) + 0.5]
    cells = _cells(flat)
    body_cells, margin = _margin(cells, page.width)
    body = _columns(body_cells, page.width)
    body += _joined(sorted(_cells(turned), key=lambda line: (-line.y, line.x0)))
    margin.sort(key=lambda line: (-line.y, line.x0))
    return PageLines(page.number, page.height, tuple(body), tuple(margin), page.image)


def _turned(fragment: Fragment) -> Fragment:
    """Lay text that runs up or down flat, so that it groups like other text."""
    if fragment.y1 > fragment.y0:
        return fragment._replace(x0=fragment.y0, y0=-fragment.x0, x1=fragment.y1, y1=-fragment.x0)
    return fragment._replace(x0=-fragment.y0, y0=fragment.x0, x1=-fragment.y1, y1=fragment.x0)


def _cells(fragments: Sequence[Fragment]) -> list[Line]:
    rows = _with_note_marks(_rows(fragments))
    return [cell for row in rows for cell in _cut(row)]


def _rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Group fragments by baseline; a third of the smaller type size is the same line."""
    rows: list[list[Fragment]] = []
    for fragment in sorted((f for f in fragments if f.text), key=lambda f: -f.y0):
        last = rows[-1][0] if rows else None
        if last and last.y0 - fragment.y0 <= max(1.0, 0.3 * min(last.size, fragment.size)):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return rows


def _with_note_marks(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Put raised note marks into the row below, apart from the word they follow."""
    kept: list[list[Fragment]] = []
    for i, row in enumerate(rows):
        below = rows[i + 1] if i + 1 < len(rows) else None
        if below and _is_marks(row, below):
            y = below[0].y0
            below.extend(f._replace(y0=y, y1=y, text=f" {f.text.strip()} ") for f in row)
        else:
            kept.append(row)
    return kept


def _is_marks(row: Sequence[Fragment], below: Sequence[Fragment]) -> bool:
    size = max(f.size for f in below)
    if len(row) > 6 or any(len(f.text.strip()) > NOTE_MARK for f in row):
        return False
    if max(f.size for f in row) >= 0.82 * size or row[0].y0 - below[0].y0 >= 0.62 * size:
        return False
    return all(
        any(-0.3 * size < f.x0 - g.x1 < 0.5 * size or -0.3 * size < g.x0 - f.x1 < 0.5 * size
            for g in below)
        for f in row
    )  # fmt: skip


def _cut(row: list[Fragment]) -> list[Line]:
    """Cut a row where the gap is wider than a space can be."""
    cells: list[list[Fragment]] = []
    end = 0.0
    for fragment in sorted(row, key=lambda f: f.x0):
        if not cells and not fragment.text.strip():
            continue
        if not cells or fragment.x0 - end > max(1.1 * fragment.size, 8.0):
            cells.append([])
            end = fragment.x1
        cells[-1].append(fragment)
        if fragment.text.strip():
            end = max(end, fragment.x1)
    lines = (_line(cell) for cell in cells)
    return [line for line in lines if line.text]


def _line(cell: Sequence[Fragment]) -> Line:
    parts: list[str] = []
    before: Fragment | None = None
    for fragment in cell:
        if before is not None:
            if _struck_twice(before, fragment):
                continue
            gap = fragment.x0 - before.x1
            if gap > 0.16 * min(fragment.size, before.size) or _new_word(before, fragment):
                parts.append(" ")
        parts.append(fragment.text)
        before = fragment
    sizes: Counter[float] = Counter()
    bold = 0
    for fragment in cell:
        weight = len(fragment.text.strip())
        sizes[round(fragment.size, 1)] += weight
        bold += weight if fragment.font.bold else 0
    return Line(
        x0=cell[0].x0,
        x1=max(f.x1 for f in cell),
        y=cell[0].y0,
        size=sizes.most_common(1)[0][0],
        text=" ".join("".join(parts).split()),
        bold=bold > 0.6 * sizes.total(),
    )


def _new_word(before: Fragment, fragment: Fragment) -> bool:
    """Tell a capital after a small letter, painted apart and close by: `Onderwerp` `Voortgang`."""
    return before.text[-1:].islower() and fragment.text[:1].isupper()


def _struck_twice(before: Fragment, fragment: Fragment) -> bool:
    """Tell text painted twice, a little apart, to look bold."""
    return fragment.text == before.text and abs(fragment.x0 - before.x0) < 1.0


def _margin(cells: list[Line], width: float) -> tuple[list[Line], list[Line]]:
    """Part a letter's right-hand column (`Ons kenmerk`, `Contactpersoon`) from the body.

    It begins in the right third, its lines share a left edge, its type is smaller than the body's,
    and lines of the body stand beside it.
    """
    if len(cells) < 8:
        return cells, []
    body_size = _common_size(cells)
    right = [c for c in cells if c.x0 > 0.66 * width and c.size <= 0.93 * body_size]
    edges = Counter(round(c.x0 / 3) for c in right)
    if not edges:
        return cells, []
    edge, count = edges.most_common(1)[0]
    crossing = [c for c in cells if c.x0 < 0.5 * width and c.x1 > edge * 3 + 2]
    if count < 3 or len(crossing) > 0.15 * len(cells):
        return cells, []
    margin = [c for c in right if abs(c.x0 - edge * 3) < 12]
    if sum(WORDY.search(c.text) is not None for c in margin) < 0.6 * len(margin):
        return cells, []  # the last column of a table of numbers
    inside = set(map(id, margin))
    return [c for c in cells if id(c) not in inside], margin


def _common_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _columns(cells: list[Line], width: float) -> list[Line]:
    """Order cells: through each column where a gutter runs, otherwise row by row."""
    gutter = _gutter(cells, width)
    ordered = sorted(cells, key=lambda line: (-line.y, line.x0))
    if gutter is None:
        return _joined(ordered)
    slack = width / 100
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []

    def flush() -> None:
        out.extend(replace(line, column=1) for line in _joined(left))
        out.extend(replace(line, column=2) for line in _joined(right))
        left.clear()
        right.clear()

    for line in ordered:
        if line.x1 <= gutter + slack:
            left.append(line)
        elif line.x0 >= gutter - slack:
            right.append(line)
        else:
            flush()
            out.append(line)
    flush()
    return out


def _gutter(cells: Sequence[Line], width: float) -> float | None:
    """Return where a gutter runs between two columns of prose, `None` without one."""
    body = [c for c in cells if c.x1 - c.x0 > 0.05 * width and len(c.text) > 8]
    if len(body) < 10 or width <= 0:
        return None
    change = [0] * 103
    for cell in body:
        start = min(100, max(0, int(cell.x0 / width * 100)))
        change[start] += 1
        change[min(101, max(start, int(cell.x1 / width * 100)) + 1)] -= 1
    covered, running = [], 0
    for step in change:
        running += step
        covered.append(running)
    least, _, place = min((covered[i], abs(i - 50), i) for i in range(25, 76))
    at = (place + 0.5) / 100 * width
    left = [c for c in cells if c.x1 <= at + width / 100]
    right = [c for c in cells if c.x0 >= at - width / 100]
    enough = max(5, 0.18 * len(cells))
    if least > 0.22 * len(body) or min(len(left), len(right)) < enough:
        return None
    return at if min(_prose(left), _prose(right)) >= 0.45 else None


def _prose(lines: Sequence[Line]) -> float:
    return sum(len(line.text) > 22 for line in lines) / max(1, len(lines))


def _joined(cells: Sequence[Line]) -> list[Line]:
    """Make one line of the cells of a row, in order of their left edges."""
    out: list[Line] = []
    for cell in cells:
        last = out[-1] if out else None
        if last and abs(last.y - cell.y) <= max(1.0, 0.3 * min(last.size, cell.size)):
            first, second = (last, cell) if last.x0 <= cell.x0 else (cell, last)
            out[-1] = replace(
                first,
                x1=max(last.x1, cell.x1),
                size=max(last.size, cell.size),
                text=f"{first.text}  {second.text}",
                bold=last.bold and cell.bold,
            )
        else:
            out.append(cell)
    return out
