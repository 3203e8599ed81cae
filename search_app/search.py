"""The search service, without Flask: parameters → a page of results that explains itself.

In go `Parameters` and an open index, out comes a `ResultPage` of plain values: hits, facets and
chips with the addresses behind them, how the query was read, the numbers in it, and help when
nothing was found. Pages, JSON and the terminal show the same page.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from indexer.engine.fields import FACETS
from indexer.engine.interface import (
    Hit,
    Index,
    Reading,
    Results,
    SearchRequest,
    Sort,
    Summary,
)
from indexer.engine.query import Everything
from indexer.paper import KINDS
from search_app import dutch, tree
from search_app.errors import ParameterError
from search_app.links import anchor, pdf_path, place_path
from search_app.parameters import Parameters
from search_app.references import Reference, references
from search_app.syntax import Query, read

ASKED_KINDS = ("kamervragen", "antwoord", "uitstel", "motie", "amendement")
"""Kinds of which a reader wants to know who asked; short papers, so they are opened for it."""
WINDOW = 2
HELPED = 6


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with its addresses, and who asked or proposed."""

    hit: Hit
    url: str
    pdf_url: str | None
    askers: tuple[str, ...] = ()


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
    """A facet with its values, those chosen included when they have no hits."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the search, and the address of the search without it."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the query, how its words were read, and the address of the search without it."""

    text: str
    excluded: bool
    readings: tuple[Reading, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A page number to turn to, `None` where some are left out."""

    number: int | None
    address: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way out when nothing was found: another search and how many papers it finds."""

    text: str
    address: str
    total: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything that a page of results shows. `took_ms` is the search alone."""

    parameters: Parameters
    query: Query
    sort: Sort
    results: Results
    summary: Summary
    took_ms: float
    hits: tuple[ShownHit, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    parts: tuple[Part, ...]
    references: tuple[Reference, ...]
    turns: tuple[Turn, ...]
    ways: tuple[Way, ...]
    suggestion: str | None = None

    @property
    def last_page(self) -> int:
        """Return the number of the last page with hits; 1 without hits."""
        return max(1, -(-self.results.total // self.parameters.size))


def search(parameters: Parameters, index: Index) -> ResultPage:
    """Return a page of results. Raises `QueryBudgetError` and `ParameterError`."""
    query = read(parameters.q)
    _check_kinds(parameters, index)
    sort: Sort = parameters.sort or ("newest" if query.is_empty else "relevance")
    started = time.perf_counter()
    results = index.search(_request(parameters, query, sort))
    took = (time.perf_counter() - started) * 1000
    parts = _parts(parameters, query, index)
    return ResultPage(
        parameters=parameters,
        query=query,
        sort=sort,
        results=results,
        summary=index.summary,
        took_ms=round(took, 1),
        hits=tuple(_shown(hit, parameters, query, index) for hit in results.hits),
        facets=_facets(parameters, results),
        chips=_chips(parameters),
        parts=parts,
        references=references(parameters.q, index),
        turns=_turns(parameters, results.total),
        ways=() if results.total else _ways(parameters, query, parts, index),
    )


def _request(parameters: Parameters, query: Query, sort: Sort) -> SearchRequest:
    return SearchRequest(
        query=query.node,
        filters=parameters.filters,
        date_from=parameters.date_from,
        date_to=parameters.date_to,
        sort=sort,
        page=parameters.page,
        size=parameters.size,
        literal=parameters.literal,
        facets=FACETS,
    )


def _check_kinds(parameters: Parameters, index: Index) -> None:
    """Refuse a kind that no paper has: it would look like a search without results."""
    asked = set(parameters.filters.get("kind", ())) - set(KINDS)
    if not asked:
        return
    counted = index.search(SearchRequest(Everything(), size=1, snippets=False, facets=("kind",)))
    known = {row.value for row in counted.facets["kind"]}
    if asked - known:
        raise ParameterError(
            f"De soort ‘{min(asked - known)[:40]}’ bestaat niet.", tuple(sorted(known | {*KINDS}))
        )


def _shown(hit: Hit, parameters: Parameters, query: Query, index: Index) -> ShownHit:
    asked = "" if query.is_empty else parameters.q
    place = anchor(hit.label, hit.page)
    url = place_path(hit.paper_id, place, query=asked, literal=parameters.literal)
    has_pdf = index.pdf(hit.paper_id) is not None
    return ShownHit(
        hit=hit,
        url=url,
        pdf_url=pdf_path(hit.paper_id, hit.page) if has_pdf else None,
        askers=_askers(hit, index),
    )


def _askers(hit: Hit, index: Index) -> tuple[str, ...]:
    paper = index.paper(hit.paper_id) if hit.kind in ASKED_KINDS else None
    if paper is None:
        return ()
    people = [person for person in paper.people if person.role == "indiener"]
    return tuple(f"{p.name} ({p.party})" if p.party else p.name for p in people)


def _facets(parameters: Parameters, results: Results) -> tuple[Facet, ...]:
    facets = []
    for name, text in dutch.FACETS.items():
        chosen = parameters.filters.get(name, ())
        rows = [(row.value, row.count) for row in results.facets.get(name, ())]
        missing = [(value, 0) for value in chosen if value not in dict(rows)]
        ordered = sorted(rows, reverse=True) if name == "year" else rows
        most = max((count for _, count in rows), default=1)
        choices = tuple(
            Choice(
                value=value,
                text=dutch.facet_value(name, value),
                count=count,
                chosen=value in chosen,
                address=parameters.toggled(name, value).query_string(),
                share=round(100 * count / most),
            )
            for value, count in [*missing, *ordered]
        )
        if choices:
            facets.append(Facet(name, text, choices))
    return tuple(facets)


def _chips(parameters: Parameters) -> tuple[Chip, ...]:
    chips = [
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
            chips.append(
                Chip(
                    f"{text}: {dutch.date(day)}", parameters.changed(**{name: None}).query_string()
                )
            )
    if parameters.literal:
        chips.append(Chip("Letterlijk", parameters.changed(literal=False).query_string()))
    return tuple(chips)


def _parts(parameters: Parameters, query: Query, index: Index) -> tuple[Part, ...]:
    parts = []
    for place, (leaf, excluded) in enumerate(tree.leaves(query.node)):
        rest = tree.without(query.node, place)
        text = "" if isinstance(rest, Everything) else tree.write(rest)
        parts.append(
            Part(
                text=tree.write(leaf),
                excluded=excluded,
                readings=index.read(leaf, literal=parameters.literal),
                address=parameters.changed(q=text).query_string(),
            )
        )
    return tuple(parts)


def _turns(parameters: Parameters, total: int) -> tuple[Turn, ...]:
    last = min(-(-total // parameters.size), 1000)
    near = range(parameters.page - WINDOW, parameters.page + WINDOW + 1)
    shown = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    turns: list[Turn] = []
    for number in shown if last > 1 else ():
        if turns and turns[-1].number != number - 1:
            turns.append(Turn(None))
        address = parameters.changed(page=number).query_string()
        turns.append(Turn(number, address, number == parameters.page))
    return tuple(turns)


def _ways(
    parameters: Parameters, query: Query, parts: tuple[Part, ...], index: Index
) -> tuple[Way, ...]:
    """Return searches like this one that do find something."""
    tried: list[tuple[str, Parameters]] = []
    if parameters.is_narrowed:
        tried.append(("Zonder filters", parameters.widened()))
    if parameters.literal:
        tried.append(("Niet letterlijk", parameters.changed(literal=False)))
    for place, part in enumerate(parts[:HELPED] if len(parts) > 1 else ()):
        rest = tree.write(tree.without(query.node, place))
        tried.append((f"Zonder ‘{part.text}’", parameters.changed(q=rest)))
    ways = []
    for text, other in tried:
        request = _request(other, read(other.q), "relevance")
        total = index.search(_bare(request)).total
        if total:
            ways.append(Way(text, other.query_string(), total))
    return tuple(ways)


def _bare(request: SearchRequest) -> SearchRequest:
    return SearchRequest(
        query=request.query,
        filters=request.filters,
        date_from=request.date_from,
        date_to=request.date_to,
        literal=request.literal,
        size=1,
        snippets=False,
    )
