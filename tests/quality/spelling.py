"""Typing errors beside what was meant: right at once, and among three.

In go the marked errors of ../shared and the words that its collections teach; the list is the half
to develop on.
"""

from __future__ import annotations

from search_app.search.spelling import Speller
from tests.conftest import SHARED
from tests.quality.compounds import tables
from tests.quality.scores import Row, Table

FIRST, IN_THREE = 0.93, 0.99


def table() -> Table | None:
    """Return how many errors are mended at once, and how many with a choice of three."""
    marked = SHARED / "collection" / "spelling.dev.tsv"
    if not marked.is_file():
        return None
    speller = Speller(tables().words())
    first, three = Row("first", FIRST), Row("in three", IN_THREE)
    for line in marked.read_text("utf-8").splitlines()[1:]:
        typed, meant = line.split("\t")
        nearest = speller.nearest(typed)
        first.add(typed, meant, nearest[0] if nearest else None)
        three.add(typed, meant, meant if meant in nearest else nearest)
    return Table("Typing errors, by the vocabulary of the shared collections", (first, three))
