"""Texts → numbers of words: the analysis of a whole corpus without an object for each token.

In go texts, out come arrays with the number of the word at each position; what a number is indexed
by stands once in a growing list. The story: a text is cut at its spaces, and a chunk (`(artikel`)
is read the first time it is seen; after that it costs one look-up. The tokens are those of
`Analyzer.dutch` and `Analyzer.exact`, and `tests/analysis/test_encode.py` holds it.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis.chains import Analyzer, Word, separated
from indexer.analysis.tokens import Raw, cut
from indexer.numbers.finding import find_numbers
from indexer.numbers.values import NumberMatch

Numbers = npt.NDArray[np.uint32]

MOST_CHUNKS = 500_000


class Entry(NamedTuple):
    """What a word is indexed by: as written, and by the Dutch chain, stacked on one position."""

    exact: str
    forms: tuple[str, ...]


_new: Final = tuple.__new__
"""Makes an `Entry` in half the time that its own constructor takes."""


class Encoder:
    """Gives words their numbers. `entries` grows: `entries[n]` is word `n`."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.entries: list[Entry] = []
        self._raws: list[Raw] = []
        self._analyzer = analyzer
        self._numbers: dict[tuple[str, str], int] = {}
        self._chunks = _Chunks(self)
        self._te = self._chunks["te"][0]

    def encode(self, text: str) -> Numbers:
        """Return the number of the word at each position of a text."""
        return self.read(text)[0]

    def read(self, text: str) -> tuple[Numbers, tuple[NumberMatch, ...]]:
        """Return the number of the word at each position, and the numbers of papers in a text."""
        found = array("I")
        at = 0
        if len(self._chunks) > MOST_CHUNKS:
            self._chunks.clear()
        papers = tuple(find_numbers(text))
        for number in papers:
            self._extend(found, text, at, number.start)
            found.extend(self.numbers_of(number))
            at = number.end
        self._extend(found, text, at, len(text))
        return self._with_verbs(np.array(found, np.uint32)), papers

    def _extend(self, found: array[int], text: str, start: int, end: int) -> None:
        chunks = map(self._chunks.__getitem__, cut(text[start:end]))
        found.extend(chain.from_iterable(chunks))

    def numbers_of(self, chunk: str | NumberMatch) -> tuple[int, ...]:
        """Return the numbers of the words in a chunk, new ones where needed."""
        return tuple([self._number(word) for word in self._analyzer.read_once(chunk)])

    def _number(self, word: Word) -> int:
        raw = word.raw
        forms = tuple([form.text for form in word.forms])
        spelled = raw.text if raw.number is None else "\0".join(forms)
        found = self._numbers.get((raw.kind, spelled))
        if found is None:
            found = self._add(raw.kind, spelled, _new(Entry, (word.exact, forms)), raw)
        return found

    def _add(self, kind: str, spelled: str, entry: Entry, raw: Raw) -> int:
        number = self._numbers[kind, spelled] = len(self.entries)
        self.entries.append(entry)
        self._raws.append(raw)
        return number

    def _with_verbs(self, words: Numbers) -> Numbers:
        """Give verbs that `te` separates from their particle the number of a word with both."""
        for at in np.flatnonzero(words[1:-1] == self._te).tolist():
            text = separated(self._raws[words[at]], self._raws[words[at + 2]])
            if text:
                words[at + 2] = self._verb(text, int(words[at + 2]))
        return words

    def _verb(self, text: str, verb: int) -> int:
        entry = self.entries[verb]
        spelled = f"{text}\0{self._raws[verb].text}"
        found = self._numbers.get(("verb", spelled))
        if found is None:
            both = Entry(entry.exact, (*entry.forms, text))
            found = self._add("verb", spelled, both, self._raws[verb])
        return found


class _Chunks(dict[str, tuple[int, ...]]):
    """The numbers of the words of chunks, read when they are first asked for."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self._encoder = encoder

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        found = self[chunk] = self._encoder.numbers_of(chunk)
        return found
