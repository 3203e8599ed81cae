"""Extraction beside its peers: words found, order, words of the dictionary, marks glued to words.

In go the real papers of ../shared, out come tables as in MEASURES §1. No reader is the truth, so
two others are asked: PDFium (words are right, order is that of the content) and poppler (order by
place). Pages without text, or that PDFium reads as garbage, say nothing and are left out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from indexer.boxes import unpack
from indexer.extract import read
from indexer.extract.characters import composed, usual
from indexer.extract.garbage import is_garbage
from indexer.extract.limits import ExtractionError
from tests.conftest import SHARED
from tests.quality.scores import Row, Table

DICTIONARY = Path(os.environ.get("KAMERZOEK_DICTIONARY", "/usr/share/dict/dutch"))
"""A word a line; the package wdutch of Debian, the words of OpenTaal, lies there."""
WORD = re.compile(r"[^\W\d_]{2,}")
GLUED = re.compile(
    r"(?<!\S)[a-z]{4,}(?:[.,;:]\d{1,2}(?=[\s,;:)]|$)|\d{1,2}(?=[\s,;:)]|\.(?!\w)|$))"
)
"""`akkoord1`, `akkoord.1`; not the number of a list (`maakt.2. Het`) or an address."""
BROKEN = re.compile(r"[\x02\ufffe\xad-]\s*\r?\n\s*(?!(?:en|of)\b)")
"""A word goes on in the next line; not in `wet-` and `en regelgeving`."""
LEAST = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as three readers read it; `boxed` is the share of our words that have a box.

    `ours` holds furniture too, `body` the running text alone.
    """

    name: str
    body: str
    ours: str
    pdfium: str
    poppler: str
    boxed: float


def beside() -> Table | None:
    """Return how much of what others read we read too, and whether in their order."""
    sheets = _all()
    rows = (*_found(sheets), *_orders(sheets))
    return Table("Extraction beside PDFium and poppler", rows) if sheets else None


def words() -> Table | None:
    """Return how many words are in the dictionary, and without a note's mark glued on."""
    sheets = _all()
    title = "Words of the dictionary, marks glued to words"
    return Table(title, tuple(_words(sheets))) if sheets else None


@cache
def _all() -> list[Sheet]:
    return list(_sheets(sorted((SHARED / "papers").glob("*.pdf"))))


def _sheets(paths: Iterable[Path]) -> Iterator[Sheet]:
    for path in paths:
        try:
            pages = read.extract(path, ocr="off").pages
            document = pdfium.PdfDocument(path)
        except (ExtractionError, pdfium.PdfiumError):
            continue
        poppler = _poppler(path)
        for page in pages:
            other = document[page.number - 1].get_textpage().get_text_range()
            if is_garbage(other) or len(WORD.findall(other)) < LEAST:
                continue
            ours = "\n".join((page.text, *page.furniture))
            boxed = len(unpack(page.boxes)) / max(1, len(page.text.split()))
            theirs = poppler[page.number - 1] if page.number <= len(poppler) else ""
            yield Sheet(
                f"{path.name[-30:]} p. {page.number}", page.text, ours, other, theirs, boxed
            )


def _poppler(path: Path) -> list[str]:
    if shutil.which("pdftotext") is None:
        return []
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace").split("\f")


def _bag(text: str) -> list[str]:
    """Return the words in order, those broken at a line's end whole."""
    return [word.lower() for word in WORD.findall(_whole(text))]


def _whole(text: str) -> str:
    whole = BROKEN.sub("", text)
    return composed(usual(whole))


def _found(sheets: list[Sheet]) -> Iterator[Row]:
    recall = Row("words that PDFium finds", 0.995)
    boxes = Row("words with a box", 1.0)
    for sheet in sheets:
        theirs = Counter(_bag(sheet.pdfium))
        letters = "".join(_bag(sheet.ours))
        missed = theirs - Counter(_bag(sheet.ours))
        lost = [word for word in missed.elements() if word not in letters]
        recall.wanted += theirs.total()
        recall.found += theirs.total()
        recall.right += theirs.total() - len(lost)
        if lost:
            recall.misses.append(f"{sheet.name}: {len(lost)} words")
        boxes.add(sheet.name, 1.0, sheet.boxed)
    yield recall
    yield boxes


def _orders(sheets: list[Sheet]) -> Iterator[Row]:
    for name, reach in (("pdfium", 0.99), ("poppler", None)):  # poppler reads tables by column
        row = Row(f"pairs of words in the order of {name}", reach)
        for sheet in sheets:
            pairs, right = _agreement(_bag(sheet.body), _bag(getattr(sheet, name)))
            row.wanted += pairs
            row.found += pairs
            row.right += right
            if pairs and right < 0.9 * pairs:
                row.misses.append(f"{sheet.name}: {right / pairs:.2f}")
        yield row


def _agreement(ours: list[str], theirs: list[str]) -> tuple[int, int]:
    """Return how many pairs of words that occur once stand in both, and in the same order."""
    once = {word for word, count in Counter(theirs).items() if count == 1}
    once &= {word for word, count in Counter(ours).items() if count == 1}
    place = {word: i for i, word in enumerate(theirs)}
    ranks = np.array([place[word] for word in ours if word in once])
    if len(ranks) < 2:
        return 0, 0
    later = ranks[None, :] > ranks[:, None]
    total = len(ranks) * (len(ranks) - 1) // 2
    return total, int(np.triu(later, 1).sum())


@cache
def _dictionary() -> frozenset[str]:
    if not DICTIONARY.exists():
        return frozenset()
    return frozenset(word.lower() for word in DICTIONARY.read_text("utf-8").split())


def _words(sheets: list[Sheet]) -> Iterator[Row]:
    for name, reach in (("ours", 0.98), ("pdfium", None), ("poppler", None)):
        known = Row(f"words in the dictionary, {name}", reach)
        if _dictionary():
            shown = [word for sheet in sheets for word in _bag(getattr(sheet, name))]
            known.wanted = known.found = len(shown)
            known.right = sum(word in _dictionary() for word in shown)
            yield known
            # Names and abbreviations are in no dictionary, whoever reads them.
            small = Row(f"the same, small letters alone, {name}")
            texts = [_whole(getattr(sheet, name)) for sheet in sheets]
            plain = [word for text in texts for word in WORD.findall(text) if word.islower()]
            small.wanted = small.found = len(plain)
            small.right = sum(word in _dictionary() for word in plain)
            yield small
    for name in ("ours", "pdfium", "poppler"):
        glued = Row(f"words without a mark glued on, {name}", 1.0 if name == "ours" else None)
        for sheet in sheets:
            text = getattr(sheet, name)
            wrong = GLUED.findall(text)
            glued.wanted += len(text.split())
            glued.right += len(text.split()) - len(wrong)
            glued.misses += [sheet.name] * (len(wrong) if name == "ours" else 0)
        glued.found = glued.wanted
        yield glued
