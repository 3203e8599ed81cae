"""Postings of a word by field → its documents with their scores, by BM25F.

The counts in the fields, weighed by the fields' boosts and the fields' lengths, are added up before
they saturate (Robertson and Zaragoza 2009, 3.5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engine.documents import Documents
from indexer.engine.fields import BY_NAME
from indexer.engine.matches import NONE, Matches, any_of, scored
from indexer.engine.postings import Postings
from indexer.engine.values import with_value

K1 = 1.2
B = 0.75


class Scorer:
    """Scores words in the documents of one generation."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def score(self, found: Mapping[str, Postings], b: float) -> Matches:
        """Return the documents of a word, found by field, with its scores; `b` weighs length."""
        weighed = [self._weighed(name, post, b) for name, post in found.items() if len(post.ids)]
        if not weighed:
            return NONE
        all_fields = any_of(weighed)
        weight = all_fields.scores
        scores = weight + K1
        np.divide(weight, scores, out=scores)
        scores *= self.idf(len(weight)) * (K1 + 1)
        return Matches(all_fields.ids, scores, all_fields.ids)

    def _weighed(self, name: str, found: Postings, b: float) -> Matches:
        counts = found.counts.astype(np.float64)
        counts *= self._documents.weights(name, b).take(found.ids)
        return scored(found.ids, counts)

    def idf(self, having: int) -> float:
        """Return the weight of a word that so many documents have (Robertson and Walker)."""
        total = self._documents.count
        weight = np.log(1 + (total - having + 0.5) / (having + 0.5)) if total else 0.0
        return max(float(weight), 1e-6)

    def own_number(self, keys: Sequence[str]) -> Matches:
        """Return the documents of papers that have one of the numbers, lifted by their rarity."""
        ids = with_value(self._documents, "number", keys)
        total = max(1, self._documents.count)
        lift = BY_NAME["number"].boost * np.log(1 + total / max(1, len(ids)))
        return Matches(ids, np.full(len(ids), lift), ids)
