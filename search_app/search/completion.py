"""What a person is typing → how it may go on: numbers, dossiers, people, words, titles.

In go the first letters and an open index, out come `Completion`s, each with the address that it
leads to. The lists of people and dossiers of a generation are made when they are first needed,
once, and go with its index; that of words serves all generations with the same words.
"""

from __future__ import annotations

import heapq
import re
import threading
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal
from weakref import WeakKeyDictionary

from indexer.analysis.filters import fold
from indexer.engine.errors import QueryBudgetError
from indexer.engine.interface import Index
from indexer.engine.query import And, Everything, InField, Node, Or, Prefix, Term
from indexer.engine.results import FacetCount, SearchRequest
from search_app import dutch
from search_app.links import dossier_path, paper_path
from search_app.search.of_words import OfWords
from search_app.search.parameters import Parameters
from search_app.search.references import references

Alphabet = Sequence[tuple[str, str, int]]
"""Words by alphabet: folded, as written, and how often they occur."""
Kind = Literal["stuk", "dossier", "persoon", "woord"]
SHORTEST, LONGEST = 2, 80
MOST = 10
WORDS, PEOPLE, DOSSIERS, TITLES = 4, 3, 3, 3
SHORTEST_IN_TITLE = 3
# What stands before the word at hand is taken as it is; signs of the query language end it.
LAST = re.compile(r"(?:^|(?<=[\s(\"“”„«-]))[^\W\d_][\w'’-]*\Z")
SIGNS = re.compile(r"[:*~()\"“”„«]")
NAMED = re.compile(r"^(?:dossier|kamerstuk|kst)[\s-]+", re.IGNORECASE)
DIGITS = re.compile(r"[1-4][\d .]+")


@dataclass(frozen=True, slots=True)
class Completion:
    """How a query may go on. `count` is of papers, or for a word how often it occurs."""

    text: str
    kind: Kind
    address: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class _Lists:
    """People and dossiers, the most frequent first."""

    people: Sequence[tuple[str, FacetCount]]
    dossiers: Sequence[FacetCount]


_lists: WeakKeyDictionary[Index, _Lists] = WeakKeyDictionary()
_lock = threading.Lock()


def completions(typed: str, index: Index) -> tuple[Completion, ...]:
    """Return how a query may go on, at most `MOST`; nothing for a letter or a whole text."""
    text = " ".join(typed.split())
    if not SHORTEST <= len(text) <= LONGEST:
        return ()
    known = _known(index)
    found = (
        *_numbers(text, index),
        *islice(_dossiers(text, known), DOSSIERS),
        *islice(_people(text, known), PEOPLE),
        *_words(text, _ALPHABETS.of(index)),
        *_titles(text, index),
    )
    return tuple({fold(row.text): row for row in reversed(found)}.values())[::-1][:MOST]


def _known(index: Index) -> _Lists:
    with _lock:
        found = _lists.get(index)
        if found is None:
            found = _lists[index] = _learn(index)
        return found


def _learn(index: Index) -> _Lists:
    request = SearchRequest(Everything(), size=1, snippets=False, facets=("person", "dossier"))
    facets = index.search(request).facets
    return _Lists(
        people=[(f" {fold(row.value)}", row) for row in facets["person"]],
        dossiers=facets["dossier"],
    )


def _alphabet(words: Mapping[str, int]) -> Alphabet:
    return sorted((fold(word), word, count) for word, count in words.items())


_ALPHABETS = OfWords(_alphabet)


def _numbers(text: str, index: Index) -> Iterator[Completion]:
    """Yield papers and dossiers with the number that was typed whole."""
    for reference in references(text, index):
        for reading in reference.readings:
            if reading.is_dossier and reading.total:
                yield _dossier(FacetCount(reading.dossier or reading.printable, reading.total))
            elif reading.total:
                hit = reading.hits[0]
                title = hit.title or reading.printable
                yield Completion(f"{reading.printable}: {title}", "stuk", paper_path(hit.paper_id))


def _dossiers(text: str, known: _Lists) -> Iterator[Completion]:
    """Yield dossiers that begin with the digits: `36 2`, `dossier 36 2`."""
    bare = NAMED.sub("", text)
    if DIGITS.fullmatch(bare):
        digits = re.sub(r"\D", "", bare)
        yield from (_dossier(row) for row in known.dossiers if row.value.startswith(digits))


def _dossier(row: FacetCount) -> Completion:
    shown = f"Dossier {dutch.dossier(row.value)}"
    return Completion(shown, "dossier", dossier_path(row.value), row.count)


def _people(text: str, known: _Lists) -> Iterator[Completion]:
    """Yield people of whom a part of the name begins so: `meul`, `van der m`."""
    wanted = f" {fold(text)}"
    for name, row in known.people:
        if wanted in name:
            query = Parameters(filters={"person": (row.value,)}).query_string()
            yield Completion(row.value, "persoon", f"/?{query}", row.count)


def _words(text: str, known: Alphabet) -> Iterator[Completion]:
    """Yield the query with its last word made whole, the most used words first."""
    last = LAST.search(text)
    if last is None or len(last[0]) < SHORTEST:
        return
    begin = fold(last[0])
    start = bisect_left(known, (begin,))
    end = bisect_left(known, (f"{begin}\U0010ffff",))
    longer = (row for row in islice(known, start, end) if row[0] != begin)
    for _, word, count in heapq.nlargest(WORDS, longer, key=lambda row: row[2]):
        whole = text[: last.start()] + word
        yield Completion(whole, "woord", f"/?{Parameters(q=whole).query_string()}", count)


def _titles(text: str, index: Index) -> Iterator[Completion]:
    """Yield papers with the words in their titles, the last one perhaps not whole."""
    words = re.findall(r"[\w'’-]+", text)
    if words and len(words[-1]) < SHORTEST_IN_TITLE:  # `stand van het gr`: too short to tell
        words = words[:-1]
    if not words or max(map(len, words)) < SHORTEST_IN_TITLE or SIGNS.search(text):
        return
    last: Node = Or((Prefix(words[-1]), Term(words[-1])))
    node = And(tuple(InField("title", n) for n in (*map(Term, words[:-1]), last)))
    try:
        results = index.search(SearchRequest(node, size=TITLES, snippets=False))
    except QueryBudgetError:  # too many words begin so; a letter more and there are fewer
        return
    for hit in results.hits:
        yield Completion(hit.title or hit.paper_id, "stuk", paper_path(hit.paper_id))
