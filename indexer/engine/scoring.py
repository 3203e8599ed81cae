"""Postings of a word by field → its documents with their scores, by BM25F.

The counts in the fields, weighed by the fields' boosts and the fields' lengths, are added up before
they saturate (Robertson and Zaragoza 2009, 3.5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engine.arrays import Floats, places_in
from indexer.engine.documents import Documents
from indexer.engine.fields import BY_NAME
from indexer.engine.matches import NONE, Matches, Piece, any_of
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
        pieces = [self._weighed(name, post, b) for name, post in found.items() if post.has_any]
        matches = _together([piece for piece in pieces if len(piece[0])])
        if not matches.having:
            return NONE
        factor = self.idf(matches.having) * (K1 + 1)
        for _, scores in matches.pieces:
            np.multiply(scores, factor, out=scores)
        return matches

    def _weighed(self, name: str, found: Postings, b: float) -> Piece:
        counts = found.amounts
        counts *= self._documents.weights(name, b).take(found.ids)
        return found.ids, counts

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
        return Matches(ids, np.full(len(ids), lift))


def _together(fields: Sequence[Piece]) -> Matches:
    """Return the documents of a word in several fields: those of the largest, then what is new.

    Titles are few beside texts: only documents with both are looked for.
    """
    if not fields:
        return NONE
    if len(fields) == 1:
        ((ids, weights),) = fields
        return Matches(ids, _saturated(weights))
    *few, (ids, weights) = sorted(fields, key=lambda piece: len(piece[0]))
    others = any_of([Matches(*piece) for piece in few])
    at = places_in(ids, others.ids)
    (both,) = (at >= 0).nonzero()
    (fresh,) = (at < 0).nonzero()
    at = at.take(both)
    scores = _saturated(weights)
    scores[at] = _saturated(weights.take(at) + others.scores.take(both))
    more = _saturated(others.scores.take(fresh))
    return Matches.of([(ids, scores), (others.ids.take(fresh), more)])


def _saturated(weights: Floats) -> Floats:
    """Return what weights are worth: each more of them adds less, up to one."""
    found = weights + K1
    np.divide(weights, found, out=found)
    return found
