"""How near what was found is, on one scale for every search."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indexer.engine.results import StoredPassage
from search_app.answers.matter import shares
from search_app.answers.nearness import (
    MEANING,
    MEANT_MOST,
    beyond,
    by_chance,
    by_size,
    nearness,
)
from search_app.answers.rank import Candidate, Found
from search_app.search.grams import run_table
from search_app.search.meaning import NEAREST

TABLE = run_table({"vergunning": 90, "schapen": 5, "wolven": 4, "provincie": 4000})
PASSAGES = 500
QUESTION = "Hoeveel vergunningen voor wolven?"


def passage(name: str) -> StoredPassage:
    paper = name.partition("#")[0]
    return StoredPassage(name, paper, name, "p1", 1, "", is_pair=False, date=None)


def found(**runs: float) -> Found:
    """Return a search by words: `a_1` is a passage of paper a."""
    names = [name.replace("_", "#") for name in runs]
    return Found(tuple(map(passage, names)), np.array([*runs.values()]))


def candidate(name: str, runs: float) -> Candidate:
    return Candidate(passage(name), 1.0, runs)


def near(question: list[Candidate], base: Found, *others: Found) -> list[float]:
    count = 1 + len(others)
    rows = [question, *([] for _ in others)]
    searched = [base, *others]
    return nearness(rows, searched, shares([QUESTION] * count, searched, TABLE), PASSAGES)[0]


BASE = found(a_1=30, a_2=20, a_3=10, a_4=5, b_1=30)
SHARED = shares([QUESTION], [BASE], TABLE)


def test_a_paper_that_is_about_it_lifts_its_passages() -> None:
    in_paper, alone = near([candidate("a#1", 30), candidate("b#1", 30)], BASE)
    assert in_paper > alone


@pytest.mark.parametrize("left", [1, 2, 3, 4])
def test_what_a_filter_leaves_is_as_near_as_before(left: int) -> None:
    candidates = [candidate("a#1", 30), candidate("a#2", 20), candidate("b#1", 30)]
    assert near(candidates[:left], BASE) == near(candidates, BASE)[:left]


def test_what_words_alone_did_not_find_is_taken_in_for_itself() -> None:
    """A filter or meaning brings up a passage that was too low in the search by words."""
    shown, other = near([candidate("a#9", 15), candidate("a#1", 30)], BASE)
    assert other == near([candidate("a#1", 30)], BASE)[0]
    with_it = found(a_1=30, a_2=20, a_9=15, a_3=10, b_1=30)
    assert shown == pytest.approx(near([candidate("a#9", 15)], with_it)[0])


def test_what_a_paper_is_to_all_questions_counts() -> None:
    one = [candidate("a#1", 30)]
    assert near(one, BASE, found(a_1=30)) > near(one, BASE, found(b_1=30))


MEANT = replace(
    BASE,
    nearest=tuple(map(passage, ["a#1", "a#2", "c#1"])),
    close=np.array([3.0, 2.5, 2.4]),
)


def meant(name: str, runs: float, close: float) -> Candidate:
    return replace(candidate(name, runs), close=close)


def test_a_paper_that_is_about_it_in_other_words_is_nearer() -> None:
    about, other = near([meant("a#1", 30, 3.0), meant("b#1", 30, 0.2)], MEANT)
    by_words = near([candidate("a#1", 30), candidate("b#1", 30)], BASE)
    assert about - other > by_words[0] - by_words[1]
    assert other < by_words[1]


@pytest.mark.parametrize("left", [1, 2, 3])
def test_a_filter_changes_no_nearness_in_meaning(left: int) -> None:
    candidates = [meant("a#1", 30, 3.0), meant("a#2", 20, 2.5), meant("c#1", 5, 2.4)]
    assert near(candidates[:left], MEANT) == near(candidates, MEANT)[:left]


def test_a_question_that_was_not_looked_for_by_meaning_is_on_the_same_scale() -> None:
    short = [candidate("a#1", 30)]
    assert near(short, MEANT) == near(short, BASE)


def test_more_passages_have_more_by_chance() -> None:
    assert by_chance(0) == by_chance(1) == 0
    assert by_chance(100_000) > by_chance(500) > by_chance(100) > 1


@pytest.mark.parametrize(
    ("passages", "questions", "off"),
    [
        (0, 1, 0.0),
        (500, 1, 0.0),  # small indices are as they were measured
        (700, 0, 0.0),
        (700_000, 1, 8.98),
        (700_000, 10, 4.94),  # its paper is mostly what it is to the others
    ],
)
def test_more_is_found_by_chance_in_a_large_index(
    passages: int, questions: int, off: float
) -> None:
    assert by_size(passages, questions) == pytest.approx(off, abs=0.01)


def test_what_is_taken_off_for_size_is_the_same_for_all() -> None:
    rows = [candidate("a#1", 30), candidate("b#1", 30)]
    small, large = (nearness([rows], [BASE], SHARED, n)[0] for n in (700, 100_000))
    assert [a - b for a, b in zip(small, large, strict=True)] == pytest.approx(
        [by_size(100_000, 1)] * 2
    )


def test_more_is_near_in_meaning_by_chance_in_a_large_index() -> None:
    words = candidate("a#1", 30)
    meant = replace(words, close=5.0)
    small, large = (nearness([[words, meant]], [BASE], SHARED, n)[0] for n in (700, 7000))
    added = MEANING * (by_chance(7000) - by_chance(700))
    assert (small[1] - small[0]) - (large[1] - large[0]) == pytest.approx(added)


@pytest.mark.parametrize(
    ("passages", "last", "count", "more"),
    [
        (700, 9.0, NEAREST, 0.0),  # small indices are as they were measured
        (7000, 0.5, NEAREST, 0.0),  # the nearest of all are no nearer than by chance
        (7000, 2.6, NEAREST, 0.59),  # all seem near, among much of another kind
        (7000, 9.0, NEAREST, MEANT_MOST),  # much is on the matter: it is not all refused
        (1000, 9.0, NEAREST, 0.285),  # MEANT_GROWTH ln(1000 / 700)
        (100_000, 2.6, NEAREST, 0.0),  # among so many that is chance
        (7000, 9.0, NEAREST - 1, 0.0),  # a filter or a small index left too few to tell
    ],
)
def test_the_nearest_of_all_tell_when_all_seem_near(
    passages: int, last: float, count: int, more: float
) -> None:
    close = np.linspace(last + 3, last, count)
    nearest = tuple(passage(f"p{n}#1") for n in range(count))
    base = replace(BASE, nearest=nearest, close=close)
    assert beyond(base, passages) - by_chance(passages) == pytest.approx(more, abs=0.01)
