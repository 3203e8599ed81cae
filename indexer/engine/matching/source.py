"""Where the matcher gets its postings from: an engine's index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from indexer.engine.arrays.cache import Cache
from indexer.engine.documents.table import Documents
from indexer.engine.errors import QueryBudgetError
from indexer.engine.matching.matches import Matches
from indexer.engine.matching.place_bits import PlaceBits
from indexer.engine.postings.runs import Postings

Scored = Cache[tuple[object, ...], Matches]
"""Words, beginnings and phrases that were scored before: fields, what was looked for, weight of
length."""


class Source(Protocol):
    """An open index, as far as matching needs it."""

    @property
    def documents(self) -> Documents:
        """Return what is known of every document."""
        ...

    def postings(self, field: str, token: str) -> Postings:
        """Return where a token stands in a text field; empty when it does not."""
        ...

    def word(self, fields: tuple[str, ...], token: str) -> tuple[Postings, ...]:
        """Return where a token stands in each of some text fields."""
        ...

    def beginning(self, field: str, prefix: str, most: int) -> tuple[int, Postings]:
        """Return how many words of a field begin so, and their counts by document, no places.

        Words that several segments have may be counted for each, but above `most` the number is
        exact; then the postings are not read.
        """
        ...

    def within(self, field: str, token: str, distance: int, most: int) -> tuple[int, Postings]:
        """Return the same of the words that are at most `distance` edits away."""
        ...

    def place_bits(
        self, field: str, tokens: tuple[str, ...], postings: Postings
    ) -> PlaceBits | None:
        """Return the places of any of the tokens as bits, `None` for all but common words."""
        ...

    @property
    def scored(self) -> Scored:
        """Return what is kept of words that were scored before."""
        ...

    @property
    def asked(self) -> Scored:
        """Return what is kept of words that were asked for together."""
        ...


def kept(memory: Scored, key: tuple[object, ...], score: Callable[[], Matches]) -> Matches:
    """Return what is in memory, or score it now and keep it."""
    found = memory.get(key)
    if found is None:
        found = score()
        memory.put(key, found)
        found.kept_in(memory, key)
    return found


def few_enough(text: str, most: int, found: tuple[int, Postings]) -> Postings:
    """Return the postings of an expansion. Raises `QueryBudgetError` when it has too many words."""
    count, postings = found
    if count > most:
        raise QueryBudgetError(
            f"Met ‘{text}’ beginnen of lijken te veel verschillende woorden "
            f"({count}); typ er een paar letters bij."
        )
    return postings
