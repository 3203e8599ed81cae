"""Which chunks of a text hold what is wanted, by sets: where nothing is compiled.

In go a text, tokens and beginnings, out come the chunks that hold any of them. The story: whatever
the query, most chunks of a passage were met before; which of these hold a token is an intersection
of two sets, and only chunks that are new are read by the analyzer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from indexer.analysis.chains import Analyzer
from indexer.analysis.tokens import CHUNK
from indexer.engine.shown.windows import Span

MOST_CHUNKS = 40_000
"""Chunks that are kept, some 10 MB; when there are more, it begins anew."""
TIME = re.compile(r"\d\S*\s+uur\b")
"""The one chunk with a space in it, and that may end before one."""


class Reader(Protocol):
    """Tells what a query marks."""

    def marks_of(self, chunk: str) -> list[Span]:
        """Return what is marked in a chunk, from where it begins."""
        ...

    def verb(self, text: str, at: int) -> list[Span]:
        """Return the verb that the `te` at a place separates from its particle, if it is marked."""
        ...


class ChunkSets:
    """What chunks hold: by the Dutch chain, or as written (`literal`). Threads may share it.

    Where two threads learn the same chunk at once it may stand twice under its token, which a set
    does not mind.
    """

    def __init__(self, analyzer: Analyzer, *, literal: bool) -> None:
        self._analyzer, self._literal = analyzer, literal
        self._kept: tuple[set[str], dict[str, list[str]]] = (set(), {})

    def looking(self, tokens: Iterable[str], prefixes: tuple[str, ...]) -> LookingInSets:
        """Return what looks for tokens and beginnings, for one query."""
        return LookingInSets(self, self._analyzer, frozenset(tokens), prefixes, self._literal)

    def holding(self, chunks: set[str], tokens: Iterable[str]) -> set[str]:
        """Return those of the chunks that hold any of the tokens."""
        known, by_token = self._kept
        if len(known) > MOST_CHUNKS:
            known, by_token = self._kept = (set(), {})
        for chunk in chunks - known:
            for token in self._tokens(chunk):
                by_token.setdefault(token, []).append(chunk)
            known.add(chunk)  # last: who sees it here finds it by its tokens
        found: set[str] = set()
        for token in tokens:
            found.update(chunks.intersection(by_token.get(token, ())))
        return found

    def _tokens(self, chunk: str) -> set[str]:
        words = self._analyzer.read(chunk)
        if self._literal:
            return {word.exact for word in words}
        return {form.text for word in words for form in word.forms}


class LookingInSets:
    """Looks for what one query wants."""

    def __init__(
        self,
        memory: ChunkSets,
        analyzer: Analyzer,
        tokens: frozenset[str],
        prefixes: tuple[str, ...],
        literal: bool,
    ) -> None:
        self._memory, self._analyzer = memory, analyzer
        self._tokens, self._prefixes = tokens, prefixes
        self._te = set() if literal else {"te"}
        self._begins: dict[str, bool] = {}
        self._marks: dict[str, list[Span]] = {}

    def mark(self, found: list[Span], text: str, part: tuple[int, int], reader: Reader) -> None:
        """Add what is marked in the chunks of a part of a text."""
        for at, chunk in self._worth(text, *part):
            marks = self._marks.get(chunk)
            if marks is None:
                marks = self._marks[chunk] = reader.marks_of(chunk)
            for first, last, token in marks:
                found.append((at + first, at + last, token))
            if chunk == "te":
                found += reader.verb(text, at)

    def _worth(self, text: str, start: int, end: int) -> list[tuple[int, str]]:
        """Return the chunks of a part of a text that hold something, and where they begin.

        Each `te` is there too, which may stand between a verb and its particle.
        """
        part = text[start:end]
        timed = _has_time(part)
        chunks = set(CHUNK.findall(part) if timed else part.split())
        wanted = self._memory.holding(chunks, self._tokens) | self._beginning(chunks)
        wanted |= chunks & self._te
        if wanted and timed:
            found = ((match.start(), match.group()) for match in CHUNK.finditer(part))
            return [(start + at, chunk) for at, chunk in found if chunk in wanted]
        return [(start + at, chunk) for chunk in wanted for at in _places(part, chunk)]

    def _beginning(self, chunks: set[str]) -> set[str]:
        """Return the chunks with a word that begins as is wanted."""
        if not self._prefixes:
            return set()
        for chunk in chunks - self._begins.keys():
            words = self._analyzer.read(chunk)
            self._begins[chunk] = any(word.exact.startswith(self._prefixes) for word in words)
        return {chunk for chunk in chunks if self._begins[chunk]}


def _has_time(text: str) -> bool:
    """Tell whether there is a time with its `uur` in a text; `duur` and `bestuur` are far more."""
    at = text.find("uur")
    while at >= 0:
        if at and text[at - 1].isspace():
            return TIME.search(text) is not None
        at = text.find("uur", at + 1)
    return False


def _places(text: str, chunk: str) -> Iterator[int]:
    """Yield where a chunk stands between spaces in a text."""
    size, end = len(chunk), len(text)
    at = text.find(chunk)
    while at >= 0:
        behind = at + size
        if (at == 0 or text[at - 1].isspace()) and (behind == end or text[behind].isspace()):
            yield at
        at = text.find(chunk, at + 1)
