"""`make bench`: from a folder of PDFs to an index beside the plain script and Recoll; searches.

In go the real papers of ../shared when they are there, otherwise the sample papers; out comes a
table in Markdown on stdout, and in docs/benchmarks/building.md with `--write`. All sides read the
same files on the same machine in one run, without OCR. Recoll (poppler and Xapian, no structure) is
left out where `recollindex` is not installed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.cost import ROOT, SHARED, Cost, cost, machine
from tests.bench.parent import small_papers

COLLECTION = SHARED / "collection"
TARGET = ROOT / "docs" / "benchmarks" / "building.md"
PLAIN = "`extract_text` + Whoosh"
RECOLL = "recollindex"


@dataclass(frozen=True)
class Side:
    """One way to build: how it is run into a fresh directory, and how often at the most."""

    build: Callable[[Path], Cost]
    rounds: int


def main() -> None:
    """Run the benchmarks and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", action="store_true", help=f"keep it in {TARGET.name}")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--quick", action="store_true", help="leave the searches out")
    options.add_argument("--files", type=int, default=1_000, help="papers of an unchanged folder")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        lines = [*machine(), *_building(Path(scratch), chosen.rounds)]
        lines += _unchanged(Path(scratch), chosen.files)
        if not chosen.quick and COLLECTION.is_dir():
            lines += _searching(Path(scratch))
    table = "\n".join(lines) + "\n"
    sys.stdout.write(table)
    if chosen.write:
        TARGET.write_text(f"# From PDFs to an index\n\n{table}", "utf-8")


def _program(*command: str, allowed: Sequence[int] = (0,)) -> Cost:
    return cost(sys.executable, *command, allowed=allowed)


def _building(scratch: Path, rounds: int) -> Iterator[str]:
    papers = SHARED / "papers"
    papers = papers if papers.is_dir() else ROOT / "corpus" / "sample"
    sides = {
        PLAIN: Side(partial(_plain, papers), 1),
        "our build": Side(partial(_ours, papers, 1), rounds),
        "our build, two workers": Side(partial(_ours, papers, 2), rounds),
    }
    if shutil.which(RECOLL):
        sides[RECOLL] = Side(partial(_recoll, papers), rounds)
    costs = _costs(sides, scratch, rounds)
    told = json.loads(costs["our build"][0].out.splitlines()[-1])
    yield "## Building"
    yield ""
    yield f"{papers.name}: {told['papers']} papers, {told['pages']} pages, {told['failed']} failed."
    yield f"Medians of {rounds} rounds (the plain script: one), the sides in turn."
    yield ""
    yield "| | wall s | CPU s | largest process, MB | × plain script | × recollindex |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    cpu = {name: statistics.median(each.cpu for each in given) for name, given in costs.items()}
    for name, given in costs.items():
        wall = statistics.median(each.seconds for each in given)
        memory = statistics.median(each.megabytes for each in given)
        ratios = [f"{cpu[peer] / cpu[name]:.2f}" if peer in cpu else "" for peer in (PLAIN, RECOLL)]
        figures = [f"{wall:.2f}", f"{cpu[name]:.2f}", f"{memory:.0f}", *ratios]
        yield f"| {name} | {' | '.join(figures)} |"
    yield ""


def _costs(sides: Mapping[str, Side], scratch: Path, rounds: int) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {name: [] for name in sides}
    for number in range(rounds):
        for name, side in sides.items():
            if number < side.rounds:
                with tempfile.TemporaryDirectory(dir=scratch) as fresh:
                    costs[name].append(side.build(Path(fresh)))
    return costs


def _ours(papers: Path, workers: int, fresh: Path) -> Cost:
    command = ("-m", "indexer", "build", str(papers), "--index", str(fresh / "index"))
    options = ("--workers", str(workers), "--ocr", "off", "--json")
    return _program(*command, *options, allowed=(0, 3))


def _plain(papers: Path, fresh: Path) -> Cost:
    return _program("-m", "tests.bench.plain", str(papers), str(fresh))


def _recoll(papers: Path, fresh: Path) -> Cost:
    (fresh / "recoll.conf").write_text(f"topdirs = {papers}\npdfocr = 0\nloglevel = 1\n", "utf-8")
    return cost(RECOLL, "-c", str(fresh))


def _unchanged(scratch: Path, count: int) -> Iterator[str]:
    """Build a folder of so many small papers, and once more when nothing has changed."""
    folder = scratch / "many"
    small_papers(folder, count)
    options = ("--index", str(scratch / "unchanged"), "--ocr", "off", "--json")
    build = ("-m", "indexer", "build", str(folder), *options)
    first, again = _program(*build), _program(*build)
    skipped = json.loads(again.out.splitlines()[-1])["skipped"]
    yield "## Nothing changed"
    yield ""
    yield f"{count} papers of a page: {first.cpu:.1f} CPU s the first time; the second time"
    yield f"{skipped} skipped in {again.cpu:.2f} CPU s, {again.seconds:.2f} s wall."
    yield ""


def _searching(scratch: Path) -> Iterator[str]:
    location, queries = str(scratch / "collection"), scratch / "queries.txt"
    source = str(COLLECTION / "docs.jsonl")
    built = _program("-m", "indexer", "build", source, "--index", location, "--json")
    papers = json.loads(built.out.splitlines()[-1])["papers"]
    yield "## Searching"
    yield ""
    yield f"{papers} motions, indexed in {built.seconds:.1f} s ({built.cpu:.1f} CPU s)."
    yield ""
    yield "| queries | p50 ms | p95 ms | per second, 1 thread | 2 | 8 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name in ("dev", "hard.dev", "keyword.dev", "qa.dev"):
        lines = (COLLECTION / f"{name}.queries.tsv").read_text("utf-8").splitlines()[1:]
        queries.write_text("\n".join(line.split("\t")[1] for line in lines), "utf-8")
        bench = ("-m", "search_app", "bench", "--index", location, "--queries", str(queries))
        found = json.loads(_program(*bench, "--json").out.splitlines()[-1])
        rates = " | ".join(f"{rate:.0f}" for rate in found["per_second"].values())
        yield f"| {name} ({found['queries']}) | {found['p50']:.1f} | {found['p95']:.1f} | {rates} |"
    yield ""


if __name__ == "__main__":
    main()
