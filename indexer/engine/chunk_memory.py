"""Which chunks of a text may hold what is wanted: a chunk that was read once is not read again.

In go a text and tokens, out come the chunks (what stands between spaces) that are worth a look. The
story: of each chunk that was read a sign is kept, some bits for each token and for the beginning of
each word (Bloom 1970); whatever the query, most chunks of a passage were met before, and nearly all
lack the bits of what is wanted. Those that have them are looked at, and so are new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Protocol

from indexer.analysis.chains import Analyzer
from indexer.analysis.halves import listed
from indexer.analysis.tokens import CHUNK
from indexer.engine import native

MOST_CHUNKS = 100_000
"""Chunks that are kept, in 4 MB where it is compiled; when there are more, it begins anew."""
BITS = 61
"""Of a sign for tokens and beginnings; a prime, so that two remainders have little in common."""
PARTICLE, TE = 1 << BITS, 1 << BITS + 1
"""Of a sign: it may be the particle of a separated verb; it is the `te` between both."""
BEGINNING = 3
"""Letters of a word by which its beginning is told."""


class Table(Protocol):
    """The signs of chunks; see `indexer.engine.loop_chunks`."""

    def put(self, chunk: str, sign: int) -> None:
        """Keep the sign of a chunk."""
        ...

    def scan(self, text: str, start: int, end: int, wanted: list[int]) -> list[int]:
        """Return where chunks that are worth a look begin and end, by turns.

        The ends of new ones are negative.
        """
        ...


class Plain:
    """The same where nothing is compiled."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._signs: dict[str, int] = {}

    def put(self, chunk: str, sign: int) -> None:
        """Keep the sign of a chunk; when there are too many, it begins anew."""
        if len(self._signs) >= self._most:
            self._signs = {}
        self._signs[chunk] = sign

    def scan(self, text: str, start: int, end: int, wanted: Sequence[int]) -> list[int]:
        """Return where chunks that are worth a look begin and end, by turns."""
        found: list[int] = []
        before, sign_of = 0, self._signs.get
        some = reduce(or_, wanted, TE) if all(wanted) else -1
        for match in CHUNK.finditer(text, start, end):
            sign = sign_of(match.group(), -1)
            if sign & some:  # most have none of the bits of any
                split = sign & TE and before & PARTICLE
                if sign < 0 or split or any(sign & bits == bits for bits in wanted):
                    at, stop = match.span()
                    found += (at, stop if sign >= 0 else -stop)
            before = sign or before
        return found


class ChunkMemory:
    """What chunks hold: by the Dutch chain, or as written (`literal`). Threads may share it."""

    def __init__(self, analyzer: Analyzer, *, literal: bool) -> None:
        self._analyzer, self._literal = analyzer, literal
        self._table: Table = (
            Plain(MOST_CHUNKS)
            if native.LOOPS is None
            else native.LOOPS.Chunks(MOST_CHUNKS, PARTICLE, TE)
        )

    def worth(self, text: str, start: int, end: int, wanted: list[int]) -> list[tuple[int, str]]:
        """Return the chunks of a part of a text that are worth a look, and where they begin.

        `wanted` are signs. Beside what has them those are new chunks, and `te` behind what may be
        the particle of a verb.
        """
        bounds = iter(self._table.scan(text, start, end, wanted))
        found = []
        for at, stop in zip(bounds, bounds, strict=True):
            chunk = text[at : abs(stop)]
            if stop < 0:
                self._table.put(chunk, self._sign(chunk))
            found.append((at, chunk))
        return found

    def _sign(self, chunk: str) -> int:
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
def remembered(analyzer: Analyzer, *, literal: bool) -> ChunkMemory:
    """Return the memory of an analyzer, which outlives the generations that it searches."""
    return ChunkMemory(analyzer, literal=literal)
