"""`make bench-engine`: our engine and its peers on the same passages, in one run.

Prints the tables and writes them to docs/benchmarks/engine.md, with a plot of latency against size
beside it. Each engine builds and searches in processes of its own, one after another. Times are the
best of three for each query (the machine is shared), and of those the median and the 95th
percentile over the queries of a kind.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.cost import ROOT, SHARED, cost, machine
from tests.bench.scale import corpus, plot, queries
from tests.bench.scale.one import ENGINES
from tests.bench.scale.rows import KINDS, load

SOURCE = SHARED / "scale" / "passages-100k.jsonl.xz"
TARGET = ROOT / "docs" / "benchmarks" / "engine.md"
NAMES = {
    "ours": "Kamerzoek",
    "whoosh": "Whoosh 2.7.4",
    "fts5": "SQLite FTS5",
    "tantivy": "tantivy",
    "xapian": "Xapian",
    "bm25s": "bm25s",
}
DEBIAN = "/usr/bin/python3"
"""Xapian's binding comes with Debian, for Debian's Python."""


@dataclass(frozen=True)
class Outcome:
    """What one engine did on passages of one size; times in milliseconds by kind of query."""

    build_cpu: float
    build_wall: float
    build_megabytes: float
    disk: float
    opened: float
    megabytes: float
    took: Mapping[str, Sequence[float]]
    found: Sequence[Sequence[str] | None]


def main() -> None:
    """Run the benchmark and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="10000,100000", help="numbers of passages")
    options.add_argument("--engines", default=",".join(ENGINES), help="which engines")
    options.add_argument(
        "--whoosh-up-to",
        type=int,
        default=10_000,
        help="passages; it builds 100,000 in ten minutes",
    )
    options.add_argument("--write", action="store_true", help=f"keep it in {TARGET.name}")
    chosen = options.parse_args()
    if not SOURCE.exists():
        sys.exit(f"The passages are not there: {SOURCE}. Set KAMERZOEK_SHARED to their folder.")
    outcomes: dict[int, dict[str, Outcome]] = {}
    wanted: dict[int, Path] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for size in map(int, chosen.sizes.split(",")):
            passages, asked = _prepared(Path(scratch), size)
            wanted[size] = asked
            outcomes[size] = {}
            for name in filter(_is_there, chosen.engines.split(",")):
                if size > chosen.whoosh_up_to and name == "whoosh":
                    continue
                sys.stderr.write(f"{size} passages: {NAMES[name]}\n")
                outcomes[size][name] = _outcome(
                    name, Path(scratch) / f"{name}-{size}", passages, asked
                )
        kinds = [query.kind for query in load(asked)]
    lines = [*machine(), *_tables(outcomes, kinds)]
    sys.stdout.write("\n".join(lines) + "\n")
    if chosen.write:
        plot.write(TARGET.with_suffix(".svg"), outcomes, NAMES)
        body = "\n".join(lines).rstrip()
        TARGET.write_text(
            f"# Benchmark of the embedded engine\n\n{body}\n\n![](engine.svg)\n", "utf-8"
        )


def _is_there(name: str) -> bool:
    if name != "xapian":
        return True
    command = [DEBIAN, "-c", "import xapian"]
    if Path(DEBIAN).exists():
        tried = subprocess.run(command, check=False, capture_output=True)
        if tried.returncode == 0:
            return True
    sys.stderr.write("Xapian is left out: apt-get install python3-xapian\n")
    return False


def _prepared(scratch: Path, size: int) -> tuple[Path, Path]:
    passages, asked = scratch / f"passages-{size}", scratch / f"queries-{size}.json"
    corpus.make(SOURCE, size, passages)
    queries.save(queries.make(passages), asked)
    return passages, asked


def _outcome(name: str, folder: Path, passages: Path, asked: Path) -> Outcome:
    folder.mkdir()
    python = DEBIAN if name == "xapian" else sys.executable
    command = (python, "-m", "tests.bench.scale.one", name)
    built = cost(*command, "build", str(folder), str(passages))
    searched = cost(*command, "search", str(folder), str(passages), str(asked))
    made, told = json.loads(built.out), json.loads(searched.out)
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return Outcome(
        build_cpu=made["cpu"],
        build_wall=built.seconds,
        build_megabytes=made["megabytes"],
        disk=disk,
        opened=told["open"],
        megabytes=told["megabytes"],
        took=told["took"],
        found=told["found"],
    )


def _tables(outcomes: Mapping[int, Mapping[str, Outcome]], kinds: Sequence[str]) -> Iterator[str]:
    for size, by_engine in outcomes.items():
        yield f"## {size:,} passages"
        yield ""
        yield from _building(by_engine)
        yield from _latency(by_engine)
        yield from _overlap(by_engine, kinds)


def _head(first: str, by_engine: Mapping[str, Outcome]) -> Iterator[str]:
    yield f"| {first} | " + " | ".join(NAMES[name] for name in by_engine) + " |"
    yield "| --- |" + " ---: |" * len(by_engine)


def _building(by_engine: Mapping[str, Outcome]) -> Iterator[str]:
    rows = {
        "build, CPU s": [f"{o.build_cpu:.1f}" for o in by_engine.values()],
        "build, wall s": [f"{o.build_wall:.1f}" for o in by_engine.values()],
        "build, peak MB": [f"{o.build_megabytes:.0f}" for o in by_engine.values()],
        "on disk, MB": [f"{o.disk:.0f}" for o in by_engine.values()],
        "open, ms": [f"{o.opened:.1f}" for o in by_engine.values()],
        "serving, peak MB": [f"{o.megabytes:.0f}" for o in by_engine.values()],
    }
    yield from _head("", by_engine)
    for name, figures in rows.items():
        yield f"| {name} | " + " | ".join(figures) + " |"
    yield ""


def _latency(by_engine: Mapping[str, Outcome]) -> Iterator[str]:
    yield "Milliseconds, median / 95th percentile; in brackets the median against ours."
    yield ""
    yield from _head("query", by_engine)
    for kind in KINDS:
        ours = by_engine["ours"].took[kind] if "ours" in by_engine else None
        cells = [_cell(outcome.took.get(kind), ours) for outcome in by_engine.values()]
        yield f"| {kind} | " + " | ".join(cells) + " |"
    yield ""


def _cell(took: Sequence[float] | None, ours: Sequence[float] | None) -> str:
    if not took:
        return "-"
    middle = statistics.median(took)
    high = sorted(took)[min(len(took) - 1, int(len(took) * 0.95))]
    ratio = "" if ours is None or took is ours else f" ({middle / statistics.median(ours):.1f}×)"
    return f"{middle:.2f} / {high:.2f}{ratio}"


def _overlap(by_engine: Mapping[str, Outcome], kinds: Sequence[str]) -> Iterator[str]:
    """Say how much of our first ten the others have in theirs, where the query ranks alike."""
    if "ours" not in by_engine:
        return
    ranked = ("common term", "AND", "OR of 3-5", "question without stop words")
    yield "Share of the first ten that is the same as ours (we weigh titles apart and bring all"
    yield "words first; ties differ)."
    yield ""
    yield from _head("query", by_engine)
    ours = by_engine["ours"].found
    for kind in ranked:
        cells = []
        for outcome in by_engine.values():
            shares = [
                len(set(mine or ()) & set(theirs)) / max(1, len(mine or ()))
                for asked, mine, theirs in zip(kinds, ours, outcome.found, strict=True)
                if asked == kind and theirs is not None
            ]
            cells.append(f"{statistics.mean(shares):.2f}" if shares else "-")
        yield f"| {kind} | " + " | ".join(cells) + " |"
    yield ""


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
