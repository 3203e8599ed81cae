"""Matching passages → papers: the ranking, the facets and the page of hits that was asked for.

In go matches by document, out come a page of papers in order with their best passage, and counts.
The story: only the best documents are put in order, as many as it takes to fill the page with
papers; the rest is only counted, in tables by paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.engine.arrays import Floats, Ids, Mask, highest, places_in
from indexer.engine.documents import Documents, date_bounds
from indexer.engine.interface import FacetCount, PassageRequest, SearchRequest, Sort
from indexer.engine.matches import Bits, Matches, bits

MORE = 4
"""Documents that are looked at first for each paper that is wanted."""
LEAD_STEP = 1e-3
"""Between the scores of two documents that lead: their scores stay like those of the others."""
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


def filter_masks(request: SearchRequest | PassageRequest, documents: Documents) -> dict[str, Mask]:
    """Return by filtered field which papers pass; dates go under `date`."""
    masks = {
        field: documents.papers_with(field, tuple(sorted(values)))
        for field, values in request.filters.items()
        if values
    }
    if request.date_from or request.date_to:
        low, high = date_bounds(request.date_from, request.date_to)
        inside = (documents.dates >= low) & (documents.dates <= high) & (documents.dates > 0)
        mask = np.zeros(len(documents.paper_ids), np.bool_)
        mask[documents.paper[inside]] = True
        masks["date"] = mask
    return masks


def passing(masks: Mapping[str, Mask], but: str | None = None) -> Mask | None:
    """Return which papers pass all filters, that of one field left out; `None`: all do."""
    kept = [mask for field, mask in masks.items() if field != but]
    return np.logical_and.reduce(kept) if kept else None


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
    return replace(found, scores=scores)


def rank(
    found: Matches, documents: Documents, passes: Mask | None, sort: Sort, part: slice
) -> Ranked:
    """Return part of the papers that match and pass, best first; ties by paper id, then place."""
    ids, scores = found.ids, found.scores
    if passes is not None:
        keep = passes.take(documents.paper.take(ids))
        ids, scores = ids[keep], scores[keep]
    best = _best_first(ids, scores, documents, sort, part.stop)
    _, first = np.unique(documents.paper[ids[best]], return_index=True)
    chosen = best[np.sort(first)][part]
    wanted = documents.paper[ids[chosen]]
    count = len(documents.paper_ids)
    papers = full = found.papers(documents.paper, count)
    if found.full is not found.ids:
        full = bits(documents.paper.take(found.full), count)
    return Ranked(
        ids[chosen],
        scores[chosen],
        _matched(documents, ids, wanted),
        _counted(papers, passes),
        _counted(full, passes),
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


def _best_first(ids: Ids, scores: Floats, documents: Documents, sort: Sort, papers: int) -> Ids:
    """Return places in `ids`, best first, that hold at least so many papers when there are.

    Documents that are as good as the last one taken are taken too, so that ties break alike.
    """
    key = (
        scores if sort == "relevance" else _date_key(documents.dates[ids], newest=sort == "newest")
    )
    take = max(papers, 1) * MORE
    while True:
        places = highest(key, take)
        owners = documents.paper[ids[places]]
        if len(places) == len(ids) or len(np.unique(owners)) >= papers:
            order = np.lexsort((ids[places], owners, -scores[places], -key[places]))
            return places[order]
        take *= MORE


def _date_key(dates: Ids, *, newest: bool) -> Floats:
    """Return what is highest for the first date; papers without a date come last either way."""
    return np.where(dates == 0, -np.inf, dates if newest else -dates).astype(np.float64)


def _counted(papers: Bits, passes: Mask | None) -> int:
    kept = papers if passes is None else papers & np.packbits(passes)
    return int(np.bitwise_count(kept).sum())


def _matched(documents: Documents, ids: Ids, papers: Ids) -> Ids:
    """Return how many documents of each of a few papers match."""
    rows = np.sort(documents.of_papers(papers))
    there = documents.paper[rows[places_in(ids, rows) >= 0]]
    found: Ids = np.count_nonzero(there == papers[:, np.newaxis], axis=1)
    return found


def facet_counts(
    request: SearchRequest, found: Matches, documents: Documents, masks: Mapping[str, Mask]
) -> dict[str, tuple[FacetCount, ...]]:
    """Count papers by value; a facet's own filter does not narrow its counts."""
    if not request.facets:
        return {}
    count = len(documents.paper_ids)
    matched = np.unpackbits(found.papers(documents.paper, count), count=count).view(np.bool_)
    counted = {}
    for facet in request.facets:
        passes = passing(masks, but=facet)
        papers = matched if passes is None else matched & passes
        rows = documents.values[facet].counts(papers, FACET_VALUES)
        counted[facet] = tuple(FacetCount(value, count) for value, count in rows)
    return counted
