"""Rows of an answer of the cluster → hits.

In go rows with a card and their best passage, out come `Hit`s with snippets made by our own code
from the stored text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.analysis.chains import Analyzer
from indexer.engine import lookup
from indexer.engine.documents import alike
from indexer.engine.matching.tree import ALL_WORDS_LIFT
from indexer.engine.opensearch.client import Json
from indexer.engine.opensearch.dsl import PATH
from indexer.engine.results import FacetCount, Hit, Piece, SearchRequest, Version
from indexer.engine.shown import snippets

Card = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A paper on the page: its score, its card, its best passage, how many of its match."""

    score: float
    card: Card
    passage: Mapping[str, Any]
    matched: int


def in_order(rows: Sequence[Json]) -> list[Json]:
    """Return rows by their scores; equal ones follow their ids, which a rescore does not see to."""
    named = [(json.loads(row["fields"]["card"][0])["paper_id"], row) for row in rows]
    return [row for _, row in sorted(named, key=lambda pair: (-pair[1]["_score"], pair[0]))]


def rows_of(answer: Sequence[Json]) -> list[Row]:
    """Return the rows of an answer."""
    return [_row(row) for row in answer]


@dataclass(frozen=True, slots=True)
class Arranged:
    """The rows of a page in order, by paper the versions that go under it, and their number."""

    rows: Sequence[Json]
    also: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    folded: int = 0


def arranged(rows: Sequence[Json], request: SearchRequest, *, led: bool) -> Arranged:
    """Return the page of rows that begin at the first hit, led and folded as asked for."""
    first = (request.page - 1) * request.size
    part = slice(first, first + request.size)
    ordered = _led(rows, request.lead) if led else list(rows)
    if not request.fold:
        return Arranged(ordered[part])
    cards = [json.loads(row["fields"]["card"][0]) for row in ordered[: alike.FOLDED]]
    page = alike.page([_kept(card) for card in cards], part)
    also = {
        str(cards[row.place]["paper_id"]): tuple(
            _version(cards[n], replaced=n in row.replaced) for n in row.under
        )
        for row in page.rows
    }
    shown = [ordered[row.place] for row in page.rows]
    return Arranged(shown + ordered[page.rest], also, page.folded)


def _kept(card: Card) -> alike.Kept:
    return alike.Kept(
        card["paper_id"],
        card["kind"],
        card["title"],
        card["date"],
        card["alike"],
        tuple(card["replaces"]),
    )


def _version(card: Card, *, replaced: bool) -> Version:
    names = ("paper_id", "title", "kind", "paper_ref", "date")
    return Version(**{name: card[name] for name in names}, replaced=replaced)


def _led(rows: Sequence[Json], lead: Sequence[str]) -> list[Json]:
    """Return the rows, those of these passages first among those as full as they."""
    places: dict[str, int] = {}
    for place, key in enumerate(lead):
        places.setdefault(key.partition(":")[0], place)
    return sorted(
        rows,
        key=lambda row: (row["_score"] < ALL_WORDS_LIFT, places.get(row["_id"], len(lead))),
    )


def _row(row: Json) -> Row:
    card = json.loads(row["fields"]["card"][0])
    score = float(row["_score"] or 0.0)
    brought = row.get("inner_hits", {}).get(PATH, {}).get("hits")
    if not brought or not brought["hits"]:
        return Row(score, card, card["first"], card["passages"])
    ((packed,),) = brought["hits"][0]["fields"].values()
    return Row(score, card, json.loads(packed), int(brought["total"]["value"]))


def hits_of(
    rows: Sequence[Row],
    request: SearchRequest,
    analyzer: Analyzer,
    also: Mapping[str, tuple[Version, ...]],
) -> Iterator[Hit]:
    """Yield the hits of a page."""
    want = lookup.wanted(request.query, analyzer, literal=request.literal)
    for row in rows:
        page: int | None = row.passage["page"]
        snippet: tuple[Piece, ...] = ()
        if request.snippets and "text" in row.passage:
            page, snippet = snippets.excerpt(row.passage, analyzer, want, literal=request.literal)
        yield _hit(row, page, snippet, also.get(row.card["paper_id"], ()))


def _hit(row: Row, page: int | None, snippet: tuple[Piece, ...], also: tuple[Version, ...]) -> Hit:
    card = row.card
    return Hit(
        paper_id=card["paper_id"],
        title=card["title"],
        kind=card["kind"],
        paper_ref=card["paper_ref"],
        date=card["date"],
        ministry=card["ministry"],
        score=row.score,
        passage_id=row.passage["id"],
        label=row.passage["label"],
        page=page,
        snippet=snippet,
        more=row.matched - 1,
        session_year=card["session_year"],
        askers=tuple(card["askers"]),
        answerers=tuple(card["answerers"]),
        scanned=card["scanned"],
        also=also,
        file=card.get("file"),
    )


def facet(counted: Json) -> tuple[FacetCount, ...]:
    """Return the values of a facet, the most frequent first."""
    rows = [FacetCount(row["key"], row["doc_count"]) for row in counted["values"]["buckets"]]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.value)))
