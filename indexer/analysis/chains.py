"""The one analysis of Dutch text, for the index and for queries of both engines.

In goes text, out come tokens with positions and offsets. Tokens that stand for the same place are
stacked: a compound's stem with those of its parts, a hyphenated word's joined form with its
parts, a paper's number with the dossier it belongs to, a verb with its separated particle
(`op te nemen` has `opnemen` beside `nemen`), `om` in capitals with the abbreviation `OM`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from indexer.analysis import filters
from indexer.analysis.abbreviations import in_capitals
from indexer.analysis.forms import CACHED_WORDS, Form, Forms, as_written, folded
from indexer.analysis.halves import listed
from indexer.analysis.tables import Tables
from indexer.analysis.tokens import HYPHENS, Raw, chunks, read_chunk, tokenize
from indexer.numbers.values import NumberMatch

CACHED_SEARCHING = 20_000
"""Words kept for searches, some 20 MB: they read a word here and there, and go on for weeks."""
CACHED_QUERIES = 5_000
COUNTED = re.compile(rf"\d{{1,2}}[{HYPHENS}]")
"""Begins a word that is nothing without its number: `16-jarigen`, `65-plusser`."""


class Token(NamedTuple):
    """An index token; stacked tokens share a position. `start` and `end` are offsets."""

    text: str
    position: int
    start: int
    end: int


class QueryWord(NamedTuple):
    """A word of a query. `role` is `word`, `number` or `stop`.

    Any of `forms` is the word itself; `parts` are tokens of its parts, which count less.
    """

    text: str
    role: str
    forms: tuple[str, ...]
    parts: tuple[str, ...]
    position: int
    start: int
    end: int


class Word(NamedTuple):
    """A raw token with what it is indexed by: `exact` as written, `forms` by the Dutch chain.

    Offsets, those of the forms too, are relative to the chunk that it was read in.
    """

    raw: Raw
    exact: str
    forms: tuple[Form, ...]


_new: Final = tuple.__new__
"""Makes a `Word` in half the time that its own constructor takes."""


class Analyzer:
    """Analyses with one set of tables, keeping so many words. Safe to share between threads."""

    def __init__(self, tables: Tables, cached: int = CACHED_WORDS) -> None:
        self.tables = tables
        self._most = cached
        self._forms = Forms(tables, cached)
        self._chunks: dict[str, tuple[Word, ...]] = {}
        self._queries: dict[tuple[str, bool], tuple[QueryWord, ...]] = {}

    def dutch(self, text: str) -> list[Token]:
        """Return the tokens of a text: stems, parts of compounds, numbers in their normal form."""
        return self._dutch(self._words(text))

    def both(self, text: str) -> tuple[list[Token], list[Token]]:
        """Return the tokens of `dutch` and those of `exact`, reading the text once."""
        words = list(self._words(text))
        return self._dutch(words), _exact_tokens(words)

    def exact(self, text: str) -> list[Token]:
        """Return the words of a text as written, case and accents apart, at the same positions."""
        return _exact_tokens(self._words(text))

    def _dutch(self, words: Iterable[tuple[int, Word]]) -> list[Token]:
        tokens: list[Token] = []
        before: tuple[int, Word] | None = None
        te = False
        for position, (start, word) in enumerate(words):
            for form, first, last in word.forms:
                tokens.append(Token(form, position, start + first, start + last))
            if te and before is not None:
                verb = separated(before[1].raw, word.raw)
                if verb:
                    first = before[0] + before[1].raw.start
                    tokens.append(Token(verb, position, first, start + word.raw.end))
            if word.raw.text == "te" and not te:
                te = True
            else:
                before, te = (start, word), False
        return tokens

    def _words(self, text: str) -> Iterator[tuple[int, Word]]:
        """Yield where the chunk of each word begins, and the word."""
        for start, chunk in chunks(text):
            for word in self.read(chunk):
                yield start, word

    def read(self, chunk: str | NumberMatch) -> tuple[Word, ...]:
        """Return the words of a chunk (see `indexer.analysis.tokens`)."""
        found = self._chunks.get(chunk) if isinstance(chunk, str) else None
        if found is None:
            found = self.read_once(chunk)
            if isinstance(chunk, str) and len(self._chunks) < self._most:
                self._chunks[chunk] = found
        return found

    def read_once(self, chunk: str | NumberMatch) -> tuple[Word, ...]:
        """Return the words of a chunk that the caller remembers itself: they are not kept here."""
        if not isinstance(chunk, str):
            return (self._word(Raw("number", chunk.text, 0, chunk.end - chunk.start, chunk)),)
        return tuple([self._word(raw) for raw in read_chunk(chunk)])

    def _word(self, raw: Raw) -> Word:
        at, forms = raw.start, self._forms.of(raw)
        if at:
            forms = tuple([Form(text, at + start, at + end) for text, start, end in forms])
        return _new(Word, (raw, as_written(raw), forms))

    def query(self, text: str, *, literal: bool = False) -> list[QueryWord]:
        """Return the words of a query with all forms by which they are looked up."""
        found = self._queries.get((text, literal))
        if found is None:
            found = tuple(self._query(text, literal=literal))
            if len(self._queries) >= CACHED_QUERIES:
                self._queries.clear()
            self._queries[text, literal] = found
        return list(found)

    def _query(self, text: str, *, literal: bool) -> list[QueryWord]:
        raws = list(tokenize(text))
        words = [
            self._query_word(raw, position, literal=literal) for position, raw in enumerate(raws)
        ]
        if not literal:
            for at in range(2, len(raws)):
                verb = separated(raws[at - 2], raws[at]) if raws[at - 1].text == "te" else None
                if verb:
                    words[at] = words[at]._replace(forms=(verb,), parts=words[at].forms)
        return words

    def _query_word(self, raw: Raw, position: int, *, literal: bool) -> QueryWord:
        capitals = None if literal else in_capitals(raw.text)
        role = "number" if raw.kind == "number" else "word"
        if role == "word" and not capitals and folded(raw) in filters.stop_words():
            role = "stop"
        parts: tuple[str, ...] = ()
        if literal:
            forms: tuple[str, ...] = (as_written(raw),)
        elif capitals:
            forms = (capitals,)
        elif raw.number is not None:
            forms = tuple(dict.fromkeys(reading.key for reading in raw.number.readings))
        else:
            forms, parts = self._whole_and_parts(raw, guess=role == "word")
        return QueryWord(raw.text, role, forms, parts, position, raw.start, raw.end)

    def _whole_and_parts(self, raw: Raw, *, guess: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the forms of a word of a query, and those of its parts."""
        found = [form.text for form in self._forms.of(raw)]
        again = {found[0], *(form.lower() for form in found if form.isupper())}
        parts = tuple(dict.fromkeys(form for form in found[1:] if form not in again))
        if len(parts) == 1 and self._forms.is_glued(raw):
            return (found[0],) if self._forms.is_own(raw) else (found[0], *parts), ()
        if COUNTED.match(raw.text):
            return (found[0],), ()
        if not parts and guess:
            parts = self._forms.guessed(raw)
        return (found[0],), parts


@lru_cache(maxsize=2)
def searching(tables: Tables) -> Analyzer:
    """Return the analyzer of searches: one for all generations that were made with these tables."""
    return Analyzer(tables, CACHED_SEARCHING)


def _exact_tokens(words: Iterable[tuple[int, Word]]) -> list[Token]:
    return [
        Token(word.exact, position, start + word.raw.start, start + word.raw.end)
        for position, (start, word) in enumerate(words)
    ]


def separated(particle: Raw, verb: Raw) -> str | None:
    """Return the stem of a verb and the particle that `te` separates it from: `op te nemen`."""
    if verb.kind != "word" or not verb.text.endswith("n"):
        return None
    first = particle.text.lower()
    if first not in listed("partikels.txt") or not verb.text.isalpha():
        return None
    return filters.stem(first + filters.fold(verb.text))
