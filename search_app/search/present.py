"""The values of a facet that an index has.

In go a facet and an index, out come its values with the number of papers, the most frequent first.
"""

from __future__ import annotations

from indexer.engine.interface import Index
from indexer.engine.query import Everything
from indexer.engine.results import FacetCount, SearchRequest


def present(facet: str, index: Index) -> tuple[FacetCount, ...]:
    """Return the values that any paper has."""
    request = SearchRequest(Everything(), size=1, snippets=False, facets=(facet,))
    return index.search(request).facets[facet]
