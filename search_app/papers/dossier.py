"""A dossier: its papers by date, its questions and promises, what is missing, what refers to it.

In go a number, an open index and what the source says, out comes a `Dossier`. Missing is counted
from 1 to the highest number that the index or the source has; without the source's word nobody
here can know what came after that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.engine.interface import Index
from indexer.engine.query import Everything, InField, Term
from indexer.engine.results import FacetCount, Hit, SearchRequest
from indexer.numbers.finding import parse_number
from indexer.paper import Paper, Promise
from indexer.register import Told
from search_app import dutch

MOST = 5000
"""Papers of a dossier on its page."""
REFERRING = 25
READ = 400
"""Papers that are opened for their questions and promises, the newest first."""
ASKED = ("kamervragen", "antwoord", "uitstel")
NO_YEAR = "Zonder datum"


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that are missing, both ends included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """Return how many numbers it holds."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper of the dossier and its number in it (`12`, or a letter of the Eerste Kamer).

    `questions` counts those in it, `answered` those of them with an answer, and `promises` the
    sentences that may be one.
    """

    hit: Hit
    number: str | None
    questions: int = 0
    answered: int = 0
    promises: int = 0


@dataclass(frozen=True, slots=True)
class Promised:
    """A sentence that may be a promise, and the paper that it stands in."""

    hit: Hit
    promise: Promise


@dataclass(frozen=True, slots=True)
class Year:
    """The papers of a year, oldest first; `name` is the year or that there is no date."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as the index has it. `numbered` counts numbers that are there, up to `highest`.

    `told` is what the source says of it; what exists by that word and is not here is missing too.
    `asked` are written questions of elsewhere that refer to it, newest first. `promises` come from
    the `read` newest papers, newest first.
    """

    name: str
    title: str | None
    total: int
    years: tuple[Year, ...]
    kinds: tuple[FacetCount, ...]
    numbered: int
    highest: int
    gaps: tuple[Gap, ...]
    beside: tuple[FacetCount, ...]
    referring: tuple[Hit, ...]
    referring_total: int
    asked: tuple[Hit, ...] = ()
    asked_total: int = 0
    promises: tuple[Promised, ...] = ()
    read: int = 0
    told: Told | None = None

    @property
    def missing(self) -> int:
        """Return how many numbers are missing."""
        return sum(gap.size for gap in self.gaps)

    @property
    def questions(self) -> int:
        """Return how many questions its papers hold."""
        return sum(entry.questions for year in self.years for entry in year.entries)

    @property
    def answered(self) -> int:
        """Return how many of those have an answer."""
        return sum(entry.answered for year in self.years for entry in year.entries)

    @property
    def lists(self) -> tuple[Entry, ...]:
        """Return the papers that hold questions, oldest first."""
        return tuple(entry for year in self.years for entry in year.entries if entry.questions)

    @property
    def newest_first(self) -> tuple[Year, ...]:
        """Return the years and their papers the other way round."""
        return tuple(Year(year.name, year.entries[::-1]) for year in reversed(self.years))

    @property
    def printable(self) -> str:
        """Return `36 200 VII`."""
        return dutch.dossier(self.name)


def normal_name(text: str) -> str:
    """Return a dossier's normal form of anything like it; the text itself when it is not read."""
    found = [number.dossier for number in parse_number(text) if number.kind == "dossier"]
    return found[0] or text if found else text


