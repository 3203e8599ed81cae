"""Matching passages → papers: the ranking, the facets and the page of hits that was asked for.

In go matches by document, out come a page of papers in order with their best passage, and counts.
The story: only the best documents are put in order, as many as it takes to fill the page with
papers; the rest is only counted, in tables by paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from indexer.engine.arrays import Floats, Ids, highest, places_in
from indexer.engine.bits import Bits, bits, counted
from indexer.engine.documents import Documents
from indexer.engine.filters import Filters, Passing
from indexer.engine.matches import Head, Matches
from indexer.engine.results import FacetCount, SearchRequest, Sort

MORE = 4
"""Documents that are looked at first for each paper that is wanted, when papers have several."""
LEAD_STEP = 1e-3
"""Between the scores of two documents that lead: their scores stay like those of the others."""
FEW = 256
"""Up to so many documents, it is quicker to look at all than at those of the papers asked for."""
MANY_OWNERS = 100
"""From so many on, numpy tells sooner which papers are new than a dictionary."""
FACET_VALUES = 200
"""A facet has at most so many values: the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A page of papers in order: their best document, its score, how many documents matched.

    `total` counts all papers, `full` those that have all words of a bag in one document.
    """

    documents: Ids
    scores: Floats
    matched: Ids
    total: int
    full: int


def led(found: Matches, lead: Sequence[int]) -> Matches:
    """Return the matches with these documents first, in this order.

    Those that have all words of a bag stay before those that have not.
    """
    if not lead or not len(found.ids):
        return found
    scores = found.scores.copy()
    is_full = np.isin(found.ids, found.full, assume_unique=True)
    for place, at in enumerate(places_in(found.ids, np.array(lead, np.int64))):
        if at >= 0:
            top = found.scores[is_full == is_full[at]].max()
            scores[at] = top + LEAD_STEP * (len(lead) - place)
    return found.scored_anew(scores)


def rank(
    found: Matches, documents: Documents, passes: Passing | None, sort: Sort, part: slice
) -> Ranked:
    """Return part of the papers that match and pass, best first; ties by paper id, then place."""
    total, full = _totals(found, documents, passes)
    wanted = max(min(part.stop, total), 1)
    best = None
    if sort == "relevance" and found.head is not None:
        best = _of_head(found.head, documents, passes, wanted)
    if best is None:
        some = _candidates(found, documents, passes, sort)
        best = _best_first(some, documents, wanted, alone=some.size == total)
    at = best.first[part]
    return Ranked(
        best.documents[at],
        best.scores[at],
        _matched(documents, found, best.owners[at]),
        total,
        full,
    )


def _totals(found: Matches, documents: Documents, passes: Passing | None) -> tuple[int, int]:
    """Return how many papers match and pass, and how many of these have all words of a bag."""
    if documents.one_each:
        if passes is None:
            return found.having, found.having_full
        total = found.passing(passes.documents)
        full = total
        if not found.is_all_full:
            full = int(np.count_nonzero(passes.documents.take(found.full)))
        return total, full
    count = len(documents.paper_ids)
    papers = found.papers(documents.paper, count)
    total = _counted(papers, passes)
    if found.is_all_full:
        return total, total
    return total, _counted(bits([documents.paper.take(found.full)], count), passes)


def joined(one: Ranked, other: Ranked) -> Ranked:
    """Return the papers of two parts of one ranking."""
    return Ranked(
        np.concatenate([one.documents, other.documents]),
        np.concatenate([one.scores, other.scores]),
        np.concatenate([one.matched, other.matched]),
        one.total,
        one.full,
    )


def chosen(ranked: Ranked, places: Sequence[int]) -> Ranked:
    """Return some of the papers, by their places."""
    at = np.array(places, np.int64)
    return Ranked(
        ranked.documents[at], ranked.scores[at], ranked.matched[at], ranked.total, ranked.full
    )


class _Some(NamedTuple):
    """Documents to choose from by `key`: `size` of them; by number, without `ids`, 0 is none."""

    ids: Ids | None
    scores: Floats
    key: Floats
    size: int


class _Best(NamedTuple):
    """Documents, best first, with their scores and papers, and where each paper comes first."""

    documents: Ids
    scores: Floats
    owners: Ids
    first: Ids


def _candidates(found: Matches, documents: Documents, passes: Passing | None, sort: Sort) -> _Some:
    """Return the documents that match and pass; in a table of sums they need not be listed."""
    sums = found.sums
    if sort == "relevance" and sums is not None and found.having:
        if passes is None:
            return _Some(None, sums, sums, found.having)
        keep = passes.documents[: len(sums)]
        if size := found.passing(passes.documents):
            sums = np.where(keep, sums, 0.0)
            return _Some(None, sums, sums, size)
    ids, scores = found.loose
    if passes is not None:
        mine = passes.documents.take(ids)
        ids, scores = ids[mine], scores[mine]
    key = scores
    if sort != "relevance":
        key = _date_key(documents.dates[ids], newest=sort == "newest")
    return _Some(ids, scores, key, len(ids))


def _of_head(head: Head, documents: Documents, passes: Passing | None, wanted: int) -> _Best | None:
    """Return so many papers of those documents that surely come before all others, if they do."""
    sure = head.scores > head.bound
    if passes is not None:
        sure &= passes.documents.take(head.ids)
    ids, scores = head.ids[sure], head.scores[sure]
    if len(ids) < wanted:
        return None
    some = _Some(ids, scores, scores, len(ids))
    best = _best_first(some, documents, wanted, alone=documents.one_each)
    return best if len(best.first) >= wanted else None


def _best_first(some: _Some, documents: Documents, wanted: int, *, alone: bool) -> _Best:
    """Return documents, best first, that hold so many papers, or all that there are.

    `alone`: each is a paper of its own. Documents that are as good as the last one taken are taken
    too, so that ties break alike.
    """
    ids, scores, key, size = some
    take = min(wanted if alone else wanted * MORE, size)
    while True:
        places = highest(key, take)
        taken = places if ids is None else ids[places]
        worths = scores[places]
        owners = documents.paper[taken]
        tied = () if key is scores else (-worths,)
        order = np.lexsort((taken, owners, *tied, -key[places]))
        owners = owners[order]
        first = np.arange(len(owners)) if alone else _firsts(owners)
        if len(places) >= size or len(first) >= wanted:
            return _Best(taken[order], worths[order], owners, first)
        take = min(take * MORE, size)


def _firsts(owners: Ids) -> Ids:
    """Return where each paper comes first, in that order."""
    if len(owners) > MANY_OWNERS:
        return np.sort(np.unique(owners, return_index=True)[1])
    places: dict[int, int] = {}
    for place, owner in enumerate(owners.tolist()):
        places.setdefault(owner, place)
    return np.fromiter(places.values(), np.int64, len(places))


def _date_key(dates: Ids, *, newest: bool) -> Floats:
    """Return what is highest for the first date; papers without a date come last either way."""
    return np.where(dates == 0, -np.inf, dates if newest else -dates).astype(np.float64)


def _counted(papers: Bits, passes: Passing | None) -> int:
    return int(counted(papers if passes is None else papers & passes.bits))


def _matched(documents: Documents, found: Matches, papers: Ids) -> Ids:
    """Return how many documents of each of a few papers match; all of those pass if one does."""
    if documents.are_single(papers):
        return np.ones(len(papers), np.int64)
    if found.having <= FEW:
        there = documents.paper.take(found.ids)
    else:
        rows = np.sort(documents.of_papers(papers))
        there = documents.paper[rows[found.have(rows)]]
    counts: Ids = np.count_nonzero(there == papers[:, np.newaxis], axis=1)
    return counts


def facet_counts(
    request: SearchRequest, found: Matches, documents: Documents, filters: Filters
) -> dict[str, tuple[FacetCount, ...]]:
    """Count papers by value; a facet's own filter does not narrow its counts."""
    if not request.facets:
        return {}
    count = len(documents.paper_ids)
    matched = found.papers(documents.paper, count)
    rows = {}
    for facet in request.facets:
        passes = filters.passing(request, but=facet)
        papers = matched if passes is None else matched & passes.bits
        values = documents.values[facet].counts(papers, count, FACET_VALUES)
        rows[facet] = tuple(FacetCount(value, number) for value, number in values)
    return rows
