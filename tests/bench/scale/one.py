"""One engine, one step, in a process of its own, so that its time and memory can be told.

`python -m tests.bench.scale.one ENGINE build|search FOLDER PASSAGES [QUERIES]` prints a line of
JSON: for `build` its CPU seconds and memory, for `search` the time to open, milliseconds by kind,
what was found, and memory.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

from tests.bench.scale.rows import Engine, Query, load, read

ENGINES = {
    "ours": ("tests.bench.scale.ours", "Ours"),
    "fts5": ("tests.bench.scale.peers", "Fts5"),
    "tantivy": ("tests.bench.scale.peers", "Tantivy"),
    "xapian": ("tests.bench.scale.peers", "Xapian"),
    "bm25s": ("tests.bench.scale.peers", "Bm25s"),
    "whoosh": ("tests.bench.scale.peers", "PlainWhoosh"),
}
ROUNDS = 3


def main() -> None:
    """Do the step and print what it gave."""
    name, step, folder, passages, *queries = sys.argv[1:]
    module, kind = ENGINES[name]
    engine: Engine = getattr(importlib.import_module(module), kind)()
    if step == "build":
        started = time.process_time()
        engine.build(read(Path(passages)), Path(folder))
        told: dict[str, object] = {"cpu": time.process_time() - started, "megabytes": _peak()}
    else:
        told = _searched(engine, Path(folder), load(Path(queries[0])))
    sys.stdout.write(json.dumps(told) + "\n")


def _searched(engine: Engine, folder: Path, queries: list[Query]) -> dict[str, object]:
    started = time.perf_counter()
    engine.open(folder)
    opened = (time.perf_counter() - started) * 1000
    found = [engine.search(query) for query in queries]  # warm
    took: dict[str, list[float]] = {}
    for number, query in enumerate(queries):
        if found[number] is not None:
            best = min(_time(engine, query) for _ in range(ROUNDS))
            took.setdefault(query.kind, []).append(best)
    return {"open": opened, "took": took, "found": found, "megabytes": _peak()}


def _peak() -> float:
    """Return the megabytes that this process took at the most, mapped files that it read with it.

    Linux tells; what `getrusage` says is inherited from the process that started this one.
    """
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


def _time(engine: Engine, query: Query) -> float:
    started = time.perf_counter()
    engine.search(query)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
