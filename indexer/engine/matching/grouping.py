"""Matching passages → papers: the ranking, and the page of hits that was asked for.

In go matches by document, out comes a page of papers in order with their best passage. The story:
only the best documents are put in order, as many as it takes to fill the page with papers; the rest
is only counted. A few documents, and those best ones, are put in order by one compiled pass where
there is one (`loops.pages`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.bits import Bits, bits, counted
from indexer.engine.arrays.ids import Floats, Ids, Mask, highest, places_in
from indexer.engine.documents.table import Documents
from indexer.engine.matching.filters import Passing
from indexer.engine.matching.matches import Head, Matches, Piece, Wanted
from indexer.engine.results import Sort

MORE = 4
"""Documents that are looked at first for each paper that is wanted, when papers have several."""
LEAD_STEP = 1e-3
"""Between the scores of two documents that lead: their scores stay like those of the others."""
FEW = 256
"""Up to so many documents, it is quicker to look at all than at those of the papers asked for."""
FEW_FOR_LOOPS, FIRST_PAGES = 8192, 50
"""Up to so many documents, the compiled pass is quicker than numpy's, with all that they do; of a
page far on only the best that numpy finds are put in order by it."""
SPARSE = 64
"""Where more than one document in so many passes, they are not listed to find the best."""
NEAR = 20
"""Of the first so many papers the best documents are looked for first, unless papers must pass."""
MANY_OWNERS = 100
"""From so many on, numpy tells sooner which papers are new than a dictionary."""
Page = tuple[list[int], list[float], list[int], int]
"""Best documents of papers in order, their scores, how many documents of each match, and how many
papers there are in what was put in order."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A page of papers in order: their best document, its score, how many documents matched.

    `total` counts all papers, `full` those that have all words of a bag in one document.
    """

    documents: Sequence[int]
    scores: Sequence[float]
    matched: Sequence[int]
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
    if sort == "relevance" and _is_for_loops(found, documents, part):
        pieces = found.apart if documents.one_each else found.pieces
        best, scores, matched, total = _by_loops(pieces, documents, part, passes)
        return Ranked(best, scores, matched, total, _full(found, documents, passes, total))
    total, full = _totals(found, documents, passes)
    page = _of_heads(found, documents, passes, part, total) if sort == "relevance" else None
    if page is None:
        page = _best_first(_candidates(found, documents, passes, sort), documents, part, total)
    best, scores, _ = page
    return Ranked(best, scores, _matched(documents, found, best), total, full)


def _totals(found: Matches, documents: Documents, passes: Passing | None) -> tuple[int, int]:
    """Return how many papers match and pass, and how many of these have all words of a bag."""
    if documents.one_each:
        total = found.having if passes is None else found.passing(passes)
    else:
        total = _counted(found.papers(documents.paper, len(documents.paper_ids)), passes)
    return total, _full(found, documents, passes, total)


def _full(found: Matches, documents: Documents, passes: Passing | None, total: int) -> int:
    """Return how many papers have all words of a bag, of `total` that match."""
    if found.is_all_full:
        return total
    if documents.one_each:
        some = found.full
        return len(some) if passes is None else int(np.count_nonzero(passes.documents.take(some)))
    owners = documents.paper.take(found.full)
    return _counted(bits([owners], len(documents.paper_ids)), passes)


def joined(one: Ranked, other: Ranked) -> Ranked:
    """Return the papers of two parts of one ranking."""
    return Ranked(
        [*one.documents, *other.documents],
        [*one.scores, *other.scores],
        [*one.matched, *other.matched],
        one.total,
        one.full,
    )


def chosen(ranked: Ranked, places: Sequence[int]) -> Ranked:
    """Return some of the papers, by their places."""
    return Ranked(
        [ranked.documents[at] for at in places],
        [ranked.scores[at] for at in places],
        [ranked.matched[at] for at in places],
        ranked.total,
        ranked.full,
    )


def _is_for_loops(found: Matches, documents: Documents, part: slice) -> bool:
    few = found.having <= FEW_FOR_LOOPS and part.stop <= FIRST_PAGES
    few = few or found.having <= MORE * part.stop
    return few and not (found.is_summed or found.tells_best) and _has_loops(documents)


def _has_loops(documents: Documents) -> bool:
    """Tell whether the compiled pass can put documents in order by their scores."""
    return native.LOOPS is not None and documents.are_runs


def _by_loops(
    pieces: Sequence[Piece], documents: Documents, part: slice, passes: Passing | None
) -> Page:
    passing = native.LOOPS.ALL if passes is None else passes.plain
    page: Page = native.LOOPS.best(
        list(pieces), documents.plain_owners, passing, part.start, part.stop
    )
    return page


class _Some(NamedTuple):
    """Documents to choose from by `key`: `size` of them; by number, without `ids`, 0 is none.

    By number they may be those in a `mask` alone.
    """

    ids: Ids | None
    scores: Floats
    key: Floats
    size: int
    mask: Mask | None = None


_Best = tuple[list[int], list[float], int]
"""Best documents of papers in order, their scores, and how many papers there are of those that were
put in order."""


def _candidates(found: Matches, documents: Documents, passes: Passing | None, sort: Sort) -> _Some:
    """Return the documents that match and pass; in a table of sums they need not be listed."""
    sums = found.sums if sort == "relevance" else None
    if sums is not None and found.having:
        if passes is None:
            return _Some(None, sums, sums, found.having)
        size = found.passing(passes)
        if size * SPARSE > len(sums):
            return _Some(None, sums, sums, size, passes.documents[: len(sums)])
    ids, scores = found.loose if passes is None else found.within(passes.documents)
    key = scores
    if sort != "relevance":
        key = _date_key(documents.dates[ids], newest=sort == "newest")
    return _Some(ids, scores, key, len(ids))


def _of_heads(
    found: Matches, documents: Documents, passes: Passing | None, part: slice, total: int
) -> _Best | None:
    """Return a page of the best documents alone, where these are told sooner and fill it."""
    wanted = max(min(part.stop, total), 1)
    some = wanted if documents.one_each else wanted * MORE
    for head in found.heads(Wanted(some, passes, passes is None and part.stop <= NEAR)):
        page = _of_head(head, documents, passes, part, total)
        if page is not None:
            return page
    return None


def _of_head(
    head: Head, documents: Documents, passes: Passing | None, part: slice, total: int
) -> _Best | None:
    """Return a page of those documents that surely come before all others, if they fill it."""
    sure = head.scores > head.bound
    if passes is not None:
        sure &= passes.documents.take(head.ids)
    ids, scores = head.ids[sure], head.scores[sure]
    wanted = max(min(part.stop, total), 1)
    if len(ids) < wanted:
        return None
    if _has_loops(documents):
        best, worths, _, papers = _by_loops([(ids, scores)], documents, part, None)
    else:
        best, worths, papers = _ordered(
            _Some(ids, scores, scores, len(ids)), np.arange(len(ids)), documents, part
        )
    return (best, worths, papers) if papers >= wanted else None


def _best_first(some: _Some, documents: Documents, part: slice, total: int) -> _Best:
    """Return the best document of each paper of a part, best first, with its score.

    Documents that are as good as the last one taken are taken too, so that ties break alike.
    """
    wanted = max(min(part.stop, total), 1)
    take = min(wanted if documents.one_each else wanted * MORE, some.size)
    while True:
        places = highest(some.key, take, some.mask)
        page = _ordered(some, places, documents, part)
        if len(places) >= some.size or page[2] >= wanted:
            return page
        take = min(take * MORE, some.size)


def _ordered(some: _Some, places: Ids, documents: Documents, part: slice) -> _Best:
    """Return the same of a few documents."""
    ids = places if some.ids is None else some.ids.take(places)
    scores, by_score = some.scores.take(places), some.key is some.scores
    if by_score and _has_loops(documents):
        order = ids.argsort()
        few = ids.take(order), scores.take(order)
        best, worths, _, papers = _by_loops([few], documents, part, None)
        return best, worths, papers
    owners = documents.paper.take(ids)
    tied = () if by_score else (-scores,)
    order = np.lexsort((ids, owners, *tied, -some.key.take(places)))
    first = np.arange(len(ids)) if documents.one_each else _firsts(owners.take(order))
    chosen = order.take(first[part])
    return ids.take(chosen).tolist(), scores.take(chosen).tolist(), len(first)


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


def _matched(documents: Documents, found: Matches, best: Sequence[int]) -> list[int]:
    """Return how many documents match of the papers of a few; all of those pass if one does."""
    if documents.one_each:
        return [1] * len(best)
    papers = documents.paper.take(np.array(best, np.int64))
    if documents.are_single(papers):
        return [1] * len(best)
    if found.having <= FEW:
        there = documents.paper.take(found.ids)
    else:
        rows = np.sort(documents.of_papers(papers))
        there = documents.paper[rows[found.have(rows)]]
    counts: list[int] = np.count_nonzero(there == papers[:, np.newaxis], axis=1).tolist()
    return counts
