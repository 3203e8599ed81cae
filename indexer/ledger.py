"""What was read in earlier builds, so that an unchanged file is known by its size and time.

In goes what `stat` says of a file, out comes what was read in it the last time, or nothing when
the file or the program changed. A file that was written less than two seconds before it was read
is not trusted by its time: it may have changed again within the same tick of the clock.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.files import Files
from indexer.paper import Failure
from indexer.store import Facts, sha256_of, suffix_of

SETTLED_NS = 2_000_000_000
FORMAT = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as `stat` sees it, with the key of the program that reads it."""

    size: int
    mtime_ns: int
    key: str
    settled: bool = True

    def under(self, key: str) -> Stamp:
        """Return the same file as another program reads it."""
        return Stamp(self.size, self.mtime_ns, key, self.settled)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was read in a PDF: the facts of its paper, or why there is none."""

    sha256: str
    facts: Facts | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What was read in a list: the line and facts of each paper, and the lines that are wrong."""

    papers: tuple[tuple[int, Facts], ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What the last build left behind, to see at a glance that nothing changed.

    `wanted` is a hash of all that the index should hold; `words` is the size of the corpus from
    which the tables with `tables` as their digest were learned; `embedding` is the model of the
    vectors, empty without.
    """

    location: str = ""
    generation: str = ""
    wanted: str = ""
    tables: str = ""
    words: int = 0
    embedding: str = ""


@dataclass
class Ledger:
    """The ledger of a store. What is not asked for or put in by a build is not saved by it."""

    files: Files
    name: str
    state: State = field(default_factory=State)
    _old: dict[str, Any] = field(default_factory=dict)
    _new: dict[str, Any] = field(default_factory=dict)
    _saved: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, root: Path | str, share: str = "") -> Ledger:
        """Return the ledger of a store; an unreadable one is an empty one, and costs time only.

        A process that reads a share (`3/8`) of the files has a ledger of its own.
        """
        files, name = Files(root), f"ledger{suffix_of(share)}.json"
        data = _load(files, name)
        state = State(**data["state"]) if data else State()
        return cls(files, name, state, data["files"] if data else {}, _saved=data or {})

    @property
    def is_empty(self) -> bool:
        """Tell whether no build left anything."""
        return not self._old

    def find(self, path: Path, stamp: Stamp) -> Entry | None:
        """Return what was read in a PDF, if it did not change since."""
        row = self._old.get(str(path))
        if row is None or not _same(row, stamp):
            return None
        self._new[str(path)] = row
        return _entry(row)

    def find_hashed(self, path: Path, sha256: str, key: str) -> Entry | None:
        """Return what was read in a PDF, if it has the same bytes as then."""
        row = self._old.get(str(path))
        return _entry(row) if row is not None and row[2:4] == [key, sha256] else None

    def put(self, path: Path, stamp: Stamp, entry: Entry) -> None:
        """Remember what was read in a PDF."""
        self._new[str(path)] = [*_stamped(stamp), *_plain(entry)]

    def find_list(self, path: Path, stamp: Stamp) -> Listed | None:
        """Return what was read in a list, if it did not change since.

        A list that the stamp does not vouch for is hashed.
        """
        data = _load(self.files, _list(path))
        if data is None or data["path"] != str(path) or data["stamp"][2] != stamp.key:
            return None
        if not _same(data["stamp"], stamp) and data["sha256"] != sha256_of(path):
            return None
        papers = tuple((line, _facts(row)) for line, row in data["papers"])
        return Listed(papers, tuple(Failure(*row) for row in data["failures"]))

    def put_list(self, path: Path, stamp: Stamp, listed: Listed) -> None:
        """Remember what was read in a list."""
        data = {
            "format": FORMAT,
            "path": str(path),
            "stamp": _stamped(stamp),
            "sha256": sha256_of(path),
            "papers": [(line, dataclasses.astuple(facts)) for line, facts in listed.papers],
            "failures": [dataclasses.astuple(failure) for failure in listed.failures],
        }
        self.files.write(_list(path), json.dumps(data).encode())

    def save(self, *, whole: bool) -> None:
        """Write the ledger, unless it is on the disk as it is.

        `whole` says that the build saw all files, so that others are gone.
        """
        files = self._new if whole else {**self._old, **self._new}
        data = {"format": FORMAT, "state": dataclasses.asdict(self.state), "files": files}
        if data != self._saved:
            self.files.write(self.name, json.dumps(data).encode())
            self._saved = {**data, "files": dict(files)}


def stamp_of(path: Path, key: str) -> Stamp:
    """Return the stamp of a file. Raises `OSError`."""
    found = path.stat()
    settled = time.time_ns() - found.st_mtime_ns > SETTLED_NS
    return Stamp(found.st_size, found.st_mtime_ns, key, settled)


def _list(path: Path) -> str:
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return f"lists/{name}.json"


def _load(files: Files, name: str) -> dict[str, Any] | None:
    try:
        data = json.loads(files.read(name))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and data.get("format") == FORMAT else None


def _stamped(stamp: Stamp) -> list[Any]:
    return [stamp.size, stamp.mtime_ns if stamp.settled else 0, stamp.key]


def _same(row: list[Any], stamp: Stamp) -> bool:
    return row[:3] == [stamp.size, stamp.mtime_ns, stamp.key]


def _plain(entry: Entry) -> list[Any]:
    facts = dataclasses.astuple(entry.facts) if entry.facts else None
    failure = dataclasses.astuple(entry.failure) if entry.failure else None
    return [entry.sha256, facts, failure]


def _entry(row: list[Any]) -> Entry:
    sha256, facts, failure = row[3:]
    return Entry(sha256, _facts(facts) if facts else None, Failure(*failure) if failure else None)


def _facts(row: list[Any]) -> Facts:
    breaks = tuple((left, right) for left, right in row[-1])
    return Facts(*[*row[:-1], breaks])
