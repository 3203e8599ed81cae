"""The labels above questions and answers as they are printed or typed.

In goes a line or a text, out come the numbers that a label or a reference names. Used for papers
(`indexer.structure`) and for questions that someone pastes (`search_app`), so it knows no pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ONE = r"\d{1,3}[a-z]?"
# Must match `1`, `4 en 5`, `3, 4 en 5`, `5,6,7,8 en 9`, `1-3`, `1 t/m 3`, `1 en vraag 2`.
AND = r"(?:,\s?en\s|,|\sen\s|&|/|-|–|\st/m\s|\stot\sen\smet\s)"
NUMBERS = rf"{ONE}(?:\s?{AND}\s?(?:vraag\s)?{ONE}(?![\w%]))*"
RANGE = re.compile(r"(\d{1,3})\s?(?:-|–|t/m|tot\sen\smet)\s?(\d{1,3})")
WIDEST = 60
# A rest on the label's own line is text when it begins as a sentence does.
REST = r"(?P<rest>\s*[:.)]?\s*(?=[^\sa-z,;.:)]).*|\s*[:.)]?\s*)"
# Must match `Vraag 1`, `Vragen 4 en 5:`, `VRAAG 3. Kunt u`; must not match `Vraag 3 gaat over` or
# `Vragen van het lid`.
QUESTION = re.compile(rf"(?:Vraag|Vragen|VRAAG|VRAGEN)\s(?:nr\.?\s)?(?P<numbers>{NUMBERS}){REST}$")
# Must match `Antwoord 1`, `Antwoord op vraag 1:`, `Antwoord vragen 1 en 2`, `Antwoord op de vragen
# 5,6 en 7`, `Antwoorden 3`; must not match `Antwoord van Minister` or `Antwoorden op Kamervragen`.
ANSWER = re.compile(
    r"(?:Antwoord(?:en)?|ANTWOORD(?:EN)?)(?:\sop)?(?:\s(?:de\s)?(?:vraag|vragen|VRAAG|VRAGEN))?\s"
    rf"(?P<numbers>{NUMBERS}){REST}$"
)
# Must match `Antwoord` and `Antwoord:` alone, and `Antwoord: Ja.`; not `Antwoord op de motie`.
BARE = re.compile(r"(?:Antwoord|ANTWOORD)(?:\s*:?|\s*:\s+(?P<rest>\S.*))$")
ALONE = re.compile(r"(?P<number>\d{1,3})\.?")
# Must match `1. Kunt u`, `12) Is het`; must not match `1.2 miljoen` or `3. van de` (a list).
NUMBERED = re.compile(r"(?P<number>\d{1,3})\s?[.)]\s+(?=[^\Wa-z]|[‘’“«'\"(])")
# What can stand behind the last answer: a notice of delay, a remark, an annex, those who sign a
# committee's report (`De voorzitter van de commissie,`, `De griffier …`), endnotes `1)`.
CLOSING = re.compile(
    r"(?:Mededeling|Toelichting)\s*:?\s*$|Toelichting\s*:\s|(?:Bijlage|BIJLAGE)(?:\s\d{1,2})?(?::\s.*)?$"
    r"|De (?:fungerend |plv\. )?(?:voorzitter|(?:adjunct-)?griffier)(?: van de (?:vaste )?commissie"
    r"\b[^.]*)?,\s*$"
)
ENDNOTE = re.compile(r"1\)\s+\S")
# Must match `Zie het antwoord op vraag 22`, `zie antwoord vraag 3`, `verwijs ik naar mijn antwoord
# op de vragen 2, 6 en 8`, `zoals in antwoord 4 gemeld`, `Zie vraag 5`; must not match `antwoord op
# vragen van het lid`, nor another paper's `(Kamerstuk 36 200 VII, nr. 12, antwoord op vraag 11)`.
REFERENCE = re.compile(
    r"(?<!\d, )\b(?:(?:[Aa]ntwoord(?:en)?(?:\s(?:op|bij|onder))?|[Bb]eantwoording\s(?:van|op))"
    r"(?:\s(?:de\s)?(?:deel)?(?:vraag|vragen))?"
    r"|[Zz]ie\s(?:ook\s|hiervoor\s|verder\s)?(?:onder\s)?(?:de\s)?(?:vraag|vragen))"
    rf"\s(?P<numbers>{NUMBERS})(?![\w%])"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """`Zie het antwoord op vraag 22`: the numbers it points to, and its span."""

    numbers: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A label that a line is or begins with: of a question or an answer, and its numbers.

    `end` is where the text behind it begins, the length of the line when nothing is behind it.
    """

    question: bool
    numbers: tuple[str, ...]
    end: int


def read_mark(line: str) -> Mark | None:
    """Return the label that a line is or begins with."""
    if line[:1] not in ("V", "A"):
        return None
    match = QUESTION.match(line)
    if match:
        return _mark(line, match, question=True)
    match = ANSWER.match(line) or BARE.match(line)
    return _mark(line, match, question=False) if match else None


def find_references(text: str) -> Iterator[Reference]:
    """Yield the references from an answer to others of the same paper."""
    for match in REFERENCE.finditer(text):
        yield Reference(numbers_in(match["numbers"]), match.start(), match.end())


def numbers_in(printed: str) -> tuple[str, ...]:
    """Return the numbers that a label names: `3, 4 en 5`, `1 t/m 4`."""
    found: list[str] = []
    end = 0
    for match in RANGE.finditer(printed):
        found += re.findall(ONE, printed[end : match.start()])
        first, last = int(match[1]), int(match[2])
        found += (
            map(str, range(first, last + 1)) if 0 < last - first < WIDEST else (match[1], match[2])
        )
        end = match.end()
    return tuple(dict.fromkeys(found + re.findall(ONE, printed[end:])))


def _mark(line: str, match: re.Match[str], *, question: bool) -> Mark:
    groups = match.groupdict()
    rest = (groups.get("rest") or "").lstrip(" :.)")
    end = len(line) - len(rest) if rest else len(line)
    return Mark(question, numbers_in(groups.get("numbers") or ""), end)
