"""A passage's text → the pieces to show, with what matched marked, and where the best match is.

In go a text, the analyzer that indexed it and the `Wanted` tokens; out come pieces of plain text.
Only templates make HTML of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from indexer.analysis.chains import Analyzer, Token, Word, separated
from indexer.analysis.tokens import CHUNK, Raw
from indexer.engine.interface import Piece
from indexer.engine.lookup import Wanted
from indexer.numbers import find_numbers

TIME = re.compile(r"\d\S*\s+uur\b")
"""The one chunk with a space in it, and that may end before one."""
SEPARATED = re.compile(r"\b(\w+)\s+te\s+(\w+)")
LENGTH = 280
"""Characters of a snippet: about three lines on a wide page."""


@dataclass(frozen=True, slots=True)
class Span:
    """A matched run of characters and the token that stands for it."""

    start: int
    end: int
    token: str


class Marker:
    """Finds what is wanted in texts; made for one query, it reads each chunk of them once."""

    def __init__(self, analyzer: Analyzer, want: Wanted, *, literal: bool) -> None:
        self._analyzer, self._want, self._literal = analyzer, want, literal
        self._seen: set[str] = set()
        self._marks: dict[str, tuple[Span, ...]] = {}

    def spans(self, text: str) -> list[Span]:
        """Return the matched runs of a text, in order, without overlap."""
        found = self._words(text)
        if not self._literal:
            found += _verbs(text, self._want)
        if self._want.sequences:
            analyzer = self._analyzer
            tokens = analyzer.exact(text) if self._literal else analyzer.dutch(text)
            for sequence in self._want.sequences:
                found += _sequence_spans(tokens, sequence)
        return _without_overlap(found)

    def excerpt(self, passage: Mapping[str, Any]) -> tuple[int | None, tuple[Piece, ...]]:
        """Return the page of the best match in a stored passage, and its snippet.

        `passage` has `text`, `page` (its first) and `breaks` (where the next ones begin).
        """
        text: str = passage["text"]
        found = self.spans(text)
        start, end = best_window(text, found)
        page: int | None = passage["page"]
        if page is not None:
            at = next((span.start for span in found if span.start >= start), start)
            page += sum(offset <= at for offset in passage["breaks"])
        return page, pieces(text, found, start, end)

    def _words(self, text: str) -> list[Span]:
        """Return the words that are wanted."""
        found: list[Span] = []
        at = 0
        for number in find_numbers(text):
            self._between(found, text, at, number.start)
            marks = _marks(self._analyzer.read(number), self._want, literal=self._literal)
            found += _moved(marks, number.start)
            at = number.end
        self._between(found, text, at, len(text))
        return found

    def _between(self, found: list[Span], text: str, start: int, end: int) -> None:
        """Add the words of a part of a text that holds no numbers of papers.

        Which chunks are wanted is told by sets, so that only those are looked for in the text.
        """
        chunks = set(CHUNK.findall(text, start, end))
        for chunk in chunks - self._seen:
            marks = _marks(self._analyzer.read(chunk), self._want, literal=self._literal)
            if marks:
                self._marks[chunk] = tuple(marks)
        self._seen |= chunks
        wanted = chunks & self._marks.keys()
        if wanted and "uur" in text and TIME.search(text, start, end):
            for match in CHUNK.finditer(text, start, end):
                found += _moved(self._marks.get(match.group(), ()), match.start())
        else:
            for chunk in wanted:
                for at in _places(text, chunk, start, end):
                    found += _moved(self._marks[chunk], at)


def _places(text: str, chunk: str, start: int, end: int) -> Iterator[int]:
    """Yield where a chunk stands between spaces in a part of a text."""
    size = len(chunk)
    at = text.find(chunk, start, end)
    while at >= 0:
        behind = at + size
        if (at == start or text[at - 1].isspace()) and (behind == end or text[behind].isspace()):
            yield at
        at = text.find(chunk, at + 1, end)


def _moved(marks: Iterable[Span], start: int) -> Iterator[Span]:
    return (Span(start + m.start, start + m.end, m.token) for m in marks)


def _marks(words: Iterable[Word], want: Wanted, *, literal: bool) -> list[Span]:
    """Return what is wanted of the words of a chunk, from the beginning of the chunk."""
    found = []
    for word in words:
        raw = word.raw
        if literal:
            if word.exact in want.tokens:
                found.append(Span(raw.start, raw.end, word.exact))
        else:
            for form, start, end in word.forms:
                if form in want.tokens:
                    found.append(Span(start, end, form))
        if want.prefixes and word.exact.startswith(want.prefixes):
            found.append(Span(raw.start, raw.end, word.exact))
    return found


def _verbs(text: str, want: Wanted) -> Iterator[Span]:
    """Yield wanted verbs with their separated particle (`op te nemen`)."""
    for match in SEPARATED.finditer(text) if " te " in text else ():
        particle, verb = (Raw("word", match[n], *match.span(n)) for n in (1, 2))
        token = separated(particle, verb)
        if token is not None and token in want.tokens:
            yield Span(particle.start, verb.end, token)


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
            found.append(
                Span(window[0][0].start, window[-1][0].end, " ".join(map(str, range(length))))
            )
    return found


def _without_overlap(found: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def best_window(text: str, found: list[Span]) -> tuple[int, int]:
    """Return the bounds of the stretch with most different tokens, then most marks."""
    if not found:
        return 0, min(len(text), LENGTH)
    best, at = (0, 0), 0
    for i, span in enumerate(found):
        inside = [s for s in found[i : i + 40] if s.end <= span.start + LENGTH - 40]
        score = (len({s.token for s in inside}), len(inside))
        if score > best:
            best, at = score, i
    start = max(0, found[at].start - 40)
    return _at_words(text, start, min(len(text), start + LENGTH))


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start > 0:
        space = text.find(" ", start, start + 40)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - 40, end)
        end = space if space >= 0 else end
    return start, end


def pieces(text: str, found: list[Span], start: int, end: int) -> tuple[Piece, ...]:
    """Return the stretch cut into pieces, marked and not; ellipses say where it was cut."""
    out: list[Piece] = []
    at = start
    if start > 0:
        out.append(Piece("… ", match=False))
    for span in found:
        if span.start < start or span.end > end:
            continue
        out.append(Piece(text[at : span.start], match=False))
        out.append(Piece(text[span.start : span.end], match=True))
        at = span.end
    out.append(Piece(text[at:end], match=False))
    if end < len(text):
        out.append(Piece(" …", match=False))
    return tuple(piece for piece in out if piece.text)


def spans(text: str, analyzer: Analyzer, want: Wanted, *, literal: bool) -> list[Span]:
    """Return the matched runs of one text, in order, without overlap."""
    return Marker(analyzer, want, literal=literal).spans(text)


def excerpt(
    passage: Mapping[str, Any], analyzer: Analyzer, want: Wanted, *, literal: bool
) -> tuple[int | None, tuple[Piece, ...]]:
    """Return the page of the best match in one stored passage, and its snippet."""
    return Marker(analyzer, want, literal=literal).excerpt(passage)
