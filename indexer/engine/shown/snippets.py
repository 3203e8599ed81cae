"""A passage's text → the pieces to show, with what matched marked, and where the best match is.

In go a text, the analyzer that indexed it and the `Wanted` tokens; out come pieces of plain text.
Only templates make HTML of them. The story: which chunks of a text may hold what is wanted is told
by `chunk_memory`, and only those few are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from indexer.analysis.chains import Analyzer, Token, Word, separated
from indexer.analysis.forms import number_keys
from indexer.analysis.tokens import Raw
from indexer.engine.lookup import Wanted
from indexer.engine.results import Piece
from indexer.engine.shown.chunk_memory import Memory, remembered
from indexer.engine.shown.windows import Span, best_window, pieces, without_overlap
from indexer.numbers.finding import find_numbers

VERB = re.compile(r"te\s+(\w*n)(?!\w)")
"""What separates a verb from its particle, with the verb."""
Row = Sequence[Any]
"""The number of a paper in a text: where it begins and ends, then what it is indexed by."""


class Marker:
    """Finds what is wanted in texts; made for one query.

    The `memory` outlives it: that of the analyzer, when no other is given.
    """

    def __init__(
        self, analyzer: Analyzer, want: Wanted, *, literal: bool, memory: Memory | None = None
    ) -> None:
        self._analyzer, self._want, self._literal = analyzer, want, literal
        memory = memory or remembered(analyzer, literal=literal)
        self._looking = memory.looking(want.tokens, want.prefixes)

    def spans(self, text: str, numbers: Iterable[Row] | None = None) -> list[Span]:
        """Return the matched runs of a text, in order, without overlap.

        The `numbers` of papers in it are looked for when they are not known.
        """
        if numbers is None:
            numbers = [[row.start, row.end, *number_keys(row)] for row in find_numbers(text)]
        found = self._words(text, numbers)
        found += self._in_order(text, self._want.sequences, literal=self._literal)
        found += self._in_order(text, self._want.exact, literal=True)
        return without_overlap(found)

    def _in_order(
        self, text: str, sequences: Sequence[tuple[frozenset[str], ...]], *, literal: bool
    ) -> Iterator[Span]:
        """Yield the runs of words that are wanted one after another; most queries have none."""
        if sequences:
            tokens = self._analyzer.exact(text) if literal else self._analyzer.dutch(text)
            for sequence in sequences:
                yield from _sequence_spans(tokens, sequence)

    def excerpt(self, passage: Mapping[str, Any]) -> tuple[int | None, tuple[Piece, ...]]:
        """Return the page of the best match in a stored passage, and its snippet.

        `passage` has `text`, `page` (its first), `breaks` (where the next ones begin) and, where
        they are known, `numbers`.
        """
        text: str = passage["text"]
        found = self.spans(text, passage.get("numbers"))
        start, end = best_window(text, found)
        page: int | None = passage["page"]
        if page is not None and (breaks := passage["breaks"]):
            at = next((first for first, _, _ in found if first >= start), start)
            page += sum(offset <= at for offset in breaks)
        return page, pieces(text, found, start, end)

    def _words(self, text: str, numbers: Iterable[Row]) -> list[Span]:
        """Return the words that are wanted."""
        found: list[Span] = []
        at = 0
        for start, end, *keys in numbers:
            self._between(found, text, at, start)
            found += self._marks_of_number(start, end, keys)
            at = end
        self._between(found, text, at, len(text))
        return found

    def _marks_of_number(self, start: int, end: int, keys: Sequence[str]) -> Iterator[Span]:
        """Yield what is wanted of the number of a paper; as written it is its first key."""
        for key in keys[:1] if self._literal else keys:
            if key in self._want.tokens:
                yield start, end, key
        if self._want.prefixes and keys[0].startswith(self._want.prefixes):
            yield start, end, keys[0]

    def _between(self, found: list[Span], text: str, start: int, end: int) -> None:
        """Add the words of a part of a text that holds no numbers of papers."""
        self._looking.mark(found, text, (start, end), self)

    def marks_of(self, chunk: str) -> list[Span]:
        """Return what is marked in a chunk, from where it begins."""
        return _marks(self._analyzer.read(chunk), self._want, literal=self._literal)

    def verb(self, text: str, at: int) -> list[Span]:
        """Return the verb that the `te` at a place separates from its particle, if it is marked."""
        return [] if self._literal else list(_verb(text, at, self._want))


def _marks(words: Iterable[Word], want: Wanted, *, literal: bool) -> list[Span]:
    """Return what is wanted of the words of a chunk, from the beginning of the chunk."""
    found = []
    for word in words:
        raw = word.raw
        if literal:
            if word.exact in want.tokens:
                found.append((raw.start, raw.end, word.exact))
        else:
            for form, start, end in word.forms:
                if form in want.tokens:
                    found.append((start, end, form))
        if want.prefixes and word.exact.startswith(want.prefixes):
            found.append((raw.start, raw.end, word.exact))
    return found


def _verb(text: str, at: int, want: Wanted) -> Iterator[Span]:
    """Yield the verb that `te` separates from its particle (`op te nemen`), if it is wanted."""
    match = VERB.match(text, at)
    start, stop = _word_before(text, at)
    if match and start < stop:
        particle = Raw("word", text[start:stop], start, stop)
        token = separated(particle, Raw("word", match[1], *match.span(1)))
        if token is not None and token in want.tokens:
            yield start, match.end(1), token


def _word_before(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the word before a place, whatever is no word between; else none."""
    stop = at
    while stop and not _is_of_word(text[stop - 1]):
        stop -= 1
    start = stop
    while start and stop < at and _is_of_word(text[start - 1]):
        start -= 1
    return start, stop


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _sequence_spans(tokens: list[Token], sequence: tuple[frozenset[str], ...]) -> list[Span]:
    places = [list(group) for _, group in groupby(tokens, key=lambda t: t.position)]
    length = len(sequence)
    found = []
    for i in range(len(places) - length + 1):
        window = places[i : i + length]
        hits = [
            next((t for t in place if t.text in words), None)
            for place, words in zip(window, sequence, strict=True)
        ]
        if all(hits):
            found.append((window[0][0].start, window[-1][0].end, " ".join(map(str, range(length)))))
    return found


def spans(text: str, analyzer: Analyzer, want: Wanted, *, literal: bool) -> list[Span]:
    """Return the matched runs of one text, in order, without overlap."""
    return Marker(analyzer, want, literal=literal).spans(text)


def excerpt(
    passage: Mapping[str, Any], analyzer: Analyzer, want: Wanted, *, literal: bool
) -> tuple[int | None, tuple[Piece, ...]]:
    """Return the page of the best match in one stored passage, and its snippet."""
    return Marker(analyzer, want, literal=literal).excerpt(passage)
