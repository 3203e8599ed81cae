"""The lines of a paper → the text of its pages.

In go lines in reading order, out come `Page`s: furniture apart, footnotes last, blocks separated
by an empty line, broken words whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from indexer.extract import words
from indexer.extract.characters import composed
from indexer.extract.furniture import furniture
from indexer.extract.lines import Line, PageLines
from indexer.extract.packing import pack_runs
from indexer.extract.printed import Printed, printed
from indexer.paper import Page

ENDS = (".", ":", ";", "?", "!", "»", "”")
HALF: Final = re.compile(r"[^\W\d_]{2}-$")
LINES_ENOUGH: Final = 6
"""So many lines of one type size tell how far apart they are set."""
NOTE_START: Final = re.compile(r"^\d{1,3}(?:\s+\S|[^\W\d_])")
RAISED: Final = re.compile(r"\s*\d{1,3}\.?\s*$")
NOTES_UNDER: Final = 0.35
"""Footnotes in the type of the body begin below this share of the page."""
MOST_NOTES: Final = 0.75
"""Footnotes take up no greater share of the letters of a page than this."""
CELLS: Final = re.compile(r"(?<!^\d)(?<!^\d\d)(?<!^\d\d\d)  ")
"""The space between two cells, other than after a note's number."""


def make_pages(
    pages: Sequence[PageLines], unsure: list[tuple[str, str]] | None = None
) -> tuple[Page, ...]:
    """Return the pages as read, in order; halves of words that were joined by guess to `unsure`."""
    apart = furniture(pages)
    bodies = [
        [line for line in page.body if line not in aside]
        for page, aside in zip(pages, apart, strict=True)
    ]
    size = _body_size(bodies)
    parts = [
        tuple(_separated(lines, page) for lines in _footnotes(body, page, size))
        for body, page in zip(bodies, pages, strict=True)
    ]
    known = words.Vocabulary(list(_counted(line.text for part in parts for line in _whole(*part))))
    words.rejoin_pages([body for body, _ in parts], known, unsure)
    return tuple(
        _page(page, words.rejoin(_whole(*part), known, unsure), _furniture(page, aside))
        for page, aside, part in zip(pages, apart, parts, strict=True)
    )


