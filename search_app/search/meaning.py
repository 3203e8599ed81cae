"""A long question → the passages nearest in meaning, where the index has vectors.

In go questions and an open index, out come for each its vector and the nearest passages, or nothing
(without the model, too): then what is found is found by words alone, and `trouble` says why when
that is not meant to be so.
Short questions have nothing: for some words a search by words is better (MEASURES 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from indexer.analysis.embedding import (
    HOW_TO_INSTALL,
    Floats,
    failure,
    model_name,
    question_vectors,
)
from indexer.engine.interface import Index, VectorIndex
from indexer.engine.results import Nearest, PassageRequest

Doubles = npt.NDArray[np.float64]

LONG = 8
"""Words of a question that is looked for by meaning too."""


NEAREST = 30
"""Passages that are looked at for their meaning; of a hundred no more comes of it (0805)."""
K = 10
SHARE = 0.4
"""What places by meaning count beside those by words, in reciprocal rank fusion."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vector of a question, the passages nearest to it, and the index that they are in."""

    vector: Floats
    nearest: Nearest
    index: VectorIndex

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the passages by their keys, the nearest first."""
        return tuple(row.key for row in self.nearest.passages)

    def closeness(self, keys: Sequence[str]) -> Doubles:
        """Return by passage its cosine in deviations above the mean of all passages."""
        cosines = self.index.cosines(self.vector, keys).astype(np.float64)
        return (cosines - self.nearest.mean) / (self.nearest.spread or 1.0)


def fused(by_words: Doubles, by_meaning: Doubles) -> Doubles:
    """Return scores by the places in both (Cormack, Clarke and Büttcher 2009)."""
    total: Doubles = 1 / (K + _places(by_words)) + SHARE / (K + _places(by_meaning))
    return total


def _places(values: Doubles) -> Doubles:
    places = np.empty(len(values))
    places[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return places


def usable(index: Index) -> VectorIndex | None:
    """Return the index when it can be searched by meaning here; the first time the model loads."""
    made = index.embedding if isinstance(index, VectorIndex) else None
    if isinstance(index, VectorIndex) and made and made == model_name() and failure() is None:
        return index
    return None


def meanings(
    questions: Sequence[str], request: PassageRequest, index: Index
) -> list[Meaning | None]:
    """Return what each question is nearest to. Of the request all but the query and size counts."""
    found: list[Meaning | None] = [None] * len(questions)
    places = [n for n, text in enumerate(questions) if len(text.split()) >= LONG]
    able = usable(index) if places else None
    if able is None:
        return found
    vectors = question_vectors([questions[place] for place in places])
    rows = able.nearest(vectors, replace(request, size=NEAREST))
    for place, vector, nearest in zip(places, vectors, rows, strict=True):
        found[place] = Meaning(vector, nearest, able)
    return found


def trouble(index: Index) -> str | None:
    """Return why an index with vectors is searched without them; `None` when nothing is wrong."""
    made = index.embedding if isinstance(index, VectorIndex) else None
    here = model_name()
    if made is None:
        return None
    if made == here:
        wrong = failure()
        return wrong and f"Lange vragen worden alleen op woorden gezocht. {wrong}"
    if here is None:
        return (
            "De index heeft vectoren, maar het model is hier niet geïnstalleerd: lange vragen "
            f"worden alleen op woorden gezocht. Installeer het met {HOW_TO_INSTALL}."
        )
    return (
        f"De vectoren van de index zijn van een ander model ({made}, hier {here}): lange vragen "
        "worden alleen op woorden gezocht. Maak ze opnieuw met "
        "python -m indexer build MAP --index PLAATS --embedding."
    )
