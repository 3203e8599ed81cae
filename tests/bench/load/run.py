"""`make load`: 20 and 100 people on 100,000 passages, alone and while the index is renewed.

Serves the index in a process of its own, sends locust's people at it, and prints a table that it
writes to docs/benchmarks/load.md. While indexing, builds of the same passages with a hundredth of
them changed go on one after another, each published; the server picks them up. Everything is on one
machine: people, server and builds share its processors, so the figures are worse than with a server
to itself.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.cost import ROOT, SHARED, machine
from tests.search_app.served import Served, served

SOURCE = SHARED / "scale" / "passages-100k.jsonl.xz"
TARGET = ROOT / "docs" / "benchmarks" / "load.md"
STORY = """`make load` (tests/bench/load): people who think one to three seconds between pages,
search, narrow, turn pages, open hits, type and use the API; alone, and while builds that change one
in a hundred passages are published one after another (`nice -n 10`, as deploy/systemd runs them).
People, server and builds share the processors of one machine. The bar for 20 people is no errors,
p95 at most 300 ms alone, and at most twice what it is alone while the index is renewed. An error is
an answer 503: a search that did not get its turn in two seconds says so."""
SEED = 20261125
QUERIES = 20_000
NICE = ("nice", "-n", "10")
"""As deploy/systemd runs a build: people who search go first."""
CHANGED = 100
"""One in so many passages changes between two builds."""


@dataclass
class Renewal:
    """Builds that go on until they are told to stop, each with other changes."""

    source: Path
    index: Path
    stop: threading.Event = field(default_factory=threading.Event)
    published: int = 0

    def run(self) -> None:
        """Change, build, publish, until `stop`."""
        while not self.stop.is_set():
            self._change()
            self._build()

    def _change(self) -> None:
        fresh = self.source.with_suffix(".new")
        with self.source.open(encoding="utf-8") as old, fresh.open("w", encoding="utf-8") as new:
            for number, line in enumerate(old):
                row = json.loads(line) if number % CHANGED == 0 else None
                if row:
                    row["text"] += f" gewijzigd{self.published}"
                new.write(json.dumps(row, ensure_ascii=False) + "\n" if row else line)
        fresh.replace(self.source)

    def _build(self) -> None:
        command = [*NICE, sys.executable, "-m", "indexer", "build", str(self.source), "--index"]
        process = subprocess.Popen(
            [*command, str(self.index), "--workers", "1"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while process.poll() is None:
            if self.stop.wait(0.5):
                process.terminate()
        process.wait()
        self.published += process.returncode == 0 and not self.stop.is_set()


@dataclass(frozen=True)
class Outcome:
    """What a run of so many people gave; times in milliseconds, `cpu` the server's in seconds."""

    people: int
    renewing: bool
    published: int
    seconds: float
    cpu: float
    load: float
    requests: int
    failures: int
    times: Counter[int]
    kinds: dict[str, tuple[int, int]]

    def at(self, share: float) -> int:
        """Return the time within which a share of the answers came."""
        return _at(self.times, share)


def _at(times: Counter[int], share: float) -> int:
    left = share * sum(times.values())
    for took, count in sorted(times.items()):
        left -= count
        if left <= 0:
            return took
    return 0


