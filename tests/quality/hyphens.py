"""Words broken at line ends: what was decided beside what people marked.

The marks of real papers hold no text: a break is a salted hash of the halves, with what it must
become (`whole`, `hyphen` or `apart`). They were made by reading all breaks in the papers of
../shared one by one. The truth of the sample is in its own files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from indexer.extract import read, words
from indexer.extract.limits import ExtractionError
from tests.conftest import SHARED
from tests.quality.scores import Row, Table
from tests.quality.watching import watching

FILE = Path(__file__).with_name("hyphens.json")
SALT = "kamerzoek-breaks-1"
REACH = 0.993

Break = tuple[str, str, str]
"""File, hash of the halves, decision."""


def table() -> Table | None:
    """Return how many breaks are decided as marked."""
    if not (SHARED / "papers").is_dir():
        return None
    marks = {(file, key): kind for file, key, kind in json.loads(FILE.read_text("utf-8"))}
    row = Row("breaks at line ends, real papers", REACH)
    for path in sorted((SHARED / "papers").glob("*.pdf")):
        for file, key, kind in breaks(path):
            if (file, key) in marks:
                row.add(f"{file[-40:]} {key}", marks[file, key], kind)
    return Table("Line-end hyphens", (row,))


def breaks(path: Path) -> Iterator[Break]:
    """Yield the breaks of a paper in reading order, as decided now."""
    found: list[Break] = []
    decide = words.decide

    def noted(broken: words.Break, known: words.Counts) -> str:
        kind = decide(broken, known)
        right = broken.right + "," * (broken.closed and broken.right == "en")
        found.append((path.name, hashed(broken.before + broken.left, right), kind))
        return kind

    with watching(words, "decide", noted):
        try:
            read.extract(path, ocr="off")
        except ExtractionError:
            return
    yield from found


def hashed(left: str, right: str) -> str:
    """Return the hash under which a break is marked."""
    return hashlib.sha256(f"{SALT}|{left}|{right}".encode()).hexdigest()[:12]
