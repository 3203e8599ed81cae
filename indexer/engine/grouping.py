"""Matching passages → papers: the ranking, the facets and the page of hits that was asked for.

In go matches by document, out come papers in order with their best passage, and counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from indexer.engine.documents import Documents, date_bounds
from indexer.engine.interface import FacetCount, PassageRequest, SearchRequest, Sort
from indexer.engine.matches import Matches
from indexer.engine.postings import Floats, Ids, Mask


@dataclass(frozen=True, slots=True)
class Ranked:
    """Papers in order: their best document, its score, and how many documents matched."""

    documents: Ids
    scores: Floats
    matched: Ids
    full: int


def filter_masks(request: SearchRequest | PassageRequest, documents: Documents) -> dict[str, Mask]:
    """Return by filtered field which papers pass; dates go under `date`."""
    papers = len(documents.paper_ids)
    masks = {
        field: documents.values[field].papers_with(values, papers)
        for field, values in request.filters.items()
        if values
    }
    if request.date_from or request.date_to:
        low, high = date_bounds(request.date_from, request.date_to)
        inside = (documents.dates >= low) & (documents.dates <= high) & (documents.dates > 0)
        mask = np.zeros(papers, np.bool_)
        mask[documents.paper[inside]] = True
        masks["date"] = mask
    return masks


def rank(found: Matches, documents: Documents, passing: Mask, sort: Sort) -> Ranked:
    """Return the papers that match and pass, best first; ties by paper id, then place in it."""
    owners = documents.paper[found.ids]
    keep = passing[owners]
    ids, scores, owners = found.ids[keep], found.scores[keep], owners[keep]
    order = np.lexsort((ids, owners, -scores))
    papers, first, matched = np.unique(owners[order], return_index=True, return_counts=True)
    best = ids[order][first]
    by_score = scores[order][first]
    if sort == "relevance":
        final = np.lexsort((papers, -by_score))
    else:
        final = _by_date(documents.dates[best], papers, by_score, newest=sort == "newest")
    full = np.unique(documents.paper[found.full])
    return Ranked(best[final], by_score[final], matched[final], int(passing[full].sum()))


def _by_date(dates: Ids, papers: Ids, scores: Floats, *, newest: bool) -> Ids:
    """Order by date; papers without a date come last either way."""
    unknown = dates == 0
    key = -dates if newest else dates
    return np.lexsort((papers, -scores, key, unknown))


def facet_counts(
    request: SearchRequest, found: Matches, documents: Documents, masks: Mapping[str, Mask]
) -> dict[str, tuple[FacetCount, ...]]:
    """Count papers by value; a facet's own filter does not narrow its counts."""
    matched = np.zeros(len(documents.paper_ids), np.bool_)
    matched[documents.paper[found.ids]] = True
    counted = {}
    for facet in request.facets:
        passing = matched.copy()
        for field, mask in masks.items():
            if field != facet:
                passing &= mask
        counts = documents.values[facet].counts(passing)
        rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
        counted[facet] = tuple(FacetCount(value, count) for value, count in rows)
    return counted
