"""An open index that only does what is within limits: the gate and the clock of every search.

In go an index and a `Gate`, out comes an index that does the same, where an expensive search waits
for its turn and a search that takes too long is stopped. Pages and answers get no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.analysis.embedding import Floats
from indexer.engine import deadline
from indexer.engine.errors import EngineError
from indexer.engine.interface import Index, VectorIndex
from indexer.engine.query import Node
from indexer.engine.results import (
    Nearest,
    PassageRequest,
    Piece,
    RankedPassage,
    Reading,
    Results,
    SearchRequest,
    StoredPassage,
    Summary,
)
from indexer.paper import Paper
from search_app.serving.gate import Gate


class GuardedIndex:
    """An index with limits; see `indexer.engine.interface.Index`."""

    def __init__(self, index: Index, gate: Gate, seconds: float) -> None:
        self._index = index
        self._gate = gate
        self._seconds = seconds

    @property
    def summary(self) -> Summary:
        """Return what this generation holds."""
        return self._index.summary

    def words(self) -> Mapping[str, int]:
        """Return the words of the corpus with their counts, rare ones left out."""
        return self._index.words()

    def search(self, request: SearchRequest) -> Results:
        """Return one page of results. Raises `BusyError` and `DeadlineError` besides."""
        with self._gate.passing(request.query), deadline.within(self._seconds):
            return self._index.search(request)

    def rank_passages(self, request: PassageRequest) -> tuple[RankedPassage, ...]:
        """Return the best passages. Raises `BusyError` and `DeadlineError` besides."""
        with self._gate.passing(request.query), deadline.within(self._seconds):
            return self._index.rank_passages(request)

    @property
    def embedding(self) -> str | None:
        """Return the name of the model that made the vectors, `None` when there are none."""
        return self._index.embedding if isinstance(self._index, VectorIndex) else None

    def nearest(self, vectors: Floats, request: PassageRequest) -> tuple[Nearest, ...]:
        """Return the nearest passages. Raises `BusyError`, `DeadlineError` and `EngineError`."""
        with self._gate.passing(request.query), deadline.within(self._seconds):
            return self._with_vectors().nearest(vectors, request)

    def cosines(self, vector: Floats, keys: Sequence[str]) -> Floats:
        """Return the cosine of a vector with each passage that `rank_passages` named."""
        return self._with_vectors().cosines(vector, keys)

    def likeness(self, pieces: Floats, keys: Sequence[str]) -> Floats:
        """Return how much each of them is like a question, by its pieces."""
        return self._with_vectors().likeness(pieces, keys)

    def _with_vectors(self) -> VectorIndex:
        if isinstance(self._index, VectorIndex):
            return self._index
        raise EngineError(
            "Deze index kan geen vectoren hebben. Bouw een index in een map met: "
            "python -m indexer build MAP --index PLAATS --embedding"
        )

    def passage(self, key: str) -> StoredPassage:
        """Return a passage that `rank_passages` of this open index named."""
        return self._index.passage(key)

    def passages(self, keys: Sequence[str]) -> tuple[StoredPassage, ...]:
        """Return several of them in the order asked for."""
        return self._index.passages(keys)

    def read(self, query: Node, *, literal: bool = False) -> tuple[Reading, ...]:
        """Explain how the words of a query are looked up, in the order of the query."""
        return self._index.read(query, literal=literal)

    def mark(self, text: str, query: Node, *, literal: bool = False) -> tuple[Piece, ...]:
        """Cut a text into pieces, those that match the query marked."""
        return self._index.mark(text, query, literal=literal)

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its id, or `None`."""
        return self._index.paper(paper_id)

    def papers(self, paper_ids: Sequence[str]) -> Mapping[str, Paper]:
        """Return those of these papers that are there, by id, asked for all at once."""
        return self._index.papers(paper_ids)

    def pdf(self, paper_id: str) -> Path | None:
        """Return the paper's PDF if it is still there, unchanged and under its indexed folder."""
        return self._index.pdf(paper_id)

    def close(self) -> None:
        """Do nothing: who lent the index closes it."""
