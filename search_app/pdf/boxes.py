"""What matches on a page of a PDF → the boxes to mark on its image.

In go the words of a page with their boxes, an open index and a query; out come boxes. The boxes are
those that the extraction kept, also of a scan that was read by OCR; a page without them has those
of its drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.boxes import unpack
from indexer.engine.interface import Index
from indexer.engine.query import Node
from indexer.paper import Page
from search_app.pdf.image import Leaf, Word

MARGIN = 0.002
"""Room around a word, as a part of the page."""
ROOM = 0.015
"""Room around the text of a page, as a part of the page."""
WORTH = 0.9
"""A text wider than this part of the page is not worth cutting out."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box in parts (0 to 1) of the page; `mark` numbers the match that it belongs to, from 1."""

    mark: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the page, in parts (0 to 1) of its size."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of the text and where it stands: one box, or two when a line's end broke it."""

    text: str
    parts: tuple[Word, ...]


def placed(page: Page | None, leaf: Leaf) -> tuple[Placed, ...]:
    """Return the words of a page with their boxes, from the index or else from the drawing."""
    if page is not None and page.boxes:
        texts = page.text.split()
        boxes = unpack(page.boxes)
        if len(texts) == len(boxes):
            return tuple(
                Placed(text, tuple(Word(text, *box) for box in parts))
                for text, parts in zip(texts, boxes, strict=True)
            )
    return tuple(_drawn(leaf.words))


def _drawn(words: Sequence[Word]) -> Iterator[Placed]:
    """Yield the words of the drawing, those broken at a line's end whole."""
    waiting: Word | None = None
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        if waiting is not None:
            yield Placed(waiting.text[:-1] + word.text, (waiting, word))
            waiting = None
        elif (
            len(word.text) > 1
            and word.text.endswith("-")
            and after is not None
            and after.left < word.left
            and after.text[:1].islower()
        ):
            waiting = word
        else:
            yield Placed(word.text, (word,))


def text_area(words: Sequence[Placed]) -> Area | None:
    """Return the part of the page that holds its text; `None` where that is nearly all or none.

    On a phone the margins of a page take half of the width: without them its text can be read.
    """
    parts = [part for word in words for part in word.parts]
    if not parts:
        return None
    left = max(0.0, min(part.left for part in parts) - ROOM)
    top = max(0.0, min(part.top for part in parts) - ROOM)
    right = min(1.0, max(part.right for part in parts) + ROOM)
    bottom = min(1.0, max(part.bottom for part in parts) + ROOM)
    return Area(left, top, right - left, bottom - top) if right - left < WORTH else None


def marked(words: Sequence[Placed], index: Index, node: Node, *, literal: bool) -> tuple[Box, ...]:
    """Return the boxes of what matches; a match over two lines has a box on each."""
    text = " ".join(word.text for word in words)
    starts = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    found = []
    at = mark = 0
    for piece in index.mark(text, node, literal=literal):
        end = at + len(piece.text)
        if piece.match:
            mark += 1
            inside = [
                part
                for word, start in zip(words, starts, strict=False)
                if start < end and start + len(word.text) > at
                for part in word.parts
            ]
            found += [_box(mark, line) for line in _lines(inside)]
        at = end
    return tuple(found)


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and (word.left < line[-1].left or word.top > line[-1].bottom):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _box(mark: int, line: Sequence[Word]) -> Box:
    left = min(word.left for word in line) - MARGIN
    top = min(word.top for word in line) - MARGIN
    right = max(word.right for word in line) + MARGIN
    bottom = max(word.bottom for word in line) + MARGIN
    return Box(mark, round(left, 4), round(top, 4), round(right - left, 4), round(bottom - top, 4))
