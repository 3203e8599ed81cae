"""Words of a vocabulary that are at most a few edits from a word.

In go a sorted vocabulary, a word and a distance, out come the numbers of the words within it. The
story: only words that begin with the same byte are looked at, by their length and by a bit for each
letter: an edit adds one letter at most and takes one away. What is left, mostly a handful, goes
through the table of Levenshtein (1966), a row for all words at once. Distances are counted in bytes
of UTF-8: the words of the index are folded, so that nearly all are plain letters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.engine import native
from indexer.engine.arrays.ids import NO_IDS, Ids, ranges
from indexer.engine.arrays.vocabulary import Vocabulary

Bytes = npt.NDArray[np.uint8]
Letters = npt.NDArray[np.uint32]

LONGEST = 255
"""Bytes; longer words are told apart later."""


class _Block(NamedTuple):
    """The words that begin with a byte, the shortest first: their numbers, lengths and letters."""

    numbers: npt.NDArray[np.uint32]
    sizes: Bytes
    letters: Letters


class Shapes:
    """The words of a vocabulary by length and letters, made for a first byte when it is asked for.

    Threads may share it: what two of them make at once is alike.
    """

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._blocks: dict[bytes, _Block] = {}

    def near(self, word: bytes, distance: int) -> Ids:
        """Return the numbers of the words at most `distance` edits from the word.

        The first byte is the same in all. An edit is a byte more, less or another.
        """
        block = self._block(word[:1])
        if not len(block.numbers):
            return NO_IDS
        size = min(len(word), LONGEST)
        shortest, longest = max(size - distance, 0), min(size + distance, LONGEST)
        first = block.sizes.searchsorted(np.uint8(shortest))
        last = block.sizes.searchsorted(np.uint8(longest), side="right")
        alike = slice(int(first), int(last))
        own = _letters(np.frombuffer(word, np.uint8), np.zeros(1, np.int64))
        letters = block.letters[alike]
        about = np.bitwise_count(own & ~letters) <= distance
        about &= np.bitwise_count(letters & ~own) <= distance
        at = np.sort(block.numbers[alike][about]).astype(np.int64)
        starts = self._words.ends[at].astype(np.int64)
        lengths = self._words.ends[at + 1] - starts
        near = np.abs(lengths - len(word)) <= distance  # those of the longest were not told apart
        at, starts, lengths = at[near], starts[near], lengths[near]
        if not len(at):
            return NO_IDS
        found: Ids = at[self._distances(starts, lengths, word) <= distance]
        return found

    def _distances(self, starts: Ids, lengths: Ids, word: bytes) -> Ids:
        """Return the edits between a word and some of the vocabulary."""
        if native.LOOPS is None:
            return _distances(_padded(self._words.packed, starts, lengths), lengths, word)
        letters = self._words.packed[ranges(starts, lengths)]
        bounds = np.concatenate([[0], lengths.cumsum()])
        return np.frombuffer(native.LOOPS.distances(letters, bounds, word), np.int64)

    def _block(self, first: bytes) -> _Block:
        """Return what is known of the words that begin so."""
        found = self._blocks.get(first)
        if found is None:
            block = self._words.beginning(first) if first else range(0)
            ends = self._words.ends[block.start : block.stop + 1].astype(np.int64)
            sizes = np.minimum(np.diff(ends), LONGEST).astype(np.uint8)
            packed = self._words.packed[int(ends[0]) : int(ends[-1])] if block else NO_IDS
            letters = _letters(packed, ends[:-1] - ends[0])
            order = np.argsort(sizes, kind="stable")
            numbers = (order + block.start).astype(np.uint32)
            found = self._blocks[first] = _Block(numbers, sizes[order], letters[order])
        return found


def _letters(packed: npt.NDArray[np.integer], starts: Ids) -> Letters:
    """Return a bit for each letter that a word has; some rare bytes share one."""
    if not len(starts):
        return np.zeros(0, np.uint32)
    bits = np.uint32(1) << (packed & 31).astype(np.uint32)
    return np.bitwise_or.reduceat(bits, starts)


def _padded(packed: npt.NDArray[np.integer], starts: Ids, sizes: Ids) -> Bytes:
    """Return words as rows of bytes, filled up with zeros."""
    rows = np.zeros((len(starts), int(sizes.max())), np.uint8)
    row = np.repeat(np.arange(len(starts)), sizes)
    column = ranges(np.zeros(len(sizes), np.int64), sizes)
    rows[row, column] = packed[ranges(starts, sizes)]
    return rows


def _distances(letters: Bytes, sizes: Ids, word: bytes) -> Ids:
    """Return the edits between the word and each row, by columns of Levenshtein's table."""
    count, width = letters.shape
    row = np.tile(np.arange(width + 1), (count, 1))
    steps = np.arange(width + 1)
    for number, letter in enumerate(word, 1):
        other = np.empty_like(row)
        other[:, 0] = number
        changed = row[:, :-1] + (letters != letter)
        other[:, 1:] = np.minimum(changed, row[:, 1:] + 1)
        # A byte more: the least of what stands to the left, one for each step.
        row = np.minimum.accumulate(other - steps, axis=1) + steps
    return row[np.arange(count), sizes]
