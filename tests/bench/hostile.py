"""`python -m tests.bench.hostile`: what becomes of hostile files, beside pdfminer.six as it is.

In go crafted files (`tests/extract/hostile.py`), files put together by chance and papers of the
sample with pieces changed; out comes a table in Markdown, or JSON for a test. Every file is read in
a child process with the same limits. Nothing but this runs in the process, so that its memory is
that of a parent; files are made in a child too. Children that are left are found by a word in their
environment. Ends with 1 when a file has no outcome, a child is left or memory is over its limit.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path

from indexer.extract.limits import Limits
from indexer.extract.read import extract
from indexer.extract.worker import run
from indexer.paper import Extraction, Failure
from tests.bench.cost import ROOT, machine
from tests.extract import generated, hostile, hostile_pages

LIMITS = Limits(seconds=15.0, memory_mb=512)
TOKEN = "KAMERZOEK_HOSTILE"
"""A word in the environment, by which the processes of a run are known."""
NAMED = {"beschadigd", "te-groot", "geheugen", "tijd", "versleuteld", "geen-pdf", "afgebroken"}
"""The failures that are an answer; `fout` (an exception that nobody expected) is none."""
COLUMNS = ("text", "empty", "refused", "memory", "hang", "crash", "unexpected")
REFUSED = {"beschadigd", "te-groot", "versleuteld", "geen-pdf"}
WORDS = {"tekst": "text", "leeg": "empty", "geheugen": "memory", "tijd": "hang"}
MOST_MB = 300
BATCH = 500


@dataclass(slots=True)
class Found:
    """What became of the files of a run, the parent's peak in MB, and the children that it left."""

    seed: int
    given: int = 0
    crafted: dict[str, str] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)
    megabytes: float = 0.0
    left: int = 0
    seconds: float = 0.0

    @property
    def ended(self) -> int:
        """Return how many files have an outcome that is an answer."""
        ends = chain(self.crafted.values(), Counter(self.others).elements())
        return sum(end in NAMED | {"tekst", "leeg"} for end in ends)

    @property
    def holds(self) -> bool:
        """Tell whether the run is as it must be."""
        return self.ended == self.given and not self.left and self.megabytes < MOST_MB


def main() -> None:
    """Run over the files and print what became of them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=5_000, help="crafted ones included")
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--json", action="store_true", help="ours alone, for a test")
    options.add_argument("--write", action="store_true", help="keep it in docs/benchmarks")
    chosen = options.parse_args()
    os.environ.setdefault(TOKEN, f"{os.getpid()}-{chosen.seed}")
    found = ours(chosen.files, chosen.seed)
    if chosen.json:
        sys.stdout.write(json.dumps({**asdict(found), "ended": found.ended}) + "\n")
    else:
        table = "\n".join([*machine(), *_table(found)]) + "\n"
        sys.stdout.write(table)
        if chosen.write:
            target = ROOT / "docs" / "benchmarks" / "hostile.md"
            target.write_text(f"# Benchmark hostile\n\n{table}", "utf-8")
    sys.exit(0 if found.holds else 1)


def ours(count: int, seed: int) -> Found:
    """Read so many files as `build` does, the crafted ones first."""
    started = time.monotonic()
    found, others = Found(seed), Counter[str]()
    task = partial(extract, ocr="off", limits=LIMITS)
    for name, end, told in _ends(task, _crafted):
        found.crafted[name] = end
        found.given += 1
        found.unexpected += [told] * (end not in NAMED | {"tekst", "leeg"})
    rest = max(0, count - found.given)
    for start in range(0, rest, BATCH):
        size = min(BATCH, rest - start)
        for name, end, told in _ends(task, partial(_by_chance, size, seed + start)):
            others[end] += 1
            told = f"{name} of seed {seed + start}: {told}"  # noqa: PLW2901 - where to find it
            found.unexpected += [told] * (end not in NAMED | {"tekst", "leeg"})
        found.given += size
    found.others = dict(others.most_common())
    found.megabytes = _peak()
    found.left = len(_children())
    found.seconds = time.monotonic() - started
    return found


def _peak() -> float:
    """Return the most MB that this process has held since it began.

    The kernel's own mark of this address space: what getrusage says begins at the size of the
    process that started this one.
    """
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if "VmHWM" in line)


def _ends(
    task: Callable[[Path], Extraction | str], make: Callable[[], Iterable[tuple[str, bytes]]]
) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each file with its outcome and what was said of it."""
    with tempfile.TemporaryDirectory() as scratch:
        maker = multiprocessing.get_context("fork").Process(target=_write, args=(make, scratch))
        maker.start()
        maker.join()
        for path, result in run(task, sorted(Path(scratch).iterdir()), workers=2, limits=LIMITS):
            told = result.message if isinstance(result, Failure) else ""
            yield path.stem, _end(result), told


