"""The plain values that an engine takes and returns: requests, results, what an index holds.

In goes a `SearchRequest` with a query tree, out come `Results` with snippets as pieces. Nothing of
an engine's own library is in them, and nothing of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from indexer.engine.query import Node

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. `filters` maps a facet field to its accepted values: any of them, all fields.

    `date_from` and `date_to` are ISO dates, both included. `page` counts from 1, `size` is the
    number of papers on it. `literal` looks for words as written, without stems and compounds.
    `lead` are keys of passages that `rank_passages` of the same index named, for a search by
    relevance: of the papers that match, theirs come first and in this order. What has all words of
    a bag still comes before what has not. `fold` puts papers that are nearly the same under the
    first of them, a notice of delay under its answer, and what was replaced under the paper that
    came in its place (`indexer.engine.documents.alike`).
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


class Piece(NamedTuple):
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


class Hit(NamedTuple):
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


class FacetCount(NamedTuple):
    """A value of a facet and the number of papers that have it."""

    value: str
    count: int  # type: ignore[assignment] # nobody asks how often a value stands in one


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
