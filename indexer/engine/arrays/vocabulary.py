"""Sorted words in one run of bytes: found by hash or by bisection, without an object for each.

In go words, out come `Vocabulary` (bytes: the tokens of a field) and `Names` (texts: the values of
a keyword field), both views of arrays that may be mapped from a file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np

from indexer.engine.arrays import buckets, order
from indexer.engine.arrays.buckets import Buckets, Table
from indexer.engine.arrays.file import Numbers, narrow

Views = tuple[memoryview, memoryview, list[bytes]]
MANY, STEP = 1024, 32
"""With more words than this, one in so many is kept ready, so that few others are looked at."""


@dataclass(frozen=True, slots=True)
class Vocabulary(Sequence[bytes]):
    """Sorted words as bytes; `packed[ends[n]:ends[n + 1]]` is the word with number `n`.

    Those that words of queries are looked for in have `buckets`.
    """

    packed: Numbers
    ends: Numbers
    buckets: Buckets | None = None
    _kept: list[Views] = field(default_factory=list, compare=False, repr=False)

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.ends) - 1

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        """Return a word, or those of a slice."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self.packed[self.ends[at] : self.ends[at + 1]].tobytes()

    def find(self, word: bytes) -> int | None:
        """Return a word's number, or `None`; the first of several that are the same."""
        table = self.table
        if table is not None:
            return buckets.numbers([table], word)[0]
        packed, ends, _ = self._views()
        at = self.place(word)
        there = at < len(ends) - 1 and packed[ends[at] : ends[at + 1]] == word
        return at if there else None

    @property
    def table(self) -> Table | None:
        """Return what a word is looked up in by its hash; `None` without buckets."""
        if self.buckets is None:
            return None
        packed, ends, _ = self._views()
        return self.buckets, packed, ends

    def beginning(self, prefix: bytes) -> range:
        """Return the numbers of the words that begin with the prefix."""
        low = self.place(prefix)
        return range(low, self.place(prefix + b"\xff" * 4, low))

    def same(self, word: bytes) -> range:
        """Return the numbers of the words that are this one, where words may be repeated."""
        low = self.place(word)
        return range(low, self.place(word + b"\0", low))

    def place(self, word: bytes, low: int = 0) -> int:
        """Return the number of the first word, from `low` on, that is not before the given one.

        This is `bisect_left`, between two words that are kept ready.
        """
        packed, ends, signs = self._views()
        high = len(ends) - 1
        if signs:
            at = bisect_left(signs, word) * STEP
            low, high = max(low, at - STEP), min(high, at)
        return order.place((packed, ends), word, low, high)

    def _views(self) -> Views:
        """Return what is looked at, with one in so many words; made when first asked for."""
        if not self._kept:
            signs = self._each(STEP) if len(self) > MANY else []
            self._kept.append((self.packed.data, self.ends.data, signs))
        return self._kept[0]

    def _each(self, step: int) -> list[bytes]:
        """Return one word in so many."""
        packed = self.packed.data
        starts, stops = self.ends[:-1:step].tolist(), self.ends[1::step].tolist()
        return [packed[start:stop].tobytes() for start, stop in zip(starts, stops, strict=True)]


@dataclass(frozen=True, slots=True)
class Names(Sequence[str]):
    """Sorted texts; in UTF-8 the order of bytes is that of characters."""

    words: Vocabulary

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.words)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Return a text, or those of a slice."""
        if isinstance(at, slice):
            return [word.decode() for word in self.words[at]]
        return self.words[at].decode()

    def find(self, text: str) -> int | None:
        """Return a text's number, or `None`."""
        return self.words.find(text.encode("utf-8", "replace"))


def packed(words: Sequence[bytes]) -> Vocabulary:
    """Return sorted words as a vocabulary."""
    ends = np.cumsum([0, *map(len, words)])
    return Vocabulary(np.frombuffer(b"".join(words), np.uint8), narrow(ends))


def names(texts: Sequence[str]) -> Names:
    """Return sorted texts as names."""
    return Names(packed([text.encode() for text in texts]))


def taken(sources: Sequence[Vocabulary], which: Numbers, rows: Numbers) -> Vocabulary:
    """Return words of several vocabularies: row `rows[n]` of `sources[which[n]]` is word `n`.

    Words that are neighbours and stay so are copied at once.
    """
    if not len(rows):
        return packed([])
    new_run = (np.diff(which) != 0) | (np.diff(rows.astype(np.int64)) != 1)
    starts = [0, *(np.flatnonzero(new_run) + 1).tolist()]
    pieces, sizes = [], []
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        source = sources[int(which[start])]
        ends = source.ends[int(rows[start]) : int(rows[stop - 1]) + 2].astype(np.int64)
        pieces.append(source.packed[ends[0] : ends[-1]])
        sizes.append(np.diff(ends))
    ends = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
    return Vocabulary(np.concatenate(pieces), narrow(ends))
