"""The layout of answered questions before about 2011: first all questions, then all answers.

In go the lines of a paper, out come the labels of its questions and of its answers: numbers alone
on their lines, counting up from one, and behind the line `Antwoord` once more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from indexer.question_labels import NUMBERS, numbers_in
from indexer.structure.body import Line
from indexer.structure.labels import Label

# Must match `Antwoord`, `Antwoord van minister Oldenkamp (Justitie). (Ontvangen 3 juli 2008)`.
BEGINS = re.compile(r"Antwoord(?:en)?(?:\s*:?$| van (?:de )?(?:[Mm]inister|[Ss]taatssecretaris)\b)")
# Must match `3`, `1.`, `2 en 3`, `4 t/m 6`.
ALONE = re.compile(rf"(?P<numbers>{NUMBERS})\.?")
MOST_TRIED = 20
"""Lines that may be the heading of all answers: a paper has one, and questions above the first."""


def two_runs(lines: Sequence[Line]) -> tuple[list[Label], list[Label], int] | None:
    """Return the labels of questions and of answers, and where the answers' heading stands."""
    places = (place for place, line in enumerate(lines) if BEGINS.match(line.text))
    for place in islice(places, MOST_TRIED):
        asked = _run(lines[:place], question=True)
        answered = _run(lines[place + 1 :], question=False) if asked else []
        numbers = {number for label in asked for number in label.numbers}
        if answered and all(number in numbers for label in answered for number in label.numbers):
            return asked, answered, lines[place].start
    return None


def _run(lines: Sequence[Line], *, question: bool) -> list[Label]:
    """Return the numbers alone on a line that count up from one."""
    found: list[Label] = []
    due = 1
    for line in lines:
        match = ALONE.fullmatch(line.text) if line.text[:1].isdigit() else None
        numbers = numbers_in(match["numbers"]) if match else ()
        if numbers and numbers[0] == str(due):
            found.append(Label(question, numbers, line.start, line.end))
            due = int(re.sub(r"\D", "", numbers[-1])) + 1
    return found
