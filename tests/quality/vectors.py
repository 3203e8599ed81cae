"""`python -m tests.quality.vectors DIR COUNT`: vectors of passages of ../shared/scale in a folder.

In goes how many, evenly chosen; out come vectors in a store, saved as they are made, so that the
command can be stopped and called again. They cost .14 CPU s each, and `threshold-large-meaning`
takes them from there (`threshold.MADE`).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from indexer.analysis.embedding import HOW_TO_INSTALL, model_name
from indexer.embedding_stage import embed
from indexer.files import Files
from indexer.paper import Paper
from indexer.papers_jsonl import read
from indexer.vector_store import VectorStore
from tests.quality.threshold import LARGE, evenly


def main(place: str, count: int) -> None:
    """Make the vectors that are not there, by one process."""
    model = model_name()
    if model is None:
        sys.exit(f"There is no model here: {HOW_TO_INSTALL}")
    store = VectorStore(Files(place), model)
    with tempfile.TemporaryDirectory() as folder:
        lines = read(evenly(LARGE, count, Path(folder, "beside.jsonl.xz")))
        papers = (line.paper for line in lines if isinstance(line.paper, Paper))
        for done in embed(papers, store, workers=1):
            sys.stdout.write(f"\r{done}")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
