"""How many pages a second become papers, extraction apart.

In go the kept extractions of ../shared or else the sample papers, out comes a table of one row.
"""

from __future__ import annotations

import time

from indexer.paper import Source
from indexer.structure.assemble import assemble
from tests.conftest import SAMPLE, SHARED
from tests.quality.reading import extractions
from tests.quality.scores import Row, Table

WANTED = 1000
"""Pages a second on one core."""
ROUNDS = 3


def structure() -> Table:
    """Return how fast structure is, in processor time, the best of a few rounds."""
    folder = SHARED / "papers"
    read = list(extractions((folder if folder.is_dir() else SAMPLE).glob("*.pdf")))
    pages = sum(len(extraction.pages) for _, extraction in read)
    best = 0.0
    for _ in range(ROUNDS):
        start = time.process_time()
        for path, extraction in read:
            assemble(extraction, Source(path.name, "0" * 64, len(extraction.pages), "bench"))
        best = max(best, pages / (time.process_time() - start))
    row = Row("pages a second (wanted, right)")
    row.wanted, row.right, row.found = WANTED, round(best), WANTED
    return Table(f"speed: structure alone, {pages} pages", [row])
