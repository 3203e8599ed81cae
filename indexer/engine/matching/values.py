"""Fields of whole values (ministry, dossier, number, date): what a query says of them → documents.

In goes a field with a word or a choice of words, out come the documents that have such a value.
Nothing here scores.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays.ids import Ids
from indexer.engine.documents.table import Documents, date_bounds
from indexer.engine.query import Between

CONTAINED = ("ministry", "person", "asker", "answerer", "party")
"""Fields of names, where a word of the name is enough (`van:Sneller`, `ministerie:financiën`)."""


def with_value(
    documents: Documents, field: str, wanted: Sequence[str], *, begins: bool = False
) -> Ids:
    """Return the documents whose paper has one of the values; `begins` takes their beginnings."""
    values = documents.values[field]
    codes: set[int] = set()
    for text in wanted:
        codes.update(values.like(text, begins=begins))
        if field in CONTAINED:
            codes.update(values.holding(text))
    if not codes:
        return np.zeros(0, np.int64)
    papers = values.papers_with(sorted(codes), len(documents.paper_ids))
    return np.flatnonzero(papers[documents.paper]).astype(np.int64)


def between(documents: Documents, node: Between) -> Ids:
    """Return the documents dated within the period, both ends included."""
    low, high = date_bounds(node.low, node.high)
    found = (documents.dates >= low) & (documents.dates <= high) & (documents.dates > 0)
    return np.flatnonzero(found).astype(np.int64)
