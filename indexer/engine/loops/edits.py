"""Which words are a few edits away: see `loops` and `edits`."""

from __future__ import annotations

from typing import Any, Final

from librt.vecs import append, vec
from mypy_extensions import i32, i64, u8

WHOLE: Final = 0xFFFFFFFF


def alike(block: tuple[Any, Any], words: tuple[Any, Any], word: bytes, distance: i64) -> vec[i64]:
    """Return the numbers of the words at most `distance` edits from a word, in order.

    A `block` has numbers and letters of words of nearly its length; of all `words` the bytes are
    given, and where each ends. An edit adds one letter at most and takes one away.
    """
    numbers = vec[i32](block[0])
    letters = vec[i32](block[1])
    packed, ends = words
    wanted = vec[u8](word)
    size: i64 = i64(len(wanted))
    own = _letters(wanted)
    row = vec[i64]([0] * (size + 1))
    found = vec[i64]()
    n: i64 = 0
    while n < i64(len(numbers)):
        other: i64 = i64(letters[n]) & WHOLE
        more: i64 = other & ~own
        less: i64 = own & ~other
        k: i64 = 0
        while k < distance:  # takes the lowest bit of each away
            more &= more - 1
            less &= less - 1
            k += 1
        if more | less == 0:
            number: i64 = i64(numbers[n])
            start: i64 = ends[number]
            end: i64 = ends[number + 1]
            if -distance <= end - start - size <= distance:
                text = vec[u8](packed[start:end])
                if (
                    _are_near(text, wanted)
                    if distance == 1
                    else _edits(text, wanted, row) <= distance
                ):
                    found = append(found, number)
                    _settle(found)
        n += 1
    return found


def _letters(word: vec[u8]) -> i64:
    """Return a bit for each letter that a word has; some rare bytes share one.

    mypyc shifts a one that it knows within 32 bits, and the highest then stands in 32 more.
    """
    found: i64 = 0
    n: i64 = 0
    while n < i64(len(word)):
        bit: i64 = 1
        found |= (bit << (i64(word[n]) & 31)) & WHOLE
        n += 1
    return found


def _are_near(text: vec[u8], wanted: vec[u8]) -> bool:
    """Tell whether at most one edit lies between what begins and what ends alike."""
    size: i64 = i64(len(text))
    other: i64 = i64(len(wanted))
    least: i64 = min(size, other)
    first: i64 = 0
    while first < least and text[first] == wanted[first]:
        first += 1
    last: i64 = 0
    while last < least - first and text[size - 1 - last] == wanted[other - 1 - last]:
        last += 1
    return max(size, other) - first - last <= 1


def _edits(text: vec[u8], wanted: vec[u8], row: vec[i64]) -> i64:
    """Return the edits between two words: the table of Levenshtein (1966), one row at a time."""
    size: i64 = i64(len(wanted))
    k: i64 = 0
    while k <= size:
        row[k] = k
        k += 1
    at: i64 = 0
    while at < i64(len(text)):
        letter = text[at]
        slanting: i64 = row[0]
        row[0] = slanting + 1
        k = 0
        while k < size:
            least: i64 = slanting
            if wanted[k] != letter:
                least += 1
            slanting = row[k + 1]
            least = min(least, slanting + 1)
            least = min(least, row[k] + 1)
            row[k + 1] = least
            k += 1
        at += 1
    return row[size]


def _settle(numbers: vec[i64]) -> None:
    """Move the last number to its place among the others, which are in order."""
    at: i64 = i64(len(numbers)) - 1
    while at > 0 and numbers[at - 1] > numbers[at]:
        higher = numbers[at - 1]
        numbers[at - 1] = numbers[at]
        numbers[at] = higher
        at -= 1
