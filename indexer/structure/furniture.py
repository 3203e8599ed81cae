"""Printed lines that are not the text of a paper, even when they still stand in it.

In goes a page's lines, out comes which of them are masthead, foot or page number. The extractor
moves away what it knows by place and repetition; a paper of one page, or text from elsewhere,
keeps its foot in the text, and the words of it are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LINK = r"(?:kst|ah|kv|h|blg|nds|ag)-[\w-]*\d[\w-]*"
HOUSE = r"(?:Tweede|Eerste) Kamer der Staten-Generaal"
YEARS = r"\d{4}\s?[-–]\s?\d{2,4}"

# Masthead: must match `Tweede Kamer der Staten-Generaal2` (pdfminer moves the house's number) and
# `Vergaderjaar 2023–2024 Aanhangsel van de Handelingen`; must not match the addressee of a
# letter, `Aan de Voorzitter van de Tweede Kamer der Staten-Generaal`.
MASTHEAD = re.compile(
    rf"{HOUSE}\s*[12]?"
    rf"|Vergaderjaar {YEARS}(?:\s+(?:Aanhangsel van de Handelingen|Kamerstukken"
    r"|Vragen gesteld door de leden der Kamer))?"
    r"|Aanhangsel van de Handelingen|Vragen gesteld door de leden der Kamer"
    r"(?:, met de daarop door de(?: regering gegeven antwoorden)?)?"
    r"|regering gegeven antwoorden"
)
# Foot: must match `ISSN 0921 - 7398’s-Gravenhage 2024Tweede Kamer, …` (lines run together) and
# `Tweede Kamer, vergaderjaar 2018–2019, 35 000 I, nr. 2 12`; must not match a sentence that
# begins with `Tweede Kamer, vergaderjaar …` and goes on.
FOOT = re.compile(
    rf"{LINK}"
    r"|KST\d{5,6}|\d{4}tkkst[\w-]+|Sdu Uitgevers"
    r"|ISSN \d{4}\s?-\s?\d{4}.*"
    rf"|[’'‘]s-Gravenhage \d{{4}}(?:\s*(?:Tweede|Eerste) Kamer, vergaderjaar {YEARS}.{{0,60}})?"
    rf"|(?:Tweede|Eerste) Kamer, vergaderjaar {YEARS}, "
    r"(?:Aanhangsel|Vragen|Handelingen|\d).{0,50}"
    r"|Pagina \d+ van \d+"
    r"|[TE]K (?P<meeting>\d{1,3})\s+(?P=meeting)-\d{1,3}-\d{1,4}"
)
ALONE = re.compile(r"\d{1,4}")
FIRST = frozenset("TEVAvrkahbnISKP’'‘0123456789")
"""What a line of furniture can begin with: most lines of text need no closer look."""


def _known(line: str, rule: re.Pattern[str]) -> bool:
    return line[:1] in FIRST and rule.fullmatch(line) is not None


def furniture(lines: Sequence[str], *, first: bool) -> set[int]:
    """Return the indexes of the lines that are furniture; `first` for the first page.

    A number alone goes only beside other furniture: it can be a question of a list.
    """
    found = {i for i, line in enumerate(lines) if len(line) < 120 and _known(line, FOOT)}
    if first:
        head = {i for i, line in enumerate(lines[:12]) if _known(line, MASTHEAD)}
        found |= head | {i + 1 for i in head if _house_number(lines, i + 1)}
    last = len(lines) - 1
    if last in found or not lines:
        return found
    if ALONE.fullmatch(lines[last]) and last - 1 in found:
        found.add(last)
    return found


def _house_number(lines: Sequence[str], index: int) -> bool:
    return index < len(lines) and lines[index] in ("1", "2")
