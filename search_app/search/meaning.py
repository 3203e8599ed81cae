"""A long question → the passages nearest in meaning, where the index has vectors.

In go questions and an open index, out come for each the nearest passages and how near any passage
is, as a whole and by its opening piece by piece (`indexer.analysis.signs`); or nothing
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
    Question,
    failure,
    model_name,
    questions,
)
from indexer.engine.interface import Index, VectorIndex
from indexer.engine.results import Nearest, PassageRequest

Doubles = npt.NDArray[np.float64]

LONG = 8
"""Words of a question that is looked for by meaning too."""


NEAREST = 30
"""Passages that are looked at for their meaning; of a hundred no more comes of it (0805)."""
LIKE = 0.6
"""What a deviation by pieces counts beside the second look by words."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the model makes of a question, what is nearest to it, and the index that that is in."""

    question: Question
    nearest: Nearest
    index: VectorIndex

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the passages by their keys, the nearest first."""
        return tuple(row.key for row in self.nearest.passages)

    def closeness(self, keys: Sequence[str]) -> Doubles:
        """Return by passage its cosine in deviations above the mean of all passages."""
        cosines = self.index.cosines(self.question.vector, keys).astype(np.float64)
        return (cosines - self.nearest.mean) / (self.nearest.spread or 1.0)

    def likeness(self, keys: Sequence[str]) -> Doubles:
        """Return by passage how much its opening is like the question, by pieces."""
        return self.index.likeness(self.question.pieces, keys).astype(np.float64)


def with_likeness(by_words: Doubles, likeness: Doubles) -> Doubles:
    """Return scores by words with what pieces add, in deviations among these passages."""
    spread = float(likeness.std()) if len(likeness) else 0.0
    return by_words + LIKE * (likeness - likeness.mean()) / spread if spread else by_words


def usable(index: Index) -> VectorIndex | None:
    """Return the index when it can be searched by meaning here; the first time the model loads."""
    made = index.embedding if isinstance(index, VectorIndex) else None
    if isinstance(index, VectorIndex) and made and made == model_name() and failure() is None:
        return index
    return None


def meanings(texts: Sequence[str], request: PassageRequest, index: Index) -> list[Meaning | None]:
    """Return what each question is nearest to. Of the request all but the query and size counts."""
    found: list[Meaning | None] = [None] * len(texts)
    places = [n for n, text in enumerate(texts) if len(text.split()) >= LONG]
    able = usable(index) if places else None
    if able is None:
        return found
    asked = questions([texts[place] for place in places])
    vectors = np.array([question.vector for question in asked])
    rows = able.nearest(vectors, replace(request, size=NEAREST))
    for place, question, nearest in zip(places, asked, rows, strict=True):
        found[place] = Meaning(question, nearest, able)
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
