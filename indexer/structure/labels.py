"""The labels above questions and answers in a paper: `indexer.question_labels` with spans.

In goes a line of a body, out comes its label with the numbers that it names; in go all lines, out
come the labels that cut them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.question_labels import WITHIN, Mark, read_mark, read_short
from indexer.structure.body import Line
from indexer.structure.paragraphs import SENTENCE_END
from indexer.structure.sets import lines_apart

# `Vraag:` alone on a line or above its text, without a number.
BARE = re.compile(r"(?:Vraag|VRAAG)(?:\s*:?$|\s*:\s+(?=\S))")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: of a question or an answer, the numbers it names, its span.

    `guessed`: nothing is printed above the answer; where it begins was told from the text.
    """

    question: bool
    numbers: tuple[str, ...]
    start: int
    end: int
    guessed: bool = False


def read_label(line: Line) -> Label | None:
    """Return the label that a line is or begins with."""
    return _label(line, read_mark(line.text))


def _label(line: Line, mark: Mark | None) -> Label | None:
    if mark is None:
        return None
    return Label(mark.question, mark.numbers, line.start, line.start + mark.end)


def labelled(lines: Sequence[Line]) -> list[Label]:
    """Return the labels of a paper that writes `Vraag` or `V` above its questions.

    Labels within a line, as in running sentences, count when more questions are found so.
    """
    found = _with_words(lines)
    apart = lines_apart(lines)
    if len(apart) > len(lines) and _asked(within := _with_words(apart)) > _asked(found):
        found = within
    return found or _with_letters(lines)


def _asked(labels: Sequence[Label]) -> int:
    """Return how many questions count up from one, 0 when they do not."""
    numbers = [number for label in labels if label.question for number in label.numbers]
    return len(numbers) if numbers == [str(n) for n in range(1, len(numbers) + 1)] else 0


def _with_words(lines: Sequence[Line]) -> list[Label]:
    found: list[Label] = []
    for before, line in zip([None, *lines[:-1]], lines, strict=True):
        label = read_label(line)
        if label and (label.question or found) and not _in_a_sentence(before, line, label):
            found.append(label)
    return found if any(label.question for label in found) else _without_numbers(lines)


def _without_numbers(lines: Sequence[Line]) -> list[Label]:
    """Return the labels of a paper that writes `Vraag:` and `Antwoord:`, counted from one."""
    found: list[Label] = []
    asked = 0
    for line in lines:
        if bare := BARE.match(line.text):
            asked += 1
            found.append(Label(True, (str(asked),), line.start, line.start + bare.end()))
        elif found and (label := read_label(line)) and not label.question:
            found.append(label)
    return found if len(found) > asked > 0 else []


def _with_letters(lines: Sequence[Line]) -> list[Label]:
    """Return the labels of a paper that writes `V1:` and `A1:`, or `V:` and `A:`.

    Only when their questions count up from one and each has an answer: `A1` is a road too.
    """
    found: list[Label] = []
    asked = 0
    for line in lines:
        label = _label(line, read_short(line.text))
        if label and label.question:
            asked += 1
            found.append(replace(label, numbers=label.numbers or (str(asked),)))
        elif label and found:
            found.append(label)
    return found if _asked(found) == asked > 1 and len(found) == 2 * asked else []


def _in_a_sentence(before: Line | None, line: Line, label: Label) -> bool:
    """Tell `… het antwoord op⏎Vraag 3` (wrapped) from a label."""
    if before is not None and line.text[:1].islower():
        apart = line.gap or line.page != before.page
        return not apart and SENTENCE_END.search(before.text) is None
    if before is None or line.gap or label.numbers:
        return before is not None and before.text.endswith(WITHIN)
    return SENTENCE_END.search(before.text) is None and len(before.text) > 60
