"""Questions and their answers, in all the layouts in which they are printed.

In goes a `Body`, out comes a `Split`: pairs of spans, and where they begin and end. The story:
lines that are only a label (`Vraag 3`, `Antwoord op vraag 3`, `Antwoord vragen 1 en 2`) cut the
text; where questions are merely numbered (`1. Kunt u …`, a number alone on a line), the answers'
labels tell which numbers count; and in a list of questions and answers without any label, the
question ends with its last question mark. A question waits for the answer that names it, or for
the next answer that names none; an answer to several belongs to each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.question_labels import CLOSING, ENDNOTE
from indexer.structure.body import Body, Line
from indexer.structure.labels import Label, labelled
from indexer.structure.numbered import by_numbers, counted, numbered, unlabelled_answer
from indexer.structure.oldstyle import two_runs
from indexer.structure.sets import heading_at_the_end

Span = tuple[int, int]
# The office under which the last answer is signed: `De minister van Financiën,` and a name below.
SIGNED = re.compile(r"(?:De|DE) (?:minister|staatssecretaris) (?:van|voor) [^.]*$", re.IGNORECASE)
MOST_SIGNED = 4
MOST = 6000
"""Numbers in labels: the longest list of questions has some hundreds; a text that only looks like
labels (`Vraag 1-60` on each line) would stand in hundreds of thousands of passages."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer, as spans of the body's text.

    `number` is as printed; `answer` is `None` when there is none; `together` has the numbers of
    all questions that share the answer; `introduction` belongs to it and to the other parts of the
    same question (`2a`, `2b`), or is the heading of the questions that begin with it. `guessed`:
    nothing is printed above the answer.
    """

    number: str
    question: Span | None
    answer: Span | None
    together: tuple[str, ...] = ()
    introduction: Span | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """The pairs of a paper, between `start` and `end` of its text."""

    pairs: tuple[Pair, ...]
    start: int
    end: int

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Return the numbers of the questions without an answer."""
        return tuple(pair.number for pair in self.pairs if pair.answer is None)


@dataclass(frozen=True, slots=True)
class Part:
    """What follows a label up to the next: a question or an answer.

    `heading` stands above a question, and is no part of the answer before.
    """

    label: Label
    start: int
    end: int
    heading: Span | None = None


def split_questions(body: Body, kind: str) -> Split | None:
    """Return the questions with their answers, `None` when the text has no such layout.

    `kind` says what to expect: in a `vragenlijst` numbers alone may be the only mark, questions
    that were only asked (`kamervragen`, `uitstel`) can be numbered without any label, and in an
    `antwoord` each question should have its answer, even where the label was left out.
    """
    lines = [line for line in body.lines if not line.note]
    labels = labelled(lines)
    if kind == "antwoord" and not labels and (runs := two_runs(lines)):
        return _of_runs(*runs, len(body.text))
    labels = labels or numbered(lines) or by_numbers(lines, kind)
    if not labels or sum(len(label.numbers) for label in labels) > MOST:
        return None
    if kind == "antwoord":
        labels = _with_missing([*_before(labels[0], lines), *labels], lines)
    end = _tail(lines, labels[-1], len(body.text))
    pairs = _introduced(_paired(_headed(_parts(labels, end), lines)))
    return Split(tuple(pairs), labels[0].start, end) if pairs else None


def _of_runs(asked: Sequence[Label], answered: Sequence[Label], between: int, end: int) -> Split:
    """Return the pairs of a paper that prints all its questions before all its answers."""
    parts = [*_parts(asked, between), *_parts(answered, end)]
    return Split(tuple(_paired(parts)), asked[0].start, end)


def _before(first: Label, lines: Sequence[Line]) -> list[Label]:
    """Return the labels of questions that are only numbered, above one that says `Vraag 4`."""
    due = first.numbers[0] if first.question else ""
    if not due.isdigit() or due == "1":
        return []
    found = counted([line for line in lines if line.start < first.start])
    last = [label.numbers[-1] for label in found if label.question]
    return found if last and int(last[-1]) == int(due) - 1 else []


