"""Which words have a hash, so that a word is found at once: a table beside a sorted vocabulary.

In go words, out come arrays that may be mapped from a file. There are about as many buckets as
words; the numbers of the words of a bucket lie together. Compiled where there is a compiler.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np

from indexer.engine.arrays.file import Numbers, narrow


class Buckets:
    """Bucket `b`, of a power of two, has the words `numbers[firsts[b]:firsts[b + 1]]`."""

    def __init__(self, firsts: Numbers, numbers: Numbers) -> None:
        self.firsts, self.numbers = firsts, numbers
        self._first: Any = firsts.data
        self._number: Any = numbers.data
        self._mask = len(firsts) - 2

    def find(self, word: bytes, sign: int, packed: Any, ends: Any) -> int | None:
        """Return the first that is this word of those that lie in `packed`, or `None`.

        `sign` is its hash. Views of memory are given: numpy takes three times as long for an
        element.
        """
        bucket = sign & self._mask
        at: int = self._first[bucket]
        last: int = self._first[bucket + 1]
        while at < last:
            number: int = self._number[at]
            if packed[ends[number] : ends[number + 1]].tobytes() == word:
                return number
            at += 1
        return None


Table = tuple[Buckets, Any, Any]
"""Buckets with the words that they are of, and where each of these ends: views of memory."""


def numbers(tables: list[Table], word: bytes) -> list[int | None]:
    """Return the number of a word in each of some tables, `None` where it is not."""
    sign = crc32(word)
    found: list[int | None] = []
    for table, packed, ends in tables:
        found.append(table.find(word, sign, packed, ends))
    return found


def of_words(words: Sequence[bytes]) -> Buckets:
    """Return the buckets of words."""
    count = 1 << max(0, len(words) - 1).bit_length()
    hashes = np.fromiter(map(crc32, words), np.uint32, len(words)) & np.uint32(count - 1)
    firsts = np.concatenate([[0], np.cumsum(np.bincount(hashes, minlength=count))])
    return Buckets(narrow(firsts), narrow(np.argsort(hashes, kind="stable")))
