"""The title that is printed large on the first page of a report, a programme or an annex.

In go the pages, out comes one line or `None`. Such a paper has no line that says `Betreft` and no
head of a Kamerstuk, and what its file says of itself is often of another paper: minutes of
29 June 2015 whose file says `Aandachtspuntenlijst 3 november 2008`. The height of a word's box is
that of its type.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from statistics import median
from typing import NamedTuple

from indexer.boxes import unpack
from indexer.paper import Page

LARGER = 1.15
"""Times the type of the text. Headings within it are seldom larger, titles 1.18 and more."""
ALIKE = 0.07
"""How much the lines of one title differ in height: capitals and accents do not change a box."""
MOST_LINES = 6
SHORTEST, LONGEST = 8, 200
BODY_PAGES = 6
"""A cover and a table of contents tell little of the type of the text."""
# Large print that names no paper: must match `Inhoudsopgave`, `AANGETEKEND`, `> Retouradres`.
NO_TITLE = re.compile(
    r"(?:inhoud(?:sopgave)?|colofon|voorwoord|samenvatting|inleiding|bijlagen?|aangetekend|"
    r"vertrouwelijk|concept|> ?retouradres.*|postbus.*|ministerie van .*|gemeente \S+)[\W\d]*",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    text: str
    height: float


def find_headline(pages: Sequence[Page]) -> str | None:
    """Return the title by its type, on one line; `None` for a page that was read from an image."""
    begin = [page for page in pages[:BODY_PAGES] if page.text.strip()]
    if not begin or begin[0].ocr or not begin[0].boxes:
        return None
    lines = list(_lines(begin[0]))
    usual = _usual(chain(lines, *(_lines(page) for page in begin[1:] if not page.ocr)))
    highest = max((line.height for line in lines if _names(line.text)), default=0.0)
    if not usual or highest < LARGER * usual:
        return None
    for large, run in groupby(lines, lambda line: abs(line.height - highest) <= ALIKE * highest):
        if large:
            return _title([line.text for line in run])
    return None


def _title(printed: Sequence[str]) -> str | None:
    """Return the lines of the largest type as a title, unless they are the text itself."""
    title = " ".join(" ".join(printed).split()).rstrip(" .:;,")
    if len(printed) > MOST_LINES or not SHORTEST <= len(title) <= LONGEST:
        return None
    return None if NO_TITLE.fullmatch(title) else title


def _names(text: str) -> bool:
    """Tell whether a line can be of a title: not a number of a page or an ornament."""
    return sum(map(str.isalpha, text)) >= 2


def _usual(lines: Iterable[_Line]) -> float:
    """Return the height of most of the text."""
    heights: Counter[float] = Counter()
    for line in lines:
        heights[round(line.height, 4)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _lines(page: Page) -> Iterator[_Line]:
    """Yield the printed lines of a page that have boxes."""
    boxes = unpack(page.boxes)
    at = 0
    for text in page.text.split("\n"):
        words = boxes[at : at + len(text.split())]
        at += len(text.split())
        if words:
            yield _Line(text, median(word[0].bottom - word[0].top for word in words))
