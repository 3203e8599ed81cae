"""The search service, without Flask: parameters → a page of results that explains itself.

In go `Parameters` and an open index, out comes a `ResultPage` of plain values: hits, facets and
chips with the addresses behind them, how the query was read, the numbers in it, and help when
nothing was found. Pages, JSON and the terminal show the same page.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from indexer.engine.fields import FACETS
from indexer.engine.interface import Index
from indexer.engine.query import Everything, InField, Phrase, Term
from indexer.engine.results import Hit, Reading, Results, SearchRequest, Sort, Summary
from indexer.paper import KINDS
from search_app.errors import ParameterError
from search_app.links import anchor, leaf_path, pdf_path, place_path
from search_app.papers.follows import Near
from search_app.papers.versions import versions_of
from search_app.query import tree
from search_app.query.broader import Also, also
from search_app.query.syntax import Query, read
from search_app.query.tree import Leaf
from search_app.search import refine
from search_app.search.meaning import usable
from search_app.search.named import Unknown, unknown_values
from search_app.search.parameters import Parameters
from search_app.search.present import present
from search_app.search.references import Reference, references
from search_app.search.refine import Chip, Facet, Turn
from search_app.search.second_look import led
from search_app.search.suggest import suggestion

HELPED = 6


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with its addresses; `leaf_url` shows the page of its PDF with what matched marked."""

    hit: Hit
    url: str
    pdf_url: str | None
    leaf_url: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the query, how its words were read, and the address of the search without it.

    `also` is by what else it is found; `literal` is the address of the search with this part as it
    stands, without inflections, parts of compounds and what it stands for; `unlifted` that of the
    search in which the kind that it names does not go before others.
    """

    text: str
    excluded: bool
    readings: tuple[Reading, ...]
    address: str
    also: tuple[Also, ...] = ()
    literal: str = ""
    unlifted: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way out when nothing was found: another search and how many papers it finds."""

    text: str
    address: str
    total: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything that a page of results shows. `took_ms` is the search alone.

    `by_meaning`: the passages nearest in meaning counted, not words alone.
    """

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
    unknown: tuple[Unknown, ...] = ()
    suggestion: str | None = None
    newer: tuple[Near, ...] = ()
    """What came in the place of the paper whose number was typed."""
    by_meaning: bool = False

    @property
    def asks_more(self) -> bool:
        """Tell whether several questions were typed: each has a place of its own, `/antwoorden`."""
        return self.parameters.q.count("?") > 1

    @property
    def last_page(self) -> int:
        """Return the number of the last page with hits; 1 without hits."""
        return max(1, -(-self.results.shown // self.parameters.size))


def search(parameters: Parameters, index: Index) -> ResultPage:
    """Return a page of results. Raises `QueryBudgetError` and `ParameterError`."""
    query = read(parameters.q)
    check_kinds(parameters, index)
    sort: Sort = parameters.sort or ("newest" if query.is_empty else "relevance")
    started = time.perf_counter()
    request = led(request_for(parameters, query, sort, FACETS, fold=True), index)
    results = index.search(request)
    took = (time.perf_counter() - started) * 1000
    parts = _parts(parameters, query, index)
    named = references(parameters.q, index)
    unknown = () if results.total else tuple(unknown_values(query.node, index))
    return ResultPage(
        parameters=parameters,
        query=query,
        sort=sort,
        results=results,
        summary=index.summary,
        took_ms=round(took, 1),
        hits=tuple(
            shown(hit, parameters, asked=not query.is_empty, index=index) for hit in results.hits
        ),
        facets=refine.facets(parameters, results),
        chips=refine.chips(parameters),
        parts=parts,
        references=named,
        newer=_newer(named, index),
        turns=refine.turns(parameters, results.shown),
        ways=() if results.total else _ways(parameters, query, parts, unknown, index),
        unknown=unknown,
        suggestion=None if parameters.literal else suggestion(query, results, index),
        by_meaning=bool(request.lead) and usable(index) is not None,
    )


def _newer(named: tuple[Reference, ...], index: Index) -> tuple[Near, ...]:
    """Return what replaced the one paper that was asked for by its number."""
    hit = named[0].paper if len(named) == 1 else None
    paper = index.paper(hit.paper_id) if hit else None
    return versions_of(paper, index).newer if paper else ()


def request_for(
    parameters: Parameters,
    query: Query,
    sort: Sort,
    facets: tuple[str, ...] = (),
    *,
    fold: bool = False,
) -> SearchRequest:
    """Return the engine's request for a search; `fold`: papers nearly the same under one hit."""
    return SearchRequest(
        query=query.searched(literal=parameters.literal, lift=parameters.lift),
        filters=parameters.filters,
        date_from=parameters.date_from,
        date_to=parameters.date_to,
        sort=sort,
        page=parameters.page,
        size=parameters.size,
        literal=parameters.literal,
        facets=facets,
        fold=fold,
    )


