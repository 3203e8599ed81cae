"""Pages of results that were asked for before: who comes back from a hit asks for its page again.

In go requests, out come their results as they were. Only pages that people look at are kept.
"""

from __future__ import annotations

from collections.abc import Callable

from indexer.engine.arrays.cache import Cache
from indexer.engine.results import Hit, Results, SearchRequest

KEPT = 8 << 20
"""Bytes, by what pages weigh: some 450 of ten hits with snippets, 2,000 without."""
LARGEST = 50
"""Larger pages are for machines, which ask for each once."""
PAGE, HIT, PIECE, VALUE = 1000, 300, 150, 150
"""Bytes of a page, of a hit (its texts are those of the index), of a piece, of a facet."""

Key = tuple[object, ...]


class Answered:
    """Results by request, of one generation. Safe under threads; what comes out is read-only."""

    def __init__(self) -> None:
        self._pages: Cache[Key, Results] = Cache(KEPT, _size)

    def page(self, request: SearchRequest, search: Callable[[SearchRequest], Results]) -> Results:
        """Return the results of a request, as they were before or by searching now."""
        if request.size > LARGEST:
            return search(request)
        key = _key(request)
        found = self._pages.get(key)
        if found is None:
            found = search(request)
            self._pages.put(key, found)
        return found

    def clear(self) -> None:
        """Forget all pages."""
        self._pages.clear()


def _key(request: SearchRequest) -> Key:
    filters = request.filters
    return (
        request.query,
        tuple([(name, filters[name]) for name in sorted(filters)]) if filters else (),
        request.date_from,
        request.date_to,
        request.sort,
        request.page,
        request.size,
        request.literal,
        request.facets,
        request.snippets,
        request.lead,
        request.fold,
    )


def _size(results: Results) -> int:
    """Return about how many bytes a page keeps in memory."""
    values = sum(map(len, results.facets.values()))
    return PAGE + VALUE * values + sum(map(_hit_size, results.hits))


def _hit_size(hit: Hit) -> int:
    letters = sum([len(piece.text) + PIECE for piece in hit.snippet])
    return HIT * (1 + len(hit.also)) + letters
