"""Lines → printed lines: text in the usual form, with a box for each of its words.

In go `Line`s, out come `Printed` lines whose boxes, in parts of the page, go with `text.split()`
one by one; that holds through everything that is done to them later. Where a word begins within a
fragment follows from the widths of its letters; what is left over goes to the spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from indexer.boxes import Box
from indexer.extract.characters import composed
from indexer.extract.pen import Fragment
from indexer.extract.rows import Line, Piece

SOFT = "\u00ad"
ABOVE, BELOW = 0.78, 0.22
"""A box reaches so far above and below the baseline, in shares of the type size."""
WORD = re.compile(r"\S+")
LETTERS_APART = re.compile(r"(?<!\S)(?:[^\W\d_] +){4,}[^\W\d_](?!\S)")

Boxes = tuple[Box, ...]
Span = tuple[float, float, float, float]
"""From where to where a word stands, its baseline, its type size."""


@dataclass(slots=True)
class Printed:
    """A line with the boxes of its words; no text is the space between two blocks."""

    text: str
    boxes: list[Boxes] = field(default_factory=list)


def printed(line: Line, across: float, down: float) -> Printed:
    """Return a line of a page of that width and height, in points, as printed text."""
    boxes = line.boxes or _boxes(line, across, down)
    found = Printed(composed(line.text), [(box,) for box in boxes])
    if LETTERS_APART.search(found.text):
        _close_up(found)
    if SOFT in found.text:
        _drop_soft(found)
    return found


def _boxes(line: Line, across: float, down: float) -> list[Box]:
    found = []
    for x0, x1, y, size in _spans(line.pieces):
        corners = [
            _upright(x, v, line.turned, across, down)
            for x, v in ((x0, y - BELOW * size), (x1, y + ABOVE * size))
        ]
        (left, low), (right, high) = corners
        found.append(
            Box(
                min(left, right) / across, 1 - max(low, high) / down,
                max(left, right) / across, 1 - min(low, high) / down,
            )
        )  # fmt: skip
    return found


def _upright(x: float, y: float, turned: int, across: float, down: float) -> tuple[float, float]:
    """Return where a place of a page that was laid flat is on the page itself."""
    if turned == 90:
        return across - y, x
    if turned == 270:
        return y, down - x
    return (across - x, down - y) if turned == 180 else (x, y)


def _spans(pieces: Sequence[Piece]) -> list[Span]:
    """Return where each word stands on its line."""
    words: list[Span] = []
    open_word = False
    for text, fragment in pieces:
        if fragment is None:
            open_word = False
            continue
        places: list[float] | None = None
        for match in WORD.finditer(text):
            start, end = match.span()
            if end - start == len(text):
                x0, x1 = fragment.x0, fragment.x1
            else:
                places = places or _places(text, fragment)
                x0, x1 = places[start], places[end]
            if open_word and start == 0:
                before = words.pop()
                words.append((min(before[0], x0), max(before[1], x1), *before[2:]))
            else:
                words.append((x0, x1, fragment.y0, fragment.size))
        open_word = text[-1:].strip() != ""
    return words


def _places(text: str, fragment: Fragment) -> list[float]:
    """Return where each character of a fragment begins, and where the last one ends."""
    advance = fragment.font.advance
    widths = [advance.get(character, 0.5) * fragment.size for character in text]
    actual, natural, spaces = fragment.x1 - fragment.x0, sum(widths), text.count(" ")
    more = (actual - natural) / spaces if spaces else 0.0
    if spaces and -0.2 * fragment.size < more:
        widths = [
            w + more if character == " " else w for w, character in zip(widths, text, strict=True)
        ]
    elif natural > 0:
        widths = [w * actual / natural for w in widths]
    return list(accumulate(widths, initial=fragment.x0))


def _close_up(line: Printed) -> None:
    """Join the letters of a heading that is set wide (`B e s l u i t`); wider gaps part words."""
    words = line.text.split()
    out: list[str] = []
    boxes: list[Boxes] = []
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
            end += 1
        if end - place < 5:
            end = max(end, place + 1)
            out += words[place:end]
            boxes += line.boxes[place:end]
        else:
            for start, stop in _groups(line.boxes[place:end]):
                out.append("".join(words[place + start : place + stop]))
                group = [box for word in line.boxes[place + start : place + stop] for box in word]
                boxes.append((_around(group),))
        place = end
    line.text, line.boxes = " ".join(out), boxes


def _groups(boxes: Sequence[Boxes]) -> list[tuple[int, int]]:
    """Return from where to where letters make a word: up to a gap twice as wide as usual."""
    gaps = [b[0].left - a[0].right for a, b in pairwise(boxes)]
    usual = sorted(gaps)[len(gaps) // 2]
    cuts = [i + 1 for i, gap in enumerate(gaps) if gap > 2 * usual + 0.002]
    return list(zip([0, *cuts], [*cuts, len(boxes)], strict=True))


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes), min(box.top for box in boxes),
        max(box.right for box in boxes), max(box.bottom for box in boxes),
    )  # fmt: skip


def _drop_soft(line: Printed) -> None:
    """Leave out soft hyphens, except at the end of the line, where a word may be broken."""
    end = SOFT if line.text.endswith(SOFT) and not line.text.endswith(" " + SOFT) else ""
    words = [word.replace(SOFT, "") for word in line.text.split()]
    line.boxes = [box for word, box in zip(words, line.boxes, strict=True) if word]
    line.text = " ".join(word for word in words if word) + end
