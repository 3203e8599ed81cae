"""Fields of whole values (ministry, dossier, number, date): what a query says of them → documents.

In goes a field with a word or a choice of words, out come the documents that have such a value.
Nothing here scores.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.analysis.chains import Analyzer
from indexer.engine.arrays.ids import Ids, without
from indexer.engine.documents.dates import date_bounds
from indexer.engine.documents.table import Documents
from indexer.engine.matching.combining import all_of, any_of
from indexer.engine.matching.matches import NONE, Matches, unscored
from indexer.engine.query import And, Bag, Between, Fuzzy, InField, Not, Or, Phrase, Prefix, Term

NUMBERS = ("number", "dossier", "cites")
CONTAINED = ("ministry", "person", "asker", "answerer", "party")
"""Fields of names, where a word of the name is enough (`van:Sneller`, `ministerie:financiën`)."""


def holding(documents: Documents, analyzer: Analyzer, node: InField) -> Matches:
    """Return the documents with a value; the node's item is a word, or a choice of words."""
    item = node.item
    if isinstance(item, Not):
        return all_but(documents, holding(documents, analyzer, InField(node.field, item.item)))
    if isinstance(item, Or | And | Bag):
        rows = [holding(documents, analyzer, InField(node.field, some)) for some in item.items]
        return all_of(rows) if isinstance(item, And) else any_of(rows)
    if isinstance(item, Between):
        return unscored(between(documents, item))
    if not isinstance(item, Term | Phrase | Prefix | Fuzzy):
        return NONE
    keys = keys_of(node.field, item.text, analyzer)
    begins = isinstance(item, Prefix)
    return unscored(with_value(documents, node.field, keys, begins=begins))


def keys_of(field: str, text: str, analyzer: Analyzer) -> list[str]:
    """Return what a text may be as a value: as it stands, and the numbers that are read in it.

    A part of it is no number: `13/12/2022` and `IENW/12/2022` are not number 12.
    """
    keys = [text.casefold().strip()]
    if field in NUMBERS:
        words = analyzer.query(text)
        read = [word for word in words if word.role == "number" or len(words) == 1]
        keys += [form for word in read for form in word.forms]
    return keys


def living(documents: Documents, found: Matches) -> Matches:
    """Return those of some documents that were not deleted."""
    live = documents.live
    is_told = found.is_summed or found.tells_best
    if documents.whole or (is_told and not found.have(documents.dead).any()):
        return found
    ids, scores = found.whole
    keep = live[ids]
    if keep.all():
        return found
    return Matches(ids[keep], scores[keep], found.full[live[found.full]])


def all_but(documents: Documents, found: Matches) -> Matches:
    """Return all documents but some."""
    every = np.arange(len(documents.live), dtype=np.int64)
    return unscored(without(every, found.ids))


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
