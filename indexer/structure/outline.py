"""The headings of a paper, as an outline.

In go paragraphs of running text, out come `Heading` values. No font is known here, so the words
decide: a short paragraph that ends no sentence, begins as a heading does, and has text below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.paper import Heading
from indexer.structure.paragraphs import SENTENCE_END, Paragraph

LONGEST = 90
MOST_WORDS = 14
# Must match `1 Inleiding`, `2.1. De artikelen`, `B. BEGROTINGSTOELICHTING`, `IV. Slot`, `Artikel 3
# Bestuur`, `Bijlage 2 Moties`, `§ 4 Kosten`; the number tells the depth.
NUMBERED = re.compile(
    r"(?:§ ?)?(?:(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,3})\.?|(?P<letter>[A-Z])\."
    r"|(?P<roman>[IVX]{1,5})\.?) (?=[A-ZÀ-Þ«“‘])"
)
CHAPTER = re.compile(
    r"(?:Artikel|ARTIKEL|Wetsartikel|Hoofdstuk|HOOFDSTUK|Bijlage|BIJLAGE|Deel|Paragraaf) [\dIVX]"
)
OPENS = re.compile(r"[A-ZÀ-Þ«“‘’'\"]")
# Short lines that are no headings: labels of letters and of questions, dates, speakers, names,
# cells of a table.
NONE = re.compile(
    r"(?:Vraag|Vragen|Antwoord|Datum|Betreft|Onderwerp|Ons kenmerk|Uw kenmerk|Kenmerk|"
    r"Onze referentie|"
    r"Bijlagen?\b(?! \d)|Pagina|Geachte|Hoogachtend|Met vriendelijke|Postbus|Telefoon|T \d|Aan de|"
    r"De (?:heer|voorzitter|Minister|minister|Staatssecretaris|staatssecretaris|griffier)\b|"
    r"Mevrouw|"
    r"Minister |Staatssecretaris |Voorgesteld|Vastgesteld|Ontvangen|Nr\. \d|Den Haag|"
    r"’s-Gravenhage|"
    r"Vergaderjaar|Tweede Kamer|Eerste Kamer|Zie |Noot)"
)
CELLS = re.compile(
    r"  |\s(?!(?:19|20)\d\d$)[–-]?[\d.,]{2,}$|\s[–-]\s[–-]|\(bedragen\b|…|\.{4,}|[:;,]$|^\w+: "
    r"|\d{1,2} [a-z]+ 20\d\d$|^(?:[A-Z]\.){2,}"
)

# In minutes: `De heer Kleiweg (CDA):`, `Minister Dijksterman:`, `De voorzitter:`.
SPEAKER = re.compile(
    r"(?:De heer|Mevrouw|Minister|Staatssecretaris|De voorzitter|De [Mm]inister-[Pp]resident)\b"
    r"[^.?!:]{0,60}:$"
)


def outline(parts: Sequence[Paragraph]) -> tuple[Heading, ...]:
    """Return the headings among paragraphs; the last paragraph heads nothing."""
    return tuple(_headings(parts))


def is_heading(text: str) -> bool:
    """Tell whether a paragraph reads as a heading."""
    if len(text) > LONGEST or text.count(" ") >= MOST_WORDS or NONE.match(text):
        return False
    if CELLS.search(text) or sum(c.isalpha() for c in text) < 4:
        return False
    if NUMBERED.match(text) or CHAPTER.match(text):
        return not text.endswith((".", "?", ";"))
    return OPENS.match(text) is not None and SENTENCE_END.search(text) is None


def _headings(parts: Iterable[Paragraph]) -> Iterator[Heading]:
    for part, after in pairwise(parts):
        goes_on = after.note or after.text[:1].islower()
        below = not goes_on and (len(after.text) > len(part.text) or is_heading(after.text))
        if below and not part.note and is_heading(part.text):
            yield Heading(part.text, part.pages[0][0], _level(part.text))


def _level(text: str) -> int:
    """Return the depth of a heading by its number; an unnumbered one is of the first."""
    match = NUMBERED.match(text)
    if not match or not match["decimal"]:
        return 1
    return match["decimal"].count(".") + 1