def check_kinds(parameters: Parameters, index: Index) -> None:
    """Refuse a kind that no paper has: it would look like a search without results."""
    asked = set(parameters.filters.get("kind", ())) - set(KINDS)
    if not asked:
        return
    known = {row.value for row in present("kind", index)}
    if asked - known:
        raise ParameterError(
            f"De soort ‘{min(asked - known)[:40]}’ bestaat niet.", tuple(sorted(known | {*KINDS}))
        )


def shown(hit: Hit, parameters: Parameters, *, asked: bool, index: Index) -> ShownHit:
    """Return a hit with its addresses; `asked` tells whether there are words to mark."""
    words = parameters.q if asked else ""
    place = anchor(hit.label, hit.page)
    url = place_path(hit.paper_id, place, query=words, literal=parameters.literal)
    has_pdf = index.pdf(hit.paper_id) is not None
    return ShownHit(
        hit=hit,
        url=url,
        pdf_url=pdf_path(hit.paper_id, hit.page) if has_pdf else None,
        leaf_url=leaf_path(hit.paper_id, hit.page, query=words, literal=parameters.literal)
        if has_pdf and hit.page
        else None,
    )


def _parts(parameters: Parameters, query: Query, index: Index) -> tuple[Part, ...]:
    parts = []
    ways = also(query.node, lift=parameters.lift)
    found = zip(tree.leaves(query.node), ways, strict=True)
    unlifted = parameters.changed(lift=False).query_string()
    for place, ((leaf, excluded), more) in enumerate(found):
        rest = tree.without(query.node, place)
        text = "" if isinstance(rest, Everything) else tree.write(rest)
        readings = index.read(leaf, literal=parameters.literal)
        free = not (excluded or parameters.literal)
        parts.append(
            Part(
                text=tree.write(leaf),
                excluded=excluded,
                readings=readings,
                address=parameters.changed(q=text).query_string(),
                also=more if free else (),
                literal=_literal(parameters, query, place, leaf, readings) if free else "",
                unlifted=unlifted if free and any(way.lift for way in more) else "",
            )
        )
    return tuple(parts)


def _literal(
    parameters: Parameters, query: Query, place: int, leaf: Leaf, readings: tuple[Reading, ...]
) -> str:
    """Return the address of the search with one part as it stands: `letterlijk:Woo`.

    Nothing for a part that is looked up in one way only.
    """
    varied = any(reading.role in ("word", "phrase") for reading in readings)
    if not isinstance(leaf, Term | Phrase) or not varied:
        return ""
    exact = tree.replaced(query.node, place, InField("exact", leaf))
    return parameters.changed(q=tree.write(exact)).query_string()


def _ways(
    parameters: Parameters,
    query: Query,
    parts: tuple[Part, ...],
    unknown: tuple[Unknown, ...],
    index: Index,
) -> tuple[Way, ...]:
    """Return searches like this one that do find something."""
    tried = [
        (f"Met {text}", parameters.changed(q=tree.write(node)))
        for each in unknown
        for text, node in each.meant
    ]
    if parameters.is_narrowed:
        tried.append(("Zonder filters", parameters.widened()))
    if parameters.literal:
        tried.append(("Niet letterlijk", parameters.changed(literal=False)))
    for place, part in enumerate(parts[:HELPED] if len(parts) > 1 else ()):
        rest = tree.write(tree.without(query.node, place))
        tried.append((f"Zonder ‘{part.text}’", parameters.changed(q=rest)))
    loose = tree.words(query.node)
    if loose and loose != query.understood:
        tried.append(("Met een deel van de woorden", parameters.changed(q=loose)))
        if parameters.is_narrowed:
            both = parameters.widened().changed(q=loose)
            tried.append(("Met een deel van de woorden, zonder filters", both))
    ways = []
    for text, other in tried:
        request = request_for(other, read(other.q), "relevance")
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
