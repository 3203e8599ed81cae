"""The chart of years: every year has its place, the highest fills it, a click adds or drops it."""

from __future__ import annotations

import pytest

from indexer.engine.results import FacetCount, Results
from search_app.search.parameters import Parameters
from search_app.search.years import HEIGHT, LEAST, SPAN, WIDTH, chart


def results(counts: dict[int, int]) -> Results:
    rows = tuple(FacetCount(str(year), count) for year, count in counts.items())
    return Results(0, True, (), {"year": rows}, "g")


TEN = {year: 10 * (year - 2009) for year in range(2010, 2020)}

SHOWN = [
    # (papers by year, first and last year of the chart; None: the list says as much)
    ({}, None),
    ({2020: 5, 2021: 1}, None),
    (TEN, ("2010", "2019")),
    (TEN | {2025: 1}, ("2010", "2025")),  # also the years without papers
    (TEN | {1848: 1}, (str(2019 - SPAN + 1), "2019")),  # one old paper does not squeeze the rest
]


@pytest.mark.parametrize(("counts", "ends"), SHOWN)
def test_years(counts: dict[int, int], ends: tuple[str, str] | None) -> None:
    made = chart(Parameters(), results(counts))
    assert (made and (made.columns[0].year, made.columns[-1].year)) == ends
    if made:
        years = [int(column.year) for column in made.columns]
        assert years == list(range(years[0], years[-1] + 1))
        assert made.columns[-1].left + made.step == pytest.approx(WIDTH, abs=0.1)


def test_heights_follow_the_counts() -> None:
    made = chart(Parameters(), results(TEN | {2022: 1}))
    assert made
    heights = {int(column.year): column.height for column in made.columns}
    assert heights[2019] == HEIGHT
    assert heights[2014] == HEIGHT / 2
    assert heights[2022] == LEAST  # seen, however few
    assert heights[2020] == 0


def test_a_column_adds_its_year_or_drops_it() -> None:
    made = chart(Parameters(q="x", filters={"year": ("2011",)}), results(TEN))
    assert made
    by_year = {column.year: column for column in made.columns}
    assert by_year["2012"].address == "q=x&year=2011&year=2012"
    assert (by_year["2011"].chosen, by_year["2011"].address) == (True, "q=x")
