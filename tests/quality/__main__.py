"""`make quality`: print how often the papers are read right, table by table.

Each table is a function that returns a `Table`, or `None` when what it needs is not there. A new
area adds its functions to `TABLES`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

# Before anything of indexer is loaded: some tables note what modules hand each other.
os.environ["KAMERZOEK_SOURCE"] = "1"

from tests.quality import (
    citing,
    compounds,
    earlier,
    extraction,
    facts,
    hyphens,
    layout,
    pairs,
    pastes,
    retrieval,
    seen,
    set_breaks,
    speed,
    spelling,
    tables,
    threshold,
    two_columns,
    unknown,
)
from tests.quality.scores import SHOWN, Table, rendered

TABLES: tuple[tuple[str, Callable[[], Table | None]], ...] = (
    ("splitting", earlier.splitting),
    ("earlier", earlier.harder),
    ("pastes", pastes.by_words),
    ("pastes-meaning", pastes.by_meaning),
    ("threshold", threshold.by_words),
    ("threshold-meaning", threshold.by_meaning),
    ("threshold-large", threshold.in_large),
    ("threshold-large-meaning", threshold.in_large_by_meaning),
    ("sample", facts.sample),
    ("marks", facts.marked),
    ("xml", facts.official_xml),
    ("kamervragen", pairs.kamervragen),
    ("letters", facts.letters),
    ("pairs", pairs.in_pdfs),
    ("citations", citing.annotated),
    ("citations-print", citing.in_print),
    ("retrieval", retrieval.table),
    ("compounds", compounds.table),
    ("spelling", spelling.table),
    ("speed", speed.structure),
    ("speed-analysis", speed.analysis),
    ("extraction", extraction.beside),
    ("two-columns", two_columns.table),
    ("tables", tables.table),
    ("dictionary", extraction.words),
    ("unknown", unknown.table),
    ("hyphens", hyphens.table),
    ("hyphens-set", set_breaks.table),
    ("layout", layout.table),
    ("seen", seen.table),
)

ASKED_FOR = ("pastes-meaning", "threshold-meaning", "threshold-large", "threshold-large-meaning")
"""Tables that are made only by name: they take minutes."""


def main() -> None:
    """Print the tables that are asked for, or all of them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("tables", nargs="*", help=", ".join(name for name, _ in TABLES))
    options.add_argument("--misses", type=int, default=SHOWN, help="how many are listed a row")
    chosen = options.parse_args()
    for name, make in TABLES:
        if name in chosen.tables or not (chosen.tables or name in ASKED_FOR):
            table = make()
            lines = [f"\n## {name}: left out, ../shared is not there"] if table is None else []
            lines += rendered(table, misses=chosen.misses) if table else []
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
