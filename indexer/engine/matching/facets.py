"""Counts of papers by value of a facet, over all that match.

In go matches, a request and the filters of the index, out come values with their counts.
"""

from __future__ import annotations

from functools import cached_property
from itertools import repeat
from typing import Any

from indexer.engine import native
from indexer.engine.arrays.bits import Bits, counted, packed
from indexer.engine.arrays.ids import Ids, changes
from indexer.engine.documents.table import Documents
from indexer.engine.documents.values import Values
from indexer.engine.matching.filters import Filters, Passing
from indexer.engine.matching.matches import Matches
from indexer.engine.results import FacetCount, SearchRequest

_made = tuple.__new__
"""What `FacetCount._make` calls, without a call of Python for each value."""
FACET_VALUES = 200
"""A facet has at most so many values: the most frequent ones."""


class _Papers:
    """The papers that match and pass, as numbers or as bits, whichever is asked for."""

    def __init__(self, found: Matches, documents: Documents, passes: Passing | None) -> None:
        self._found, self._documents, self._passes = found, documents, passes
        self._count = len(documents.paper_ids)

    @cached_property
    def numbers(self) -> Ids:
        """Return the papers, where the documents of each follow one another."""
        documents = self._documents
        if documents.one_each:
            papers = documents.paper.take(self._found.numbers)
        else:
            owners = documents.paper.take(self._found.ids)
            papers = owners[changes(owners)]
        return papers if self._passes is None else papers[self._passes.papers.take(papers)]

    @cached_property
    def plain(self) -> Any:
        """Return the same as the compiled loops tell them."""
        documents, loops = self._documents, native.LOOPS
        found = self._found.numbers if documents.one_each else self._found.ids
        passing = loops.ALL if self._passes is None else self._passes.plain
        return loops.Papers(found, documents.plain_owners, passing)

    @cached_property
    def bits(self) -> Bits:
        """Return the papers as bits."""
        papers = self._found.papers(self._documents.paper, self._count)
        return papers if self._passes is None else papers & self._passes.bits

    @cached_property
    def documents(self) -> Bits:
        """Return the documents, where each is a paper of its own, as bits."""
        there = self._found.there
        if self._passes is not None:
            there = there & self._passes.documents[: len(there)]
        return packed(there)

    def counts(self, field: str, values: Values) -> Ids:
        """Return by value of a field how many of the papers have it."""
        documents = self._documents
        if documents.are_runs and values.are_few_for(self._found.having, self._count):
            if native.LOOPS is not None:
                return values.tallied(self.plain, self._count)
            return values.counted(self.numbers, self._count)
        if self._found.is_summed and documents.one_each and values.are_few:
            bits = self.documents
            found: Ids = counted(documents.by_value(field)[:, : len(bits)] & bits)
            return found
        return values.counted_as_bits(self.bits, self._count)


def counts(
    request: SearchRequest, found: Matches, documents: Documents, filters: Filters
) -> dict[str, tuple[FacetCount, ...]]:
    """Count papers by value; a facet's own filter does not narrow its counts."""
    papers: dict[int, _Papers] = {}
    rows = {}
    for facet in request.facets:
        passes = filters.passing(request, but=facet)
        some = papers.setdefault(id(passes), _Papers(found, documents, passes))
        values = documents.values[facet]
        frequent = values.frequent(some.counts(facet, values), FACET_VALUES)
        rows[facet] = tuple(map(_made, repeat(FacetCount), frequent))
    return rows
