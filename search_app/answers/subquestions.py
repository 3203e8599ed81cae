"""A pasted set of parliamentary questions → its sub-questions, and the introduction they share.

In goes a text, out comes `Asked`. The story: labels cut the text (`Vraag 3`), or else numbers
that count up from one, or else bullets, or else paragraphs that ask (the first three in `cuts`).
Letters cut a numbered question once more; what stands before the letters goes with each of them.
`Zo ja, …` and `Zo nee, …` stay with their question, answers are left out, and what stands before
the first question, or behind the last as an explanation, is the introduction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.question_labels import CLOSING
from search_app.answers.cuts import ASKS, cuts_of, items
from search_app.answers.headings import ASKERS
from search_app.answers.pasted import lines_of, paragraphs, running
from search_app.answers.run_on import divided
from search_app.answers.typed import labelled

LETTER = re.compile(r"(?:^|(?<=\s))\(?(?P<letter>[a-j])[.)]\s*(?=\S)")
# A sentence that goes on from the question before it.
GOES_ON = re.compile(
    r"(?:Zo (?:ja|nee|niet)|En zo|Indien (?:ja|nee|niet|dit|dat)|Waarom (?:wel|niet)|Waarom\?"
    r"|Hoe dan|Wanneer\?|Welke\?|Of |En |Graag |Kunt u (?:dit|dat|uw antwoord)\b"
    r"|Wat (?:zijn|is) (?:daarvan|hiervan|daarvoor|hiervoor)\b)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[?!.])\s+(?=[^\Wa-z]|[‘’“«'\"(])")
MOST_IN_ONE = 3
"""Questions that a single paragraph without any mark may ask before it is cut in sentences."""
# `Vragen van het lid De Wit (D66) aan de Minister van Financiën over de schenkbelasting (ingezonden
# 4 juli 2023).`
TITLE = re.compile(
    r"(?:[A-Z]\w+ )?[Vv]ragen (?:van (?:het lid|de leden|de fractie)|gesteld door)\b.{0,900}?"
    r"(?:\(ingezonden [^)]{4,40}\)\.?|\n\n|$)",
    re.DOTALL,
)
# What comes with an answer: `Antwoord van Minister Veldkamp (Buitenlandse Zaken) (ontvangen …).`
ANSWERED_BY = re.compile(
    r"(?:Antwoord|Mededeling) van (?:de )?(?:Minister|Staatssecretaris|minister|staatssecretaris)"
    r".{0,400}?\(ontvangen[^)]*\)\.?\s*(?:Zie ook Aanhangsel[^.]*?(?:nr\.|,)\s?\d{1,4}\b\.?)?",
    re.DOTALL,
)
# Must match `Kunt u deze vragen afzonderlijk beantwoorden?`, `Bent u bereid deze vragen ieder
# afzonderlijk en binnen een week te beantwoorden?`, `Wilt u de vragen voor het debat beantwoorden?`
PROCEDURAL = re.compile(
    r"[^?]{0,60}\bu\b[^?]{0,60}\bvra(?:gen|ag)\b[^?]{0,160}\bbeant-?\s?woorden\b[^?]{0,160}\?\s*$",
    re.IGNORECASE,
)
LONGEST_PROCEDURAL = 240
MOST = 300
"""Sub-questions that are read from one text."""


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One question: its number as printed or counted, and its text.

    `procedural`: it asks how to answer (`Kunt u deze vragen afzonderlijk beantwoorden?`).
    """

    number: str
    text: str
    procedural: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What was pasted: the title (empty when it has none), the introduction, the questions."""

    title: str
    introduction: str
    questions: tuple[SubQuestion, ...]

    @property
    def context(self) -> str:
        """Return title and introduction together."""
        return "\n".join(part for part in (self.title, self.introduction) if part)


def split(text: str) -> Asked:
    """Return the sub-questions of a pasted text; one without any mark is one question."""
    lines = labelled(divided(lines_of(text)))
    cuts = cuts_of(lines)
    if not cuts:
        return _without_marks(lines)
    end = _closing(lines, cuts[-1].line)
    rows = [part for item in items(lines, cuts, end) for part in _lettered(*item)]
    title, introduction = opening(lines[: cuts[0].line])
    behind = running(lines[end:])
    questions = [_question(number, body_text) for number, body_text in rows if body_text]
    around = "\n".join(filter(None, (introduction, behind)))
    return Asked(title, around, told_apart(questions[:MOST]))


def told_apart(questions: Iterable[SubQuestion]) -> tuple[SubQuestion, ...]:
    """Return questions with a number of their own: a second `1`, of another set, is `1 (2)`."""
    seen: Counter[str] = Counter()
    found = []
    for question in questions:
        seen[question.number] += 1
        again = seen[question.number]
        number = f"{question.number} ({again})" if again > 1 else question.number
        found.append(replace(question, number=number))
    return tuple(found)


def _closing(lines: Sequence[str], last: int) -> int:
    """Return the line where the questions end: an explanation or a signature follows."""
    for place in range(last + 1, len(lines)):
        if CLOSING.match(lines[place]):
            return place
    return len(lines)


def _lettered(number: str, body: list[str]) -> Iterator[tuple[str, str]]:
    """Yield a question, or its parts when letters count up from a, each behind the opening."""
    marks = list(_letters(body))
    if len(marks) < 2:
        yield number, running(body)
        return
    opening = running([*body[: marks[0][0]], body[marks[0][0]][: marks[0][1]]])
    for (row, start, letter, text), after in zip(
        marks, [*marks[1:], (len(body), 0, "", 0)], strict=True
    ):
        part = _between(body, (row, text), (after[0], after[1]))
        del start
        yield f"{number}{letter}", f"{opening} {running(part)}".strip()


def _letters(body: Sequence[str]) -> Iterator[tuple[int, int, str, int]]:
    """Yield row, start, letter and start of the text of letters that count up from a."""
    due = ord("a")
    for row, line in enumerate(body):
        for match in LETTER.finditer(line):
            if match["letter"] == chr(due):
                yield row, match.start(), match["letter"], match.end()
                due += 1


def _between(body: Sequence[str], first: tuple[int, int], last: tuple[int, int]) -> list[str]:
    row, start = first
    end_row, end = last
    if row == end_row:
        return [body[row][start:end]]
    tail = [body[end_row][:end]] if end_row < len(body) else []
    return [body[row][start:], *body[row + 1 : end_row], *tail]


def opening(lines: Sequence[str]) -> tuple[str, str]:
    """Return the title and the introduction of what stands before the questions."""
    title, blocks = _titled(lines)
    return title, " ".join(" ".join(blocks).split())


def _titled(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Return the title, and the paragraphs around it."""
    text = ANSWERED_BY.sub("", "\n\n".join(_blocks(lines)))
    match = TITLE.search(text)
    if not match:
        return "", _filled(text)
    # what stands before a title in print is the number of the Aanhangsel
    before = re.sub(r"^\W*\d{1,4}\b\s*", "", text[: match.start()].strip())
    title = " ".join(match.group().split()).rstrip(".")
    return title, [*_filled(before), *_filled(text[match.end() :])]


