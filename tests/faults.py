"""What a test of faults found, as a row: printed, and kept for the table of a long run.

`FAULTS=rows.jsonl make soak` keeps the rows; `python -m tests.faults rows.jsonl` prints the table
that docs/benchmarks/faults.md holds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = ("Test", "Bar", "Done", "Faults that took effect", "Seed", "Date", "Revision")


@dataclass(frozen=True, slots=True)
class Row:
    """A test, its bar, what was done, and which faults really happened."""

    test: str
    bar: str
    done: str
    effective: str
    seed: str
    date: str = ""
    revision: str = ""


def tell(test: str, *, bar: str, done: str, effective: str, seed: object = "none") -> None:
    """Print what a test did, with its seed; keep it as a row when a long run asks for it."""
    print(f"seed {seed}: {test}: {done}; {effective}")  # noqa: T201 - SAFETY asks for it
    target = os.environ.get("FAULTS")
    if target:
        row = Row(
            test, bar, done, effective, str(seed), f"{datetime.now(UTC):%Y-%m-%d}", revision()
        )
        with Path(target).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(row)) + "\n")


def revision() -> str:
    """Return the commit that is tested, with a plus when files differ from it."""
    asked = ("git", "describe", "--always", "--dirty=+", "--abbrev=7", "--exclude=*")
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def table(lines: Iterable[str]) -> str:
    """Return rows as a table of Markdown; of two rows of one test and bar the later counts."""
    rows = [Row(**json.loads(line)) for line in lines if line.strip()]
    last = {(row.test, row.bar): row for row in rows}
    written = [" | ".join(HEAD), " | ".join("---" for _ in HEAD)]
    written += [" | ".join(asdict(row).values()) for row in last.values()]
    return "\n".join(f"| {line} |" for line in written)


if __name__ == "__main__":
    print(table(Path(sys.argv[1]).read_text("utf-8").splitlines()))  # noqa: T201
