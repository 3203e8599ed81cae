"""The text of a paper as one string, and where each piece of it stands in print.

In go the pages, out comes a `Body`: all printed lines without furniture joined by a newline, so
that every finder works on one text and returns spans, and a span leads back to lines and pages.
Footnotes (the last blocks of a page, by the extractor's promise) are marked, not moved.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.paper import Page
from indexer.question_labels import NUMBERS
from indexer.structure.furniture import furniture

# The first line of a footnote. Must match `1 NOS, d.d. 1 maart 2024` and `1X, 23 oktober`, and
# `2 https://…`; must not match `1. Kunt u`, `2 miljoen`, `12-11-2020`, a number alone, or the
# numbers above an answer: `1 en 2`, `4 t/m 7`.
NOTE = re.compile(
    rf"(?!{NUMBERS}\.?$)"
    r"(\d{1,3})(?:\s+(?![-–%])|(?=[A-Z«‘’“(]|https?:))(?=[\w«‘’“\"'(<\[])(?!\d)"
)
MOST_NOTES = 60
# How a letter of a ministry begins, and the most characters of a sheet that lies before it.
LETTERHEAD = re.compile(
    r"^(?:>? ?Retouradres\b|(?:Aan )?[Dd]e [Vv]oorzitter van de (?:Tweede|Eerste) Kamer\b)",
    re.MULTILINE,
)
COVER = 300


class Line(NamedTuple):
    """A printed line: where it starts in the body's text, its page, a gap above, a footnote."""

    text: str
    start: int
    page: int
    gap: bool = False
    note: bool = False

    @property
    def end(self) -> int:
        """Return the offset behind the line's last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Body:
    """The whole text of a paper. `furniture` has the lines that are not its text."""

    text: str
    lines: tuple[Line, ...]
    furniture: str = ""

    def between(self, start: int, end: int) -> tuple[Line, ...]:
        """Return the lines of a span, the first and last cut to it; empty ones are left out."""
        first = max(bisect_right(self.lines, start, key=lambda line: line.start) - 1, 0)
        found = []
        for line in self.lines[first:]:
            if line.start >= end:
                break
            left, right = max(line.start, start), min(line.end, end)
            if text := self.text[left:right].strip():
                whole = left == line.start and right == line.end
                found.append(line if whole else line._replace(text=text, start=left))
        return tuple(found)

    def page_at(self, offset: int) -> int | None:
        """Return the page on which an offset of the text stands."""
        index = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[max(index, 0)].page if self.lines else None

    def head(self, most: int = 3000) -> str:
        """Return the beginning of the first page with text, at most `most` characters.

        Before a letter a sheet of the registry may lie (`Aanbiedingsformulier`): then the next.
        """
        if not self.lines:
            return ""
        first = self._page_from(0)
        if first < COVER and LETTERHEAD.search(self.text[first : first + COVER]):
            return self.text[first : min(self._page_from(first), first + most)]
        return self.text[: min(first, most)]

    def _page_from(self, start: int) -> int:
        """Return where the page ends that begins at an offset."""
        page = self.page_at(start)
        after = (line.start for line in self.lines if line.start > start and line.page != page)
        return next(after, len(self.text))


def read_body(pages: Sequence[Page]) -> Body:
    """Join the pages to one text, without the furniture that still stands in them."""
    lines: list[Line] = []
    away: list[str] = []
    start, first = 0, True
    for page in pages:
        away += page.furniture
        lines += _page_lines(page, start, first=first, away=away)
        start = lines[-1].end + 1 if lines else 0
        first = first and not page.text.strip()
    return Body("\n".join(line.text for line in lines), tuple(lines), "\n".join(away))


def _page_lines(page: Page, start: int, *, first: bool, away: list[str]) -> list[Line]:
    """Return a page's lines in order, from an offset on; furniture goes to `away`."""
    printed = [" ".join(line.split()) for line in page.text.split("\n")]
    text = [line for line in printed if line]
    gaps = list(_gaps(printed))
    gone = furniture(text, first=first)
    away += (text[i] for i in sorted(gone))
    kept = [i for i in range(len(text)) if i not in gone]
    noted = _notes_from([text[i] for i in kept], [gaps[i] for i in kept])
    lines: list[Line] = []
    for place, i in enumerate(kept):
        lines.append(Line(text[i], start, page.number, gap=gaps[i], note=place >= noted))
        start += len(text[i]) + 1
    return lines


def _gaps(printed: Sequence[str]) -> Iterator[bool]:
    """Yield for each line with text whether an empty one stands above it."""
    gap = False
    for line in printed:
        if line:
            yield gap
            gap = False
        else:
            gap = True


def _notes_from(lines: Sequence[str], gaps: Sequence[bool]) -> int:
    """Return the index of the first footnote line of a page, the number of lines if none.

    Footnotes stand last with a gap above them, their numbers count up without a hole, and the
    first one's mark stands in the text above.
    """
    found, upper, strange = len(lines), 0, 0
    for index in range(len(lines) - 1, max(len(lines) - MOST_NOTES, 0), -1):
        if not gaps[index]:
            continue
        match = NOTE.match(lines[index])
        number = int(match[1]) if match else 0
        if number and (not upper or _counts(lines[index + 1 : found], number) == upper - 1):
            if _marked(lines[:index], number):
                found, upper = index, number
        elif not upper and (strange := strange + 1) > 2:
            break
    return found


def _counts(lines: Sequence[str], number: int) -> int:
    """Return the last note's number in lines that follow note `number`, counting up by one."""
    for line in lines:
        match = NOTE.match(line)
        if match and int(match[1]) == number + 1:
            number += 1
    return number


def _marked(lines: Sequence[str], number: int) -> bool:
    """Tell whether a note's mark stands in the text: `artikel»? 1`, `akkoord1`, or alone."""
    mark = re.compile(rf"(?:[^\W\d]|[.,;:?!»”’')]) ?{number}(?![\d%]|[.,:]\d)|^{number}$")
    return any(mark.search(line) for line in lines)
