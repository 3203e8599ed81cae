"""Widths by code, of which ranges may name more codes than a font has."""

from __future__ import annotations

from typing import Any

import pytest
from pdfminer.pdffont import get_widths

from indexer.extract.widths import LAST, MOST, of_characters

SOUND = [
    [],
    [1, [500, 600], 7, 9, 250, 20, [300]],
    [0, LAST, 500, 65, [250]],  # a later one counts
    [3, 2, 500],  # turned round: none
    [1, 2, 3, 4],  # broken off
    [1, 2, [500]],  # the number before a list is its first code
    ["x", 1, [500]],
]


@pytest.mark.parametrize("array", SOUND)
def test_sound_widths_are_those_of_pdfminer(array: list[Any]) -> None:
    assert of_characters(array) == get_widths(array)


@pytest.mark.parametrize("first", [0, -(10**9)])
def test_no_more_codes_than_a_font_has(first: int) -> None:
    assert set(of_characters([first, 10**9, 500])) == set(range(LAST + 1))


def test_ranges_over_each_other_end() -> None:
    again = [n for width in range(5_000) for n in (0, LAST, width)]
    found = of_characters([*again, 7, [250]])
    assert found[0] == MOST // LAST - 1  # the last range that was read
    assert found[7] == 250
