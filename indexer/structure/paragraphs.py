"""Printed lines to paragraphs, and paragraphs to the text of a passage.

In go lines of a `Body`, out come paragraphs of one line each and, composed, the text of a passage
with the offsets at which its next pages begin. A gap above a line is a strong hint and no proof:
a column can end in the middle of a sentence, and tight print has no gaps at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.structure.body import NOTE, Line

# An item of a list begins a paragraph. Must match `- de kosten`, `• de kosten`, `a. de kosten`,
# `2) De kosten`, `1. De kosten`; must not match `3.2 miljoen`, `13 december` or `A. de Vries`.
ITEM = re.compile(r"[-–—•▪●‣*·o] (?=\S)|\d{1,2}[.)] (?=\D)|[a-z][.)] (?=\S)|\d{1,2}\) ")
SENTENCE_END = re.compile(r"[.?!:;…][»”\"’')\]]*(?: ?\d{1,2})?$")
"""A line that ends a sentence, with a footnote's mark behind it or not: `Zo ja, welke? 3`."""
SHORT = 0.8
"""A line this much shorter than the text's usual width ends before the margin."""
LONGEST_LINE = 200
"""Longer than any line in print: the text has a paragraph on each line."""


class Paragraph(NamedTuple):
    """A paragraph: its text on one line, and for each page it stands on where that begins."""

    text: str
    pages: tuple[tuple[int, int], ...]
    note: bool = False

    @property
    def words(self) -> int:
        """Return about how many words it has."""
        return self.text.count(" ") + 1


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a passage, its pages, and where each page after the first begins in it."""

    text: str
    page_first: int | None = None
    page_last: int | None = None
    breaks: tuple[int, ...] = ()


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Join printed lines to paragraphs, in order; nothing is left out."""
    width = _usual_width(lines)
    found: list[Paragraph] = []
    block: list[Line] = []
    for line in lines:
        if block and _begins(block[-1], line, width):
            found.append(_joined(block))
            block = []
        block.append(line)
    if block:
        found.append(_joined(block))
    return found


def compose(parts: Iterable[Paragraph]) -> Composed:
    """Set paragraphs under each other and count where pages begin."""
    texts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for part in parts:
        starts += ((page, length + offset) for page, offset in part.pages)
        texts.append(part.text)
        length += len(part.text) + 1
    if not starts:
        return Composed("")
    first, last = starts[0][0], starts[-1][0]
    begins = dict(reversed(starts))
    breaks: list[int] = []
    for page in range(last, first, -1):  # an empty page begins where the next one does
        breaks.append(begins.get(page, breaks[-1] if breaks else length))
    return Composed("\n".join(texts), first, last, tuple(reversed(breaks)))


def _usual_width(lines: Sequence[Line]) -> int:
    widths = sorted(len(line.text) for line in lines if not line.note)
    return widths[len(widths) * 4 // 5] if widths else 0


def _joined(block: Sequence[Line]) -> Paragraph:
    texts: list[str] = []
    pages: list[tuple[int, int]] = []
    length = 0
    for line in block:
        if not pages or pages[-1][0] != line.page:
            pages.append((line.page, length))
        texts.append(line.text)
        length += len(line.text) + 1
    return Paragraph(" ".join(texts), tuple(pages), note=block[0].note)


def _begins(before: Line, line: Line, width: int) -> bool:
    """Tell whether a line begins a paragraph."""
    if before.note != line.note:
        return True
    if line.note:
        return NOTE.match(line.text) is not None
    goes_on = line.text[:1].islower()
    if ITEM.match(line.text):
        return line.gap or not goes_on or SENTENCE_END.search(before.text) is not None
    if goes_on and not SENTENCE_END.search(before.text):
        return False
    if line.gap:
        return True
    return _ends_early(before, line, width)


def _ends_early(before: Line, line: Line, width: int) -> bool:
    """Tell whether the line before stops where its paragraph does, without a gap to show it."""
    if before.page != line.page or len(before.text) > LONGEST_LINE:
        return SENTENCE_END.search(before.text) is not None
    if line.text[:1].islower():
        return False
    share = SHORT if SENTENCE_END.search(before.text) else SHORT / 1.6
    return len(before.text) < share * width
