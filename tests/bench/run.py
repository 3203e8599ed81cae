"""`make bench`: our build beside the plain script, and the time of a search, as a table.

In go the real papers of ../shared when they are there, otherwise the sample papers; out comes a
table in Markdown on stdout, and in docs/benchmarks/NAME.md with `--write NAME`. Both sides read
the same files on the same machine in one run, one process each, without OCR.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KAMERZOEK_SHARED", ROOT.parent / "shared"))
COLLECTION = SHARED / "collection"


@dataclass(frozen=True)
class Cost:
    """What a command cost, its children included; memory is of its largest process."""

    seconds: float
    cpu: float
    megabytes: float
    out: str


def main() -> None:
    """Run the benchmarks and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--write", metavar="NAME", help="keep it in docs/benchmarks/NAME.md")
    options.add_argument("--quick", action="store_true", help="leave the searches out")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        lines = [*_machine(), *_building(Path(scratch))]
        if not chosen.quick and COLLECTION.is_dir():
            lines += _searching(Path(scratch))
    table = "\n".join(lines) + "\n"
    sys.stdout.write(table)
    if chosen.write:
        target = ROOT / "docs" / "benchmarks" / f"{chosen.write}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# Benchmark {chosen.write}\n\n{table}", "utf-8")


def run(*command: str, allowed: Sequence[int] = (0,)) -> Cost:
    """Run a Python program and measure it with the children that it waited for."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}")
        out.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        return Cost(seconds, cpu, usage.ru_maxrss / 1024, out.read())


def _machine() -> Iterator[str]:
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    when, load = datetime.now(UTC), os.getloadavg()[0]
    system = f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}"
    yield f"{when:%Y-%m-%d %H:%M} UTC, revision {revision.stdout.strip()}, {system}."
    yield ""


def _building(scratch: Path) -> Iterator[str]:
    papers = SHARED / "papers"
    papers = papers if papers.is_dir() else ROOT / "corpus" / "sample"
    location = str(scratch / "ours")
    options = ("--index", location, "--workers", "1", "--ocr", "off", "--json")
    build = ("-m", "indexer", "build", str(papers), *options)
    ours = run(*build, allowed=(0, 3))
    again = run(*build, allowed=(0, 3))
    (scratch / "plain").mkdir()
    plain = run("-m", "tests.bench.plain", str(papers), str(scratch / "plain"))
    told = json.loads(ours.out.splitlines()[-1])
    yield "## Building"
    yield f"{papers.name}: {told['papers']} papers, {told['pages']} pages, {told['failed']} failed."
    yield ""
    yield "| | wall s | CPU s | largest process, MB | CPU, times as fast as the plain script |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    rows = (
        ("`extract_text` + Whoosh", plain),
        ("our build", ours),
        ("our build, unchanged", again),
    )
    for name, cost in rows:
        figures = f"{cost.seconds:.2f} | {cost.cpu:.2f} | {cost.megabytes:.0f}"
        yield f"| {name} | {figures} | {plain.cpu / cost.cpu:.1f} |"
    yield ""


def _searching(scratch: Path) -> Iterator[str]:
    location, queries = str(scratch / "collection"), scratch / "queries.txt"
    source = str(COLLECTION / "docs.jsonl")
    cost = run("-m", "indexer", "build", source, "--index", location, "--json")
    papers = json.loads(cost.out.splitlines()[-1])["papers"]
    yield "## Searching"
    yield f"{papers} motions, indexed in {cost.seconds:.1f} s ({cost.cpu:.1f} CPU s)."
    yield ""
    yield "| queries | p50 ms | p95 ms | per second, 1 thread | 2 | 8 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name in ("dev", "hard.dev", "keyword.dev", "qa.dev"):
        lines = (COLLECTION / f"{name}.queries.tsv").read_text("utf-8").splitlines()[1:]
        queries.write_text("\n".join(line.split("\t")[1] for line in lines), "utf-8")
        told = run(
            "-m", "search_app", "bench", "--index", location, "--queries", str(queries), "--json"
        )
        found = json.loads(told.out.splitlines()[-1])
        rates = " | ".join(f"{rate:.0f}" for rate in found["per_second"].values())
        yield f"| {name} ({found['queries']}) | {found['p50']:.1f} | {found['p95']:.1f} | {rates} |"
    yield ""


if __name__ == "__main__":
    main()
