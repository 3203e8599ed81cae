"""One word → the tokens by which it is found, with where each of them stands in it.

In goes a raw token, out come its forms: the stem of the whole first, then those of its parts (of a
compound, of a word with hyphens, of an address), the number of a paper in every reading, an
abbreviation in its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from indexer.analysis import filters
from indexer.analysis.abbreviations import in_capitals
from indexer.analysis.compounds import Splitter
from indexer.analysis.glue import content
from indexer.analysis.guess import guessed
from indexer.analysis.tables import Tables
from indexer.analysis.tokens import HYPHENS, Raw
from indexer.numbers.values import NumberMatch

CACHED_WORDS = 200_000
SHORTEST_PART, SHORTEST_NUMBER = 2, 3
"""Characters of a hyphenated word's part: `Fox-IT` has `it`, but `F-35` no `35`."""
HYPHEN: Final = re.compile(rf"[{HYPHENS}]")


class Form(NamedTuple):
    """A token of one word, its offsets relative to the word."""

    text: str
    start: int
    end: int


_new: Final = tuple.__new__
"""Makes a `Form` in half the time that its own constructor takes."""


class Forms:
    """Finds the forms of words with one set of tables, keeping so many words."""

    def __init__(self, tables: Tables, cached: int) -> None:
        self._tables = tables
        self._most = cached
        self._cache: dict[str, tuple[Form, ...]] = {}
        self._learned: tuple[Splitter, Mapping[str, int]] | None = None

    def of(self, raw: Raw) -> tuple[Form, ...]:
        """Return the forms of a raw token, the whole word's first."""
        if raw.number is not None:
            return tuple(Form(key, 0, len(raw.text)) for key in number_keys(raw.number))
        # A plain word has the forms of the same word without capitals, unless these say more.
        text = raw.text
        key = text.lower() if is_plain(text) and not _capitals(text) else text
        found = self._cache.get(key)
        if found is None:
            found = tuple(self._word(raw))
            if len(self._cache) < self._most:
                self._cache[key] = found
        return found

    def guessed(self, raw: Raw) -> tuple[str, ...]:
        """Return the tokens of the words that an unknown word may be made of."""
        halves = guessed(folded(raw), self._counts)
        return tuple(dict.fromkeys(map(filters.stem, halves))) if halves else ()

    def is_glued(self, raw: Raw) -> bool:
        """Tell whether a word may have lost the space between it and a small one."""
        return content(folded(raw), self._counts) is not None

    def is_own(self, raw: Raw) -> bool:
        """Tell whether a word that may be glued is one by itself: `bijbaan`, the village Wijster.

        The corpus has it as it stands, or it is typed as a name.
        """
        named = raw.start > 0 and raw.text[:1].isupper() and not raw.text.isupper()
        return named or self._counts.get(folded(raw), 0) > 0

    @property
    def _splitter(self) -> Splitter:
        return self._from_tables()[0]

    @property
    def _counts(self) -> Mapping[str, int]:
        return self._from_tables()[1]

    def _from_tables(self) -> tuple[Splitter, Mapping[str, int]]:
        """Return what is made of the tables, when it is first asked for."""
        if self._learned is None:
            self._learned = Splitter(self._tables.half_table()), self._tables.words()
        return self._learned

    def _word(self, raw: Raw) -> list[Form]:
        text = raw.text
        length = len(text)
        if raw.kind != "word":
            whole = Form(as_written(raw), 0, length)
            return [whole, *_address_parts(text)] if raw.kind == "url" else [whole]
        small = filters.modern(_in_one(raw))
        found = [_new(Form, (filters.stem(small), 0, length))]
        if capitals := _capitals(text):
            found.append(Form(capitals, 0, length))
        elif not is_plain(text) and HYPHEN.search(text):
            found += self._hyphen_parts(HYPHEN.split(text))
        else:
            found += self._compound_parts(small, 0, length)
        return found

    def _hyphen_parts(self, pieces: list[str]) -> list[Form]:
        at, found = 0, list[Form]()
        for piece in pieces:
            if capitals := _capitals(piece):
                found.append(Form(capitals, at, at + len(piece)))
            small = filters.modern(filters.joined(filters.fold(piece)))
            if len(small) >= (SHORTEST_PART if small.isalpha() else SHORTEST_NUMBER) and (
                small not in filters.stop_words()
            ):
                found.append(Form(filters.stem(small), at, at + len(piece)))
                found += self._compound_parts(small, at, len(piece))
            at += len(piece) + 1
        return found

    def _compound_parts(self, word: str, start: int, length: int) -> list[Form]:
        """Return the parts of a compound, with their own offsets when the spelling is the same."""
        at, same = start, length == len(word)
        parts = self._splitter.split(word)
        if len(parts) < 2:
            return self._glued_part(word, start, length)
        found: list[Form] = []
        for part in parts:
            base, _, joint = part.partition("-")
            width = len(base) + len(joint)
            first, last = (at, at + width) if same else (start, start + length)
            found.append(_new(Form, (filters.stem(base), first, last)))
            at += width
        return found

    def _glued_part(self, word: str, start: int, length: int) -> list[Form]:
        """Return the content of a word that a small one is glued to."""
        bounds = content(word, self._counts)
        if bounds is None:
            return []
        first, last = bounds if length == len(word) else (0, length)
        text = filters.stem(word[slice(*bounds)])
        return [Form(text, start + first, start + last)]


def _capitals(text: str) -> str | None:
    """Return the abbreviation that a word is by its capitals; most have none."""
    return None if text.islower() else in_capitals(text)


def number_keys(number: NumberMatch) -> tuple[str, ...]:
    """Return what the number of a paper is indexed by; as written it is the first of them."""
    keys = [reading.key for reading in number.readings]
    keys += [key for reading in number.readings for key in reading.broader]
    return tuple(dict.fromkeys(keys))


def is_plain(text: str) -> bool:
    """Tell whether a word has nothing to fold but its capitals, and no hyphen or apostrophe."""
    return text.isascii() and text.isalpha()


def folded(raw: Raw) -> str:
    """Return a raw token in small letters without accents."""
    return filters.fold(raw.text)


def as_written(raw: Raw) -> str:
    """Return a raw token as written, case and accents apart."""
    if raw.number is not None:
        return raw.number.readings[0].key
    if is_plain(raw.text):
        return raw.text.lower()
    return _exact_word(raw.text) if raw.kind == "word" else folded(raw)


@lru_cache(CACHED_WORDS)
def _exact_word(word: str) -> str:
    return filters.joined(filters.in_words(word) or filters.fold(word))


def _in_one(raw: Raw) -> str:
    """Return a word folded, without `'s` behind it, hyphens and the like."""
    if is_plain(raw.text):
        return raw.text.lower()
    small = filters.in_words(raw.text) or folded(raw)
    return filters.joined(filters.POSSESSIVE.sub("", small) or small)


def _address_parts(text: str) -> Iterator[Form]:
    for match in re.finditer(r"[^\W_]{4,}", text):
        word = filters.fold(match.group())
        if word not in ("http", "https"):
            yield Form(filters.stem(word), match.start(), match.end())
