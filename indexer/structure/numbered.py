"""Questions that are only numbered: `1. Kunt u …`, a number alone on a line, `4 en 5` above both.

In go the lines of a paper, out come the labels of its questions and of its answers. Which numbers
count is told by the labels of the answers, or by the numbers themselves: they count up from one,
and those that come back (`1, 2 en 3` below question 3) stand above an answer; where nothing stands
above an answer, it begins behind the last question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.question_labels import ALONE, NUMBERED, NUMBERS, numbers_in
from indexer.structure.body import Line
from indexer.structure.labels import Label, read_label
from indexer.structure.paragraphs import paragraphs

UNLABELLED = ("vragenlijst", "kamervragen", "uitstel", "antwoord")
ANSWERED = ("vragenlijst", "antwoord")
# Must match `4 en 5`, `1, 2 en 3`, `4 t/m 7`; a number alone is `ALONE`.
SEVERAL = re.compile(rf"{NUMBERS}\.?")


def numbered(lines: Sequence[Line]) -> list[Label]:
    """Return the labels of a paper that only numbers its questions, but names its answers.

    Between two answers stand the rest of the first and the next question: of all lines with the
    number that is due the last one counts, as an answer can hold a numbered list.
    """
    answers = [label for line in lines if (label := read_label(line)) and not label.question]
    if not answers:
        return []
    numbers = list(_number_labels(lines))
    found: list[Label] = []
    due, after = 1, -1
    for answer in answers:
        between = [n for n in numbers if after < n.start < answer.start]
        chosen = _chain(between, [int(n) for n in answer.numbers if n.isdigit()] or [due])
        found += [*chosen, answer]
        due = max([due, *(int(label.numbers[-1]) + 1 for label in chosen)])
        after = answer.start
    return found if any(label.question for label in found) else []


def _chain(labels: Sequence[Label], wanted: Sequence[int]) -> list[Label]:
    """Return the last labels that count up from the first number wanted."""
    first = [i for i, label in enumerate(labels) if int(label.numbers[0]) == wanted[0]]
    if not first:
        return []
    chosen = [labels[first[-1]]]
    for label in labels[first[-1] + 1 :]:
        if int(label.numbers[0]) == int(chosen[-1].numbers[-1]) + 1:
            chosen.append(label)
    return chosen


def counted(lines: Sequence[Line]) -> list[Label]:
    """Return the labels of questions numbered on lines of their own, and of their answers.

    A number that is due is a question; numbers that come back are the answer to those questions.
    Nothing is returned when a question stays without one.
    """
    found: list[Label] = []
    due, waiting = 1, set[str]()
    for label in _alone(lines):
        if int(label.numbers[0]) == due:
            found.append(label)
            waiting |= set(label.numbers)
            due = int(label.numbers[-1]) + 1
        elif waiting.issuperset(label.numbers):
            found.append(replace(label, question=False))
            waiting -= set(label.numbers)
    return [] if waiting else found


def _number_labels(lines: Sequence[Line]) -> Iterator[Label]:
    for line in lines:
        match = NUMBERED.match(line.text)
        if match:
            yield Label(True, (match["number"],), line.start, line.start + match.end())
        else:
            yield from _alone([line])


def _alone(lines: Sequence[Line]) -> Iterator[Label]:
    """Yield the labels that are numbers alone on a line, one or several that count up."""
    for line in lines:
        if not line.text[:1].isdigit():
            continue
        if match := ALONE.fullmatch(line.text):
            yield Label(True, (match["number"],), line.start, line.end)
        elif SEVERAL.fullmatch(line.text) and _counts_up(numbers := numbers_in(line.text)):
            yield Label(True, numbers, line.start, line.end)


def _counts_up(numbers: Sequence[str]) -> bool:
    if not all(number.isdigit() for number in numbers):
        return False
    first = int(numbers[0])
    return [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def by_numbers(lines: Sequence[Line], kind: str) -> list[Label]:
    """Return labels for questions that are numbered from one and labelled in no other way."""
    if kind not in UNLABELLED:
        return []
    if kind == "antwoord" and (found := counted(lines)):
        return found
    found = []
    due = 1
    for label in _number_labels(lines):
        if int(label.numbers[0]) == due:
            found.append(label)
            due = int(label.numbers[-1]) + 1
    if due < 3:
        return []
    if kind not in ANSWERED:
        return found
    labels = _with_answers(found, lines)
    answers = len(labels) - len(found)
    return labels if kind == "vragenlijst" or 2 * answers > len(found) else []


def _with_answers(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Add to each question of a list where its answer begins."""
    places = {line.start: index for index, line in enumerate(lines)}
    ends = [places[label.start] for label in labels[1:]] + [len(lines)]
    out: list[Label] = []
    for label, end in zip(labels, ends, strict=True):
        out.append(label)
        answer = unlabelled_answer(label, lines[places[label.start] : end])
        if answer is not None:
            out.append(Label(False, label.numbers, answer, answer))
    return out


def unlabelled_answer(label: Label, inside: Sequence[Line]) -> int | None:
    """Return where the answer begins: behind the first paragraphs that end with a question mark."""
    text = [replace(inside[0], text="")] if label.end == inside[0].end else [inside[0]]
    rest = [*(line for line in text if line.text), *inside[1:]]
    lines_used, asked = 0, False
    for part in paragraphs(rest):
        asks = part.text.rstrip(" 0123456789").endswith("?")
        if asked and not asks:
            return rest[lines_used].start
        asked = asked or asks
        lines_used += _line_count(rest[lines_used:], part.text)
    return None


def _line_count(lines: Sequence[Line], paragraph: str) -> int:
    """Return how many lines a paragraph was joined of."""
    length = -1
    for count, line in enumerate(lines, 1):
        length += len(line.text) + 1
        if length >= len(paragraph):
            return count
    return len(lines)