def main() -> None:
    """Run the benchmark and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", default="20,100")
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--work", type=Path, help="keeps the index between runs")
    options.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        source, index = prepared(work, given.passages)
        rows = [
            measured(int(people), given.seconds, source, index, renewing=renewing)
            for people in given.people.split(",")
            for renewing in (False, True)
        ]
    text = report(rows, given.passages)
    sys.stdout.write(text)
    if given.write:
        TARGET.write_text(text, "utf-8")


def prepared(work: Path, count: int) -> tuple[Path, Path]:
    """Return the passages as a file that can change, and their index, brought up to date."""
    source, index, queries = work / "passages.jsonl", work / "index", work / "queries.txt"
    if not source.exists():
        with lzma.open(SOURCE, "rt", encoding="utf-8") as packed, source.open("w") as plain:
            plain.writelines(islice(packed, count))
    if not queries.exists():
        queries.write_text("\n".join(drawn(source)), "utf-8")
    command = [sys.executable, "-m", "indexer", "build", str(source), "--index", str(index)]
    subprocess.run(command, cwd=ROOT, check=True)
    return source, index


def drawn(source: Path) -> list[str]:
    """Return queries of one to eight words as they stand in passages, some as a phrase or begun."""
    chosen = random.Random(SEED)
    with source.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 0, None, 50)]
    queries: list[str] = []
    while len(queries) < QUERIES:
        words = [word for word in chosen.choice(texts).split() if word.isalpha()]
        count = chosen.choice((1, 1, 2, 2, 3, 4, 8))
        if len(words) > count:
            start = chosen.randrange(len(words) - count)
            queries.append(_typed(chosen, words[start : start + count]))
    return queries


def _typed(chosen: random.Random, words: list[str]) -> str:
    text = " ".join(words)
    if len(words) in (2, 3) and chosen.random() < 0.2:
        return f'"{text}"'
    if len(words) == 1 and len(text) > 5 and chosen.random() < 0.2:
        return f"{text[:5]}*"
    return text


def measured(people: int, seconds: int, source: Path, index: Path, *, renewing: bool) -> Outcome:
    """Return what people get in so many seconds, while the index is renewed or not."""
    with (
        served(index, log="fouten") as server,
        renewed(source, index, renewing=renewing) as renewal,
    ):
        before = processor_seconds(server)
        rows = crowd(server, people, seconds, source.parent / "queries.txt")
        used = processor_seconds(server) - before
        published = renewal.published
    times: Counter[int] = Counter()
    kinds = {}
    for row in rows:
        own = Counter({int(float(took)): n for took, n in row["response_times"].items()})
        times += own
        kinds[row["name"]] = (_at(own, 0.5), _at(own, 0.95))
    return Outcome(
        people, renewing, published, seconds, used, os.getloadavg()[0],
        sum(row["num_requests"] for row in rows), sum(row["num_failures"] for row in rows),
        times, kinds,
    )  # fmt: skip


@contextmanager
def renewed(source: Path, index: Path, *, renewing: bool) -> Iterator[Renewal]:
    """Renew the index for as long as the `with` lasts, or do not."""
    renewal = Renewal(source, index)
    thread = threading.Thread(target=renewal.run)
    if renewing:
        thread.start()
    try:
        yield renewal
    finally:
        renewal.stop.set()
        if renewing:
            thread.join()


def crowd(server: Served, people: int, seconds: int, queries: Path) -> list[dict[str, Any]]:
    """Return locust's rows for a crowd of people."""
    users = Path(__file__).with_name("users.py")
    command = [
        sys.executable, "-m", "locust", "-f", str(users), "--headless", "-u", str(people),
        "-r", "10", "-t", f"{seconds}s", "--host", f"http://127.0.0.1:{server.port}",
        "--json", "--skip-log", "--exit-code-on-error", "0",
    ]  # fmt: skip
    environment = {**os.environ, "KAMERZOEK_LOAD": str(queries)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def processor_seconds(server: Served) -> float:
    """Return the processor time of a server so far (proc_pid_stat(5): utime and stime)."""
    stat = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def report(rows: list[Outcome], passages: int) -> str:
    """Return the tables as Markdown."""
    heads = (
        "people", "index", "published", "requests/s", "errors", "p50 ms", "p95 ms", "p99 ms",
        "server CPU ms a request", "load",
    )  # fmt: skip
    lines = ["# The server under load", "", STORY, "", *machine()]
    lines += [f"{passages:,} passages, {rows[0].seconds} seconds a row, seed {SEED}.", ""]
    lines += [f"| {' | '.join(heads)} |", "| ---: | --- |" + " ---: |" * (len(heads) - 2)]
    for row in rows:
        index = "is renewed" if row.renewing else "stays"
        lines.append(
            f"| {row.people} | {index} | {row.published} | {row.requests / row.seconds:.1f} "
            f"| {row.failures} | {row.at(0.5)} | {row.at(0.95)} | {row.at(0.99)} "
            f"| {1000 * row.cpu / max(1, row.requests):.1f} | {row.load:.1f} |"
        )
    lines += ["", "Median and 95th percentile in ms by what is done:", ""]
    names = sorted(rows[0].kinds)
    lines += [
        f"| people | index | {' | '.join(names)} |",
        "| ---: | --- |" + " ---: |" * len(names),
    ]
    for row in rows:
        cells = (f"{p50} / {p95}" for p50, p95 in (row.kinds.get(name, (0, 0)) for name in names))
        index = "is renewed" if row.renewing else "stays"
        lines.append(f"| {row.people} | {index} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
