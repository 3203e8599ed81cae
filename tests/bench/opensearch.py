"""OpenSearch in nodes on this machine beside the embedded engine: build, size, latency, results.

In go a list of papers and queries, out comes a table in Markdown. `python -m tests.bench.opensearch
--nodes 3 [--papers FILE] [--queries FILE] [--shares 2]`; without FILEs the passages and the dev
queries of ../shared. Both engines index the same papers and answer the same queries in one run.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexer.engine.interface import Index, SearchRequest
from indexer.engine.locate import engine_for
from search_app.evaluate import loose_words
from tests.opensearch.nodes import Nodes, find_java, running

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KAMERZOEK_SHARED", ROOT.parent / "shared"))
FACETS = ("kind", "ministry", "year")
MOST_QUERIES = 200


@dataclass(frozen=True)
class Built:
    """What a build cost: wall seconds, CPU seconds of our processes."""

    seconds: float
    cpu: float


@dataclass(frozen=True)
class Latency:
    """Milliseconds of a search, warm, from one thread."""

    p50: float
    p95: float
    most: float


def main() -> None:
    """Run the benchmark and print the table."""
    options = _options()
    queries = _queries(options.queries)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(options.nodes, Path(folder)) as nodes,
    ):
        here, there = f"{folder}/index", nodes.location("proef")
        embedded = _build([options.papers], [here], Path(folder, "store"), [None])
        shares = [f"{n}/{options.shares}" for n in range(1, options.shares + 1)]
        # One process learns from the whole corpus, as the embedded engine does: results can be
        # compared word for word.
        parts: list[str | None] = [*shares] if options.shares > 1 else [None]
        cpu_before = _node_cpu(nodes)
        places = [there] * options.shares
        distributed = _build([options.papers], places, Path(folder, "store"), parts)
        published = time.perf_counter()
        if options.shares > 1:
            publish = [sys.executable, "-m", "indexer", "publish", there]
            subprocess.run(publish, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        published = time.perf_counter() - published
        node_cpu = _node_cpu(nodes) - cpu_before
        with closing(engine_for(here).open(here)) as a, closing(engine_for(there).open(there)) as b:
            lines = _rows(options, nodes, a, b, queries)
            passages = a.summary.passages
        lines[2:2] = [
            (
                f"| index, s | {embedded.seconds:.0f} | {distributed.seconds:.0f} "
                f"+ publish {published:.0f} |"
            ),
            f"| index, our CPU s | {embedded.cpu:.0f} | {distributed.cpu:.0f} |",
            f"| index, nodes' CPU s | | {node_cpu:.0f} |",
            (
                f"| passages a second | {passages / embedded.seconds:.0f} "
                f"| {passages / (distributed.seconds + published):.0f} |"
            ),
            f"| MB on disk | {_size(Path(here)):.0f} | {_stored(nodes):.0f} with one copy |",
        ]
        sys.stdout.write("\n".join(lines) + "\n")


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--nodes", type=int, default=3)
    options.add_argument("--shares", type=int, default=2, help="processes that index at once")
    options.add_argument("--papers", type=Path, default=SHARED / "scale/passages-100k.jsonl.xz")
    options.add_argument("--queries", type=Path, default=SHARED / "collection/dev.queries.tsv")
    return options.parse_args()


def _queries(path: Path) -> list[str]:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    return [row[1] for row in rows if len(row) > 1][:MOST_QUERIES]


def _build(
    papers: Sequence[Path], places: Sequence[str], store: Path, shares: Sequence[str | None]
) -> Built:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    processes = []
    for place, share in zip(places, shares, strict=True):
        command = [sys.executable, "-m", "indexer", "build", *map(str, papers), "--index", place]
        command += ["--store", str(store), *(["--share", share] if share else [])]
        processes.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL))
    if any(process.wait() for process in processes):
        raise SystemExit("a build failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Built(time.perf_counter() - start, used)


def _rows(
    options: argparse.Namespace, nodes: Nodes, here: Index, there: Index, queries: list[str]
) -> list[str]:
    java = find_java()
    lines = [
        (
            f"| {here.summary.papers} papers, {here.summary.passages} passages | embedded "
            f"| OpenSearch {java.version if java else ''}, {options.nodes} nodes |"
        ),
        "| --- | --- | --- |",
    ]
    for name, facets, snippets in (
        ("ranked, ten hits", (), False),
        ("with snippets", (), True),
        ("with three facets", FACETS, True),
    ):
        requests = [
            SearchRequest(loose_words(text), facets=facets, snippets=snippets) for text in queries
        ]
        a, b = _latency(here, requests), _latency(there, requests)
        lines.append(
            f"| {name}, p50 / p95 / most ms | {a.p50:.1f} / {a.p95:.1f} / {a.most:.0f} "
            f"| {b.p50:.1f} / {b.p95:.1f} / {b.most:.0f} |"
        )
    lines += _same(here, there, queries)
    lines.append(f"| heap used, MB a node | | {_heap(nodes)} |")
    return lines


def _latency(index: Index, requests: Sequence[SearchRequest]) -> Latency:
    for request in requests:
        index.search(request)
    took = []
    for request in requests:
        start = time.perf_counter()
        index.search(request)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    return Latency(took[len(took) // 2], took[int(len(took) * 0.95)], took[-1])


def _same(here: Index, there: Index, queries: Sequence[str]) -> list[str]:
    totals = first = 0
    overlaps = []
    for text in queries:
        request = SearchRequest(loose_words(text), snippets=False)
        a, b = here.search(request), there.search(request)
        totals += (a.total, a.total_all_words) == (b.total, b.total_all_words)
        ours, theirs = ([hit.paper_id for hit in found.hits] for found in (a, b))
        first += ours[:1] == theirs[:1]
        overlaps.append(len(set(ours) & set(theirs)) / max(1, len(ours)))
    count = len(queries)
    return [
        f"| of {count} queries: same totals | | {totals} |",
        f"| same first hit | | {first} |",
        f"| overlap@10, mean / least | | {sum(overlaps) / count:.3f} / {min(overlaps):.1f} |",
    ]


def _node_cpu(nodes: Nodes) -> float:
    rows = nodes.call("GET", "/_nodes/stats/process")["nodes"].values()
    return float(sum(row["process"]["cpu"]["total_in_millis"] for row in rows)) / 1000


def _heap(nodes: Nodes) -> str:
    rows = nodes.call("GET", "/_nodes/stats/jvm")["nodes"].values()
    return ", ".join(str(row["jvm"]["mem"]["heap_used_in_bytes"] // 2**20) for row in rows)


def _stored(nodes: Nodes) -> float:
    found = nodes.call("GET", "/_stats/store")["_all"]["total"]["store"]["size_in_bytes"]
    return float(found) / 2**20


def _size(path: Path) -> float:
    sizes = [file.stat().st_size for file in path.rglob("*") if file.is_file()]
    return sum(sizes) / 2**20


if __name__ == "__main__":
    main()
