"""A dossier: its papers by date, what is missing of its numbers, and what refers to it.

In go a number and an open index, out comes a `Dossier`. Missing is counted from 1 to the highest
number that the index has; what came after that, nobody here can know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from indexer.engine.interface import FacetCount, Hit, Index, SearchRequest
from indexer.engine.query import Everything, InField, Term
from indexer.numbers import parse_number
from search_app import dutch

MOST = 5000
"""Papers of a dossier on its page."""
REFERRING = 25
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
    """A paper of the dossier and its number in it (`12`, or a letter of the Eerste Kamer)."""

    hit: Hit
    number: str | None


@dataclass(frozen=True, slots=True)
class Year:
    """The papers of a year, oldest first; `name` is the year or that there is no date."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as the index has it. `numbered` counts numbers that are there, up to `highest`."""

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

    @property
    def missing(self) -> int:
        """Return how many numbers are missing."""
        return sum(gap.size for gap in self.gaps)

    @property
    def printable(self) -> str:
        """Return `36 200 VII`."""
        return dutch.dossier(self.name)


def normal_name(text: str) -> str:
    """Return a dossier's normal form of anything like it; the text itself when it is not read."""
    found = [number.dossier for number in parse_number(text) if number.kind == "dossier"]
    return found[0] or text if found else text


def find_dossier(name: str, index: Index) -> Dossier | None:
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
    entries = tuple(Entry(hit, _number(hit, name)) for hit in found.hits)
    numbers = {int(e.number) for e in entries if e.number and e.number.isdigit()}
    referring = _referring(name, index)
    return Dossier(
        name=name,
        title=_title(found.hits),
        total=found.total,
        years=tuple(_years(entries)),
        kinds=found.facets.get("kind", ()),
        numbered=len(numbers),
        highest=max(numbers, default=0),
        gaps=tuple(gaps(numbers)),
        beside=beside,
        referring=referring[0],
        referring_total=referring[1],
    )


def gaps(numbers: Iterable[int]) -> Iterator[Gap]:
    """Yield what is missing between 1 and the highest number."""
    expected = 1
    for number in sorted(numbers):
        if number > expected:
            yield Gap(expected, number - 1)
        expected = number + 1


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
    """Return the title that most papers share: that of the dossier, printed on each of them."""
    counted = Counter(hit.title for hit in hits if hit.title).most_common(1)
    return counted[0][0] if counted and counted[0][1] > 1 else None


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


def _referring(name: str, index: Index) -> tuple[tuple[Hit, ...], int]:
    """Return papers of elsewhere that refer to the dossier or to a paper of it, newest first."""
    key = next((number.key for number in parse_number(name)), name.casefold())
    request = SearchRequest(
        Everything(), filters={"cites": (key,)}, sort="newest", size=100, snippets=False
    )
    found = index.search(request)
    return found.hits[:REFERRING], found.total
