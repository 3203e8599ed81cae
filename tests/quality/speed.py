"""How many pages a second become papers, extraction apart, and how many tokens texts become.

In go the kept extractions of ../shared or else the sample papers, or the texts of a collection;
out come tables of one row, in processor time of one core.
"""

from __future__ import annotations

import time

from indexer.analysis.chains import Analyzer
from indexer.paper import Source
from indexer.structure.assemble import assemble
from tests.conftest import SAMPLE, SHARED
from tests.quality import compounds
from tests.quality.reading import extractions
from tests.quality.scores import Row, Table

WANTED = 1000
"""Pages a second on one core."""
TOKENS = 100_000
"""Tokens a second on one core, those of words and those of stems and parts together."""
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


def analysis() -> Table | None:
    """Return how fast the texts of a collection become tokens, with nothing remembered before."""
    if not (SHARED / "collection" / "docs.jsonl").is_file():
        return None
    written, learned = compounds.all_texts(), compounds.tables()
    best, emitted = 0.0, 0
    for _ in range(ROUNDS):
        analyzer, emitted, start = Analyzer(learned), 0, time.process_time()
        for text in written:
            stems, words = analyzer.both(text)
            emitted += len(stems) + len(words)
        best = max(best, emitted / (time.process_time() - start))
    row = Row("tokens a second (wanted, right)")
    row.wanted, row.right, row.found = TOKENS, round(best), TOKENS
    return Table(f"speed: analysis alone, {emitted} tokens", [row])
