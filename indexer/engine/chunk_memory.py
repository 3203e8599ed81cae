"""Which chunks of text hold a wanted token, by sets: a chunk that was read once is not read again.

In go the chunks of a text (what stands between its spaces), out come those that are wanted. The
story: whatever the query, most chunks of a passage were met before; then "which of these hold the
token" is an intersection of two sets, and only chunks that are new are read by the analyzer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from indexer.analysis.chains import Analyzer

MOST_CHUNKS = 40_000
"""Chunks that are kept, some 10 MB; when there are more, it begins anew."""


class ChunkMemory:
    """What chunks hold: by the Dutch chain, or as written (`literal`). Threads may share it.

    Where two threads learn the same chunk at once it may stand twice under its token, which a set
    does not mind.
    """

    def __init__(self, analyzer: Analyzer, *, literal: bool) -> None:
        self._analyzer, self._literal = analyzer, literal
        self._kept: tuple[set[str], dict[str, list[str]]] = (set(), {})

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


@lru_cache(maxsize=4)
def remembered(analyzer: Analyzer, *, literal: bool) -> ChunkMemory:
    """Return the memory of an analyzer, which outlives the generations that it searches."""
    return ChunkMemory(analyzer, literal=literal)
