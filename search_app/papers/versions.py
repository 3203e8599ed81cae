"""The versions of a paper: what it came in the place of, and what came in its place.

In go a paper and an open index, out come both, as far as the papers say so themselves: a heading
`GEWIJZIGDE MOTIE … TER VERVANGING VAN DIE GEDRUKT ONDER NR. 31`, or a reprint (`-h1`) of the same
number. Both versions stay papers of their own, and each page leads to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.engine.interface import Index
from indexer.engine.query import Everything, InField, Or, Term
from indexer.engine.results import SearchRequest
from indexer.numbers.finding import parse_number
from indexer.numbers.values import reprint
from indexer.paper import Citation, Paper
from search_app.papers.connections import own_keys
from search_app.papers.follows import Near, by_date

MOST = 50


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions around a paper, by date.

    `older` are those in whose place it came, `absent` references to such that the index does not
    have; `newer` came in its place.
    """

    older: tuple[Near, ...] = ()
    absent: tuple[Citation, ...] = ()
    newer: tuple[Near, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether it is the only version."""
        return not (self.older or self.absent or self.newer)


def versions_of(paper: Paper, index: Index) -> Versions:
    """Return the versions around a paper."""
    there = {link: index.paper(link) for link in paper.replaces}
    return Versions(
        older=by_date([found for found in there.values() if found]),
        absent=tuple(c for c in paper.citations if c.target in there and not there[c.target]),
        newer=by_date(_newer(paper, index)),
    )


def _newer(paper: Paper, index: Index) -> list[Paper]:
    """Return the papers that say that they come in the place of this one."""
    keys = own_keys(paper)
    if not keys:
        return []
    kinds = {"kind": (paper.kind,)} if paper.kind else {}
    named = SearchRequest(
        Everything(), filters={"cites": keys, **kinds}, sort="oldest", size=MOST, snippets=False
    )
    printed = SearchRequest(
        Or(tuple(InField("number", Term(key)) for key in keys)), size=MOST, snippets=False
    )
    hits = (*index.search(named).hits, *index.search(printed).hits)
    found = index.papers([hit.paper_id for hit in hits])
    return [other for other in found.values() if _replaces(other, paper, keys)]


def _replaces(other: Paper, paper: Paper, keys: tuple[str, ...]) -> bool:
    if other.id == paper.id:
        return False
    named = {number.key for link in other.replaces for number in parse_number(link)}
    if not named & set(keys):
        return False
    same = set(own_keys(other)) & set(keys)
    return not same or reprint(other.id) > reprint(paper.id)
