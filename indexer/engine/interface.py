"""What every engine offers: its protocols.

The values that they take and return are in `results`, what can go wrong in `errors`. Nothing of an
engine's own library crosses this border, so that the engines are interchangeable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from indexer.analysis.tables import Tables
from indexer.engine.share import Share
from indexer.paper import Paper

if TYPE_CHECKING:  # numpy, and what only a search takes, are not loaded for the protocols alone
    from indexer.analysis.embedding import Floats, Keys, Packed
    from indexer.engine.query import Node
    from indexer.engine.results import (
        GenerationInfo,
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


class Index(Protocol):
    """A published generation, open for reading; safe to use from several threads."""

    @property
    def summary(self) -> Summary:
        """Return what this generation holds."""
        ...

    def words(self) -> Mapping[str, int]:
        """Return the words of the corpus with their counts, rare ones left out."""
        ...

    def search(self, request: SearchRequest) -> Results:
        """Return one page of results. Raises `QueryBudgetError` when it asks for too much."""
        ...

    def rank_passages(self, request: PassageRequest) -> tuple[RankedPassage, ...]:
        """Return the best passages, best first; all words of a bag give no lift here."""
        ...

    def passage(self, key: str) -> StoredPassage:
        """Return a passage that `rank_passages` of this open index named."""
        ...

    def passages(self, keys: Sequence[str]) -> tuple[StoredPassage, ...]:
        """Return several of them in the order asked for."""
        ...

    def read(self, query: Node, *, literal: bool = False) -> tuple[Reading, ...]:
        """Explain how the words of a query are looked up, in the order of the query."""
        ...

    def mark(self, text: str, query: Node, *, literal: bool = False) -> tuple[Piece, ...]:
        """Cut a text into pieces, those that match the query marked."""
        ...

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its id, or `None`."""
        ...

    def papers(self, paper_ids: Sequence[str]) -> Mapping[str, Paper]:
        """Return those of these papers that are there, by id, asked for all at once."""
        ...

    def pdf(self, paper_id: str) -> Path | None:
        """Return the paper's PDF if it is still there, unchanged and under its indexed folder."""
        ...

    def close(self) -> None:
        """Release files; no call may follow."""
        ...


@runtime_checkable
class Remembering(Protocol):
    """An index that keeps what was asked, beside what `Index` offers."""

    def forget_questions(self) -> None:
        """Forget what was asked, not what is known of words: what comes next is a new question."""
        ...


@runtime_checkable
class VectorIndex(Protocol):
    """An index that may have vectors of its passages, beside what `Index` offers."""

    @property
    def embedding(self) -> str | None:
        """Return the name of the model that made the vectors, `None` when there are none."""
        ...

    def nearest(self, vectors: Floats, request: PassageRequest) -> tuple[Nearest, ...]:
        """Return for each of some vectors the passages nearest to it.

        Of the request all but the query counts. Raises `EngineError` when there are no vectors.
        """
        ...

    def cosines(self, vector: Floats, keys: Sequence[str]) -> Floats:
        """Return the cosine of a vector with each passage that `rank_passages` named."""
        ...

    def likeness(self, pieces: Floats, keys: Sequence[str]) -> Floats:
        """Return how much each of them is like a question, by its pieces (`analysis.signs`)."""
        ...


class VectorSource(Protocol):
    """Where a writer gets the vectors of its passages from, by the keys of their texts."""

    @property
    def model(self) -> str:
        """Return the name of the model that made the vectors."""
        ...

    def rows(self, keys: Keys) -> Packed:
        """Return the vectors by key; all zeros where there is none."""
        ...


class IndexWriter(Protocol):
    """The next generation of an index, invisible until `publish`. One writer at a time.

    It starts with the papers of the published generation when that was made with the same
    `tables`, otherwise empty. `damage` is what was found wrong with the published one, a sentence
    each: it is not taken over then.
    """

    damage: tuple[str, ...]

    def contents(self) -> Mapping[str, str]:
        """Return the papers that the new generation holds so far: id → content hash."""
        ...

    def expect(self, papers: Sequence[Paper]) -> None:
        """Tell before the first `add` which papers stand for the corpus; perhaps none are known.

        An engine that must weigh a word before it has seen all papers goes by these.
        """
        ...

    def add(self, paper: Paper, content_hash: str, pdf: Path | None = None) -> None:
        """Add a paper, in the place of one with the same id."""
        ...

    def delete(self, paper_id: str) -> None:
        """Remove a paper."""
        ...

    def publish(self) -> Iterator[str]:
        """Write, verify and publish; yields a word for each step, for progress.

        When it is exhausted the new generation is the published one (`generation`).
        """
        ...

    @property
    def generation(self) -> str:
        """Return the name of the generation being written."""
        ...

    def abandon(self) -> None:
        """Throw the unpublished generation away; harmless after `publish`."""
        ...


class Engine(Protocol):
    """How a LOCATION is opened; `indexer.engine.locate` finds the engine for it."""

    def open(self, location: str) -> Index:
        """Open the published generation. Raises `IndexNotFoundError`, `FingerprintError`."""
        ...

    def tables(self, location: str) -> Tables | None:
        """Return the analysis tables of the published generation, or `None` without one."""
        ...

    def writer(
        self, location: str, tables: Tables, workers: int = 1, *, fresh: bool = False
    ) -> IndexWriter:
        """Start the next generation, analysing in so many processes.

        A `fresh` one takes nothing over from the published one. Raises `LockedError` when another
        process is writing.
        """
        ...

    def current(self, location: str) -> str | None:
        """Return the name of the published generation: cheap, to see whether it moved on."""
        ...

    def check(self, location: str) -> tuple[str, ...]:
        """Return what is wrong with the published generation, a sentence each; empty is sound."""
        ...

    def generations(self, location: str) -> tuple[GenerationInfo, ...]:
        """Return the generations that are kept, the newest first."""
        ...

    def roll_back(self, location: str) -> str:
        """Publish the generation before the published one again and return its name."""
        ...

    def keep(self, location: str, name: str, data: bytes | None) -> None:
        """Keep a small file beside the index whatever its generation, or remove it (`None`)."""
        ...

    def kept(self, location: str, name: str) -> bytes | None:
        """Return a file that is kept beside the index, `None` without it."""
        ...


@runtime_checkable
class VectorEngine(Engine, Protocol):
    """An engine that keeps vectors of passages in its index."""

    def embedding(self, location: str) -> str | None:
        """Return the model of the published vectors, `None` when there are none."""
        ...

    def vector_writer(
        self,
        location: str,
        tables: Tables,
        workers: int,
        vectors: VectorSource,
        *,
        fresh: bool = False,
    ) -> IndexWriter:
        """Start the next generation, with vectors; a published one without starts empty."""
        ...


@runtime_checkable
class SharedEngine(Engine, Protocol):
    """An engine whose next generation can be written by many processes at once, then published."""

    def draft_tables(self, location: str) -> Tables | None:
        """Return the tables of the generation that is being written together, if there is one."""
        ...

    def join(self, location: str, tables: Tables, share: Share) -> IndexWriter:
        """Write a share of the next generation; the first to come decides on its tables.

        The writer's `contents` are those of the share. Its `publish` ends the share only.
        """
        ...

    def publish(self, location: str, *, abandon: bool = False) -> str:
        """Publish what all shares wrote, or throw it away, and return its name."""
        ...
