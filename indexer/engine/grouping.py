"""Matching passages → papers: the ranking, the facets and the page of hits that was asked for.

In go matches by document, out come a page of papers in order with their best passage, and counts.
The story: only the best documents are put in order, as many as it takes to fill the page with
papers; the rest is only counted, in tables by paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import Floats, Ids, highest, places_in
from indexer.engine.bits import Bits, bits, counted
from indexer.engine.documents import Documents
from indexer.engine.filters import Filters, Passing
from indexer.engine.matches import Matches, Piece
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
    count = len(documents.paper_ids)
    papers = full = found.papers(documents.paper, count)
    if not found.is_all_full:
        full = bits([documents.paper.take(found.full)], count)
    total = _counted(papers, passes)
    ids, scores = found.loose
    if passes is not None:
        keep = passes.documents.take(ids)
        ids, scores = ids[keep], scores[keep]
    best, owners, first = _best_first((ids, scores), documents, sort, part.stop, total)
    at = first[part]
    chosen = best[at]
    return Ranked(
        ids[chosen],
        scores[chosen],
        _matched(documents, found, owners[at]),
        total,
        total if full is papers else _counted(full, passes),
    )


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


def _best_first(
    found: Piece, documents: Documents, sort: Sort, papers: int, total: int
) -> tuple[Ids, Ids, Ids]:
    """Return places in what was found, best first, that hold so many papers, or all there are.

    With them go the paper at each place, and where each paper comes first; `total` are all papers.
    Documents that are as good as the last one taken are taken too, so that ties break alike.
    """
    ids, scores = found
    key = (
        scores if sort == "relevance" else _date_key(documents.dates[ids], newest=sort == "newest")
    )
    wanted = max(min(papers, total), 1)
    take = wanted if len(ids) == total else wanted * MORE
    while True:
        places = highest(key, take)
        taken = ids[places]
        owners = documents.paper[taken]
        tied = () if key is scores else (-scores[places],)
        order = np.lexsort((taken, owners, *tied, -key[places]))
        owners = owners[order]
        first = np.arange(len(owners)) if len(ids) == total else _firsts(owners)
        if len(places) == len(ids) or len(first) >= wanted:
            return places[order], owners, first
        take *= MORE


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
