"""Questions that are only numbered: `1. Kunt u …`, a number alone on a line, `4 en 5` above both.

In go the lines of a paper, out come the labels of its questions and of its answers. Which numbers
count is told by the labels of the answers, or by the numbers themselves: they count up from one,
and those that come back (`1, 2 en 3` below question 3) stand above an answer; where nothing stands
above an answer, it begins behind the last question mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.question_labels import ALONE, NUMBERED, SEVERAL, followed, numbers_in, roman
from indexer.structure.body import Line
from indexer.structure.labels import Label, read_label
from indexer.structure.paragraphs import paragraphs

UNLABELLED = ("vragenlijst", "kamervragen", "uitstel", "antwoord")
ANSWERED = ("vragenlijst", "antwoord")
# Must match `(1) Kunt u`, `(1)` alone; and `IV. Kunt u`, `IV` alone.
BRACKETS = re.compile(r"\((?P<number>\d{1,3})\)(?:\s+(?=[^\Wa-z]|[‘’“«'\"(])|$)")
ROMAN = re.compile(r"(?P<number>[IVX]{1,5})(?:\s?[.)]\s+(?=[^\Wa-z]|[‘’“«'\"(])|[.)]?$)")


def numbered(lines: Sequence[Line]) -> list[Label]:
    """Return the labels of a paper that only numbers its questions, but names its answers.

    Of the forms of numbers (`1.`, `(1)`, `I.`) that one counts which stands above most answers: a
    list in an answer can be numbered in another.
    """
    answers = [label for line in lines if (label := read_label(line)) and not label.question]
    if not answers:
        return []
    forms = (_between_answers(list(read(lines)), answers) for read in FORMS)
    return max(forms, key=followed)


def _between_answers(numbers: Sequence[Label], answers: Sequence[Label]) -> list[Label]:
    """Return the numbers that are questions, with the answers.

    Between two answers stand the rest of the first and the next question: of all lines with the
    number that is due the last one counts, as an answer can hold a numbered list.
    """
    found: list[Label] = []
    due, after = 1, -1
    for answer in answers:
        between = numbers[_first(numbers, after + 1) : _first(numbers, answer.start)]
        chosen = _chain(between, [int(n) for n in answer.numbers if n.isdigit()] or [due])
        found += [*chosen, answer]
        due = max([due, *(int(label.numbers[-1]) + 1 for label in chosen)])
        after = answer.start
    return found if any(label.question for label in found) else []


def _first(labels: Sequence[Label], start: int) -> int:
    """Return the place of the first label that begins at an offset of the text or behind it."""
    return bisect_left(labels, start, key=lambda label: label.start)


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


def _number_labels(lines: Iterable[Line]) -> Iterator[Label]:
    for line in lines:
        match = NUMBERED.match(line.text)
        if match:
            yield Label(True, (match["number"],), line.start, line.start + match.end())
        else:
            yield from _alone([line])


def _bracketed(lines: Iterable[Line]) -> Iterator[Label]:
    for line in lines:
        if match := BRACKETS.match(line.text):
            yield Label(True, (match["number"],), line.start, line.start + match.end())


def _in_roman(lines: Iterable[Line]) -> Iterator[Label]:
    for line in lines:
        match = ROMAN.match(line.text)
        if match and (number := roman(match["number"])):
            yield Label(True, (str(number),), line.start, line.start + match.end())


FORMS = (_number_labels, _bracketed, _in_roman)


def _alone(lines: Iterable[Line]) -> Iterator[Label]:
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
    return next(filter(None, (_by_form(list(read(lines)), lines, kind) for read in FORMS)), [])


def _by_form(numbers: Sequence[Label], lines: Sequence[Line], kind: str) -> list[Label]:
    """Return labels of numbers of one form, when they are questions of such a paper."""
    found = _counting_up(numbers, lines)
    if not found or int(found[-1].numbers[-1]) < 2:
        return []
    if kind not in ANSWERED:
        return found
    labels = _with_answers(found, lines)
    answers = len(labels) - len(found)
    return labels if kind == "vragenlijst" or 2 * answers > len(found) else []


def _counting_up(numbers: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the numbers that count up from one.

    One that asks nothing is of a list when the same number comes again and does ask.
    """
    asking = _asking(numbers, lines)
    last = {numbers[place].numbers[0]: place for place in sorted(asking)}
    found: list[Label] = []
    due = 1
    for place, label in enumerate(numbers):
        if int(label.numbers[0]) != due:
            continue
        if place in asking or place > last.get(label.numbers[0], -1):
            found.append(label)
            due = int(label.numbers[-1]) + 1
    return found


def _asking(numbers: Sequence[Label], lines: Sequence[Line]) -> set[int]:
    """Return which numbers stand above text that asks, before the next number."""
    starts = [label.start for label in numbers]
    asking = (line.start for line in lines if "?" in line.text)
    return {place for start in asking if (place := bisect_right(starts, start) - 1) >= 0}


def _with_answers(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Add to each question of a list where its answer begins."""
    places = {line.start: index for index, line in enumerate(lines)}
    ends = [places[label.start] for label in labels[1:]] + [len(lines)]
    out: list[Label] = []
    for label, end in zip(labels, ends, strict=True):
        out.append(label)
        answer = unlabelled_answer(label, lines[places[label.start] : end])
        if answer is not None:
            out.append(Label(False, label.numbers, answer, answer, guessed=True))
    return out


def unlabelled_answer(label: Label, inside: Sequence[Line]) -> int | None:
    """Return where the answer begins: behind the first paragraphs that end with a question mark."""
    text = [inside[0]._replace(text="")] if label.end == inside[0].end else [inside[0]]
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
