"""Ranked documents → the hits of a page: what is shown of a paper, with a snippet where asked.

In go a shelf, the analyzer and what reads a stored passage; out come hits, in the order ranked.
"""

from __future__ import annotations

from collections.abc import Mapping

from indexer.analysis.chains import Analyzer
from indexer.engine import lookup
from indexer.engine.cards import Shelf
from indexer.engine.grouping import Ranked
from indexer.engine.query import Node
from indexer.engine.results import Hit, Piece, SearchRequest, Version
from indexer.engine.snippets import Marker
from indexer.engine.stored import Stored


class Hits:
    """Makes the hits of one open index; `stored` reads the passage of a document."""

    def __init__(self, shelf: Shelf, analyzer: Analyzer, stored: Stored) -> None:
        self._shelf = shelf
        self._analyzer = analyzer
        self._stored = stored
        self._scanned = shelf.documents.papers_with("scanned", ("ja",))

    def page(
        self, request: SearchRequest, ranked: Ranked, also: Mapping[int, tuple[Version, ...]]
    ) -> tuple[Hit, ...]:
        """Return the hits of ranked documents; `also` has by document what goes under it."""
        marker = self.marker(request.query, literal=request.literal) if request.snippets else None
        rows = zip(
            ranked.documents.tolist(), ranked.scores.tolist(), ranked.matched.tolist(), strict=True
        )
        return tuple(
            self._hit(number, score, matched - 1, marker, also.get(number, ()))
            for number, score, matched in rows
        )

    def marker(self, query: Node, *, literal: bool) -> Marker:
        """Return what marks the words of a query in texts."""
        want = lookup.wanted(query, self._analyzer, literal=literal)
        return Marker(self._analyzer, want, literal=literal)

    def _hit(
        self,
        number: int,
        score: float,
        more: int,
        marker: Marker | None,
        also: tuple[Version, ...],
    ) -> Hit:
        ordinal = int(self._shelf.documents.paper[number])
        card = self._shelf.cards[ordinal]
        label = self._shelf.labels[number]
        page, snippet = label.page, tuple[Piece, ...]()
        if marker is not None:
            page, snippet = marker.excerpt(self._stored.passage(number) | {"page": page})
        return Hit(
            paper_id=card.paper_id,
            title=card.title,
            kind=card.kind,
            paper_ref=card.paper_ref,
            date=card.date,
            ministry=card.ministry,
            score=score,
            passage_id=label.passage_id,
            label=label.label,
            page=page,
            snippet=snippet,
            more=more,
            session_year=card.session_year,
            askers=tuple(card.askers),
            answerers=tuple(card.answerers),
            scanned=bool(self._scanned[ordinal]),
            also=also,
            file=card.file,
        )
