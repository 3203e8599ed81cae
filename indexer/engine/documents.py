"""What the engine knows of every document without opening it: lengths, paper, date, facet values.

In go columns of the index, out come arrays by document (a passage) and by paper. A document's
number is its place in these arrays; a paper's ordinal follows the order of paper ids, so that
ties in a ranking break alike everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.engine.postings import Floats, Ids, Mask

NO_DATE = 0


@dataclass(frozen=True, slots=True)
class Values:
    """A keyword field: sorted distinct `names`; `owners[i]` (a paper) has value `codes[i]`."""

    names: tuple[str, ...]
    owners: Ids
    codes: Ids

    def papers_with(self, wanted: Sequence[str], papers: int) -> Mask:
        """Return by paper whether it has one of the values."""
        codes = [code for code, name in enumerate(self.names) if name in wanted]
        found = np.zeros(papers, np.bool_)
        found[self.owners[np.isin(self.codes, codes)]] = True
        return found

    def counts(self, papers: Mask) -> dict[str, int]:
        """Return how many of the marked papers have each value; absent values are left out."""
        counted = np.bincount(self.codes[papers[self.owners]], minlength=len(self.names))
        return {self.names[code]: int(counted[code]) for code in np.flatnonzero(counted)}


@dataclass(frozen=True)
class Documents:
    """All documents of a generation. `live` is false for deleted ones."""

    live: Mask
    paper: Ids
    paper_ids: tuple[str, ...]
    lengths: Mapping[str, Floats]
    dates: Ids
    values: Mapping[str, Values]

    @cached_property
    def count(self) -> int:
        """Return the number of documents that are not deleted."""
        return int(self.live.sum())

    def mean_length(self, field: str) -> float:
        """Return the mean number of positions of a field, over the documents that have it."""
        return self._means[field]

    @cached_property
    def _means(self) -> dict[str, float]:
        filled = {name: row[row > 0] for name, row in self.lengths.items()}
        return {name: float(row.mean()) if len(row) else 1.0 for name, row in filled.items()}


def make_values(rows: Sequence[tuple[int, str]]) -> Values:
    """Return the values of pairs (paper ordinal, value)."""
    unique = sorted(set(rows))
    names = sorted({value for _, value in unique})
    code = {name: i for i, name in enumerate(names)}
    return Values(
        names=tuple(names),
        owners=np.array([owner for owner, _ in unique], np.int64),
        codes=np.array([code[value] for _, value in unique], np.int64),
    )


def date_number(date: str | None) -> int:
    """Return an ISO date as a number that sorts (`20221213`); unknown is 0."""
    digits = (date or "").replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdigit() else NO_DATE


def date_bounds(low: str | None, high: str | None) -> tuple[int, int]:
    """Return both ends of a period as numbers; a year or month stands for all its days."""
    first = date_number(low) if low else 1
    last = int(high.replace("-", "").ljust(8, "9")) if high else 99_999_999
    return first, last
