"""Words a few edits away, against Levenshtein's table filled in one cell at a time."""

from __future__ import annotations

import random

import pytest

from indexer.engine import native
from indexer.engine.arrays.vocabulary import packed
from indexer.engine.matching.edits import Shapes


def distance(left: bytes, right: bytes) -> int:
    row = list(range(len(right) + 1))
    for number, letter in enumerate(left, 1):
        before, row[0] = row[0], number
        for at, other in enumerate(right, 1):
            before, row[at] = row[at], min(before + (letter != other), row[at] + 1, row[at - 1] + 1)
    return row[-1]


@pytest.fixture(params=[pytest.param(True, marks=pytest.mark.compiled), False], autouse=True)
def _ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the compiled loops, and by numpy."""
    if not request.param:
        monkeypatch.setattr(native, "LOOPS", None)


@pytest.mark.parametrize("seed", range(30))
def test_against_the_table(seed: int) -> None:
    random_ = random.Random(seed)
    words = sorted(
        {
            bytes(random_.choice(b"abcde") for _ in range(random_.randrange(1, 9)))
            for _ in range(400)
        }
    )
    shapes = Shapes(packed(words))
    for _ in range(20):
        word = bytes(random_.choice(b"abcdex") for _ in range(random_.randrange(1, 9)))
        for most in (1, 2):
            expected = [w for w in words if w[0] == word[0] and distance(w, word) <= most]
            assert [words[at] for at in shapes.near(word, most)] == expected


LONG = b"a" * 300
WORDS = sorted(
    [
        LONG,
        LONG + b"b",
        b"a" * 260,
        b"a?",
        b"a_",
        b"stiksto",
        b"stikstof",
        b"stikstoff",
        b"stikstofff",
        b"stikstol",
        "één".encode(),
    ]
)


@pytest.mark.parametrize(
    ("word", "most", "found"),
    [
        (b"stikstof", 1, [b"stiksto", b"stikstof", b"stikstoff", b"stikstol"]),  # less, more, other
        (b"stikstof", 2, [b"stiksto", b"stikstof", b"stikstoff", b"stikstofff", b"stikstol"]),
        (b"wikstof", 1, []),  # the first letter is never an edit
        (b"", 1, []),
        (b"a_?", 1, [b"a?", b"a_"]),  # letters whose bit is the highest of 32
        ("één".encode(), 1, ["één".encode()]),
        (b"a" * 301, 1, [LONG, LONG + b"b"]),
    ],
)
def test_words(word: bytes, most: int, found: list[bytes]) -> None:
    assert [WORDS[at] for at in Shapes(packed(WORDS)).near(word, most)] == found
