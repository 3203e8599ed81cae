"""Pages of two columns whose text is known, painted row by row across both.

In go motions of ../shared; out come pages in different widths, gutters and type sizes, some with a
wide title over the columns, and how many pairs of words that occur once are read in their order, by
us and by our peers. A reader that follows the order of painting gets about half of the pairs of
lines wrong that stand in both columns.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from indexer.extract import read
from tests.conftest import SHARED
from tests.quality import extraction
from tests.quality.scores import Row, Table

SEED, PAGES, LINES = 20261125, 60, 46
FONTS = ("Times-Roman", "Helvetica")
TOP, EDGE, WIDTH = 780.0, 60.0, 475.0


def table() -> Table | None:
    """Return how many pairs of words are in their order, by reader."""
    motions = SHARED / "collection" / "docs.jsonl"
    if not motions.is_file():
        return None
    texts = [json.loads(line)["text"] for line in motions.read_text("utf-8").splitlines()]
    rows = {
        name: Row(f"pairs of words in their order, {name}", 0.998 if name == "ours" else None)
        for name in ("ours", "pdfium", "poppler")
    }
    random_ = random.Random(SEED)
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(PAGES):
            path = Path(scratch) / f"{number}.pdf"
            known = extraction._bag(_set(path, random_.sample(texts, 8), random_))
            for name, text in _read(path):
                pairs, right = extraction._agreement(extraction._bag(text), known)
                rows[name].wanted += pairs
                rows[name].found += pairs
                rows[name].right += right
                if right < 0.998 * pairs:
                    rows[name].misses.append(f"page {number}: {right / pairs:.3f}")
    return Table("Two columns of known text", tuple(rows.values()))


def _read(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the text of a page as each reader gives it."""
    yield "ours", read.extract(path, ocr="off").pages[0].text
    with pdfium.PdfDocument(path) as document:
        yield "pdfium", document[0].get_textpage().get_text_range()
    poppler = extraction._poppler(path)
    if poppler:
        yield "poppler", poppler[0]


def _set(path: Path, texts: list[str], random_: random.Random) -> str:
    """Set a page and return its text in the order in which a person reads it."""
    font, size = random_.choice(FONTS), random_.choice((8.0, 9.0, 10.0))
    gutter = random_.choice((12.0, 16.0, 20.0, 28.0))
    measure = (WIDTH - gutter) / 2
    title = texts[0].split("\n")[0] if random_.random() < 0.5 else ""
    lines = [line for text in texts for line in simpleSplit(text, font, size, measure)]
    count = random_.randrange(LINES // 2, LINES)
    left, right = lines[:LINES], lines[LINES : LINES + count]
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont(font, 14)
    canvas.drawString(EDGE, TOP + 26, title)
    canvas.setFont(font, size)
    for row in range(LINES):
        y = TOP - (size + 3) * row
        canvas.drawString(EDGE, y, left[row] if row < len(left) else "")
        canvas.drawString(EDGE + measure + gutter, y, right[row] if row < len(right) else "")
    canvas.save()
    return "\n".join([title, *left, *right])
