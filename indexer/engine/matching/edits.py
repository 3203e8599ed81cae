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
    """The words that begin with a byte, the shortest first: their numbers, lengths and letters.

    Those of a length begin at `firsts` of it; `plain` are numbers and letters for the loops.
    """

    numbers: npt.NDArray[np.uint32]
    letters: Letters
    firsts: memoryview
    plain: tuple[memoryview, memoryview]


class Shapes:
    """The words of a vocabulary by length and letters, made for a first byte when it is asked for.

    Threads may share it: what two of them make at once is alike.
    """

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._plain = words.packed.data, words.ends.data
        self._blocks: dict[bytes, _Block] = {}

    def near(self, word: bytes, distance: int) -> Ids:
        """Return the numbers of the words at most `distance` edits from the word.

        The first byte is the same in all. An edit is a byte more, less or another.
        """
        block = self._blocks.get(word[:1]) or self._block(word[:1])
        size = min(len(word), LONGEST)
        first = block.firsts[max(size - distance, 0)]
        last = block.firsts[min(size + distance, LONGEST) + 1]
        if first == last:
            return NO_IDS
        if native.LOOPS is None:
            return self._near(block, slice(first, last), word, distance)
        numbers, letters = block.plain
        some = numbers[first:last], letters[first:last]
        return np.frombuffer(native.LOOPS.alike(some, self._plain, word, distance), np.int64)

    def _near(self, block: _Block, some: slice, word: bytes, distance: int) -> Ids:
        """Return the same of some words of a block, by numpy."""
        own = _letters(np.frombuffer(word, np.uint8), np.zeros(1, np.int64))
        letters = block.letters[some]
        about = np.bitwise_count(own & ~letters) <= distance
        about &= np.bitwise_count(letters & ~own) <= distance
        at = np.sort(block.numbers[some][about]).astype(np.int64)
        starts = self._words.ends[at].astype(np.int64)
        lengths = self._words.ends[at + 1] - starts
        near = np.abs(lengths - len(word)) <= distance  # those of the longest were not told apart
        at, starts, lengths = at[near], starts[near], lengths[near]
        if not len(at):
            return NO_IDS
        rows = _padded(self._words.packed, starts, lengths)
        found: Ids = at[_distances(rows, lengths, word) <= distance]
        return found

    def _block(self, first: bytes) -> _Block:
        """Return what is known of the words that begin so."""
        block = self._words.beginning(first) if first else range(0)
        ends = self._words.ends[block.start : block.stop + 1].astype(np.int64)
        sizes = np.minimum(np.diff(ends), LONGEST).astype(np.uint8)
        packed = self._words.packed[int(ends[0]) : int(ends[-1])] if block else NO_IDS
        letters = _letters(packed, ends[:-1] - ends[0])
        order = np.argsort(sizes, kind="stable")
        numbers, letters = (order + block.start).astype(np.uint32), letters[order]
        firsts = sizes[order].searchsorted(np.arange(LONGEST + 2)).astype(np.int32).data
        plain = native.plain(numbers).data, native.plain(letters).data
        found = self._blocks[first] = _Block(numbers, letters, firsts, plain)
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
