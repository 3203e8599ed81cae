"""The papers of a search by year, as the columns of a small chart that can be clicked.

In go `Parameters` and what was counted, out comes a `Chart` of plain values, or nothing where the
list of years says as much. The list beside it holds the same links for who does not use a mouse.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.engine.results import Results
from search_app.search.parameters import Parameters
from search_app.search.refine import FIRST

SPAN = 60
"""Years in a chart, the last ones: an older paper would make all columns too thin to hit."""
WIDTH = 280
HEIGHT = 44
LEAST = 2
"""Height of a column with any paper."""


@dataclass(frozen=True, slots=True)
class Column:
    """A year: where its column begins and how high it is, and the address that adds or drops it."""

    year: str
    count: int
    left: float
    height: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """All years from the first to the last, also those without papers, `step` apart."""

    columns: tuple[Column, ...]
    step: float
    width: int = WIDTH
    height: int = HEIGHT


def chart(parameters: Parameters, results: Results) -> Chart | None:
    """Return the chart, `None` when all years are in the list at once."""
    counts = {
        int(row.value): row.count
        for row in results.facets.get("year", ())
        if row.value.isascii() and row.value.isdigit()
    }
    if len(counts) <= FIRST:
        return None
    last = max(counts)
    years = range(max(min(counts), last - SPAN + 1), last + 1)
    most = max(counts[year] for year in years if year in counts)
    step = WIDTH / len(years)
    chosen = parameters.filters.get("year", ())
    return Chart(
        tuple(
            Column(
                year=str(year),
                count=counts.get(year, 0),
                left=round(place * step, 2),
                height=max(LEAST, round(HEIGHT * counts[year] / most)) if year in counts else 0,
                address=parameters.toggled("year", str(year)).query_string(),
                chosen=str(year) in chosen,
            )
            for place, year in enumerate(years)
        ),
        round(step, 2),
    )