def _with_missing(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Add the labels of answers that print left out: a question followed by the next question.

    Real papers do (`Vraag 2`, its question and its answer, `Vraag 3`), some for all of them. Not
    where the answer comes later, for several questions at once.
    """
    answers = [label for label in labels if not label.question]
    later = {number for label in answers for number in label.numbers}
    if answers and not later:
        return list(labels)
    out: list[Label] = []
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        out.append(label)
        if not label.question or later & set(label.numbers) or (after and not after.question):
            continue
        if after is None and answers:
            continue
        end = after.start if after else lines[-1].end
        inside = [line for line in lines if label.start <= line.start < end]
        if (start := unlabelled_answer(label, inside)) is not None:
            out.append(Label(False, label.numbers, start, start, guessed=True))
    return out


def _tail(lines: Sequence[Line], last: Label, end: int) -> int:
    """Return where the last part ends: a closing remark or the notes of a Word document follow."""
    rest = [line for line in lines if line.start >= last.end]
    for index, line in enumerate(rest):
        if CLOSING.match(line.text):
            return line.start
        if index and len(rest) - index <= MOST_SIGNED and SIGNED.match(line.text):
            return line.start
        if index and ENDNOTE.match(line.text) and any("1)" in before.text for before in lines):
            return line.start
    return end


def _parts(labels: Sequence[Label], end: int) -> list[Part]:
    ends = [label.start for label in labels[1:]] + [end]
    return [Part(label, label.end, stop) for label, stop in zip(labels, ends, strict=True)]


def _headed(parts: Sequence[Part], lines: Sequence[Line]) -> list[Part]:
    """Take the heading of a next set of questions out of the answer before it."""
    out: list[Part] = []
    heading: Span | None = None
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        begins = _heading(part, after, lines)
        out.append(replace(part, heading=heading, end=part.end if begins is None else begins))
        heading = None if begins is None else (begins, part.end)
    return out


def _first(lines: Sequence[Line], start: int) -> int:
    """Return the place of the first line that begins at an offset of the text or behind it."""
    return bisect_left(lines, start, key=lambda line: line.start)


def _heading(part: Part, after: Part | None, lines: Sequence[Line]) -> int | None:
    """Return where the heading begins that ends an answer before a next question."""
    if part.label.question or after is None or not after.label.question:
        return None
    inside = lines[_first(lines, part.start) : _first(lines, part.end)]
    return heading_at_the_end(inside, again=after.label.numbers[:1] == ("1",))


def _paired(parts: Sequence[Part]) -> list[Pair]:
    """Give each question its answer, in the order of the questions."""
    pairs: list[Pair] = []
    waiting: list[int] = []
    for part in parts:
        if part.label.question:
            waiting += range(len(pairs), len(pairs) + len(part.label.numbers))
            span = (part.start, part.end)
            pairs += [Pair(n, span, None, introduction=part.heading) for n in part.label.numbers]
            continue
        named = _named(part.label, pairs, waiting) or waiting
        if not named:
            pairs = _orphan(pairs, part)
            continue
        together = tuple(pairs[i].number for i in named) if len(named) > 1 else ()
        for i in named:
            pairs[i] = replace(
                pairs[i],
                answer=(part.start, part.end),
                together=together,
                guessed=part.label.guessed,
            )
        waiting = [i for i in waiting if i not in named]
    return pairs


def _named(label: Label, pairs: Sequence[Pair], waiting: Sequence[int]) -> list[int]:
    """Return which questions an answer's label names, else of which it names a part."""
    exact = [i for i in waiting if pairs[i].number in label.numbers]
    return exact or [i for i in waiting if any(_part_of(n, pairs[i].number) for n in label.numbers)]


def _introduced(pairs: list[Pair]) -> list[Pair]:
    """Give what stands under `Vraag 2` to `Vraag 2a` and `Vraag 2b`, where it has no answer."""
    out: list[Pair] = []
    opening: Pair | None = None
    for pair, after in zip(pairs, [*pairs[1:], None], strict=True):
        if after and pair.answer is None and _part_of(after.number, pair.number):
            opening = pair
            continue
        if opening and _part_of(pair.number, opening.number):
            out.append(replace(pair, introduction=_from(opening)))
            continue
        out.append(pair)
    return out


def _from(opening: Pair) -> Span | None:
    """Return what introduces the parts of a question, with the heading above it."""
    if opening.introduction and opening.question:
        return opening.introduction[0], opening.question[1]
    return opening.question


def _part_of(number: str, whole: str) -> bool:
    """Tell `2a` of question `2`."""
    return number != whole and number.rstrip("abcdefghij") == whole


def _orphan(pairs: list[Pair], part: Part) -> list[Pair]:
    """Add an answer whose question is taken: to that question's answer, if it goes on from it."""
    number = part.label.numbers[0] if part.label.numbers else pairs[-1].number if pairs else ""
    last = pairs[-1] if pairs else None
    same = last is not None and (last.number == number or _part_of(number, last.number))
    if last and last.answer and same and last.answer[1] <= part.start:
        return [*pairs[:-1], replace(last, answer=(last.answer[0], part.end))]
    return [*pairs, Pair(number or "1", None, (part.start, part.end))]
