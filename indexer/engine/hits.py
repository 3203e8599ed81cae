"""Ranked documents → the hits of a page: what is shown of a paper, with a snippet where asked.

In go a shelf, the analyzer and what reads a stored passage; out come hits, in the order ranked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
        return tuple(self._hits(request, ranked, also))

    def _hits(
        self, request: SearchRequest, ranked: Ranked, also: Mapping[int, tuple[Version, ...]]
    ) -> Iterator[Hit]:
        marker = self.marker(request.query, literal=request.literal) if request.snippets else None
        papers = self._shelf.documents.paper.take(ranked.documents)
        for number, ordinal, scanned, score, matched in zip(
            ranked.documents.tolist(),
            papers.tolist(),
            self._scanned.take(papers).tolist(),
            ranked.scores.tolist(),
            ranked.matched.tolist(),
            strict=True,
        ):
            card = self._shelf.cards[ordinal]
            passage_id, label, page = self._shelf.labels[number]
            snippet: tuple[Piece, ...] = ()
            if marker is not None:
                page, snippet = marker.excerpt(self._stored.passage(number) | {"page": page})
            yield Hit(
                paper_id=card.paper_id,
                title=card.title,
                kind=card.kind,
                paper_ref=card.paper_ref,
                date=card.date,
                ministry=card.ministry,
                score=score,
                passage_id=passage_id,
                label=label,
                page=page,
                snippet=snippet,
                more=matched - 1,
                session_year=card.session_year,
                askers=card.askers,
                answerers=card.answerers,
                scanned=scanned,
                also=also.get(number, ()),
                file=card.file,
            )

    def marker(self, query: Node, *, literal: bool) -> Marker:
        """Return what marks the words of a query in texts."""
        want = lookup.wanted(query, self._analyzer, literal=literal)
        return Marker(self._analyzer, want, literal=literal)
