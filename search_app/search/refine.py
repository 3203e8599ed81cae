"""Ways to go on from a search: facets, chips and page numbers, each with the address behind it.

In go `Parameters` and what was counted, out come plain values for a page.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.engine.results import Results
from search_app import dutch
from search_app.search.parameters import LAST_PAGE, Parameters

WINDOW = 2
FIRST = 8
"""Values of a facet that are shown at once; the others are behind `Nog …`."""
MOST = 24
"""Values of a facet on a page: a page of results stays under 60 kB."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; `address` adds or removes it. `share` is of the largest count, in %."""

    value: str
    text: str
    count: int
    chosen: bool
    address: str
    share: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the values shown at once (those chosen always), more of them, and the rest's size.

    `left_out` counts the values that are not on the page at all.
    """

    name: str
    text: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the search, and the address of the search without it."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A page number to turn to, `None` where some are left out."""

    number: int | None
    address: str = ""
    here: bool = False


def facets(parameters: Parameters, results: Results) -> tuple[Facet, ...]:
    """Return the facets that have something to choose, in their order on the page."""
    made = (_facet(name, text, parameters, results) for name, text in dutch.FACETS.items())
    return tuple(facet for facet in made if facet.choices and _divides(facet))


def _divides(facet: Facet) -> bool:
    """Tell whether a facet is worth its place: that nothing was scanned says nothing."""
    return facet.name != "scanned" or any(c.chosen or c.value == "ja" for c in facet.choices)


def _facet(name: str, text: str, parameters: Parameters, results: Results) -> Facet:
    chosen = parameters.filters.get(name, ())
    counts = {row.value: row.count for row in results.facets.get(name, ())}
    counts.update({value: 0 for value in chosen if value not in counts})
    most = max(counts.values(), default=0) or 1
    values = [*counts][: MOST + len(chosen)]
    picked = sorted(values, reverse=True) if name == "year" else values
    ordered = [v for v in picked if v in chosen] + [v for v in picked if v not in chosen]
    first = ordered[:FIRST]
    if name == "year":  # a bar chart is read in the order of time
        first = sorted(first, reverse=True)
    made = [
        Choice(
            value=value,
            text=dutch.facet_value(name, value),
            count=counts[value],
            chosen=value in chosen,
            address=parameters.toggled(name, value).query_string(),
            share=round(100 * counts[value] / most),
        )
        for value in [*first, *ordered[FIRST:]]
    ]
    return Facet(name, text, tuple(made[:FIRST]), tuple(made[FIRST:]), len(counts) - len(values))


def chips(parameters: Parameters) -> tuple[Chip, ...]:
    """Return what narrows the search."""
    found = [
        Chip(
            f"{text}: {dutch.facet_value(name, value)}",
            parameters.toggled(name, value).query_string(),
        )
        for name, text in dutch.FACETS.items()
        for value in parameters.filters.get(name, ())
    ]
    for name, text in (("date_from", "Vanaf"), ("date_to", "Tot en met")):
        day = getattr(parameters, name)
        if day:
            rest = parameters.changed(**{name: None}).query_string()
            found.append(Chip(f"{text}: {dutch.date(day)}", rest))
    if parameters.literal:
        found.append(Chip("Letterlijk", parameters.changed(literal=False).query_string()))
    if not parameters.lift:
        text = "Een genoemde soort gaat niet voor"
        found.append(Chip(text, parameters.changed(lift=True).query_string()))
    return tuple(found)


def turns(parameters: Parameters, total: int) -> tuple[Turn, ...]:
    """Return the page numbers to turn to: the first, the last, and those near; none for one."""
    last = min(-(-total // parameters.size), LAST_PAGE)
    near = range(parameters.page - WINDOW, parameters.page + WINDOW + 1)
    shown = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    found: list[Turn] = []
    for number in shown if last > 1 else ():
        if found and found[-1].number != number - 1:
            found.append(Turn(None))
        address = parameters.changed(page=number).query_string()
        found.append(Turn(number, address, number == parameters.page))
    return tuple(found)
