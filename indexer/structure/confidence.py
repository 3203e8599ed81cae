"""How sure it is that questions were told from answers.

In go a `Split` and its text, out comes a figure from 0 to 1. Four signs, each of which a right
split has and a wrong one often lacks: the numbers count up from one without a hole, each question
asks something, each has its answer, and no piece is much longer than its neighbours. An answer
with nothing printed above it, whose beginning was guessed, counts for half.
"""

from __future__ import annotations

from collections.abc import Callable

from indexer.structure.body import Body
from indexer.structure.questions import Pair, Split

COUNTED, ASKS, ANSWERED, EVEN = 0.35, 0.3, 0.25, 0.1
"""What each sign weighs; together one."""
ENDLESS = 9000
"""Characters that one question or answer hardly ever exceeds: a label behind it was missed."""
GUESSED = 0.5
"""What an answer counts when nothing is printed above it."""
UNSURE = 0.6
"""Below this a paper is listed for a person to look at."""


def confidence(split: Split, body: Body, *, answers: bool) -> float:
    """Return how sure a split is; `answers` when each question should have one."""
    pairs = split.pairs
    answered = sum(map(_answered, pairs)) / len(pairs) if answers else 1.0
    counted = _counted(pairs)
    asks = sum(_asks(pair, body) for pair in pairs) / len(pairs)
    even = _share(pairs, _is_even)
    return round(COUNTED * counted + ASKS * asks + ANSWERED * answered + EVEN * even, 2)


def _counted(pairs: tuple[Pair, ...]) -> float:
    """Return the share of the numbers from one to the last that are there."""
    numbers = {int("".join(filter(str.isdigit, pair.number)) or 0) for pair in pairs}
    wanted = range(1, max(numbers) + 1)
    return len(numbers & set(wanted)) / len(wanted) if wanted else 0.0


def _asks(pair: Pair, body: Body) -> bool:
    return pair.question is not None and "?" in body.text[slice(*pair.question)]


def _answered(pair: Pair) -> float:
    if pair.answer is None or pair.answer[1] <= pair.answer[0]:
        return 0.0
    return GUESSED if pair.guessed else 1.0


def _is_even(pair: Pair) -> bool:
    return all(span is None or span[1] - span[0] < ENDLESS for span in (pair.question, pair.answer))


def _share(pairs: tuple[Pair, ...], sign: Callable[[Pair], bool]) -> float:
    return sum(map(sign, pairs)) / len(pairs)
