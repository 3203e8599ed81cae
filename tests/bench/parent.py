"""`python -m tests.bench.parent`: memory of the process that hands out papers, over many of them.

In go a number of small papers, made here, each with a text of its own; they are read as
`python -m indexer extract` reads them. Out comes JSON: MB of the parent at each twentieth of the
run, and by how much the second half is above the first tenth.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from indexer.extract.limits import Limits
from indexer.how import How
from indexer.measure import extract_all
from tests.extract import hostile

STEPS = 20


def main() -> None:
    """Read the papers and print how much memory the parent had on the way."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--papers", type=int, default=10_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        small_papers(Path(scratch) / "in", chosen.papers)
        sizes = list(_sizes(Path(scratch), chosen.papers))
    early, late = max(sizes[: STEPS // 10]), max(sizes[STEPS // 2 :])
    found = {"papers": chosen.papers, "megabytes": sizes, "more": round(late - early, 1)}
    sys.stdout.write(json.dumps(found) + "\n")


def small_papers(folder: Path, count: int) -> None:
    """Write so many papers of a page, each with a text of its own, into a new folder."""
    folder.mkdir()
    for number in range(count):
        content = b"BT /F1 12 Tf 90 700 Td (Dit is stuk %d van de stapel) Tj ET" % number
        (folder / f"{number:06}.pdf").write_bytes(hostile.changed(o4=hostile.stream(content)))


def _sizes(folder: Path, count: int) -> Iterator[float]:
    """Yield the MB that the process holds, as often as there are steps."""
    how = How(limits=Limits(), ocr="off", workers=2)
    done = 0
    for progress in extract_all([str(folder / "in")], folder, how):
        assert progress.failed == 0
        done += 1
        if done % (count // STEPS) == 0:
            yield _megabytes()
    assert done == count


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return round(pages * resource.getpagesize() / 2**20, 1)


if __name__ == "__main__":
    main()
