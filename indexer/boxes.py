"""Where the words of a page stand, packed into a short text.

In go boxes of words, out comes a text that lies in the store beside the page's own, about 4 bytes a
word; and back. A box is in parts of the page as it is shown, so that it fits an image of any size.
"""

from __future__ import annotations

import base64
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SCALE = 32767
MORE = 0x8000
"""Marks the left edge of a box that belongs to the word before: one broken at a line's end."""


class Box(NamedTuple):
    """A box in parts (0 to 1) of the page, from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float


def pack(words: Iterable[Sequence[Box]]) -> str:
    """Return the boxes of words, each with one box or, when broken, more, as ASCII text."""
    numbers = array("H")
    row: tuple[int, int] | None = None
    count = 0
    for boxes in words:
        for place, box in enumerate(boxes):
            left, top, right, bottom = (_scaled(value) for value in box)
            if row != (top, bottom):
                row, count = (top, bottom), len(numbers)
                numbers.extend((0, top, bottom))
            numbers[count] += 1
            numbers.extend((left | MORE if place else left, right))
    if not numbers:
        return ""
    return base64.b85encode(zlib.compress(_little(numbers).tobytes(), 6)).decode("ascii")


def unpack(packed: str) -> list[tuple[Box, ...]]:
    """Return the boxes of each word that `pack` was given. Raises `ValueError` on other text."""
    if not packed:
        return []
    try:
        numbers = array("H", zlib.decompress(base64.b85decode(packed)))
    except zlib.error as error:
        raise ValueError("these are no boxes of words") from error
    numbers = _little(numbers)
    words: list[tuple[Box, ...]] = []
    place = 0
    while place < len(numbers):
        count, top, bottom = numbers[place : place + 3]
        place += 3
        for at in range(place, place + 2 * count, 2):
            left, right = numbers[at], numbers[at + 1]
            box = Box((left & SCALE) / SCALE, top / SCALE, right / SCALE, bottom / SCALE)
            if left & MORE and words:
                words[-1] = (*words[-1], box)
            else:
                words.append((box,))
        place += 2 * count
    return words


def _scaled(value: float) -> int:
    return min(SCALE, max(0, round(value * SCALE)))


def _little(numbers: array[int]) -> array[int]:
    """Return the numbers with their bytes in little-endian order on any machine."""
    if array("H", [1]).tobytes()[0]:
        return numbers
    swapped = array("H", numbers)
    swapped.byteswap()
    return swapped
