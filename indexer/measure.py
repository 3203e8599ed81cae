"""PDFs → their text alone, for measuring what reading costs.

In go sources and a directory, out come text files in it and what it cost. Nothing is known from
earlier: every PDF is read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.extract import read, worker
from indexer.extract.limits import Limits
from indexer.files import write_whole
from indexer.folder import find
from indexer.how import How
from indexer.paper import Extraction, Failure
from indexer.progress import Progress
from indexer.store import sha256_of


@dataclass(frozen=True, slots=True)
class Extracted:
    """What reading text alone came to; `cpu_seconds` are those of this process and its children."""

    files: int
    pages: int
    failed: int
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class ReadText:
    """PDF → Extraction, to be called in a child process."""

    limits: Limits
    ocr: str

    def __call__(self, path: Path) -> Extraction:
        """Return the text of a PDF. Raises `ExtractionError`."""
        return read.extract(path, limits=self.limits, ocr=self.ocr, before_rescue=worker.keep)


def extract_all(
    sources: Sequence[str], root: Path, how: How
) -> Generator[Progress, None, Extracted]:
    """Read the text of all PDFs, known or not, into `root`/texts: for measuring."""
    start, cpu = time.monotonic(), _cpu_seconds()
    paths = [pdf.path for pdf in find(sources).pdfs]
    task = ReadText(how.limits, how.ocr)
    pages = failed = 0
    found = worker.run(task, paths, workers=how.workers, limits=how.limits)
    for number, (path, result) in enumerate(found, 1):
        if isinstance(result, Failure):
            failed += 1
        else:
            pages += len(result.pages)
            text = "\f".join(page.text for page in result.pages)
            target = root / "texts" / f"{sha256_of(path)}.txt"
            write_whole(target, text.encode("utf-8", "replace"))
        yield Progress("tekst lezen", number, len(paths), failed)
    seconds = round(time.monotonic() - start, 3)
    return Extracted(len(paths), pages, failed, seconds, round(_cpu_seconds() - cpu, 3))


def _cpu_seconds() -> float:
    return sum(os.times()[:4])
