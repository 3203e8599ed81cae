"""Which stretch of a text to show, and its pieces: what `snippets` does for each hit.

In go a text and the runs of letters that matched, out come bounds and pieces. Compiled where there
is a compiler (docs/decisions/0307); the source does the same.
"""

from __future__ import annotations

from itertools import repeat
from typing import Final

from indexer.engine.results import Piece

Span = tuple[int, int, str]
"""A matched run of characters, from one place to another, and the token that stands for it."""
MOST_MARKS: Final = 40
"""Marks of a snippet that are counted."""
LENGTH: Final = 280
"""Characters of a snippet: about three lines on a wide page."""
BEFORE: Final = 40
"""Of those, how many stand before the first mark at most, and where a word may be cut."""
_made = tuple.__new__
"""What `Piece._make` calls, without a call of Python for each piece."""


def without_overlap(found: list[Span]) -> list[Span]:
    """Return runs in order, each behind the one before; of those that begin alike the longest."""
    end = 0
    for span in found:
        if span[0] < end:
            break
        end = span[1]
    else:
        return found
    kept: list[Span] = []
    end = 0
    for span in sorted(found, key=_order):
        if span[0] >= end:
            kept.append(span)
            end = span[1]
    return kept


def _order(span: Span) -> tuple[int, int]:
    return span[0], -span[1]


def best_window(text: str, found: list[Span]) -> tuple[int, int]:
    """Return the bounds of the stretch with most different tokens, then most marks."""
    if not found:
        return 0, min(len(text), LENGTH)
    most_tokens, most_marks, at, stop = 0, 0, 0, 0
    inside: dict[str, int] = {}
    count = len(found)
    for i, (start, _, own) in enumerate(found):
        limit, most = start + LENGTH - BEFORE, min(count, i + MOST_MARKS)
        while stop < most and found[stop][1] <= limit:
            token = found[stop][2]
            inside[token] = inside.get(token, 0) + 1
            stop += 1
        tokens, marks = len(inside), stop - i
        if tokens > most_tokens or (tokens == most_tokens and marks > most_marks):
            most_tokens, most_marks, at = tokens, marks, i
        if stop == i:  # it is longer than a snippet by itself
            stop += 1
        elif inside[own] == 1:
            del inside[own]
        else:
            inside[own] -= 1
    start = max(0, found[at][0] - BEFORE)
    return _at_words(text, start, min(len(text), start + LENGTH))


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start > 0:
        space = text.find(" ", start, start + BEFORE)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - BEFORE, end)
        end = space if space >= 0 else end
    return start, end


def pieces(text: str, found: list[Span], start: int, end: int) -> tuple[Piece, ...]:
    """Return the stretch cut into pieces, marked and not; ellipses say where it was cut."""
    out: list[tuple[str, bool]] = []
    at = start
    if start > 0:
        out.append(("… ", False))
    for first, last, _ in found:
        if first < start or last > end:
            continue
        if first > at:
            out.append((text[at:first], False))
        if last > first:
            out.append((text[first:last], True))
        at = last
    if end > at:
        out.append((text[at:end], False))
    if end < len(text):
        out.append((" …", False))
    return tuple(map(_made, repeat(Piece), out))
