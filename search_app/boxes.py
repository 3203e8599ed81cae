"""What matches on a page of a PDF → the boxes to mark on its image.

In go the words of a page with their boxes, an open index and a query; out come boxes. The words
come from the drawing of the page itself, so they lie where the reader sees them; words that the
extraction keeps (of a scan read by OCR) can take their place by `words_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.engine.interface import Index
from indexer.engine.query import Node
from search_app.pdfimage import Leaf, Word

MARGIN = 0.002
"""Room around a word, as a part of the page."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box in parts (0 to 1) of the page; `mark` numbers the match that it belongs to, from 1."""

    mark: int
    left: float
    top: float
    width: float
    height: float


def words_of(leaf: Leaf) -> tuple[Word, ...]:
    """Return the words of a page with their boxes: the one place that knows their source."""
    return leaf.words


def marked(words: Sequence[Word], index: Index, node: Node, *, literal: bool) -> tuple[Box, ...]:
    """Return the boxes of what matches; a match over two lines has a box on each."""
    text, spans = _joined(words)
    found = []
    at = mark = 0
    for piece in index.mark(text, node, literal=literal):
        end = at + len(piece.text)
        if piece.match:
            mark += 1
            inside = [w for w, (a, b) in zip(words, spans, strict=True) if a < end and b > at]
            found += [_box(mark, line) for line in _lines(inside)]
        at = end
    return tuple(found)


def _joined(words: Sequence[Word]) -> tuple[str, list[tuple[int, int]]]:
    """Return the words as text, those broken at a line's end whole, and where each word stands."""
    text = ""
    spans = []
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        broken = (
            len(word.text) > 1
            and word.text.endswith("-")
            and after is not None
            and after.left < word.left
            and after.text[:1].islower()
        )
        shown = word.text[:-1] if broken else word.text
        spans.append((len(text), len(text) + len(shown)))
        text += shown + ("" if broken else " ")
    return text, spans


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
