"""Pages with a table whose text is known: cells of several lines, with or without rules.

In go motions of ../shared; out come pages, each with a paragraph, a table and a paragraph: rules
between the rows, above and below the table alone, or none; two to four columns of text beside
a number; cells set on top or in the middle of their row. Counted are the cells of several lines
that stand whole in the text, and the pairs of words that occur once which are read in the order of
a person: cell by cell. Of rows of one line each row must stand whole: a reader that sees cells
where there are rows does worse there.
"""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from indexer.extract import read
from tests.conftest import SHARED
from tests.quality import extraction
from tests.quality.scores import Row, Table

SEED, PAGES = 20261130, 40
FONT = "Helvetica"
TOP, EDGE, RIGHT, PAD = 780.0, 60.0, 535.0, 8.0
KINDS = {
    "rules between rows": {"between": True},
    "no rules": {},
    "rules between rows, set in the middle": {"between": True, "middle": True},
    "rows of one line": {"between": False, "single": True},
    "grid": {"between": True, "grid": True},
}


def table() -> Table | None:
    """Return how many pairs of words are in their order, by kind of table."""
    motions = SHARED / "collection" / "docs.jsonl"
    if not motions.is_file():
        return None
    texts = [json.loads(line)["text"] for line in motions.read_text("utf-8").splitlines()]
    rows = []
    random_ = random.Random(SEED)
    with tempfile.TemporaryDirectory() as scratch:
        for kind, how in KINDS.items():
            row = Row(f"pairs of words in their order, {kind}")
            whole = Row(f"{'rows' if 'single' in how else 'cells'} that are whole, {kind}")
            for number in range(PAGES):
                path, page = Path(scratch) / f"{number}.pdf", _Page(random_, texts, **how)
                known = extraction._bag(page.set(path))
                text = " ".join(read.extract(path, ocr="off").pages[0].text.split())
                for piece in page.pieces:
                    whole.add(f"page {number}", True, piece in text)
                pairs, right = extraction._agreement(extraction._bag(text), known)
                row.wanted += pairs
                row.found += pairs
                row.right += right
                if right < 0.998 * pairs:
                    row.misses.append(f"page {number}: {right / pairs:.3f}")
            rows += [whole, row]
    return Table("Tables of known text", tuple(rows))


class _Page:
    """A page with a table between two paragraphs."""

    def __init__(
        self, random_: random.Random, texts: list[str],
        *, between: bool = False, middle: bool = False, single: bool = False, grid: bool = False,
    ) -> None:  # fmt: skip
        self._random, self._texts = random_, texts
        self._between, self._middle, self._single, self._grid = between, middle, single, grid
        self._size = random_.choice((8.0, 9.0, 10.0))
        self._step = self._size + random_.choice((1.5, 2.0, 3.0))
        count = random_.choice((2, 3, 4))
        shares = [random_.uniform(1, 2.5) for _ in range(count)]
        width = (RIGHT - EDGE - 40) / sum(shares)
        self._lefts = [EDGE, EDGE + 40]
        self.pieces: list[str] = []
        for share in shares:
            self._lefts.append(self._lefts[-1] + share * width)

    def set(self, path: Path) -> str:
        """Set the page and return its text as a person reads it."""
        canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
        canvas.setFont(FONT, self._size)
        said = [self._paragraph(canvas, TOP)]
        y = TOP - 6 * self._step
        self._rule(canvas, y)
        for number in range(1, self._random.randrange(7, 12)):
            text, y = self._row(canvas, number, y)
            said.append(text)
        self._rule(canvas, y)
        said.append(self._paragraph(canvas, y - 3 * self._step))
        canvas.save()
        return "\n".join(said)

    def _words(self, count: int) -> str:
        words = self._random.choice(self._texts).split()
        start = self._random.randrange(max(1, len(words) - count))
        return " ".join(words[start : start + count])

    def _paragraph(self, canvas: Canvas, y: float) -> str:
        lines = simpleSplit(self._words(45), FONT, self._size, RIGHT - EDGE)[:4]
        for number, line in enumerate(lines):
            canvas.drawString(EDGE, y - self._step * number, line)
        return " ".join(lines)

    def _row(self, canvas: Canvas, number: int, top: float) -> tuple[str, float]:
        cells = [[f"{number}"]]
        for left, right in zip(self._lefts[1:], self._lefts[2:], strict=False):
            words = self._words(self._random.choice((1, 2, 4, 8, 12)))
            lines = simpleSplit(words, FONT, self._size, right - left - PAD)
            cells.append(lines[:1] if self._single else lines)
        most = max(map(len, cells))
        if self._single:
            self.pieces.append(" ".join(line for lines in cells for line in lines))
        self.pieces += [" ".join(lines) for lines in cells if len(lines) > 1]
        pad = 3.0 if self._between or self._single else self._step
        for left, lines in zip(self._lefts, cells, strict=False):
            y = top - self._step - (self._step * (most - len(lines)) / 2 if self._middle else 0)
            for place, line in enumerate(lines):
                canvas.drawString(left + 3, y - self._step * place, line)
        bottom = top - self._step * most - pad
        if self._between:
            self._rule(canvas, bottom)
        if self._grid:
            for x in self._lefts:
                canvas.line(x, bottom, x, top)
        return " ".join(line for lines in cells for line in lines), bottom

    def _rule(self, canvas: Canvas, y: float) -> None:
        canvas.line(EDGE, y, RIGHT, y)
