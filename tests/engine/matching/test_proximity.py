"""The lift for neighbouring words, against pairs counted one by one."""

from __future__ import annotations

import random

import numpy as np
import pytest

from indexer.engine.matching.proximity import CANDIDATES, LIFT, WINDOW, Lift, Placed, best
from indexer.engine.postings.runs import POSITION_BITS, Postings, from_keys


def stands(*places: tuple[int, int]) -> Postings:
    return from_keys(np.array(sorted(doc << POSITION_BITS | at for doc, at in places), np.int64))


NONE = stands()
CASES = [
    # (places of the left word, of the right word, lifted)
    ([(1, 5)], [(1, 6)], {1}),
    ([(1, 6)], [(1, 5)], {1}),  # the other way round as well
    ([(1, 5)], [(1, 5 + WINDOW)], {1}),
    ([(1, 5)], [(1, 6 + WINDOW)], set()),
    ([(1, 5)], [(2, 6)], set()),  # in different passages
    ([(1, 5), (3, 900)], [(3, 901)], {3}),
    ([(2, 7)], [(2, 7)], set()),  # stacked on one place: one word, not two
]


@pytest.mark.parametrize(("left", "right", "lifted"), CASES)
def test_neighbours(
    left: list[tuple[int, int]], right: list[tuple[int, int]], lifted: set[int]
) -> None:
    documents = np.array([1, 2, 3])
    words = [Placed(0, 4.0, [stands(*left)]), Placed(1, 2.0, [stands(*right)])]
    expected = [LIFT * 2.0 if number in lifted else 0.0 for number in documents]
    assert Lift(words).gains(documents).tolist() == expected


def test_fields_are_apart_and_far_words_are_no_neighbours() -> None:
    documents = np.array([1])
    left, right = Placed(0, 1.0, [stands((1, 5)), NONE]), Placed(1, 1.0, [NONE, stands((1, 6))])
    assert Lift([left, right]).gains(documents).tolist() == [0.0]
    far = Placed(9, 1.0, [stands((1, 6)), NONE])
    assert Lift([left, far]).gains(documents).tolist() == [0.0]


@pytest.mark.parametrize("seed", range(20))
def test_against_pairs_counted_one_by_one(seed: int) -> None:
    random_ = random.Random(seed)
    places = [
        [(random_.randrange(9), random_.randrange(60)) for _ in range(random_.randrange(25))]
        for _ in range(2)
    ]
    left, right = (sorted(set(row)) for row in places)
    documents = np.array(sorted(random_.sample(range(9), 6)))
    words = [Placed(0, 1.0, [stands(*left)]), Placed(2, 1.0, [stands(*right)])]
    found = Lift(words).gains(documents)
    for number, lift in zip(documents, found, strict=True):
        near = any(
            a[0] == b[0] == number and 0 < abs(a[1] - b[1]) <= WINDOW for a in left for b in right
        )
        assert lift == (LIFT if near else 0.0)


def test_several_pairs_in_several_fields_each_lift_once() -> None:
    documents = np.array([1, 4, 7])
    first = Placed(0, 9.0, [stands((1, 5), (4, 50)), stands((7, 1))])
    second = Placed(1, 3.0, [stands((1, 6), (1, 7), (4, 5)), stands((7, 2))])
    third = Placed(2, 5.0, [stands((1, 8), (4, 6)), stands((1, 1))])
    assert Lift([first, second, third]).gains(documents).tolist() == pytest.approx(
        [LIFT * 6.0, LIFT * 3.0, LIFT * 3.0]
    )


def test_best_are_the_highest_scores_in_order() -> None:
    scores = np.arange(1000.0)
    assert best(scores).tolist() == list(range(1000 - CANDIDATES, 1000))
    assert best(scores[:5]).tolist() == [0, 1, 2, 3, 4]
