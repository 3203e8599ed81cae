"""`make bench-engine`: our engine and its peers on the same passages, in one run.

Prints the tables and writes them to docs/benchmarks/engine.md, with a plot of latency against size
beside it. Each engine builds and searches in processes of its own, one after another. Times are CPU
time of the thread that searches (the machine is shared), the best of three for each query, and of
those the median and the 95th percentile over the queries of a kind.
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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.cost import ROOT, SHARED, cost, machine
from tests.bench.scale import corpus, lucene, plot, queries
from tests.bench.scale.one import ENGINES
from tests.bench.scale.rows import KINDS, load

SOURCE = SHARED / "scale" / "passages-100k.jsonl.xz"
TARGET = ROOT / "docs" / "benchmarks" / "engine.md"
MORE = "Beyond 100,000, and what changed since, in turns: [engine-beyond.md](engine-beyond.md)."
NAMES = {
    "ours": "Kamerzoek",
    "whoosh": "Whoosh 2.7.4",
    "fts5": "SQLite FTS5",
    "tantivy": "tantivy",
    "xapian": "Xapian",
    "bm25s": "bm25s",
    "lucene": "Lucene 10.5",
}
EVERY = (*ENGINES, "lucene")
DEBIAN = "/usr/bin/python3"
"""Xapian's binding comes with Debian, for Debian's Python."""


@dataclass(frozen=True)
class Outcome:
    """What one engine did on passages of one size; times in milliseconds by kind of query."""

    build_cpu: float
    analysis: float | None
    build_megabytes: float
    disk: float
    opened: float
    memory: tuple[float, float]
    took: Mapping[str, Sequence[float]]
    again: Mapping[str, Sequence[float]]
    first: Mapping[str, Sequence[float]]
    found: Sequence[Sequence[str] | None]
    changed: Sequence[float]
    rates: Mapping[str, float]


def main() -> None:
    """Run the benchmark and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="10000,100000", help="numbers of passages")
    options.add_argument("--engines", default=",".join(EVERY), help="which engines")
    options.add_argument(
        "--whoosh-up-to",
        type=int,
        default=10_000,
        help="passages; it builds 100,000 in ten minutes",
    )
    options.add_argument("--keep", help="a folder where passages and built indexes stay for later")
    options.add_argument("--write", action="store_true", help=f"keep it in {TARGET.name}")
    chosen = options.parse_args()
    if not SOURCE.exists():
        sys.exit(f"The passages are not there: {SOURCE}. Set KAMERZOEK_SHARED to their folder.")
    outcomes: dict[int, dict[str, Outcome]] = {}
    wanted: dict[int, Path] = {}
    with _scratch(chosen.keep) as scratch:
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
            f"# Benchmark of the embedded engine\n\n{body}\n\n![](engine.svg)\n\n{MORE}\n", "utf-8"
        )


@contextmanager
def _scratch(kept: str | None) -> Iterator[str]:
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        yield folder


def _is_there(name: str) -> bool:
    if name == "lucene":
        if not lucene.is_there():
            sys.stderr.write("Lucene is left out: make opensearch fetches it\n")
        return lucene.is_there()
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
    if not asked.exists():
        corpus.make(SOURCE, size, passages)
        queries.save(queries.make(passages), asked)
    return passages, asked


def _outcome(name: str, folder: Path, passages: Path, asked: Path) -> Outcome:
    made = _made(name, folder, passages)
    told = _told(*_search(name, folder, passages, asked))
    more = name == "ours"
    changed = _told(*_one(name), "change", str(folder), str(passages)) if more else {}
    rates = _told(*_one(name), "rate", str(folder), str(passages), str(asked)) if more else {}
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return Outcome(
        build_cpu=made["cpu"],
        analysis=made.get("analysis"),
        build_megabytes=made["memory"][0],
        disk=disk,
        opened=told["open"],
        memory=told["memory"],
        took=told["took"],
        again=told.get("again", {}),
        first=told.get("first", {}),
        found=told["found"],
        changed=changed.get("seconds", ()),
        rates=rates,
    )


