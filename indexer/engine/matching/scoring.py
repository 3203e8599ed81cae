"""Postings of a word by field → its documents with their scores, by BM25F.

The counts in the fields, weighed by the fields' boosts and the fields' lengths, are added up before
they saturate (Robertson and Zaragoza 2009, 3.5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.ids import Floats, places_in
from indexer.engine.documents.table import Documents
from indexer.engine.fields import BY_NAME
from indexer.engine.matching.combining import any_of
from indexer.engine.matching.later import Later
from indexer.engine.matching.matches import NONE, Matches, Piece
from indexer.engine.matching.values import with_value
from indexer.engine.postings import slices
from indexer.engine.postings.runs import NOTHING, Postings
from indexer.engine.postings.slices import Row, Slice

K1 = 1.2
B = 0.75
IDFS = 1 << 14
"""So many weights of words are kept."""
FEW = 4096
"""Up to so many postings one pass of the compiled loops is quicker than several of numpy."""


Found = tuple[str, Postings]
"""A field, and a word in it."""


class Scorer:
    """Scores words in the documents of one generation."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def score(self, found: Mapping[str, Postings], b: float) -> Matches:
        """Return the documents of a word, found by field, with its scores; `b` weighs length."""
        posts = [
            (name, post)
            for name, post in found.items()
            if post is not NOTHING and (post.slices or post.has_any)
        ]
        if posts and native.LOOPS is not None and self._documents.lengths_are_short:
            weights = self._documents.plain_weights
            fields = [(weights(name, b), post.slices) for name, post in posts if post.slices]
            if len(fields) == len(posts):
                return self._later(fields, posts, b)
        worths = self._worths(posts, b)
        if not worths.having:
            return NONE
        factor = self._factor(worths.having)
        return Matches.of([(ids, _times(each, factor)) for ids, each in worths.pieces])

    def _factor(self, having: int) -> float:
        return self.idf(having) * (K1 + 1)

    def _later(
        self, fields: list[tuple[Any, list[Slice]]], posts: Sequence[Found], b: float
    ) -> Matches:
        """Return a word that is scored for who asks for its documents.

        In go its fields as the compiled loops take them, and as numpy does.
        """
        rows, parts, having = slices.ready(fields)
        if having < 0:
            having = native.LOOPS.having(rows)
        if not having:
            return NONE
        factor = self._factor(having)

        def score() -> Sequence[Piece]:
            if sum(map(slices.having, parts)) <= FEW:
                pieces: Sequence[Piece] = [self._by_loops(rows)]
            else:
                pieces = self._worths(posts, b).pieces
            return [(ids, _times(worths, factor)) for ids, worths in pieces]

        counts = len(self._documents.live), having
        return Later(rows, parts, counts, (K1, factor), score)

    def _worths(self, found: Sequence[Found], b: float) -> Matches:
        """Return the documents of a word and what it is worth there, from nothing to one."""
        return _together([self._weighed(name, post, b) for name, post in _last_is_largest(found)])

    @staticmethod
    def _by_loops(rows: list[Row]) -> Piece:
        """Return the same as `_worths`, by one pass over what lies in the file."""
        ids, worths = native.LOOPS.worths(rows, K1)
        return np.frombuffer(ids, np.int64), np.frombuffer(worths, np.float64)

    def _weighed(self, name: str, found: Postings, b: float) -> Piece:
        ids, counts = found.apart().ids, found.amounts
        counts *= self._documents.weights(name, b).take(ids)
        return ids, counts

    def idf(self, having: int) -> float:
        """Return the weight of a word that so many documents have."""
        return _idf(self._documents.count, having)

    def own_number(self, keys: Sequence[str]) -> Matches:
        """Return the documents of papers that have one of the numbers, lifted by their rarity."""
        ids = with_value(self._documents, "number", keys)
        total = max(1, self._documents.count)
        lift = BY_NAME["number"].boost * np.log(1 + total / max(1, len(ids)))
        return Matches(ids, np.full(len(ids), lift))


@lru_cache(maxsize=IDFS)
def _idf(total: int, having: int) -> float:
    """Return the weight of a word in so many of all documents (Robertson and Walker)."""
    weight = np.log(1 + (total - having + 0.5) / (having + 0.5)) if total else 0.0
    return max(float(weight), 1e-6)


def _last_is_largest(found: Sequence[Found]) -> Sequence[Found]:
    """Return the fields of a word, that with the most postings as the last."""
    if len(found) < 2:
        return found
    most = max(range(len(found)), key=lambda n: found[n][1].having)
    return [*found[:most], *found[most + 1 :], found[most]]


def _together(fields: Sequence[Piece]) -> Matches:
    """Return the documents of a word in several fields, with what it is worth there.

    Titles are few beside texts, the last of the fields: only documents with both are looked for.
    """
    if not fields:
        return NONE
    *few, (ids, weights) = fields
    if not few:
        return Matches(ids, _saturated(weights))
    others = any_of([Matches(*piece) for piece in few])
    at = places_in(ids, others.ids)
    (both,) = (at >= 0).nonzero()
    (fresh,) = (at < 0).nonzero()
    weights[at.take(both)] += others.scores.take(both)
    more = _saturated(others.scores.take(fresh))
    return Matches.of([(ids, _saturated(weights)), (others.ids.take(fresh), more)])


def _saturated(weights: Floats) -> Floats:
    """Return what weights are worth: each more of them adds less, up to one."""
    found = weights + K1
    np.divide(weights, found, out=found)
    return found


def _times(worths: Floats, factor: float) -> Floats:
    """Return worths times a factor, in their own memory where that is numpy's to write to."""
    return np.multiply(worths, factor, out=worths if worths.flags.writeable else None)