def _filled(text: str) -> list[str]:
    return [block.strip() for block in text.split("\n\n") if block.strip()]


def _blocks(lines: Sequence[str]) -> list[str]:
    """Return the text between empty lines."""
    return paragraphs([*lines, ""]) if any(lines) else []


def _question(number: str, text: str) -> SubQuestion:
    short = len(text) <= LONGEST_PROCEDURAL
    return SubQuestion(number, text, procedural=short and PROCEDURAL.match(text) is not None)


def _without_marks(lines: Sequence[str]) -> Asked:
    """Return questions of paragraphs that ask; a single paragraph is one question."""
    title, blocks = _titled(lines)
    if len(blocks) == 1:
        blocks = _sentences(blocks[0])
    opening: list[str] = []
    found: list[str] = []
    for block in blocks:
        if ASKERS.match(block):
            continue
        if found and GOES_ON.match(block):
            found[-1] += f" {block}"
        elif ASKS.search(block):
            lead, opening = (opening, []) if found else ([], opening)
            found.append(" ".join([*lead, block]))
        else:
            opening.append(block)
    if not found:
        whole = " ".join(blocks)
        return Asked(title, "", (_question("1", whole),) if whole else ())
    questions = tuple(_question(str(n), text) for n, text in enumerate(found[:MOST], 1))
    return Asked(title, " ".join(opening), questions)


def _sentences(paragraph: str) -> list[str]:
    """Return one paragraph whole, or by its questions when it asks many."""
    units: list[str] = []
    for sentence in SENTENCE.split(paragraph):
        if units and (GOES_ON.match(sentence) or not ASKS.search(units[-1])):
            units[-1] += f" {sentence}"
        else:
            units.append(sentence)
    asking = sum(bool(ASKS.search(unit)) for unit in units)
    return units if asking > MOST_IN_ONE else [paragraph]
