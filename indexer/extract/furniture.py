"""Lines of all pages → which of them are furniture: running heads and feet, page numbers.

In go the lines of every page, out comes for each page the set of lines that are not its text. A
line near the top or bottom is furniture when it returns on other pages at the same height (its
digits apart), or when it says what only a foot says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from indexer.extract.lines import Line, PageLines

TOP: Final = 0.89
BOTTOM: Final = 0.11
FOOT: Final = 0.2
LABEL: Final = re.compile(
    r"^(?:(?:vraag|vragen|antwoord|antwoorden|artikel)(?![a-z])|\d+\.(?:\d{1,2}(?:\.|(?!\d)))*(?![a-z\d])"
    r"|\d{1,3}\s+(?:kamerstukken|handelingen|ecli|https?|zie)\b)",
    re.IGNORECASE,
)
"""What begins a part of the text, or a footnote, may stand at the edge of any page."""
Sign = tuple[str, int, int, int]
DIGITS: Final = re.compile(r"\d+")
PAGE_NUMBER: Final = re.compile(
    r"^(?:pagina|blz\.?|p\.)?\s*\d{1,4}(?:\s*(?:van|/)\s*\d{1,4})?$", re.IGNORECASE
)
# What stands at the foot of the first page of a printed paper, and nowhere else:
#   kst-36200-VII-12 / ah-tk-20232024-1999 / ISSN 0921 - 7371 / ’s-Gravenhage 2022
#   Tweede Kamer, vergaderjaar 2022–2023, 36 200 VII, nr. 12   1
PRINTED: Final = re.compile(
    r"^(?:(?:kst|ah-tk|ah-ek|kv-tk|h-tk|h-ek|blg)-?[\w-]*\d[\w-]*"
    r"|KST\d+"
    r"|ISSN\s+\d{4}\s*-\s*\d{3}[\dX]"
    r"|[’'‘]s-Gravenhage \d{4}\b.*"
    r"|(?:Tweede|Eerste) Kamer, vergaderjaar \d{4}.*)$"
)
# What stands at the head of the first page of a printed paper: the house, its number set large and
# the session.
MASTHEAD: Final = re.compile(
    r"^(?:(?:Tweede|Eerste) Kamer der Staten-Generaal(?:\s+[12])?|[12]"
    r"|Vergaderjaar \d{4}\s?[–-]\s?\d{4}(?:\s+Aanhangsel van de Handelingen)?)$"
)
HEAD: Final = 0.8
PAGE_OF: Final = re.compile(r"^P ?agina\s+\d+\s+van\s+\d+$", re.IGNORECASE)


def furniture(pages: Sequence[PageLines]) -> list[set[Line]]:
    """Return by page the lines that are furniture."""
    seen: Counter[Sign] = Counter()
    for page in pages:
        edge = {sign for line in page.body if _at_edge(line, page) for sign in _signs(line, page)}
        seen.update(edge)
    needed = max(2, round(0.3 * len(pages)))
    return [
        {line for line in page.body if _is_furniture(line, page, seen, needed, len(pages))}
        | _head_over(page)
        for page in pages
    ]


def _head_over(page: PageLines) -> set[Line]:
    """Return the lines over `Pagina 2 van 2` on top of a page: the head of a letter's next page."""
    tops = [line.y for line in page.body if line.y > TOP * page.height and PAGE_OF.match(line.text)]
    if page.number == 1 or not tops:
        return set()
    return {line for line in page.body if line.y >= min(tops)}


def _signs(line: Line, page: PageLines) -> Iterator[Sign]:
    """Yield what a line may share with others: all of it, or a number that goes up by the page.

    So `Kamerstuk 36 200, nr. 12   3` is known as a foot, and `Vraag 10` on top of a page is not.
    """
    if LABEL.match(line.text):
        return
    height = round(line.y / 6)
    text = line.text.lower()
    yield text, height, 0, 0
    for place, number in enumerate(islice(DIGITS.finditer(text), 8), 1):
        if len(number[0]) <= 4:
            masked = f"{text[: number.start()]}#{text[number.end() :]}"
            yield masked, height, place, int(number[0]) - page.number


def _at_side(line: Line, page: PageLines) -> bool:
    """Tell text that runs up or down the side of an upright page: the name of a chapter."""
    if line.turned not in (90, 270) or page.height != page.down:
        return False
    return line.y > TOP * page.across or line.y < BOTTOM * page.across


def _at_edge(line: Line, page: PageLines) -> bool:
    if line.turned and page.height == page.down:
        return _at_side(line, page)
    return line.y > TOP * page.height or line.y < BOTTOM * page.height


def _of_masthead(line: Line, page: PageLines) -> bool:
    """Tell a line of the masthead; a number alone is none under other text: it is question 1."""
    if not MASTHEAD.match(line.text):
        return False
    if line.text not in ("1", "2"):
        return True
    return all(MASTHEAD.match(other.text) for other in page.body if other.y > line.y)


def _is_furniture(
    line: Line, page: PageLines, seen: Counter[Sign], needed: int, pages: int
) -> bool:
    low = line.y < FOOT * page.height
    if low and PRINTED.match(line.text):
        return True
    if PAGE_OF.match(line.text):
        return True
    if page.number == 1 and line.y > HEAD * page.height and _of_masthead(line, page):
        return True
    if not _at_edge(line, page):
        return False
    if PAGE_NUMBER.match(line.text) and low:
        return True
    count = max((seen[sign] for sign in _signs(line, page)), default=0)
    return count >= needed or (count >= 2 and (pages <= 4 or _at_side(line, page)))
