"""What pieces add to the second look by words: an order, and nothing when they tell nothing."""

from __future__ import annotations

import numpy as np
import pytest

from search_app.search.meaning import LIKE, with_likeness

CASES: tuple[tuple[list[float], list[float], list[int]], ...] = (
    ([3.0, 2.0, 1.0], [0.3, 0.3, 0.3], [0, 1, 2]),  # all alike: words alone
    ([2.0, 2.0, 2.0], [0.1, 0.3, 0.2], [1, 2, 0]),
    ([2.1, 2.0, 1.0], [0.2, 0.4, 0.2], [1, 0, 2]),  # near by words: pieces decide
    ([9.0, 2.0, 1.0], [0.2, 0.4, 0.2], [0, 1, 2]),  # far ahead by words
    ([2.1, 2.0, 1.0], [0.00002, 0.00004, 0.00002], [1, 0, 2]),  # deviations, whatever the scale
    ([5.0], [0.4], [0]),
    ([], [], []),
)


@pytest.mark.parametrize(("by_words", "likeness", "order"), CASES)
def test_order(by_words: list[float], likeness: list[float], order: list[int]) -> None:
    total = with_likeness(np.array(by_words), np.array(likeness))
    assert np.argsort(-total, kind="stable").tolist() == order


def test_a_deviation_counts_so_much_and_the_mean_stays() -> None:
    total = with_likeness(np.zeros(2), np.array([0.1, 0.5]))
    assert total.tolist() == pytest.approx([-LIKE, LIKE])
