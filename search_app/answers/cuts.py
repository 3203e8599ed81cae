"""The lines of a pasted text → where its questions and their answers begin.

In go lines, out come cuts: by `Vraag n`, or else `V1:`, or else numbers that count up, or else
letters, or else bullets. Answers are cuts too, since what stands below them is no question: a
numbered list in an answer begins none. So are headings between sets of questions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.question_labels import (
    ALONE,
    SEVERAL,
    WITHIN,
    followed,
    numbers_in,
    read_mark,
    read_short,
    roman,
)
from search_app.answers.headings import ends_sentence, heading_above

# Must match `1. Kunt u`, `1) Kunt u`, `(1) Kunt u`, `1: Kunt u`, `1.Kunt u`, `12 Is het`; must not
# match `1.2 miljoen`, `2 miljoen euro`, `3 van de`.
NUMBERED = re.compile(
    r"\(?(?P<number>\d{1,3})(?:\s?[.):]\s*|\s+[-–]\s+|\s+)(?=[^\Wa-z]|[‘’“«'\"(])(?!\d)"
)
# Must match `IV. Kunt u`, `IV) Kunt u`, `IV` alone.
ROMAN = re.compile(r"(?P<number>[IVX]{1,5})(?:\s?[.):]\s+(?=[^\Wa-z]|[‘’“«'\"(])|[.)]?$)")
# Must match `1. klopt dit`, as someone types it.
SMALL = re.compile(r"\(?(?P<number>\d{1,3})\s?[.):]\s*(?=[^\W\d_])")
LETTERED = re.compile(r"\(?(?P<letter>[a-j]|[A-J])[.):]\s*(?=\S)")
BULLET = re.compile(r"[-–—•*◦▪·]\s+(?=\S)")
ASKS = re.compile(r"\?")
ENDS = tuple(".?!:;…»”\"’')]0123456789")
"""How a line ends below which a label in small letters can stand."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a question or an answer begins: its line, the numbers, and where its text starts."""

    line: int
    question: bool
    numbers: tuple[str, ...]
    start: int


def cuts_of(lines: Sequence[str]) -> list[Cut]:
    """Return where questions and answers begin; none when nothing marks them."""
    found = _labelled(lines) or _shortly(lines) or _numbered(lines) or _by_letter(lines)
    return list(_with_headings(found or _bulleted(lines), lines))


def _with_headings(cuts: Sequence[Cut], lines: Sequence[str]) -> Iterator[Cut]:
    """Yield the cuts, and the headings between sets as what is no question."""
    after = len(lines)
    for cut in cuts:
        above = heading_above(lines, cut.line, after) if cut.question else None
        if above is not None:
            yield Cut(above, False, (), 0)
        yield cut
        after = cut.line


