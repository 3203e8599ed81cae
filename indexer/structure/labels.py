"""The labels above questions and answers in a paper: `indexer.question_labels` with spans.

In goes a line of a body, out comes its label with the numbers that it names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.question_labels import NUMBERS, numbers_in, read_mark
from indexer.structure.body import Line

# Some ministries write labels small, on lines of their own: `vraag 3`, `antwoord op vraag 3:`.
SMALL = re.compile(
    r"(?:(?P<asks>vraag|vragen)|antwoord(?:en)?(?:\sop)?(?:\s(?:de\s)?vra(?:ag|gen))?)"
    rf"\s(?P<numbers>{NUMBERS})\s?:?$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label: of a question or an answer, the numbers it names, its span."""

    question: bool
    numbers: tuple[str, ...]
    start: int
    end: int


def read_label(line: Line) -> Label | None:
    """Return the label that a line is or begins with."""
    mark = read_mark(line.text)
    if mark is None:
        small = SMALL.match(line.text)
        numbers = numbers_in(small["numbers"]) if small else ()
        return Label(bool(small["asks"]), numbers, line.start, line.end) if small else None
    return Label(mark.question, mark.numbers, line.start, line.start + mark.end)
