"""One engine, one step, in a process of its own, so that its time and memory can be told.

`python -m tests.bench.scale.one ENGINE STEP FOLDER PASSAGES [QUERIES]` prints a line of JSON. The
steps: `build` (CPU seconds, memory), `search` (time to open, milliseconds by kind, what was found,
memory), and where the engine can: `change` (seconds until one changed passage is found) and `rate`
(questions a second by threads and by processes).
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.scale.rows import Changing, Engine, Forgetting, Query, load, read

ENGINES = {
    "ours": ("tests.bench.scale.ours", "Ours"),
    "fts5": ("tests.bench.scale.peers", "Fts5"),
    "tantivy": ("tests.bench.scale.peers", "Tantivy"),
    "xapian": ("tests.bench.scale.peers", "Xapian"),
    "bm25s": ("tests.bench.scale.peers", "Bm25s"),
    "whoosh": ("tests.bench.scale.peers", "PlainWhoosh"),
}
ROUNDS = 3
REPEATS = 5
THREADS = (1, 2, 4, 8)


def main() -> None:
    """Do the step and print what it gave."""
    name, step, folder, passages, *queries = sys.argv[1:]
    module, kind = ENGINES[name]
    engine: Engine = getattr(importlib.import_module(module), kind)()
    told: Mapping[str, object]
    if step == "build":
        told = _built(engine, Path(passages), Path(folder))
    elif step == "search":
        told = _searched(engine, Path(folder), load(Path(queries[0])))
    elif step == "rate":
        told = _rates(engine, Path(folder), load(Path(queries[0])))
    else:
        told = engine.change(Path(folder)) if isinstance(engine, Changing) else {}
    sys.stdout.write(json.dumps(told) + "\n")


def _built(engine: Engine, passages: Path, folder: Path) -> dict[str, object]:
    started = time.process_time()
    engine.build(read(passages), folder)
    cpu = time.process_time() - started
    told: dict[str, object] = {"cpu": cpu, "memory": _memory()}
    if isinstance(engine, Changing):
        told["analysis"] = engine.analysis
    return told


def _searched(engine: Engine, folder: Path, queries: list[Query]) -> dict[str, object]:
    started = time.perf_counter()
    engine.open(folder)
    opened = (time.perf_counter() - started) * 1000
    found = [engine.search(query) for query in queries]  # warm
    asked = [query for query, answer in zip(queries, found, strict=True) if answer is not None]
    told: dict[str, object] = {"open": opened, "found": found}
    if isinstance(engine, Forgetting):
        told["took"] = _times(engine, asked, engine.forget_questions)
        told["memory"] = _memory()
        told["again"] = _times(engine, asked)
        told["first"] = _times(engine, asked, engine.forget)
    else:
        told["took"] = _times(engine, asked)
        told["memory"] = _memory()
    return told


def _nothing() -> None:
    """Forget nothing."""


def _times(
    engine: Engine, queries: list[Query], forget: Callable[[], None] = _nothing
) -> dict[str, list[float]]:
    """Return the best milliseconds of each query by kind; before each time `forget` is called.

    The queries of a kind are asked in turn, as people ask different things: one that is asked
    twice on end finds all in the processor's own memory, and in ours what the others would drop.
    """
    by_kind: dict[str, list[Query]] = {}
    for query in queries:
        by_kind.setdefault(query.kind, []).append(query)
    return {kind: _in_turn(engine, asked, forget) for kind, asked in by_kind.items()}


def _in_turn(engine: Engine, queries: list[Query], forget: Callable[[], None]) -> list[float]:
    """Return the best milliseconds of each query, asked one after another several times."""
    rounds = []
    for _ in range(1 + ROUNDS):
        times = []
        for query in queries:
            forget()
            times.append(_time(engine, query))
        rounds.append(times)
    return [min(times) for times in zip(*rounds[1:], strict=True)]


def _memory() -> tuple[float, float]:
    """Return megabytes: the most with mapped files that were read, and what is private now.

    Linux tells; what `getrusage` says is inherited from the process that started this one.
    """
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    rows = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines if line.endswith(" kB")}
    return rows["VmHWM:"], rows["RssAnon:"]


def _rates(engine: Engine, folder: Path, queries: list[Query]) -> dict[str, float]:
    """Return new questions a second: by threads of one process, then by processes."""
    engine.open(folder)

    def ask(query: Query) -> None:
        if isinstance(engine, Forgetting):
            engine.forget_questions()
        engine.search(query)

    questions = [query for query in queries if query.kind == "question, 8-12 words"] * REPEATS
    for query in questions:
        ask(query)
    found = {}
    for threads in THREADS:
        started = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(ask, questions))
        found[f"{threads} threads"] = len(questions) / (time.perf_counter() - started)
    for processes in (2, 4):
        started = time.perf_counter()
        children = [_child(ask, questions) for _ in range(processes)]
        for child in children:
            os.waitpid(child, 0)
        asked = len(questions) * processes
        found[f"{processes} processes"] = asked / (time.perf_counter() - started)
    return found


def _child(ask: Callable[[Query], None], questions: list[Query]) -> int:
    """Start a process that asks all questions; it shares the open index."""
    number = os.fork()
    if number == 0:
        for query in questions:
            ask(query)
        os._exit(0)
    return number


def _time(engine: Engine, query: Query) -> float:
    """Return the CPU milliseconds of this thread: others work on the machine at the same time."""
    started = time.thread_time()
    engine.search(query)
    return (time.thread_time() - started) * 1000


if __name__ == "__main__":
    main()
