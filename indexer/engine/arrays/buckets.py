"""Which words have a hash, so that a word is found at once: a table beside a sorted vocabulary.

In go words, out come arrays that may be mapped from a file. There are about as many buckets as
words; the numbers of the words of a bucket lie together.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from indexer.engine.arrays.file import Numbers, narrow


class Buckets:
    """Bucket `b`, of a power of two, has the words `numbers[firsts[b]:firsts[b + 1]]`."""

    def __init__(self, firsts: Numbers, numbers: Numbers) -> None:
        self.firsts, self.numbers = firsts, numbers
        self._first, self._number = firsts.data, numbers.data
        self._mask = len(firsts) - 2

    def find(self, word: bytes, packed: memoryview, ends: memoryview) -> int | None:
        """Return the first that is this word of those that lie in `packed`, or `None`.

        Views of memory are given: numpy takes three times as long for an element.
        """
        bucket = crc32(word) & self._mask
        for at in range(self._first[bucket], self._first[bucket + 1]):
            number: int = self._number[at]
            if packed[ends[number] : ends[number + 1]].tobytes() == word:
                return number
        return None


def of_words(words: Sequence[bytes]) -> Buckets:
    """Return the buckets of words."""
    count = 1 << max(0, len(words) - 1).bit_length()
    hashes = np.fromiter(map(crc32, words), np.uint32, len(words)) & np.uint32(count - 1)
    firsts = np.concatenate([[0], np.cumsum(np.bincount(hashes, minlength=count))])
    return Buckets(narrow(firsts), narrow(np.argsort(hashes, kind="stable")))
