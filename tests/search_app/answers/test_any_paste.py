"""Any text, pasted: no exception, and none of its letters is lost or made up.

A text of marks, questions and whatever else is split; every letter of it must stand in the title,
the introduction or a question. What the splitter leaves out on purpose (answers, labels, running
heads of print) is not made here: `test_subquestions` has rows for each.
"""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_app.answers.subquestions import split

FEW, MANY = 300, 10_000
WORDS = (
    "Klopt", "het", "dat", "de", "brug", "dicht", "is", "Zo ja,", "Zo nee, waarom niet", "Kunt u",
    "wanneer", "één", "’s-Gravenhage", "€ 2 miljoen", "artikel 3", "(D66)", "Wat", "«Bericht»",
)  # fmt: skip
ENDS = ("?", ".", "", "!", ";", "?\n", "\n", "\n\n", " ")
MARKS = (
    "",
    "1. ",
    "2. ",
    "3) ",
    "(4) ",
    "- ",
    "• ",
    "a. ",
    "b) ",
    "10. ",
    "Vraag 1\n",
    "Vraag 2: ",
)


def test_a_few_hundred() -> None:
    check(FEW)


@pytest.mark.soak
def test_ten_thousand() -> None:
    check(MANY)


def check(examples: int) -> None:
    """Split so many texts of marks and words, and as many of any signs at all."""

    @settings(
        max_examples=examples,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def composed_ones(seed: int) -> None:
        text = composed(random.Random(seed))
        assert_whole(text)

    @settings(
        max_examples=examples,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.text(max_size=400))
    def any_signs(text: str) -> None:
        split(text)

    composed_ones()
    any_signs()


def composed(random_: random.Random) -> str:
    """Return a text as someone may paste it: marks, sentences, empty lines."""
    parts = []
    for _ in range(random_.randrange(1, 12)):
        words = " ".join(random_.choice(WORDS) for _ in range(random_.randrange(1, 9)))
        parts.append(random_.choice(MARKS) + words + random_.choice(ENDS))
    return random_.choice(("\n", "\n\n", " ")).join(parts)


def assert_whole(text: str) -> None:
    asked = split(text)
    shown = "\n".join([asked.context, *(question.text for question in asked.questions)])
    lost = letters(text) - letters(shown) - marks_of(text)
    assert not +lost, (text, lost)


def letters(text: str) -> Counter[str]:
    """Count the words of letters: numbers are what questions are called by."""
    return Counter(re.findall(r"[^\W\d_]+", text.lower()))


def marks_of(text: str) -> Counter[str]:
    """Count the words that may stand as marks only."""
    return Counter(re.findall(r"(?i)\bvraag(?= \d)|\b[a-j](?=[.)])", text.lower()))
