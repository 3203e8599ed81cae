"""Ranked documents → the hits of a page: what is shown of a paper, with a snippet where asked.

In go a shelf, the analyzer and what reads a stored passage; out come hits, in the order ranked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.analysis.chains import Analyzer
from indexer.engine import lookup
from indexer.engine.arrays.rows import KEPT
from indexer.engine.documents.cards import Shelf
from indexer.engine.matching.grouping import Ranked
from indexer.engine.query import Node
from indexer.engine.results import Hit, Piece, SearchRequest, Version
from indexer.engine.shown.snippets import Marker
from indexer.engine.stored import Stored

Fixed = tuple[tuple[Any, ...], tuple[str, str], int | None, tuple[Any, ...], str | None]
"""What hits on a document have in common: fields of `Hit` before the score and before the page, the
page on which the passage begins, fields before `also`, and `file`."""
NO_SNIPPET: tuple[Piece, ...] = ()


class Hits:
    """Makes the hits of one open index; `stored` reads the passage of a document."""

    def __init__(self, shelf: Shelf, analyzer: Analyzer, stored: Stored) -> None:
        self._shelf = shelf
        self._analyzer = analyzer
        self._stored = stored
        self._made: dict[int, Fixed] = {}
        self._scanned = shelf.documents.papers_with("scanned", ("ja",))

    def page(
        self, request: SearchRequest, ranked: Ranked, also: Mapping[int, tuple[Version, ...]]
    ) -> tuple[Hit, ...]:
        """Return the hits of ranked documents; `also` has by document what goes under it."""
        marker = self.marker(request.query, literal=request.literal) if request.snippets else None
        found, made, snippet = [], self._made.get, NO_SNIPPET
        for number, score, matched in zip(
            ranked.documents, ranked.scores, ranked.matched, strict=True
        ):
            paper, passage, page, rest, file = made(number) or self._make(number)
            if marker is not None:
                page, snippet = marker.excerpt(self._stored.passage(number) | {"page": page})
            under = also.get(number, ())
            found.append(
                Hit._make((*paper, score, *passage, page, snippet, matched - 1, *rest, under, file))
            )
        return tuple(found)

    def _make(self, number: int) -> Fixed:
        """Return what every hit on a document says, and keep it."""
        ordinal = int(self._shelf.documents.paper[number])
        card, label = self._shelf.cards[ordinal], self._shelf.labels[number]
        found = (
            (card.paper_id, card.title, card.kind, card.paper_ref, card.date, card.ministry),
            (label.passage_id, label.label),
            label.page,
            (card.session_year, card.askers, card.answerers, bool(self._scanned[ordinal])),
            card.file,
        )
        if len(self._made) >= KEPT:
            self._made.clear()
        self._made[number] = found
        return found

    def marker(self, query: Node, *, literal: bool) -> Marker:
        """Return what marks the words of a query in texts."""
        want = lookup.wanted(query, self._analyzer, literal=literal)
        return Marker(self._analyzer, want, literal=literal)
