"""Which chunks of a text may hold what is wanted: a chunk that was read once is not read again.

In go a text and tokens, out come the chunks (what stands between spaces) that are worth a look. The
story: of each chunk that was read a sign is kept, some bits for each token and for the beginning of
each word (Bloom 1970); whatever the query, most chunks of a passage were met before, and nearly all
lack the bits of what is wanted. Those that have them are looked at, and so are new ones; a chunk in
which there was nothing for a query is left alone by it. Where nothing is compiled, `chunk_sets`
does the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

from indexer.analysis.chains import Analyzer
from indexer.analysis.halves import listed
from indexer.engine import native
from indexer.engine.shown.chunk_sets import ChunkSets, Reader
from indexer.engine.shown.windows import Span

MOST_CHUNKS = 100_000
"""Chunks that are kept, in 4 MB; when there are more, it begins anew."""
BITS = 61
"""Of a sign for tokens and beginnings; a prime, so that two remainders have little in common."""
PARTICLE, TE = 1 << BITS, 1 << BITS + 1
"""Of a sign: it may be the particle of a separated verb; it is the `te` between both."""
BEGINNING = 3
"""Letters of a word by which its beginning is told."""


class Looking(Protocol):
    """Looks for what one query wants."""

    def mark(self, found: list[Span], text: str, part: tuple[int, int], reader: Reader) -> None:
        """Add what is marked in the chunks of a part of a text; the reader is always the same."""
        ...


class Memory(Protocol):
    """What is remembered of chunks, whatever the query. Threads may share it."""

    def looking(self, tokens: Iterable[str], prefixes: tuple[str, ...]) -> Looking:
        """Return what looks for tokens and beginnings, for one query."""
        ...


class ChunkMemory:
    """The signs of chunks: by the Dutch chain, or as written (`literal`). Run only compiled."""

    def __init__(self, analyzer: Analyzer, *, literal: bool) -> None:
        self._analyzer, self._literal = analyzer, literal
        self._table: Any = native.LOOPS.Chunks(MOST_CHUNKS, PARTICLE, TE)

    def looking(self, tokens: Iterable[str], prefixes: tuple[str, ...]) -> LookingBySigns:
        """Return what looks for tokens and beginnings, for one query."""
        return LookingBySigns(self._table, native.LOOPS.Query(signs(tokens, prefixes), self))

    def sign_of(self, chunk: str) -> int:
        """Return the sign of a chunk."""
        words = self._analyzer.read(chunk)
        sign = 0
        for word in words:
            sign |= of_beginning(word.exact)
            for token in (word.exact,) if self._literal else [form.text for form in word.forms]:
                sign |= of_token(token)
        if words and not self._literal:
            sign |= PARTICLE * (words[-1].raw.text.lower() in listed("partikels.txt"))
            sign |= TE * (chunk == "te")
        return sign


class LookingBySigns:
    """Looks for what one query wants, in a table of signs."""

    def __init__(self, table: Any, query: Any) -> None:
        self._table, self._query = table, query

    def mark(self, found: list[Span], text: str, part: tuple[int, int], reader: Reader) -> None:
        """Add what is marked in the chunks of a part of a text."""
        self._table.mark(found, text, part, self._query, reader)


def signs(tokens: Iterable[str], beginnings: Iterable[str]) -> list[int]:
    """Return the signs of what is wanted; a short beginning has none, which every chunk has."""
    return [*map(of_token, tokens), *map(of_beginning, beginnings)]


def of_token(token: str) -> int:
    """Return the bits of a token."""
    number = hash(token)
    return 1 << number % BITS | 1 << (number >> 20) % BITS


def of_beginning(word: str) -> int:
    """Return the bits of the beginning of a word as written."""
    return of_token(f"{word[:BEGINNING]}…") if len(word) >= BEGINNING else 0


@lru_cache(maxsize=4)
def remembered(analyzer: Analyzer, *, literal: bool) -> Memory:
    """Return the memory of an analyzer, which outlives the generations that it searches."""
    if native.LOOPS is None:
        return ChunkSets(analyzer, literal=literal)
    return ChunkMemory(analyzer, literal=literal)
