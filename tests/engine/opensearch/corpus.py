"""A few papers of known words, and how they come into an index."""

from __future__ import annotations

from collections.abc import Callable

from indexer.analysis.tables import EMPTY
from indexer.engine.locate import engine_for
from indexer.engine.query import Everything
from indexer.engine.results import SearchRequest
from indexer.paper import Page, Paper, Passage
from indexer.paper_json import content_hash

WORDS = [
    "stikstof",
    "uitstoot",
    "gemeente",
    "begroting",
    "toeslag",
    "waterschap",
    "dijk",
    "school",
    "leraar",
    "zorg",
]


def paper(number: int, more: str = "") -> Paper:
    """Return a paper of four words and its number."""
    words = " ".join(WORDS[(number + i) % len(WORDS)] for i in range(4))
    text = f"{words} nummer{number} {more}"
    passage = Passage(f"p{number}#p1", "tekst", "p1", text, page_first=1, page_last=1)
    return Paper(id=f"p{number}", pages=(Page(1, text),), passages=(passage,), kind="brief")


def build(location: str, count: int, at: Callable[[int], None] = lambda _: None) -> None:
    """Index so many papers; `at` is called before each."""
    writer = engine_for(location).writer(location, EMPTY)
    try:
        for number in range(count):
            at(number)
            one = paper(number)
            writer.add(one, content_hash(one))
        list(writer.publish())
    finally:
        writer.abandon()


def total(location: str) -> int:
    """Return how many papers are in the published index."""
    index = engine_for(location).open(location)
    try:
        return index.search(SearchRequest(Everything())).total
    finally:
        index.close()
