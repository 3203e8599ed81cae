"""Words of a vocabulary that are at most a few edits from a word.

In go a sorted vocabulary, a word and a distance, out come the numbers of the words within it. The
story: only words that begin with the same byte and are about as long are looked at; those that
lack too many of its letters drop out; what is left goes through the table of Levenshtein (1966), a
row for all words at once. Distances are counted in bytes of UTF-8: the words of the index are
folded, so that nearly all are plain letters.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays import Ids, ranges
from indexer.engine.vocabulary import Vocabulary

Bytes = npt.NDArray[np.uint8]


def near(words: Vocabulary, word: bytes, distance: int) -> Ids:
    """Return the numbers of the words at most `distance` edits from the word, first byte the same.

    An edit is a byte more, less or another.
    """
    block = words.beginning(word[:1]) if word else range(0)
    if not block:
        return np.zeros(0, np.int64)
    ends = words.ends[block.start : block.stop + 1].astype(np.int64)
    sizes = np.diff(ends)
    at = np.flatnonzero(np.abs(sizes - len(word)) <= distance)
    if not len(at):
        return at
    letters = _padded(words.packed, ends[at], sizes[at])
    at, letters = _alike(at, letters, word, distance)
    found = _distances(letters, sizes[at], word) <= distance
    return at[found] + block.start


def _padded(packed: npt.NDArray[np.integer], starts: Ids, sizes: Ids) -> Bytes:
    """Return words as rows of bytes, filled up with zeros."""
    rows = np.zeros((len(starts), int(sizes.max())), np.uint8)
    row = np.repeat(np.arange(len(starts)), sizes)
    column = ranges(np.zeros(len(sizes), np.int64), sizes)
    rows[row, column] = packed[ranges(starts, sizes)]
    return rows


def _alike(at: Ids, letters: Bytes, word: bytes, distance: int) -> tuple[Ids, Bytes]:
    """Keep the words that lack at most `distance` different letters of the word."""
    lacking = np.zeros(len(at), np.int64)
    for letter in set(word):
        lacking += ~(letters == letter).any(axis=1)
    kept = lacking <= distance
    return at[kept], letters[kept]


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
