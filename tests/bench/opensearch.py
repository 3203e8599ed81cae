"""OpenSearch in nodes on this machine beside the embedded engine: build, size, latency, results.

In go a list of papers and queries, out comes a table in Markdown. `python -m tests.bench.opensearch
--nodes 3 [--papers FILE] [--queries FILE] [--shares 2] [--folder DIR]`; without FILEs the passages
and the dev queries of ../shared. Both engines index the same papers and answer the same queries in
one run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from indexer.engine.results import SearchRequest
from search_app.measuring.evaluate import loose_words
from tests.opensearch.nodes import Nodes, find_java, running

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KAMERZOEK_SHARED", ROOT.parent / "shared"))
FACETS = ("kind", "ministry", "year")
MOST_QUERIES = 200
THREADS = 4


@dataclass(frozen=True)
class Built:
    """What a build cost: wall seconds, CPU seconds of our processes, MB of the largest."""

    seconds: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Latency:
    """Milliseconds of a search, warm, from one thread."""

    p50: float
    p95: float
    most: float


def main() -> None:
    """Run the benchmark and print the table."""
    options = _options()
    with contextlib.ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(exist_ok=True)
        nodes = stack.enter_context(running(options.nodes, folder))
        here, there = f"{folder}/index", nodes.location("proef")
        made = folder / "built.json"
        if not made.exists():
            made.write_text(json.dumps(_build_all(options, nodes, here, there)), "utf-8")
        rows = json.loads(made.read_text("utf-8"))
        with closing(engine_for(here).open(here)) as a, closing(engine_for(there).open(there)) as b:
            lines = _rows(options, nodes, a, b, _queries(options.queries))
            lines[2:2] = _costs(rows, a.summary.passages)
        sys.stdout.write("\n".join(lines) + "\n")


def _build_all(
    options: argparse.Namespace, nodes: Nodes, here: str, there: str
) -> dict[str, dict[str, float]]:
    """Read the papers, index them in both engines, and return what each cost."""
    store = Path(here).parent / "store"
    read = _run([["extract", str(options.papers), "--store", str(store)]])
    index = ["build", str(options.papers), "--store", str(store), "--index"]
    embedded = _run([[*index, here]])
    before = _node_cpu(nodes)
    # One process learns from the whole corpus, as the embedded engine does: results can be
    # compared word for word.
    shares = [f"{n}/{options.shares}" for n in range(1, options.shares + 1)]
    parts = [["--share", share] for share in shares] if options.shares > 1 else [[]]
    distributed = _run([[*index, there, *part] for part in parts])
    published = _run([["publish", there]]) if options.shares > 1 else Built(0, 0, 0)
    return {
        "read": asdict(read),
        "embedded": asdict(embedded) | {"size": _size(Path(here))},
        "distributed": asdict(distributed)
        | {
            "published": published.seconds,
            "nodes": _node_cpu(nodes) - before,
            "size": _stored(nodes),
        },
    }


def _costs(rows: dict[str, dict[str, float]], passages: int) -> list[str]:
    """Return the rows of the table on what the builds cost."""
    read, a, b = rows["read"], rows["embedded"], rows["distributed"]
    seconds = b["seconds"] + b["published"]
    return [
        f"| reading the list once: s, CPU s | {read['seconds']:.0f}, {read['cpu']:.0f} | |",
        f"| index, s | {a['seconds']:.0f} | {seconds:.0f} |",
        f"| index, our CPU s | {a['cpu']:.0f} | {b['cpu']:.0f} |",
        f"| index, nodes' CPU s | | {b['nodes']:.0f} |",
        f"| passages a second | {passages / a['seconds']:.0f} | {passages / seconds:.0f} |",
        (
            f"| passages a CPU second, ours and the nodes' | {passages / a['cpu']:.0f} "
            f"| {passages / (b['cpu'] + b['nodes']):.0f} |"
        ),
        f"| most memory of our processes, MB | {a['memory']:.0f} | {b['memory']:.0f} |",
        f"| MB on disk | {a['size']:.0f} | {b['size']:.0f} with one copy |",
    ]


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--nodes", type=int, default=3)
    options.add_argument("--shares", type=int, default=2, help="processes that index at once")
    options.add_argument("--folder", type=Path, help="keeps the indexes, and measures them again")
    options.add_argument("--papers", type=Path, default=SHARED / "scale/passages-100k.jsonl.xz")
    options.add_argument("--queries", type=Path, default=SHARED / "collection/dev.queries.tsv")
    return options.parse_args()


def _queries(path: Path) -> list[str]:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    return [row[1] for row in rows if len(row) > 1][:MOST_QUERIES]


def _run(commands: Sequence[Sequence[str]]) -> Built:
    """Run commands of the indexer side by side and return what they cost together."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "indexer", *command], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        for command in commands
    ]
    most = 0
    while any(process.poll() is None for process in processes):
        most = max(most, *(_memory(process.pid) for process in processes))
        time.sleep(0.5)
    if any(process.returncode for process in processes):
        raise SystemExit("a build failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Built(time.perf_counter() - start, used, most / 2**10)


def _memory(process: int) -> int:
    """Return the kB of memory that a process holds; those of its children are not counted."""
    with contextlib.suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
        return int(found[1]) if found else 0
    return 0


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
    requests = [SearchRequest(loose_words(text), facets=FACETS) for text in queries]
    lines.append(
        f"| the same, searches a second, {THREADS} threads | {_per_second(here, requests):.0f} "
        f"| {_per_second(there, requests):.0f} |"
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


def _per_second(index: Index, requests: Sequence[SearchRequest]) -> float:
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(index.search, requests))
    return len(requests) / (time.perf_counter() - start)


def _same(here: Index, there: Index, queries: Sequence[str]) -> list[str]:
    totals = first = 0
    overlaps = []
    for text in queries:
        request = SearchRequest(loose_words(text), snippets=False)
        a, b = here.search(request), there.search(request)
        totals += (a.total, a.total_all_words) == (b.total, b.total_all_words)
        ours, theirs = ([hit.paper_id for hit in found.hits] for found in (a, b))
        first += ours[:1] == theirs[:1]
        both = set(ours) | set(theirs)
        overlaps.append(len(set(ours) & set(theirs)) / len(ours or theirs) if both else 1.0)
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