def items(lines: Sequence[str], cuts: Sequence[Cut], end: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the number and the lines of each question; one under a shared label is one item."""
    counted = 0
    for cut, after in zip(cuts, [*(cut.line for cut in cuts[1:]), end], strict=True):
        if not cut.question:
            continue
        counted += 1
        body = [lines[cut.line][cut.start :], *lines[cut.line + 1 : after]]
        yield _named(cut.numbers, counted), body


def _named(numbers: Sequence[str], counted: int) -> str:
    """Return what a question is called: its number, the first and last of more, or a count."""
    return "-".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else str(counted)


def _labelled(lines: Sequence[str]) -> list[Cut]:
    """Return where `Vraag n` and `Antwoord n` stand, when there is any `Vraag`."""
    found: list[Cut] = []
    before = ""
    for place, line in enumerate(lines):
        mark = read_mark(line)
        goes_on = line[:1].islower() and before != "" and not before.endswith(ENDS)
        if mark and (mark.question or found) and not goes_on and not before.endswith(WITHIN):
            found.append(Cut(place, mark.question, mark.numbers, mark.end))
        before = line
    return found if any(cut.question for cut in found) else []


def _shortly(lines: Sequence[str]) -> list[Cut]:
    """Return where `V1:` and `A1:` stand, or `V:` and `A:`: more than one, counting up from one."""
    found: list[Cut] = []
    asked = 0
    for place, line in enumerate(lines):
        mark = read_short(line)
        if mark and (mark.question or found):
            asked += mark.question
            numbers = mark.numbers or ((str(asked),) if mark.question else ())
            found.append(Cut(place, mark.question, numbers, mark.end))
    named = [cut.numbers[0] for cut in found if cut.question]
    return found if asked > 1 and named == [str(n) for n in range(1, asked + 1)] else []


def _numbered(lines: Sequence[str]) -> list[Cut]:
    """Return where numbers stand that count up from one, and answers between them.

    Of the forms (a number alone, `1.`, `I.`, `1.` before a small letter) that one counts by which
    most are told apart: a list in an answer can be numbered in another.
    """
    marks = ((place, read_mark(line)) for place, line in enumerate(lines))
    answers = [Cut(at, False, m.numbers, m.end) for at, m in marks if m and not m.question]
    forms = [list(read(lines)) for read in (_alone, _arabic, _in_roman, _in_small)]
    found = [_between(form, answers, lines) or _up(form, lines) for form in forms]
    best = max(found, key=followed if answers else _asked)
    return best or max((_further(form, lines) for form in forms), key=len)


def _asked(cuts: Sequence[Cut]) -> int:
    return sum(cut.question for cut in cuts)


def _alone(lines: Sequence[str]) -> Iterator[Cut]:
    for place, line in enumerate(lines):
        if SEVERAL.fullmatch(line):
            yield Cut(place, True, numbers_in(line), len(line))


def _arabic(lines: Sequence[str]) -> Iterator[Cut]:
    for place, line in enumerate(lines):
        if match := ALONE.fullmatch(line) or NUMBERED.match(line):
            yield Cut(place, True, (match["number"],), match.end())
        elif SEVERAL.fullmatch(line):
            yield Cut(place, True, numbers_in(line), len(line))


def _in_roman(lines: Sequence[str]) -> Iterator[Cut]:
    for place, line in enumerate(lines):
        match = ROMAN.match(line)
        if match and (number := roman(match["number"])):
            yield Cut(place, True, (str(number),), match.end())


def _in_small(lines: Sequence[str]) -> Iterator[Cut]:
    """Yield numbers before text that someone typed without capitals, each of which asks."""
    found = [
        Cut(place, True, (match["number"],), match.end())
        for place, line in enumerate(lines)
        if (match := SMALL.match(line)) and ends_sentence(lines, place)
    ]
    yield from _that_ask(found, lines)


def _further(numbers: Sequence[Cut], lines: Sequence[str]) -> list[Cut]:
    """Return the last questions of a set, `5.` and on, when each of two or more asks."""
    asking = _that_ask(numbers, lines)
    first = int(asking[0].numbers[0]) if asking else 0
    named = [cut.numbers for cut in asking]
    return (
        asking
        if len(asking) > 1 and named == [(str(first + n),) for n in range(len(named))]
        else []
    )


def _that_ask(cuts: Sequence[Cut], lines: Sequence[str]) -> list[Cut]:
    """Return the cuts below which something is asked before the next."""
    ends = [*(cut.line for cut in cuts[1:]), len(lines)]
    return [cut for cut, end in zip(cuts, ends, strict=False) if _asks(lines, cut.line, end)]


def _up(numbers: Sequence[Cut], lines: Sequence[str]) -> list[Cut]:
    """Return the numbers that count up from one; those that come back stand above answers."""
    found: list[Cut] = []
    due = 1
    for place, cut in enumerate(numbers):
        if due > 2 and _begins_again(numbers[place : place + 3], lines):
            due = 1
        if len(cut.numbers) == 1 and cut.numbers[0] == str(due):
            found.append(cut)
            due += 1
        elif _comes_back(cut, due, lines):
            found.append(Cut(cut.line, False, cut.numbers, cut.start))
    return found if due > 2 or (due == 2 and _asks(lines, found[0].line, len(lines))) else []


def _begins_again(numbers: Sequence[Cut], lines: Sequence[str]) -> bool:
    """Tell whether a next set of questions begins: `1.` and `2.`, which both ask."""
    if [cut.numbers for cut in numbers[:2]] != [("1",), ("2",)]:
        return False
    first, second = numbers[0].line, numbers[1].line
    end = numbers[2].line if len(numbers) > 2 else len(lines)
    sure = ends_sentence(lines, first) or heading_above(lines, first, -1) is not None
    return sure and _asks(lines, first, second) and _asks(lines, second, end)


def _comes_back(cut: Cut, due: int, lines: Sequence[str]) -> bool:
    """Tell whether the number of the last question stands alone once more, above its answer."""
    return cut.numbers[-1] == str(due - 1) and cut.start == len(lines[cut.line])


def _between(numbers: Sequence[Cut], answers: Sequence[Cut], lines: Sequence[str]) -> list[Cut]:
    """Return the numbers above each answer that count up to it, with the answers.

    Of all lines with the number that is due the last one counts: before it an answer can hold a
    numbered list. Behind the last answer only what asks is a question.
    """
    found: list[Cut] = []
    due, after = 1, -1
    for answer in answers:
        chosen = _chain(numbers[_first(numbers, after + 1) : _first(numbers, answer.line)], due)
        found += [*chosen, answer] if chosen or found else []
        due += len(chosen)
        after = answer.line
    asking = _that_ask(numbers[_first(numbers, after + 1) :], lines)
    return [*found, *_chain(asking, due)] if found else []


def _first(cuts: Sequence[Cut], line: int) -> int:
    """Return the place of the first cut that stands on a line or below it."""
    return bisect_left(cuts, line, key=lambda cut: cut.line)


def _chain(numbers: Sequence[Cut], due: int) -> list[Cut]:
    """Return the last cuts that count up from the number that is due."""
    first = [place for place, cut in enumerate(numbers) if cut.numbers == (str(due),)]
    chosen: list[Cut] = []
    for cut in numbers[first[-1] :] if first else ():
        if cut.numbers == (str(due + len(chosen)),):
            chosen.append(cut)
    return chosen


def _asks(lines: Sequence[str], start: int, end: int) -> bool:
    return any(ASKS.search(line) for line in lines[start:end])


def _by_letter(lines: Sequence[str]) -> list[Cut]:
    """Return where letters stand that count up from a, below no opening that they share."""
    found = [
        Cut(place, True, (match["letter"].lower(),), match.end())
        for place, line in enumerate(lines)
        if (match := LETTERED.match(line))
    ]
    asking = _that_ask(found, lines)
    named = "".join(cut.numbers[0] for cut in asking)
    counts = len(named) > 1 and "abcdefghij".startswith(named)
    return asking if counts and ends_sentence(lines, asking[0].line) else []


def _bulleted(lines: Sequence[str]) -> list[Cut]:
    """Return where bullets stand, when most of what they begin asks something."""
    found = [
        Cut(place, True, (), match.end())
        for place, line in enumerate(lines)
        if (match := BULLET.match(line))
    ]
    texts = [" ".join(body) for _, body in items(lines, found, len(lines))] if found else []
    asking = sum(bool(ASKS.search(text)) for text in texts)
    return found if len(found) > 1 and asking * 2 > len(found) else []
