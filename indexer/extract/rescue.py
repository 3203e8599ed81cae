"""A second reader for what pdfminer refuses: PDFium, by way of pypdfium2.

In goes a PDF, out come the same `RawPage`s, from the rectangles of text that PDFium finds; lines,
columns and words are ours as ever. It is asked only when there is nothing to lose: the file is
damaged for pdfminer, or shows nothing at all. It runs in the same limited child process.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from indexer.extract.characters import usual
from indexer.extract.fonts import Font
from indexer.extract.fragments import Fragment
from indexer.extract.limits import Limits
from indexer.extract.reader import RawPage

EXTRACTOR = "pypdfium2"
HEIGHT = 0.72
"""The height of a rectangle of text is about this share of the type size."""


def read_pages(path: Path, limits: Limits) -> list[RawPage]:
    """Return the pages that PDFium reads; none when it cannot read the file either."""
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError, ValueError):
        return []
    with document:
        count = min(len(document), limits.pages)
        return [
            page for number in range(count) for page in _page(document, number, limits.fragments)
        ]


def _page(document: pdfium.PdfDocument, number: int, most: int) -> Iterator[RawPage]:
    """Yield a page, or nothing when it cannot be read."""
    try:
        page = document[number]
        width, height = page.get_size()
        width, height = max(width, 1.0), max(height, 1.0)  # a damaged page may say it has none
        left, bottom, _, _ = page.get_mediabox()
        text = page.get_textpage()
        font = Font(None, {})
        fragments = tuple(
            Fragment(
                x0=x0 - left, y0=y0 - bottom, x1=x1 - left, y1=y0 - bottom,
                size=round((y1 - y0) / HEIGHT, 1), text=words, font=font, hidden=False, white=False,
            )
            for x0, y0, x1, y1 in (text.get_rect(i) for i in range(min(text.count_rects(), most)))
            if (words := usual(text.get_text_bounded(x0, y0, x1, y1))).strip()
        )  # fmt: skip
    except (pdfium.PdfiumError, ValueError):
        return
    yield RawPage(number + 1, width, height, fragments, 0.0)
