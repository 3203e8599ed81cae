"""Rows of a paper with questions → pairs of question and answer.

In go rows, out come `Pair`s in order and the rows that belong to none. The story: a row that is
only a mark (`Vraag 3`, `Antwoord vragen 1 en 2`, `1.`) begins a part; questions wait for the
answer that names them, or for the next answer. An answer to several is each one's answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.structure.rows import Row

NUMBERS = r"\d{1,3}[a-z]?(?:\s*(?:,|en|t/m|tot en met|-|–)\s*\d{1,3}[a-z]?)*"
QUESTION = re.compile(rf"^(?:Vraag|Vragen)\s+(?P<nrs>{NUMBERS})\s*[:.]?\s*(?P<rest>.*)$")
ANSWER = re.compile(
    rf"^Antwoord(?:en)?(?:\s+op)?(?:\s+(?:de\s+)?(?:vraag|vragen))?(?:\s+(?P<nrs>{NUMBERS}))?\s*[:.]?"
    r"(?P<rest>\s.*)?$"
)
NUMBERED = re.compile(r"^(?P<nrs>\d{1,3})[.)]?(?:\s+(?P<rest>\S.*))?$")
SPAN = re.compile(r"(\d+)\s*(?:t/m|tot en met|-|–)\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with its answer, as rows; `number` is as printed (`3`, `3a`)."""

    number: str
    question: tuple[Row, ...]
    answer: tuple[Row, ...]
    answered: bool


@dataclass(slots=True)
class _Part:
    """What follows a mark: questions or an answer, and the numbers that the mark names."""

    answer: bool
    numbers: list[str]
    rows: list[Row]


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a mark: `3, 4 en 5`, `1 t/m 4`."""
    span = SPAN.search(text)
    if span and int(span[1]) < int(span[2]) <= int(span[1]) + 60:
        return [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
    return re.findall(r"\d+[a-z]?", text)


def find_pairs(rows: Sequence[Row], kind: str) -> tuple[list[Pair], int]:
    """Return the pairs and how many rows stand before the first; none when nothing is marked."""
    first, parts = _marked(rows)
    if not any(not part.answer for part in parts):
        first, parts = _numbered(rows, listed=kind == "vragenlijst")
    return _paired(parts), first if parts else len(rows)


def _marked(rows: Sequence[Row]) -> tuple[int, list[_Part]]:
    """Cut at `Vraag 3` and `Antwoord 3`."""
    parts: list[_Part] = []
    first = len(rows)
    for i, row in enumerate(rows):
        question = QUESTION.match(row.text)
        answer = None if question else ANSWER.match(row.text)
        if question and not _is_sentence(question):
            parts.append(_Part(False, numbers_in(question["nrs"]), _rest(row, question)))
            first = min(first, i)
        elif answer and parts and not _is_sentence(answer):
            parts.append(_Part(True, numbers_in(answer["nrs"] or ""), _rest(row, answer)))
        elif parts:
            parts[-1].rows.append(row)
    return first, parts


def _is_sentence(match: re.Match[str]) -> bool:
    """Tell a sentence that begins with the word (`Vraag 3 gaat over …`) from a mark."""
    rest = (match["rest"] or "").strip()
    return bool(rest) and not rest[0].isupper() and rest[0] not in "(«“‘\"'"


def _rest(row: Row, match: re.Match[str]) -> list[Row]:
    rest = (match["rest"] or "").strip()
    return [Row(rest, row.page, opens=True)] if rest else []


def _numbered(rows: Sequence[Row], *, listed: bool) -> tuple[int, list[_Part]]:
    """Cut at numbers that count up from 1 and at `Antwoord:`; in a list also after a `?`."""
    parts: list[_Part] = []
    first, expected = len(rows), 1
    for i, row in enumerate(rows):
        mark = NUMBERED.match(row.text)
        answer = ANSWER.match(row.text)
        if (
            mark
            and int(mark["nrs"]) == expected
            and (mark["rest"] is None) <= (listed or row.opens)
        ):
            parts.append(_Part(False, [mark["nrs"]], _rest(row, mark)))
            first, expected = min(first, i), expected + 1
        elif answer and parts and not _is_sentence(answer):
            parts.append(_Part(True, numbers_in(answer["nrs"] or ""), _rest(row, answer)))
        elif parts and listed and _answer_begins(parts[-1], row):
            parts.append(_Part(True, [], [row]))
        elif parts:
            parts[-1].rows.append(row)
    return (first, parts) if expected > 2 or listed else (len(rows), [])


def _answer_begins(part: _Part, row: Row) -> bool:
    """In a list of questions and answers, the block after the question mark is the answer."""
    return not part.answer and bool(part.rows) and row.opens and part.rows[-1].text.endswith("?")


def _paired(parts: Sequence[_Part]) -> list[Pair]:
    pairs: list[Pair] = []
    waiting: list[tuple[str, list[Row]]] = []
    for part in parts:
        if not part.answer:
            waiting += _own_questions(part)
            continue
        named = [q for q in waiting if q[0] in part.numbers] or waiting
        if not named:  # an answer in two parts, or one that stands alone
            pairs.append(Pair((part.numbers or ["0"])[0], (), tuple(part.rows), answered=True))
            continue
        waiting = [q for q in waiting if q not in named]
        pairs += [Pair(n, tuple(rows), tuple(part.rows), answered=True) for n, rows in named]
    pairs += [Pair(number, tuple(rows), (), answered=False) for number, rows in waiting]
    return sorted(pairs, key=lambda pair: (int(re.match(r"\d+", pair.number)[0]), pair.number))  # type: ignore[index]


def _own_questions(part: _Part) -> list[tuple[str, list[Row]]]:
    """Give each number of `Vraag 3, 4 en 5` its own question where that can be seen."""
    if len(part.numbers) < 2:
        return [((part.numbers or ["0"])[0], part.rows)]
    pieces: list[list[Row]] = [[]]
    for row in part.rows:
        last = pieces[-1][-1] if pieces[-1] else None
        if last and last.text.endswith("?") and row.text[:1].isupper():
            pieces.append([])
        pieces[-1].append(row)
    if len(pieces) != len(part.numbers):
        return [(number, part.rows) for number in part.numbers]
    return list(zip(part.numbers, pieces, strict=True))
