"""Where a word stands, or would stand, among sorted words. Compiled where there is a compiler."""

from __future__ import annotations

from typing import Any


def place(words: tuple[Any, Any], word: bytes, low: int, high: int) -> int:
    """Return the number of the first word that is not before the given one, between two numbers.

    `words` are the bytes of all and where each ends: views of memory, since numpy takes three times
    as long for an element.
    """
    packed, ends = words
    while low < high:
        middle = (low + high) // 2
        if packed[ends[middle] : ends[middle + 1]].tobytes() < word:
            low = middle + 1
        else:
            high = middle
    return low
