"""The labels above questions and answers as they are printed or typed.

In goes a line or a text, out come the numbers that a label or a reference names. Used for papers
(`indexer.structure`) and for questions that someone pastes (`search_app`), so it knows no pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

ONE = r"\d{1,3}[a-z]?"
# Must match `1`, `4 en 5`, `3, 4 en 5`, `5,6,7,8 en 9`, `1-3`, `1 t/m 3`, `1 en vraag 2`.
AND = r"(?:,\s?en\s|,|\sen\s|&|/|-|–|\st/m\s|\stot\sen\smet\s)"
NUMBERS = rf"{ONE}(?:\s?{AND}\s?(?:vraag\s)?{ONE}(?![\w%]))*"
RANGE = re.compile(r"(\d{1,3})\s?(?:-|–|t/m|tot\sen\smet)\s?(\d{1,3})")
WIDEST = 60
WITHIN = (" op", " het", " de", " bij", " en")
"""How a line ends that goes on with the label below it: `… het antwoord op⏎Vraag 3`."""
# A rest on the label's own line is text when it begins as a sentence does.
REST = r"(?P<rest>\s*[:.)]?\s*(?=[^\sa-z,;.:)]).*|\s*[:.)]?\s*)"
# Must match `1`, `(1)`, `#1`, `nr. 1`, `4 en 5`, and `IV` of a paper that counts in Roman numerals.
NAMED = (
    rf"(?:\s|(?=\())(?:nr\.?\s|#\s?)?(?:(?P<open>\()?(?P<numbers>{NUMBERS})(?(open)\))"
    r"|(?P<roman>[IVX]{1,5})(?![\w’']))"
)
# Must match `Vraag 1`, `Vragen 4 en 5:`, `VRAAG 3. Kunt u`, `Vraag (1)`; must not match `Vraag 3
# gaat over` or `Vragen van het lid`.
QUESTION = re.compile(rf"(?:Vraag|Vragen|VRAAG|VRAGEN){NAMED}{REST}$")
# Must match `Antwoord 1`, `Antwoord op vraag 1:`, `Antwoord vragen 1 en 2`, `Antwoord op de vragen
# 5,6 en 7`, `Antwoorden 3`, `Reactie op vraag 2`; must not match `Antwoord van Minister` or
# `Antwoorden op Kamervragen`.
ANSWERS = r"(?:Antwoord(?:en)?|ANTWOORD(?:EN)?|Reactie|REACTIE)"
ANSWER = re.compile(
    rf"{ANSWERS}(?:\sop)?(?:\s(?:de\s)?(?:vraag|vragen|VRAAG|VRAGEN))?{NAMED}{REST}$"
)
# Must match `Antwoord` and `Antwoord:` alone, and `Antwoord: Ja.`; not `Antwoord op de motie`.
BARE = re.compile(r"(?:Antwoord|ANTWOORD|Reactie|REACTIE)(?:\s*:?|\s*:\s+(?P<rest>\S.*))$")
# Some ministries write labels small, on lines of their own: `vraag 3`, `antwoord op vraag 3:`.
SMALL = re.compile(
    r"(?:(?P<asks>vraag|vragen)|antwoord(?:en)?(?:\sop)?(?:\s(?:de\s)?vra(?:ag|gen))?)"
    rf"\s(?P<numbers>{NUMBERS})\s?:?$|antwoord\s?:?$"
)
# Labels of one letter. Must match `V1`, `V1:`, `V1. Kunt u`, `A1: Ja.`, `V: Kunt u`; must not match
# `A1 tussen Apeldoorn`, `A. de Vries`, `V` alone.
SHORT = re.compile(
    r"(?:(?P<asks>V)|A)(?:\s?(?P<numbers>\d{1,3}[a-j]?)(?:\s?[:.)](?:\s+(?P<rest>\S.*))?)?"
    r"|\s?:(?:\s+(?P<alone>\S.*))?)$"
)
ALONE = re.compile(r"(?P<number>\d{1,3})\.?")
# Must match `4 en 5`, `1, 2 en 3`, `4 t/m 7`; a number alone is `ALONE`.
SEVERAL = re.compile(rf"{NUMBERS}\.?")
# Must match `1. Kunt u`, `12) Is het`; must not match `1.2 miljoen` or `3. van de` (a list).
NUMBERED = re.compile(r"(?P<number>\d{1,3})\s?[.)]\s+(?=[^\Wa-z]|[‘’“«'\"(])")
# What stands between a label and the text on its line: `Vraag 1: Kunt u`, `Vraag 1 – Kunt u`.
BEFORE_REST = re.compile(r"^[\s:.)]*(?:[–—-]\s+)?")
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


class Cut(Protocol):
    """Something that a label begins: a question, or an answer."""

    @property
    def question(self) -> bool:
        """Tell a question from an answer."""
        ...


def followed(cuts: Sequence[Cut]) -> int:
    """Return how many questions an answer follows."""
    return sum(one.question and not other.question for one, other in pairwise(cuts))


def read_mark(line: str) -> Mark | None:
    """Return the label that a line is or begins with."""
    if line[:1] not in ("V", "A", "R", "v", "a"):
        return None
    if small := SMALL.match(line):
        return Mark(bool(small["asks"]), numbers_in(small["numbers"] or ""), len(line))
    match = QUESTION.match(line)
    if match:
        return _mark(line, match, question=True)
    match = ANSWER.match(line) or BARE.match(line)
    return _mark(line, match, question=False) if match else None


def read_short(line: str) -> Mark | None:
    """Return the label of one letter that a line is or begins with: `V1:`, `A1:`, `V:`."""
    match = SHORT.match(line)
    if match is None:
        return None
    rest = match["rest"] or match["alone"] or ""
    numbers = (match["numbers"],) if match["numbers"] else ()
    return Mark(bool(match["asks"]), numbers, len(line) - len(rest))


def roman(numeral: str) -> int:
    """Return the value of a Roman numeral to `XXXIX`, 0 when it is none."""
    return next((number for number in range(1, 40) if _in_roman(number) == numeral), 0)


def _in_roman(number: int) -> str:
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]


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
    rest = BEFORE_REST.sub("", groups.get("rest") or "")
    end = len(line) - len(rest) if rest else len(line)
    counted = str(roman(groups["roman"])) if groups.get("roman") else groups.get("numbers")
    return Mark(question, numbers_in(counted or ""), end)
