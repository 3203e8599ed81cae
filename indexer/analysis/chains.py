"""The one analysis of Dutch text, for the index and for queries of both engines.

In goes text, out come tokens with positions and offsets. Tokens that stand for the same place are
stacked: a compound's stem with those of its parts, a hyphenated word's joined form with its
parts, a paper's number with the dossier it belongs to, a verb with its separated particle
(`op te nemen` has `opnemen` beside `nemen`), `om` in capitals with the abbreviation `OM`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from indexer.analysis import filters
from indexer.analysis.abbreviations import in_capitals
from indexer.analysis.compounds import Splitter
from indexer.analysis.glue import content
from indexer.analysis.guess import guessed
from indexer.analysis.halves import listed
from indexer.analysis.tables import Tables
from indexer.analysis.tokens import HYPHENS, Raw, chunks, read_chunk, tokenize
from indexer.numbers import NumberMatch

CACHED_WORDS = 200_000
CACHED_SEARCHING = 20_000
"""Words kept for searches, some 20 MB: they read a word here and there, and go on for weeks."""
CACHED_QUERIES = 5_000
SHORTEST_PART, SHORTEST_NUMBER = 2, 3
"""Characters of a hyphenated word's part: `Fox-IT` has `it`, but `F-35` no `35`."""
HYPHEN = re.compile(rf"[{HYPHENS}]")
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


class _Form(NamedTuple):
    """A token of one word, its offsets relative to the word."""

    text: str
    start: int
    end: int


class Word(NamedTuple):
    """A raw token with what it is indexed by: `exact` as written, `forms` by the Dutch chain.

    Offsets, those of the forms too, are relative to the chunk that it was read in.
    """

    raw: Raw
    exact: str
    forms: tuple[_Form, ...]


