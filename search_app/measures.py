"""Measures of a ranking, a value per topic: MRR@10, nDCG@10, recall@10, recall@100.

In go document ids in the order found and the judged ones with their grade (above 0 is relevant),
out comes a number from 0 to 1. As in trec_eval: gain is the grade, discounted by log2(rank + 1).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Judged = Mapping[str, int]
Measure = Callable[[Sequence[str], Judged], float]


def reciprocal_rank(found: Sequence[str], judged: Judged, depth: int = 10) -> float:
    """Return 1 / the rank of the first relevant document, 0 when it is below `depth`."""
    for rank, document in enumerate(found[:depth], 1):
        if judged.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def ndcg(found: Sequence[str], judged: Judged, depth: int = 10) -> float:
    """Return the discounted gain of the first `depth`, as a share of the best possible."""
    gains = [max(0, judged.get(document, 0)) for document in found[:depth]]
    best = sorted((grade for grade in judged.values() if grade > 0), reverse=True)[:depth]
    return _discounted(gains) / _discounted(best) if best else 0.0


def recall(found: Sequence[str], judged: Judged, depth: int) -> float:
    """Return the share of the relevant documents among the first `depth`."""
    relevant = {document for document, grade in judged.items() if grade > 0}
    return len(relevant & set(found[:depth])) / len(relevant) if relevant else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


MEASURES: dict[str, Measure] = {
    "MRR@10": reciprocal_rank,
    "nDCG@10": ndcg,
    "recall@10": lambda found, judged: recall(found, judged, 10),
    "recall@100": lambda found, judged: recall(found, judged, 100),
}