def _counted(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with a space before the first word of each that goes on from no broken word."""
    broken = True
    for line in lines:
        yield line if broken else f" {line}"
        broken = line.endswith(words.BREAKS) if line else broken


def _page(page: PageLines, lines: Sequence[Printed], furniture: tuple[str, ...]) -> Page:
    return Page(
        number=page.number,
        text="\n".join(line.text for line in lines).strip("\n"),
        furniture=furniture,
        boxes=pack_runs([run for line in lines for run in line.runs]),
    )


def _furniture(page: PageLines, aside: set[Line]) -> tuple[str, ...]:
    lines = (*page.margin, *(line for line in page.body if line in aside))
    return tuple(composed(line.text) for line in lines)


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    halves: Counter[float] = Counter()
    for size, letters in sizes.items():
        halves[round(size * 2) / 2] += letters
    return halves.most_common(1)[0][0] if halves else 10.0


def _footnotes(body: Sequence[Line], page: PageLines, size: float) -> tuple[list[Line], list[Line]]:
    """Part the footnotes from a page whose paper is set in a type of that size.

    A page in smaller type (an annex) has notes that are smaller still.
    """
    own = _body_size([body])
    sizes = (own, size) if own < size and sum(len(line.text) for line in body) > 400 else (size,)
    for one in sizes:
        notes = {id(line) for line in _notes(body, page, one)}
        if notes:
            break
    return (
        [line for line in body if id(line) not in notes],
        [line for line in body if id(line) in notes],
    )


def _notes(body: Sequence[Line], page: PageLines, size: float) -> list[Line]:
    """Return the footnotes: smaller than the body, below its last line in their column.

    What takes up most of a page, or is set in cells, is no note but a table or an annex.
    """
    notes: list[Line] = []
    for column in {line.column for line in body}:
        own = [line for line in body if line.column == column and not line.band]
        large = [line.y for line in own if line.size > 0.92 * size and len(line.text) > 8]
        last = min(large, default=page.height)
        small = [line for line in own if line.size <= 0.92 * size and line.y < last]
        low = [line for line in small if line.y < 0.6 * page.height]
        starts = [NOTE_START.match(line.text) is not None for line in low]
        if True in starts and last < page.height:
            notes += low[_first_note(low, starts) :]
        else:
            notes += _raised(own, page)
    letters = sum(len(line.text) for line in notes)
    if letters > MOST_NOTES * sum(len(line.text) for line in body):
        return []
    in_cells = sum(CELLS.search(line.text) is not None for line in notes)
    return notes if in_cells <= 0.3 * len(notes) else []


def _raised(lines: Sequence[Line], page: PageLines) -> Sequence[Line]:
    """Return footnotes in the type of the body: what follows a gap and begins with a small number.

    That is its mark, raised as in the text: `¹ Zie Kamerstuk 32 336, nr. 27.`
    """
    for number, (before, line) in enumerate(pairwise(lines), 1):
        mark = line.pieces[0][1] if line.pieces else None
        if (
            mark is not None
            and line.y < NOTES_UNDER * page.height
            and before.y - line.y > 1.5 * line.size
            and mark.size < 0.82 * line.size
            and RAISED.match(mark.text)
        ):
            return lines[number:]
    return []


def _first_note(lines: Sequence[Line], starts: Sequence[bool]) -> int:
    """Return where the notes begin: at the first line, or behind a table in small type."""
    behind = [i for i, line in enumerate(lines) if CELLS.search(line.text)]
    first = starts.index(True)
    return first if behind and behind[-1] < first else 0


def _whole(body: list[Printed], notes: list[Printed]) -> list[Printed]:
    """Return the text of a page with its notes behind it."""
    return [*body, Printed(""), *notes] if body and notes else body or notes


def _separated(lines: Sequence[Line], page: PageLines) -> list[Printed]:
    """Return the lines as printed with an empty one between blocks."""
    leading = _leading(lines)
    by_size = _leadings(lines, leading)
    out: list[Printed] = []
    before: Line | None = None
    for line in lines:
        own = by_size.get(round(line.size), leading)
        if before is not None and _new_block(before, line, own):
            out.append(Printed(""))
        out.append(printed(line, page.across, page.down))
        before = line
    return out


def _step_in_cell(before: Line, line: Line) -> float:
    """Return how far below each other two lines of a cell are set: the last of one, the first."""
    last, first = before.pieces[-1][1], line.pieces[0][1]
    return last.y0 - first.y0 if last is not None and first is not None else 0.0


def _leadings(lines: Sequence[Line], leading: float) -> dict[int, float]:
    """Return the distance between baselines by type size, where one is set wider than most.

    Under a drawing with small captions, text at one and a half lines is not a block a line.
    """
    by_size: dict[int, list[Line]] = {}
    for line in lines:
        by_size.setdefault(round(line.size), []).append(line)
    if len(by_size) == 1:
        return {}
    found = {size: _leading(own) for size, own in by_size.items() if len(own) >= LINES_ENOUGH}
    return {size: max(own, leading) for size, own in found.items() if own < 2.2 * size}


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance between baselines of one block.

    It is the distance that most lines keep; without such a one, what a third of them keep within.
    """
    steps = sorted(a.y - b.y for a, b in pairwise(lines) if 0 < a.y - b.y < 40)
    if not steps:
        return 12.0
    third = steps[len(steps) // 3]
    common, count = Counter(round(step) for step in steps).most_common(1)[0]
    return max(third, float(common)) if count >= 0.4 * len(steps) else third


def _new_block(before: Line, line: Line, leading: float) -> bool:
    if before.band and before.band == line.band:
        return _step_in_cell(before, line) > 1.35 * leading
    step = before.y - line.y
    if step < 0:  # the next column: goes on when the sentence does
        return before.text.endswith(ENDS) or not line.text[:1].islower()
    goes_on = before.text.endswith("-") and HALF.search(before.text) and line.text[:1].islower()
    if goes_on and step < 2.2 * line.size:
        leading = step  # a word that goes on, in a heading that is set wider than the text
    if step > 1.35 * leading or abs(before.size - line.size) > 0.8:
        return True
    return before.bold != line.bold and not _same_sentence(before.text, line.text)


def _same_sentence(before: str, text: str) -> bool:
    """Tell a sentence that goes on in a line of which most is bold: `met` / `nummers **1, 4, 5**`.

    The first row of a table does not go on from its head.
    """
    in_cells = CELLS.search(before) or CELLS.search(text)
    return text[:1].islower() and not before.endswith(ENDS) and not in_cells
