"""The test collections of ../shared: how high the one paper stands that was looked for.

In go the collections, indexed anew in a temporary folder by the command itself, out comes a table
of MRR@10 and recall@10 in thousandths, one target a query (MEASURES 3). The queries are the half to
develop on; the figures to reach are those of the other half.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from indexer.cli import main
from indexer.engine.locate import engine_for
from search_app.measuring.evaluate import evaluate, make_run, read_qrels, read_topics, targets
from tests.conftest import SHARED
from tests.quality.scores import Row, Table

# set, its papers, the name its files begin with, MRR@10 and recall@10 to reach
SETS = (
    ("keyword", "docs.jsonl", "keyword.dev", 0.72, 0.92),
    ("hard", "docs.jsonl", "hard.dev", 0.88, 0.97),
    ("main", "docs.jsonl", "dev", None, None),
    ("qa", "qa.docs.jsonl", "qa.dev", 0.66, 0.82),
)
SHARES = 1000


def table() -> Table | None:
    """Return both measures of each set."""
    folder = SHARED / "collection"
    if not folder.is_dir():
        return None
    with tempfile.TemporaryDirectory() as place:
        locations = {papers: _built(folder / papers, Path(place)) for _, papers, *_ in SETS}
        rows = [row for one in SETS for row in _rows(folder, locations[one[1]], *one)]
    return Table("Test collections, one target a query, thousandths", rows)


def _built(papers: Path, place: Path) -> str:
    location = str(place / papers.name)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        if not (place / papers.name).exists():
            main(["build", str(papers), "--index", location])
    return location


def _rows(
    folder: Path, location: str, name: str, _: str, begin: str, *reach: float | None
) -> Iterator[Row]:
    topics = read_topics(folder / f"{begin}.queries.tsv")
    qrels = read_qrels(folder / f"{begin}.qrels.tsv")
    with closing(engine_for(location).open(location)) as index:
        found = evaluate(make_run(index, topics, qrels), targets(qrels))
    for measure, goal in zip(("MRR@10", "recall@10"), reach, strict=True):
        row = Row(f"{name} {measure}, {found.topics} queries", goal)
        row.wanted = row.found = SHARES
        row.right = round(SHARES * found.measures[measure])
        yield row
