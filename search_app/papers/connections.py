"""What stands around a paper: papers that refer to it, its neighbours in its dossier, its like.

In go a paper and an open index, out come hits, and for those that refer the place where they do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.engine.interface import Index
from indexer.engine.query import Everything, InField, Term
from indexer.engine.results import Hit, SearchRequest
from indexer.numbers.finding import parse_number
from indexer.paper import Citation, Paper
from search_app.query.syntax import read_words

RELATED = 5
LONGEST = 300
# `Vragen van het lid De Wit (D66) aan de Minister van Financiën over de schenkbelasting`: what it
# is about comes behind `over`.
ABOUT = re.compile(r"^(?:Vragen|Nadere vragen|Lijst van vragen)\b.{0,400}?\bover\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper that refers to another, and where and how it does so first."""

    hit: Hit
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Mentions:
    """Papers that refer to a paper, newest first; `total` counts all of them."""

    total: int
    rows: tuple[Mention, ...]


def cited_by(paper: Paper, index: Index, most: int) -> Mentions:
    """Return the papers that refer to this one, at most `most` with their places."""
    keys = own_keys(paper)
    if not keys:
        return Mentions(0, ())
    request = SearchRequest(
        Everything(), filters={"cites": keys}, sort="newest", size=most, snippets=False
    )
    found = index.search(request)
    papers = index.papers([hit.paper_id for hit in found.hits])
    rows = (Mention(hit, _place(papers.get(hit.paper_id), keys)) for hit in found.hits)
    return Mentions(found.total, tuple(rows))


def own_keys(paper: Paper) -> tuple[str, ...]:
    """Return the keys by which others refer to a paper; its dossier is not meant."""
    texts = (paper.id, paper.paper_ref or "")
    readings = [number for text in texts if text for number in parse_number(text)[:1]]
    return tuple(dict.fromkeys(number.key for number in readings if number.kind != "dossier"))


def _place(paper: Paper | None, keys: tuple[str, ...]) -> Citation | None:
    for citation in paper.citations if paper else ():
        if any(number.key in keys for number in parse_number(citation.target or "")):
            return citation
    return None


def neighbours(paper: Paper, index: Index) -> tuple[Hit | None, Hit | None]:
    """Return the papers with the number before and after this one's in its dossier, when there."""
    if not (paper.dossier and paper.number and paper.number.isdigit()):
        return None, None
    return (
        _numbered(paper.dossier, int(paper.number) - 1, index),
        _numbered(paper.dossier, int(paper.number) + 1, index),
    )


def _numbered(dossier: str, number: int, index: Index) -> Hit | None:
    node = InField("number", Term(f"{dossier}-{number}".casefold()))
    hits = index.search(SearchRequest(node, size=1, snippets=False)).hits
    return hits[0] if hits else None


def related(paper: Paper, index: Index) -> tuple[Hit, ...]:
    """Return papers whose text has most of the words of this one's subject."""
    subject = ABOUT.sub("", paper.subject or paper.title or "")[:LONGEST].strip()
    if len(subject) < 4:
        return ()
    request = SearchRequest(read_words(subject), size=RELATED + 1, snippets=False)
    hits = index.search(request).hits
    return tuple(hit for hit in hits if hit.paper_id != paper.id)[:RELATED]
