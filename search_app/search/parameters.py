"""The parameters of a search: from an address to checked values, and back to a short address.

In go pairs of names and values as they stand in an address, out comes `Parameters`. Anything that
is not known, or not in its range, is a `ParameterError` that lists what is allowed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args
from urllib.parse import urlencode

from indexer.engine.fields import FACETS
from indexer.engine.results import Sort
from indexer.numbers.finding import parse_number
from search_app.errors import ParameterError
from search_app.query.values import date

SINGLE = ("q", "from", "to", "sort", "page", "size", "literal", "lift")
KNOWN = ("q", *FACETS, *SINGLE[1:])
SORTS: tuple[Sort, ...] = get_args(Sort)
MOST_VALUES = 20
LONGEST_VALUE = 200
LAST_PAGE = 1000
LARGEST = 100
SIZE = 10


@dataclass(frozen=True, slots=True)
class Parameters:
    """A search as asked. `sort` is `None` when not chosen.

    `lift`: papers of a kind that the query names (`motie stikstof`) go before others.
    """

    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    sort: Sort | None = None
    page: int = 1
    size: int = SIZE
    literal: bool = False
    lift: bool = True

    @property
    def is_narrowed(self) -> bool:
        """Tell whether filters or dates narrow the search."""
        return bool(self.filters or self.date_from or self.date_to)

    def query_string(self) -> str:
        """Return the shortest address of this search, always in the same order."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name in FACETS for value in self.filters.get(name, ())]
        rest: dict[str, str | int | None] = {
            "from": self.date_from,
            "to": self.date_to,
            "sort": self.sort,
            "page": self.page if self.page != 1 else None,
            "size": self.size if self.size != SIZE else None,
            "literal": 1 if self.literal else None,
            "lift": None if self.lift else 0,
        }
        pairs += [(name, str(value)) for name, value in rest.items() if value is not None]
        return urlencode(pairs)

    def changed(self, **changes: object) -> Parameters:
        """Return the search with other values, from its first page unless a page is given."""
        return dataclasses.replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def toggled(self, facet: str, value: str) -> Parameters:
        """Return the search with a facet's value added, or taken away when it was there."""
        values = self.filters.get(facet, ())
        kept = tuple(v for v in values if v != value) if value in values else (*values, value)
        filters = {name: rows for name, rows in self.filters.items() if name != facet}
        return self.changed(filters={**filters, facet: kept} if kept else filters)

    def widened(self) -> Parameters:
        """Return the search without filters and dates."""
        return self.changed(filters={}, date_from=None, date_to=None)


def read_parameters(pairs: Iterable[tuple[str, str]]) -> Parameters:
    """Return the checked parameters. Raises `ParameterError`."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        check_known(name, KNOWN)
        values = given.setdefault(name, [])
        if value not in values and (value or name == "q"):
            values.append(value)
    single = {name: _single(name, given.get(name, [])) for name in SINGLE}
    first = _day("from", single["from"])
    last = _day("to", single["to"])
    if first and last and first > last and not first.startswith(last):
        raise ParameterError("‘from’ ligt na ‘to’: draai de datums om.")
    return Parameters(
        q=(single["q"] or "").strip(),
        filters={name: _values(name, given[name]) for name in FACETS if given.get(name)},
        date_from=first,
        date_to=last,
        sort=_sort(single["sort"]),
        page=_number("page", single["page"], LAST_PAGE, 1),
        size=_number("size", single["size"], LARGEST, SIZE),
        literal=_choice("literal", single["literal"], default=False),
        lift=_choice("lift", single["lift"], default=True),
    )


def check_known(name: str, known: tuple[str, ...]) -> None:
    """Raise `ParameterError` for a parameter that is not known."""
    if name not in known:
        raise ParameterError(f"De parameter ‘{name[:40]}’ bestaat niet.", known)


def _single(name: str, values: list[str]) -> str | None:
    if len(values) > 1:
        raise ParameterError(f"‘{name}’ mag maar één keer voorkomen.")
    return values[0] if values else None


def _values(name: str, values: list[str]) -> tuple[str, ...]:
    if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
        raise ParameterError(
            f"‘{name}’ mag hoogstens {MOST_VALUES} waarden van {LONGEST_VALUE} tekens hebben."
        )
    if name == "year":
        for value in values:
            if not (value.isascii() and value.isdigit() and len(value) == 4):
                raise ParameterError("‘year’ moet een jaar van vier cijfers zijn, zoals 2022.")
    return tuple(_dossier(value) if name == "dossier" else value for value in values)


def _dossier(value: str) -> str:
    """Return a dossier in its normal form: `36200-VII` of `36 200 VII`."""
    dossiers = [number.dossier for number in parse_number(value) if number.kind == "dossier"]
    return dossiers[0] or value if dossiers else value


def _day(name: str, value: str | None) -> str | None:
    if value is None:
        return None
    day = date(value.strip())
    if day is None:
        allowed = ("2022", "2022-12", "2022-12-13", "13-12-2022")
        raise ParameterError(f"‘{name}’ moet een datum zijn.", allowed)
    return day


def _sort(value: str | None) -> Sort | None:
    for sort in SORTS:
        if value == sort:
            return sort
    if value is None:
        return None
    raise ParameterError("‘sort’ heeft een waarde die niet kan.", SORTS)


def _number(name: str, value: str | None, most: int, default: int) -> int:
    if value is None:
        return default
    if value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= most:
        return int(value)
    raise ParameterError(f"‘{name}’ moet een getal van 1 tot en met {most} zijn.")


def _choice(name: str, value: str | None, *, default: bool) -> bool:
    if value not in (None, "0", "1"):
        raise ParameterError(f"‘{name}’ heeft een waarde die niet kan.", ("0", "1"))
    return default if value is None else value == "1"
