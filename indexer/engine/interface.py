"""What every engine offers, and the plain values that it takes and returns.

In goes a `SearchRequest` with a query tree, out come `Results` with snippets as pieces. Nothing
of an engine's own library crosses this border, so that the engines are interchangeable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from indexer.analysis.tables import Tables
from indexer.engine.query import Node
from indexer.paper import Paper

if TYPE_CHECKING:  # numpy is not loaded for the errors alone
    from indexer.analysis.embedding import Floats, Keys, Packed

Sort = Literal["relevance", "newest", "oldest"]


class EngineError(Exception):
    """An index cannot be opened, read or written; the message says what to do."""


class IndexNotFoundError(EngineError):
    """There is no published index at the location."""


class FingerprintError(EngineError):
    """The index was made with other fields or another analysis than this program's."""


class LockedError(EngineError):
    """Another process is writing to the location."""


class QueryBudgetError(EngineError):
    """A query asks for more than its budget; the message is Dutch and fit to show."""


class DeadlineError(EngineError):
    """A search took too long and was stopped; the message is Dutch and fit to show."""

    def __init__(self) -> None:
        super().__init__(
            "Deze zoekvraag kostte te veel tijd en is afgebroken; er is dus geen antwoord. "
            "Zoek met minder woorden en zonder sterretjes of golfjes, of probeer het later opnieuw."
        )


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. `filters` maps a facet field to its accepted values: any of them, all fields.

    `date_from` and `date_to` are ISO dates, both included. `page` counts from 1, `size` is the
    number of papers on it. `literal` looks for words as written, without stems and compounds.
    `lead` are keys of passages that `rank_passages` of the same index named, for a search by
    relevance: of the papers that match, theirs come first and in this order. What has all words of
    a bag still comes before what has not. `fold` puts papers that are nearly the same under the
    first of them, a notice of delay under its answer, and what was replaced under the paper that
    came in its place (`indexer.engine.alike`).
    """

    query: Node
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    literal: bool = False
    facets: tuple[str, ...] = ()
    snippets: bool = True
    lead: tuple[str, ...] = ()
    fold: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that matched or did not."""

    text: str
    match: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A paper that matched too and is nearly the same as the hit it stands under.

    `replaced`: the hit, or one that it stands under too, says that it comes in its place.
    """

    paper_id: str
    title: str | None
    kind: str | None
    paper_ref: str | None
    date: str | None
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that matched, with its best passage.

    `page` is the page of the best match within that passage; `more` counts the other passages of
    the paper that matched. `askers` and `answerers` are names, with the party if known. `scanned`:
    some of the paper's text was read from an image. `file` is the name of its file where the paper
    has neither a title nor a number.
    """

    paper_id: str
    title: str | None
    kind: str | None
    paper_ref: str | None
    date: str | None
    ministry: str | None
    score: float
    passage_id: str
    label: str
    page: int | None
    snippet: tuple[Piece, ...]
    more: int = 0
    session_year: str | None = None
    askers: tuple[str, ...] = ()
    answerers: tuple[str, ...] = ()
    scanned: bool = False
    also: tuple[Version, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet and the number of papers that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, grouped by paper.

    `total` counts papers, `folded` of which stand under others; `total_all_words` those among
    them that have all the words of a bag in one passage (equal to `total` without a bag).
    `facets` are sorted by count, then value; a facet's own filter does not narrow its counts.
    """

    total: int
    total_exact: bool
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    generation: str
    total_all_words: int = 0
    folded: int = 0

    @property
    def shown(self) -> int:
        """Return the number of hits on all pages together."""
        return self.total - self.folded


@dataclass(frozen=True, slots=True)
class PassageRequest:
    """A search for passages, each on its own and not grouped by paper.

    `filters` and dates are as in `SearchRequest`. `within` narrows by a tree that does not score.
    `without` are papers left out, and passages of theirs (`<paper id>#<label>`). `answered` leaves
    out questions without an answer, `pairs` everything that is not a question with its answer.
    """

    query: Node
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    within: Node | None = None
    without: frozenset[str] = frozenset()
    answered: bool = False
    pairs: bool = False
    size: int = 100


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that matched. `key` names it within this open index only."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passages nearest to a vector, with their cosines, best first.

    `mean` and `spread` are those of its cosines with all passages: of one model all cosines are
    high, and only against the others does one tell anything.
    """

    passages: tuple[RankedPassage, ...]
    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the index keeps it, without opening its paper."""

    key: str
    paper_id: str
    passage_id: str
    label: str
    page: int | None
    text: str
    is_pair: bool
    date: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a word of a query was read: its index form, the parts of a compound, whether it counts.

    `role` is `word`, `number`, `phrase`, `prefix`, `fuzzy` or `stop` (a stop word: not searched).
    """

    text: str
    role: str
    form: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What an index holds. `built` is an ISO 8601 UTC time.

    `words` names what `Index.words` returns: generations with the same name have the same words.
    """

    generation: str
    built: str
    papers: int
    passages: int
    pages: int
    words: str


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """A generation that is kept, and whether it is the published one; `built` as in `Summary`."""

    name: str
    built: str
    papers: int
    passages: int
    pages: int
    published: bool


@dataclass(frozen=True, slots=True)
class Share:
    """One of `of` equal shares of the files, counted from 1: what one of many processes does."""

    number: int
    of: int

    def __str__(self) -> str:
        """Return it as it is typed."""
        return f"{self.number}/{self.of}"

    def holds(self, name: str) -> bool:
        """Return whether what is known by this name belongs to the share."""
        return self.holds_origin(origin_of(name))

    def holds_origin(self, origin: str) -> bool:
        """Return whether what has this origin (`origin_of`) belongs to the share."""
        return int(origin, 16) % self.of == self.number - 1


def origin_of(name: str) -> str:
    """Return eight hexadecimal digits that divide names evenly."""
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]


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