def _one(name: str) -> tuple[str, ...]:
    python = DEBIAN if name == "xapian" else sys.executable
    return python, "-m", "tests.bench.scale.one", name


def _told(*command: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cost(*command).out)
    return found


def _made(name: str, folder: Path, passages: Path) -> dict[str, Any]:
    """Build an index, or return what it cost when it is there."""
    note = folder.with_suffix(".json")
    if note.exists():
        kept: dict[str, Any] = json.loads(note.read_text("utf-8"))
        return kept
    folder.mkdir()
    if name == "lucene":
        made = _told(*lucene.build(folder, passages))
    else:
        made = _told(*_one(name), "build", str(folder), str(passages))
    note.write_text(json.dumps(made), "utf-8")
    return made


def _search(name: str, folder: Path, passages: Path, asked: Path) -> tuple[str, ...]:
    if name == "lucene":
        return lucene.search(folder, asked)
    return *_one(name), "search", str(folder), str(passages), str(asked)


def _tables(outcomes: Mapping[int, Mapping[str, Outcome]], kinds: Sequence[str]) -> Iterator[str]:
    for size, by_engine in outcomes.items():
        yield f"## {size:,} passages"
        yield ""
        yield from _building(by_engine)
        yield from _only_ours(by_engine)
        yield from _latency(by_engine)
        yield from _overlap(by_engine, kinds)


def _head(first: str, by_engine: Mapping[str, Outcome]) -> Iterator[str]:
    yield f"| {first} | " + " | ".join(NAMES[name] for name in by_engine) + " |"
    yield "| --- |" + " ---: |" * len(by_engine)


def _building(by_engine: Mapping[str, Outcome]) -> Iterator[str]:
    rows = {
        "build, CPU s": [f"{o.build_cpu:.1f}" for o in by_engine.values()],
        "- apart from analysis": [
            "-" if o.analysis is None else f"{o.build_cpu - o.analysis:.1f}"
            for o in by_engine.values()
        ],
        "build, peak MB": [f"{o.build_megabytes:.0f}" for o in by_engine.values()],
        "on disk, MB": [f"{o.disk:.0f}" for o in by_engine.values()],
        "open, ms": [f"{o.opened:.1f}" for o in by_engine.values()],
        "serving, private MB": [f"{o.memory[1]:.0f}" for o in by_engine.values()],
        "- with mapped files, peak": [f"{o.memory[0]:.0f}" for o in by_engine.values()],
    }
    yield from _head("", by_engine)
    for name, figures in rows.items():
        yield f"| {name} | " + " | ".join(figures) + " |"
    yield ""


def _only_ours(by_engine: Mapping[str, Outcome]) -> Iterator[str]:
    if "ours" not in by_engine:
        return
    ours = by_engine["ours"]
    wall, cpu = ours.changed
    yield (
        f"Kamerzoek: one changed paper is found after {wall:.2f} s ({cpu:.2f} CPU s): written, "
        "published, opened, searched."
    )
    rates = ", ".join(f"{rate:.0f} by {by}" for by, rate in ours.rates.items())
    yield f"New questions of 8-12 words a second: {rates}."
    yield ""


def _latency(by_engine: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield the table of times; an engine that keeps scores has columns for when it has none."""
    yield "CPU milliseconds, median / 95th percentile; in brackets the median against ours. All are"
    yield "asked in turn; the best of three rounds counts. Ours keeps some of it, others nothing."
    yield "The column of Kamerzoek is a new question of words, phrases and beginnings it knows;"
    yield "`asked before` is the same question again, and `first time` with nothing kept."
    yield ""
    columns = [(NAMES[name], outcome.took) for name, outcome in by_engine.items()]
    ours = by_engine.get("ours")
    if ours is not None and ours.first:
        place = list(by_engine).index("ours") + 1
        columns[place:place] = [("- asked before", ours.again), ("- first time", ours.first)]
    yield "| query | " + " | ".join(name for name, _ in columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for kind in KINDS:
        own = None if ours is None else ours.took[kind]
        cells = [_cell(took.get(kind), own) for _, took in columns]
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
