"""`make bench-extraction`: pages per second of our extraction beside its peers, in one run.

In go PDFs (the real papers of ../shared when they are there, otherwise the sample), out comes a
table in Markdown. Every reader gets the same files in a process of its own, without OCR; readers
take turns, so that a busy moment of the machine hits all; medians. CPU seconds count all children.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.cost import ROOT, SHARED, Cost, cost, machine

LOOP = 'for f; do pdftotext "$f" - >/dev/null 2>&1; done'
READERS = (
    "ours, 1 worker",
    "ours, 1 worker, not compiled",
    "ours, 2 workers",
    "pdftotext",
    "pypdfium2",
    "pdfminer.six extract_text",
)
ONCE = "pdfminer.six extract_text"
"""So slow that it is run once."""


def main() -> None:
    """Run the readers and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--write", metavar="NAME", help="keep it in docs/benchmarks/NAME.md")
    chosen = options.parse_args()
    folder = SHARED / "papers"
    files = sorted((folder if folder.is_dir() else ROOT / "corpus" / "sample").rglob("*.pdf"))
    table = "\n".join([*machine(), *_table(files, chosen.rounds)]) + "\n"
    sys.stdout.write(table)
    if chosen.write:
        target = ROOT / "docs" / "benchmarks" / f"{chosen.write}.md"
        target.write_text(f"# Benchmark {chosen.write}\n\n{table}", "utf-8")


def _table(files: list[Path], rounds: int) -> Iterator[str]:
    costs: dict[str, list[Cost]] = {}
    for turn in range(rounds):
        for reader in READERS:
            if reader == ONCE and turn:
                continue
            single = _cost(reader, files)
            if single is not None:
                costs.setdefault(reader, []).append(single)
    pages = int(costs["ours, 1 worker"][0].out)
    rates = {name: pages / statistics.median(c.cpu for c in found) for name, found in costs.items()}
    yield f"{len(files)} files, {pages} pages; medians of {rounds} rounds (`{ONCE}`: one)."
    yield ""
    yield "| Reader | pages/CPU·s | pages/s | × extract_text | × pdftotext | peak MB |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, found in costs.items():
        wall = pages / statistics.median(c.seconds for c in found)
        peers = [
            f"{rates[name] / rates[peer]:.2f}" if peer in rates else "-"
            for peer in (ONCE, "pdftotext")
        ]
        memory = max(single.megabytes for single in found)
        figures = f"{rates[name]:.0f} | {wall:.0f} | {peers[0]} | {peers[1]} | {memory:.0f}"
        yield f"| {name} | {figures} |"


def _cost(reader: str, files: list[Path]) -> Cost | None:
    """Return what a reader costs, `None` when it is not installed."""
    names = [str(path) for path in files]
    if reader == "pdftotext":
        return cost("sh", "-c", LOOP, "sh", *names) if shutil.which("pdftotext") else None
    of_source = "1" if reader.endswith("not compiled") else "0"
    name = reader.removesuffix(", not compiled")
    python = ("env", f"KAMERZOEK_SOURCE={of_source}", sys.executable)
    return cost(*python, "-m", "tests.bench.readers", name, *names)


if __name__ == "__main__":
    main()
