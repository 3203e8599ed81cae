"""What the engine knows of every document without opening it: lengths, paper, date, facet values.

In go columns of the index, out come arrays by document (a passage) and by paper. A document's
number is its place in these arrays; a paper's ordinal follows the order of paper ids, so that
ties in a ranking break alike everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engine import native
from indexer.engine.arrays.bits import Bits, packed
from indexer.engine.arrays.ids import Floats, Ids, Mask, changes, ranges
from indexer.engine.arrays.vocabulary import Names
from indexer.engine.documents.values import Values
from indexer.engine.fields import BY_NAME

LENGTHS = 1 << 16
"""So many lengths two bytes tell apart: passages of all of these have 2 billion words together."""


@dataclass(frozen=True)
class Documents:
    """All documents of a generation. `live` is false for deleted ones."""

    live: Mask
    paper: Ids
    paper_ids: Names
    lengths: Mapping[str, Floats]
    dates: Ids
    values: Mapping[str, Values]

    @cached_property
    def count(self) -> int:
        """Return the number of documents that are not deleted."""
        return int(self.live.sum())

    @cached_property
    def whole(self) -> bool:
        """Tell whether no document was deleted."""
        return self.count == len(self.live)

    @cached_property
    def are_runs(self) -> bool:
        """Tell whether the documents of each paper follow one another, as they are written."""
        living = self.paper if self.whole else self.paper[self.live]
        return int(np.count_nonzero(changes(living))) == len(self.paper_ids)

    @cached_property
    def plain_owners(self) -> Any:
        """Return by document its paper as the compiled loops take it."""
        return native.LOOPS.Owners(self.paper.astype(np.int32), self.one_each)

    @cached_property
    def dead(self) -> Ids:
        """Return the documents that were deleted."""
        return np.flatnonzero(~self.live)

    @cached_property
    def one_each(self) -> bool:
        """Tell whether no paper has more than one document that was not deleted."""
        counts = np.bincount(self.paper[self.live], minlength=1)
        return bool((counts <= 1).all())

    @cached_property
    def first_of_papers(self) -> Ids:
        """Return by paper its first document that was not deleted."""
        numbers = np.flatnonzero(self.live)[::-1]
        found = np.zeros(len(self.paper_ids), np.int64)
        found[self.paper[numbers]] = numbers  # of several the last counts, which comes first
        return found

    def of_papers(self, papers: Ids) -> Ids:
        """Return the documents of some papers, one paper's after another's."""
        order, first, counts = self._by_paper
        return order[ranges(first[papers], counts[papers])]

    def are_single(self, papers: Ids) -> bool:
        """Tell whether each of some papers is one document."""
        return bool((self._by_paper[2].take(papers) == 1).all())

    @cached_property
    def _by_paper(self) -> tuple[Ids, Ids, Ids]:
        order = np.argsort(self.paper, kind="stable")
        counts = np.bincount(self.paper, minlength=len(self.paper_ids))
        return order, np.cumsum(counts) - counts, counts

    def mean_length(self, field: str) -> float:
        """Return the mean number of positions of a field, over the documents that have it."""
        return self._means[field]

    @cached_property
    def _means(self) -> dict[str, float]:
        filled = {name: row[row > 0] for name, row in self.lengths.items()}
        return {name: float(row.mean()) if len(row) else 1.0 for name, row in filled.items()}

    def weights(self, field: str, b: float) -> Floats:
        """Return by document what one occurrence weighs in a field: its boost over its length."""
        found = self._weights.get((field, b))
        if found is None:
            found = self._weights[field, b] = self._weighed(field, self.lengths[field], b)
        return found

    def _weighed(self, field: str, lengths: Floats, b: float) -> Floats:
        """Return what one occurrence weighs in a field of each of some lengths."""
        norm = 1 - b + b * np.maximum(lengths, 1) / self.mean_length(field)
        return (BY_NAME[field].boost or 1.0) / norm

    @cached_property
    def lengths_are_short(self) -> bool:
        """Tell whether two bytes tell the lengths of each field apart."""
        return all(len(lengths) <= LENGTHS for _, lengths in map(self._kinds, self.lengths))

    def plain_weights(self, field: str, b: float) -> Any:
        """Return the same as the compiled loops take it, by length and not by document."""
        found = self._plain_weights.get((field, b))
        if found is None:
            numbers, lengths = self._kinds(field)
            found = native.LOOPS.Weights(numbers, self._weighed(field, lengths, b))
            self._plain_weights[field, b] = found
        return found

    def _kinds(self, field: str) -> tuple[npt.NDArray[np.int16], Floats]:
        """Return by document which of all lengths of a field it has, and these."""
        lengths = self.lengths[field].astype(np.int64)
        (kinds,) = np.bincount(lengths, minlength=1).nonzero()
        numbers = np.zeros(int(lengths.max(initial=0)) + 1, np.int16)
        numbers[kinds] = np.arange(len(kinds)).astype(np.uint16).view(np.int16)
        return numbers[lengths], kinds.astype(np.float64)

    @cached_property
    def _weights(self) -> dict[tuple[str, float], Floats]:
        return {}

    @cached_property
    def _plain_weights(self) -> dict[tuple[str, float], Any]:
        return {}

    def by_value(self, field: str) -> Bits:
        """Return by value of a field, of few values, the documents whose paper has it, as bits."""
        found = self._by_value.get(field)
        if found is None:
            papers = self.values[field].by_value(len(self.paper_ids))
            found = self._by_value[field] = packed(papers.take(self.paper, axis=1))
        return found

    @cached_property
    def _by_value(self) -> dict[str, Bits]:
        return {}

    def papers_with(self, field: str, values: Sequence[str]) -> Mask:
        """Return by paper whether it has one of the values of a keyword field."""
        rows = self.values[field]
        return rows.papers_with(rows.named(values), len(self.paper_ids))
