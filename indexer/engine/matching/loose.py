"""Matching passages, each on its own: the best of them, without grouping by paper.

In go matches by document and a `PassageRequest`, out come document numbers with their scores.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indexer.engine.arrays.ids import Floats, Ids, Mask
from indexer.engine.documents.table import Documents
from indexer.engine.matching.filters import Filters
from indexer.engine.matching.matches import Matches
from indexer.engine.results import PassageRequest

PassageId = Callable[[int], str]


def passing(
    request: PassageRequest, documents: Documents, filters: Filters, within: Matches | None
) -> Mask:
    """Return by document whether it may be found."""
    passes = filters.passing(request)
    papers = np.ones(len(documents.paper_ids), np.bool_) if passes is None else passes.papers.copy()
    ordinals = (documents.paper_ids.find(name) for name in request.without)
    papers[[ordinal for ordinal in ordinals if ordinal is not None]] = False
    found = papers[documents.paper] & documents.live
    asked, answered = documents.lengths["question"] > 0, documents.lengths["answer"] > 0
    if request.pairs:
        found &= asked & answered
    elif request.answered:
        found &= ~asked | answered
    if within is not None:
        inside = np.zeros(len(found), np.bool_)
        inside[within.ids] = True
        found &= inside
    return found


def best(
    found: Matches, allowed: Mask, request: PassageRequest, name: PassageId
) -> tuple[Ids, Floats]:
    """Return the best documents in order with their scores; ties in the order of documents.

    `name` tells the id of a passage, asked for only where some are left out by it.
    """
    ids, scores = found.whole
    keep = allowed[ids]
    ids, scores = ids[keep], scores[keep]
    barred = {item for item in request.without if "#" in item}
    room = request.size + len(barred)
    if len(ids) > room:
        floor = np.partition(scores, len(scores) - room)[len(scores) - room]
        ids, scores = ids[scores >= floor], scores[scores >= floor]
    order = np.lexsort((ids, -scores))[:room]
    if barred:
        order = np.array([i for i in order if name(int(ids[i])) not in barred], np.int64)
    order = order[: request.size]
    return ids[order], scores[order]