def find_dossier(name: str, index: Index, told: Told | None = None) -> Dossier | None:
    """Return a dossier by its normal form, `None` when the index has nothing of it."""
    found = index.search(
        SearchRequest(
            Everything(),
            filters={"dossier": (name,)},
            sort="oldest",
            size=MOST,
            snippets=False,
            facets=("kind",),
        )
    )
    beside = _beside(name, index)
    if not found.total and not beside:
        return None
    papers = index.papers([hit.paper_id for hit in found.hits[-READ:]])
    entries = tuple(_entry(hit, papers.get(hit.paper_id), name) for hit in found.hits)
    numbers = {int(e.number) for e in entries if e.number and e.number.isdigit()}
    referring = _referring(name, index)
    asked = _referring(name, index, ASKED)
    return Dossier(
        name=name,
        title=(told.title if told else None) or _title(found.hits),
        total=found.total,
        years=tuple(_years(entries)),
        kinds=found.facets.get("kind", ()),
        numbered=len(numbers),
        highest=max(numbers, default=0),
        gaps=tuple(gaps(numbers, told.ceiling if told else 0)),
        beside=beside,
        referring=referring[0],
        referring_total=referring[1],
        asked=asked[0],
        asked_total=asked[1],
        promises=tuple(_promised(found.hits, papers)),
        read=len(papers),
        told=told,
    )


def _entry(hit: Hit, paper: Paper | None, name: str) -> Entry:
    pairs = [p for p in paper.passages if p.kind == "vraag"] if paper else []
    return Entry(
        hit=hit,
        number=_number(hit, name),
        questions=len(pairs),
        answered=sum(bool(pair.answer) for pair in pairs),
        promises=len(paper.promises) if paper else 0,
    )


def _promised(hits: Sequence[Hit], papers: Mapping[str, Paper | None]) -> Iterator[Promised]:
    for hit in reversed(hits):
        paper = papers.get(hit.paper_id)
        for promise in paper.promises if paper else ():
            yield Promised(hit, promise)


def gaps(numbers: Iterable[int], ceiling: int = 0) -> Iterator[Gap]:
    """Yield what is missing from 1 to the highest number, or to a ceiling above that."""
    expected = 1
    for number in sorted(numbers):
        if number > expected:
            yield Gap(expected, number - 1)
        expected = number + 1
    if ceiling >= expected:
        yield Gap(expected, ceiling)


def _number(hit: Hit, name: str) -> str | None:
    for text in (hit.paper_ref or "", hit.paper_id):
        for reading in parse_number(text) if text else ():
            if reading.dossier == name and reading.sub:
                return reading.sub
    return None


def _years(entries: tuple[Entry, ...]) -> Iterator[Year]:
    for name, group in groupby(entries, key=lambda entry: (entry.hit.date or "")[:4] or NO_YEAR):
        yield Year(name, tuple(group))


def _title(hits: tuple[Hit, ...]) -> str | None:
    """Return the title that most papers share: that of the dossier, printed on each of them.

    A letter that is printed as a Kamerstuk has no title but the dossier's.
    """
    counted = Counter(hit.title for hit in hits if hit.title).most_common(1)
    if counted and counted[0][1] > 1:
        return counted[0][0]
    return next((hit.title for hit in hits if hit.kind == "brief" and hit.title), None)


def _beside(name: str, index: Index) -> tuple[FacetCount, ...]:
    """Return the other dossiers with the same five digits: chapters of a budget."""
    bare = name.partition("-")[0]
    if not (len(bare) == 5 and bare.isdigit()):
        return ()
    request = SearchRequest(
        InField("number", Term(bare)), size=1, snippets=False, facets=("dossier",)
    )
    rows = index.search(request).facets.get("dossier", ())
    return tuple(sorted((row for row in rows if row.value != name), key=lambda row: row.value))


def _referring(name: str, index: Index, kinds: tuple[str, ...] = ()) -> tuple[tuple[Hit, ...], int]:
    """Return papers of elsewhere that refer to the dossier or to a paper of it, newest first."""
    key = next((number.key for number in parse_number(name)), name.casefold())
    filters = {"cites": (key,)} | ({"kind": kinds} if kinds else {})
    request = SearchRequest(
        Everything(), filters=filters, sort="newest", size=REFERRING, snippets=False
    )
    found = index.search(request)
    return found.hits[:REFERRING], found.total