def _write(make: Callable[[], Iterable[tuple[str, bytes]]], folder: str) -> None:
    for name, data in make():
        (Path(folder) / f"{name}.pdf").write_bytes(data)


def _crafted() -> Iterator[tuple[str, bytes]]:
    yield from hostile.crafted()
    yield from hostile_pages.crafted()


def _by_chance(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield files put together by chance, and as many papers of the sample with changes."""
    originals = [path.read_bytes() for path in sorted((ROOT / "corpus/sample").glob("*.pdf"))]
    small = [data for data in originals if len(data) < 200_000]
    yield from generated.generated(count - count // 2, seed)
    yield from islice(hostile.mutated(small, count // 2, seed), count // 2)


def _end(result: Extraction | Failure | str) -> str:
    """Return the reason of a failure, `tekst` or `leeg`."""
    if isinstance(result, Failure):
        return result.reason
    text = result if isinstance(result, str) else "".join(page.text for page in result.pages)
    return "tekst" if text.strip() else "leeg"


def _children() -> list[int]:
    """Return the other processes of this run, also those that were left to process 1."""
    word = f"{TOKEN}={os.environ.get(TOKEN)}".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            known = word in (place / "environ").read_bytes().split(b"\0")
            dead = (place / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
        except OSError:
            continue
        # A child of a fork has the environment with which this process began.
        if known and dead != "Z" and place.name != str(os.getpid()):
            found.append(int(place.name))
    return [*found, *(child.pid or 0 for child in multiprocessing.active_children())]


def _default(path: Path) -> str:
    """Read with pdfminer.six as it comes."""
    from pdfminer.high_level import extract_text  # noqa: PLC0415 - for the table alone

    try:
        return extract_text(str(path))
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - it raises ten kinds; for itself, that is a refusal
        raise _RefusedError(type(error).__name__) from None


class _RefusedError(Exception):
    """A reader says that it cannot read a file."""


def _table(found: Found) -> Iterator[str]:
    peer = {}
    for name, end, told in _ends(_default, _crafted):
        refused = end == "fout" and "_RefusedError" in told
        deep = end == "beschadigd"  # a RecursionError: it falls over
        peer[name] = "refused" if refused else "crash" if deep else _column(end)
    rows = {
        f"{len(peer)} crafted, ours": Counter(map(_column, found.crafted.values())),
        f"{len(peer)} crafted, pdfminer.six `extract_text`": Counter(peer.values()),
        f"{sum(found.others.values())} by chance, ours": _columns(found.others),
    }
    yield f"Seed {found.seed}; {LIMITS.seconds:g} s and {LIMITS.memory_mb} MB a file, two children;"
    yield f"{found.ended} of {found.given} files ended as text, as empty or by a named failure in"
    yield f"{found.seconds:.0f} s. Left children: {found.left}. The parent took at most"
    yield f"{found.megabytes:.0f} MB."
    yield ""
    yield f"| Files and reader | {' | '.join(COLUMNS)} |"
    yield f"| --- |{' ---: |' * len(COLUMNS)}"
    for name, counts in rows.items():
        yield f"| {name} | {' | '.join(str(counts[column]) for column in COLUMNS)} |"
    yield ""
    yield "Refused: damaged, encrypted, too large, no PDF. Crafted files on which the two differ:"
    yield ""
    yield "| File | ours | pdfminer.six |"
    yield "| --- | --- | --- |"
    for name, end in sorted(found.crafted.items()):
        if _column(end) != peer.get(name):
            yield f"| {name} | {_column(end)} | {peer.get(name)} |"
    yield from (f"\nUnexpected: {told}" for told in found.unexpected[:20])


def _columns(ends: dict[str, int]) -> Counter[str]:
    counts = Counter[str]()
    for end, count in ends.items():
        counts[_column(end)] += count
    return counts


def _column(end: str) -> str:
    """Return the column of an outcome."""
    if end in REFUSED:
        return "refused"
    return WORDS.get(end, "crash" if end == "afgebroken" else "unexpected")


if __name__ == "__main__":
    main()
