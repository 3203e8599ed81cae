"""The labels above questions and answers in a paper: `indexer.question_labels` with spans.

In goes a line of a body, out comes its label with the numbers that it names.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.question_labels import read_mark
from indexer.structure.body import Line


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
        return None
    return Label(mark.question, mark.numbers, line.start, line.start + mark.end)
