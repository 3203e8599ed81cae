"""Which papers a generation holds, with their hashes: a list of changes, each in a file.

In go papers that are put and dropped, out come files `contents/000001.json` and on. The first is
whole, each later one says what changed (`null`: gone), so that one changed paper writes one row.
Files never change: a generation links those of the one before. When they hold half as many rows
again as there are papers, or there are many of them, one whole file takes their place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from indexer.engine import collector
from indexer.engine.publishing.disk import Disk

FOLDER = "contents"
SPARE = 1.5
"""Rows in the files as a multiple of the papers: from there on they are written whole."""
MOST = 32
"""Files that a generation may have."""


class Held(NamedTuple):
    """A paper that is held: the hash of its content, and how many passages and pages it has."""

    hash: str
    passages: int
    pages: int


Row = Sequence[Any]
"""A `Held`, as it was read."""


class Contents:
    """The papers of the next generation, beginning with those of the one before, if any."""

    def __init__(self, previous: Path | None) -> None:
        self._rows: dict[str, Row] = {}
        self._changed: set[str] = set()
        self._written = 0
        with collector.paused():
            for path in _files(previous / FOLDER) if previous else ():
                changes = json.loads(path.read_bytes())
                self._written += len(changes)
                self._rows.update(changes)
        for paper_id in [name for name, row in self._rows.items() if row is None]:
            del self._rows[paper_id]

    def __contains__(self, paper_id: str) -> bool:
        """Tell whether a paper is held."""
        return paper_id in self._rows

    def hashes(self) -> Mapping[str, str]:
        """Return the hash of each paper by its id."""
        return {paper_id: row[0] for paper_id, row in self._rows.items()}

    def counts(self) -> dict[str, int]:
        """Return how many papers, passages and pages there are."""
        rows = self._rows.values()
        return {
            "papers": len(rows),
            "passages": sum([row[1] for row in rows]),
            "pages": sum([row[2] for row in rows]),
        }

    def put(self, paper_id: str, held: Held) -> None:
        """Hold a paper, in the place of one with the same id."""
        self._rows[paper_id] = held
        self._changed.add(paper_id)

    def drop(self, paper_id: str) -> None:
        """Hold a paper no longer."""
        if self._rows.pop(paper_id, None) is not None:
            self._changed.add(paper_id)

    def write(self, generation: Path, disk: Disk) -> None:
        """Write what changed, beside the files of the generation before that are linked here."""
        folder = generation / FOLDER
        disk.make(folder)
        files = _files(folder)
        number = int(files[-1].stem) + 1 if files else 1
        rows: Mapping[str, Row | None] = {name: self._rows.get(name) for name in self._changed}
        if len(files) >= MOST or self._written + len(rows) > SPARE * len(self._rows):
            rows = self._rows
            for path in files:
                disk.delete(path)
        if rows or not files:
            disk.write(folder / f"{number:06}.json", json.dumps(rows).encode())


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))