class Analyzer:
    """Analyses with one set of tables, keeping so many words. Safe to share between threads."""

    def __init__(self, tables: Tables, cached: int = CACHED_WORDS) -> None:
        self.tables = tables
        self._most = cached
        self._cache: dict[str, tuple[_Form, ...]] = {}
        self._chunks: dict[str, tuple[Word, ...]] = {}
        self._queries: dict[tuple[str, bool], tuple[QueryWord, ...]] = {}
        self._learned: tuple[Splitter, Mapping[str, int]] | None = None

    @property
    def _splitter(self) -> Splitter:
        return self._from_tables()[0]

    @property
    def _counts(self) -> Mapping[str, int]:
        return self._from_tables()[1]

    def _from_tables(self) -> tuple[Splitter, Mapping[str, int]]:
        """Return what is made of the tables, when it is first asked for."""
        if self._learned is None:
            self._learned = Splitter(self.tables.half_table()), self.tables.words()
        return self._learned

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
        if not isinstance(chunk, str):
            return (self._word(Raw("number", chunk.text, 0, chunk.end - chunk.start, chunk)),)
        found = self._chunks.get(chunk)
        if found is None:
            found = tuple(self._word(raw) for raw in read_chunk(chunk))
            if len(self._chunks) < self._most:
                self._chunks[chunk] = found
        return found

    def _word(self, raw: Raw) -> Word:
        at, forms = raw.start, self._forms(raw)
        if at:
            forms = tuple(_Form(text, at + start, at + end) for text, start, end in forms)
        return Word(raw, _exact(raw), forms)

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
        role = "number" if raw.kind == "number" else "word"
        capitals = None if literal else in_capitals(raw.text)
        if role == "word" and not capitals and _folded(raw) in filters.stop_words():
            role = "stop"
        parts: tuple[str, ...] = ()
        if literal:
            forms: tuple[str, ...] = (_exact(raw),)
        elif capitals:
            forms = (capitals,)
        elif raw.number is not None:
            forms = tuple(dict.fromkeys(reading.key for reading in raw.number.readings))
        else:
            found = [form.text for form in self._forms(raw)]
            forms = tuple(found[:1])
            again = {found[0], *(form.lower() for form in found if form.isupper())}
            parts = tuple(dict.fromkeys(form for form in found[1:] if form not in again))
            if len(parts) == 1 and self._is_glued(raw):
                forms, parts = forms + (() if self._is_own(raw) else parts), ()
            elif COUNTED.match(raw.text):
                parts = ()
            elif not parts and role == "word":
                parts = self._guessed(raw)
        return QueryWord(raw.text, role, forms, parts, position, raw.start, raw.end)

    def _guessed(self, raw: Raw) -> tuple[str, ...]:
        """Return the tokens of the words that an unknown word may be made of."""
        halves = guessed(_folded(raw), self._counts)
        return tuple(dict.fromkeys(map(filters.stem, halves))) if halves else ()

    def _forms(self, raw: Raw) -> tuple[_Form, ...]:
        if raw.number is not None:
            return _number_forms(raw)
        # A plain word has the forms of the same word without capitals, unless these say more.
        small = _is_plain(raw.text) and not in_capitals(raw.text)
        key = raw.text.lower() if small else raw.text
        found = self._cache.get(key)
        if found is None:
            found = tuple(self._word_forms(raw))
            if len(self._cache) < self._most:
                self._cache[key] = found
        return found

    def _word_forms(self, raw: Raw) -> Iterator[_Form]:
        length = len(raw.text)
        if raw.kind != "word":
            yield _Form(_exact(raw), 0, length)
            if raw.kind == "url":
                yield from _address_parts(raw.text)
            return
        whole = filters.modern(_in_one(raw))
        yield _Form(filters.stem(whole), 0, length)
        if capitals := in_capitals(raw.text):
            yield _Form(capitals, 0, length)
        elif not _is_plain(raw.text) and HYPHEN.search(raw.text):
            yield from self._hyphen_parts(HYPHEN.split(raw.text))
        else:
            yield from self._compound_parts(whole, 0, length)

    def _hyphen_parts(self, pieces: list[str]) -> Iterator[_Form]:
        at = 0
        for piece in pieces:
            if capitals := in_capitals(piece):
                yield _Form(capitals, at, at + len(piece))
            folded = filters.modern(filters.joined(filters.fold(piece)))
            if len(folded) >= (SHORTEST_PART if folded.isalpha() else SHORTEST_NUMBER) and (
                folded not in filters.stop_words()
            ):
                yield _Form(filters.stem(folded), at, at + len(piece))
                yield from self._compound_parts(folded, at, len(piece))
            at += len(piece) + 1

    def _compound_parts(self, word: str, start: int, length: int) -> Iterator[_Form]:
        """Yield the parts of a compound, with their own offsets when the spelling is the same."""
        at, same = start, length == len(word)
        parts = self._splitter.split(word)
        if len(parts) < 2:
            yield from self._glued_part(word, start, length)
            return
        for part in parts:
            base, _, joint = part.partition("-")
            width = len(base) + len(joint)
            bounds = (at, at + width) if same else (start, start + length)
            yield _Form(filters.stem(base), *bounds)
            at += width

    def _is_glued(self, raw: Raw) -> bool:
        return content(_folded(raw), self._counts) is not None

    def _is_own(self, raw: Raw) -> bool:
        """Tell whether a word that may be glued is one by itself: `bijbaan`, the village Wijster.

        The corpus has it as it stands, or it is typed as a name.
        """
        named = raw.start > 0 and raw.text[:1].isupper() and not raw.text.isupper()
        return named or self._counts.get(_folded(raw), 0) > 0

    def _glued_part(self, word: str, start: int, length: int) -> Iterator[_Form]:
        """Yield the content of a word that a small one is glued to."""
        bounds = content(word, self._counts)
        if bounds is not None:
            first, last = bounds if length == len(word) else (0, length)
            text = filters.stem(word[slice(*bounds)])
            yield _Form(text, start + first, start + last)


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


def number_keys(number: NumberMatch) -> tuple[str, ...]:
    """Return what the number of a paper is indexed by; as written it is the first of them."""
    keys = [reading.key for reading in number.readings]
    keys += [key for reading in number.readings for key in reading.broader]
    return tuple(dict.fromkeys(keys))


def _number_forms(raw: Raw) -> tuple[_Form, ...]:
    keys = number_keys(raw.number) if raw.number else ()
    return tuple(_Form(key, 0, len(raw.text)) for key in keys)


def _address_parts(text: str) -> Iterator[_Form]:
    for match in re.finditer(r"[^\W_]{4,}", text):
        word = filters.fold(match.group())
        if word not in ("http", "https"):
            yield _Form(filters.stem(word), match.start(), match.end())


def _is_plain(text: str) -> bool:
    """Tell whether a word has nothing to fold but its capitals, and no hyphen or apostrophe."""
    return text.isascii() and text.isalpha()


def _folded(raw: Raw) -> str:
    return filters.fold(raw.text)


def _in_one(raw: Raw) -> str:
    """Return a word folded, without `'s` behind it, hyphens and the like."""
    if _is_plain(raw.text):
        return raw.text.lower()
    folded = filters.in_words(raw.text) or _folded(raw)
    return filters.joined(filters.POSSESSIVE.sub("", folded) or folded)


def _exact(raw: Raw) -> str:
    if raw.number is not None:
        return raw.number.readings[0].key
    if _is_plain(raw.text):
        return raw.text.lower()
    return _exact_word(raw.text) if raw.kind == "word" else _folded(raw)


@lru_cache(CACHED_WORDS)
def _exact_word(word: str) -> str:
    return filters.joined(filters.in_words(word) or filters.fold(word))
