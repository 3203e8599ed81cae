"""Compounds: where words are split beside where people split them.

In go the marked words of ../shared and what the vocabulary of its collections teaches, out comes a
table: boundaries that must be found, and simple words that must stay whole. A boundary that is
marked as optional counts as right when it is found and as nothing when it is not. The list is the
half to develop on; nothing is tuned by its single words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from indexer.analysis.compounds import Splitter
from indexer.analysis.tables import Tables, learn
from indexer.paper import Paper
from indexer.papers_jsonl import read
from indexer.store import texts
from tests.conftest import SHARED
from tests.quality.scores import Row, Table

COLLECTIONS = ("docs.jsonl", "qa.docs.jsonl")
PRECISION, RECALL, WHOLE = 0.95, 0.85, 0.97


def table() -> Table | None:
    """Return how many boundaries are found, and how many simple words stay whole."""
    marked = SHARED / "collection" / "compounds.dev.tsv"
    if not marked.is_file():
        return None
    splitter = Splitter(tables().half_table())
    compounds = Row("boundaries in compounds", RECALL)
    simple = Row("simple words left whole", WHOLE)
    for line in marked.read_text("utf-8").splitlines()[1:]:
        word, split, kind = line.split("\t")
        found = set(boundaries(splitter.split(word)))
        if kind == "simple":
            simple.add(word, frozenset(), frozenset(found))
            continue
        required, optional = marked_boundaries(split)
        compounds.add_many(word, required, found - optional)
    return Table("Compounds, by the vocabulary of the shared collections", (compounds, simple))


@cache
def tables() -> Tables:
    """Return what the shared collections teach."""
    return learn(all_texts())


def all_texts() -> list[str]:
    """Return all texts of the shared collections."""
    return [text for paper in _papers() for text in texts(paper)]


def _papers() -> Iterator[Paper]:
    for name in COLLECTIONS:
        found = (line.paper for line in read(SHARED / "collection" / name))
        yield from (paper for paper in found if isinstance(paper, Paper))


def boundaries(parts: tuple[str, ...]) -> Iterator[int]:
    """Yield where a word is split: `bedrijf-s`, `gegevens` at 8."""
    widths = [len(part.replace("-", "")) for part in parts]
    yield from list(accumulate(widths))[:-1]


def marked_boundaries(split: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the required (`+`) and the optional (`~`) boundaries of a marked word."""
    required, optional, at = set(), set(), 0
    for sign in split:
        if sign == "+":
            required.add(at)
        elif sign == "~":
            optional.add(at)
        else:
            at += 1
    return frozenset(required), frozenset(optional)
