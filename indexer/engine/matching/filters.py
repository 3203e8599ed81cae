"""The filters of a request → which papers pass, made once and kept for the next search.

In go filters by field and a period, out come `Passing` papers: as bits for counts, and by document
for matches. A person who filters asks on with the same filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.bits import Bits, packed
from indexer.engine.arrays.cache import Cache
from indexer.engine.arrays.ids import Ids, Mask
from indexer.engine.documents.dates import date_bounds
from indexer.engine.documents.table import Documents
from indexer.engine.results import PassageRequest, SearchRequest

CACHED = 6 << 20
"""Bytes of filters that are kept ready."""
PERIOD = "date"
Filter = tuple[str, tuple[str | None, ...]]
"""A field and its values in order; of a `PERIOD` both ends."""


@dataclass(frozen=True)
class Passing:
    """Which papers pass; `owners` has by document its paper."""

    papers: Mask
    owners: Ids

    @cached_property
    def documents(self) -> Mask:
        """Return by document whether its paper passes."""
        return self.papers.take(self.owners)

    @cached_property
    def document_bits(self) -> Bits:
        """Return the documents as bits."""
        return packed(self.documents)

    @cached_property
    def slots(self) -> Any:
        """Return the same as the compiled loops take it."""
        return native.LOOPS.Slots(self.document_bits.view(np.int64))

    @cached_property
    def plain(self) -> Any:
        """Return by paper whether it passes, as the compiled loops take it."""
        return native.LOOPS.Passes(self.papers.view(np.uint8))

    @cached_property
    def bits(self) -> Bits:
        """Return the papers as bits."""
        return packed(self.papers)

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory, with all that is made of it later."""
        bits = len(self.papers) + 2 * len(self.owners)
        return 2 * len(self.papers) + len(self.owners) + bits // 8 + 300


class Filters:
    """The filters of one open index, shared by threads."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._kept: Cache[tuple[Filter, ...], Passing] = Cache(CACHED, lambda kept: kept.size)

    def passing(
        self, request: SearchRequest | PassageRequest, but: str | None = None
    ) -> Passing | None:
        """Return what passes all filters, that of one field left out; `None`: all do."""
        filters = tuple(row for row in _filters(request) if row[0] != but)
        return self._all(filters) if filters else None

    def _all(self, filters: tuple[Filter, ...]) -> Passing:
        found = self._kept.get(filters)
        if found is None:
            if len(filters) > 1:
                papers = np.logical_and.reduce([self._all((row,)).papers for row in filters])
            else:
                papers = self._papers(*filters[0])
            found = Passing(papers, self._documents.paper)
            self._kept.put(filters, found)
        return found

    def _papers(self, field: str, values: tuple[str | None, ...]) -> Mask:
        documents = self._documents
        if field != PERIOD:
            return documents.papers_with(field, [value for value in values if value is not None])
        low, high = date_bounds(*values)
        inside = (documents.dates >= low) & (documents.dates <= high) & (documents.dates > 0)
        mask = np.zeros(len(documents.paper_ids), np.bool_)
        mask[documents.paper[inside]] = True
        return mask


def _filters(request: SearchRequest | PassageRequest) -> Iterator[Filter]:
    for field, values in sorted(request.filters.items()):
        if values:
            yield field, tuple(sorted(values))
    if request.date_from or request.date_to:
        yield PERIOD, (request.date_from, request.date_to)
