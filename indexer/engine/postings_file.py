"""Runs of postings ↔ one file of plain arrays, mapped into memory.

Layout: a magic word, the arrays one after another, each at a multiple of 8 bytes and
little-endian, then a JSON table of them (`{field: {array: [offset, type, length]}}`) and its length
in 8 bytes. Reading copies nothing and decodes nothing: a token is found by bisection in the
sorted vocabulary, and its postings are slices that all threads and processes share.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, overload

import numpy as np

from indexer.engine.inversion import Numbers, Run

MAGIC = b"KZPOST01"
ALIGN = 8


class PostingsFileError(Exception):
    """A file of postings is not what it should be."""


def write(stream: BinaryIO, runs: Iterable[tuple[str, Run]]) -> None:
    """Write runs by field to a binary stream."""
    stream.write(MAGIC)
    at = len(MAGIC)
    table: dict[str, dict[str, tuple[int, str, int]]] = {}
    for name, run in runs:
        table[name] = {}
        for part, values in _arrays(run).items():
            packed = values.tobytes()
            table[name][part] = (at, values.dtype.str, len(values))
            padding = -len(packed) % ALIGN
            stream.write(packed + b"\0" * padding)
            at += len(packed) + padding
    tail = json.dumps(table).encode()
    stream.write(tail + len(tail).to_bytes(8, "little"))


def _arrays(run: Run) -> dict[str, Numbers]:
    ends = np.cumsum([0, *(len(token) for token in run.tokens)])
    return {
        "vocabulary": np.frombuffer(b"".join(run.tokens), np.uint8),
        "ends": _narrow(ends),
        "first": _narrow(run.first),
        "ids": _narrow(run.ids),
        "counts": _narrow(run.counts),
        "first_place": _narrow(run.first_place),
        "places": _narrow(run.places),
    }


def _narrow(values: Numbers) -> Numbers:
    """Return the numbers in the smallest type that holds them."""
    most = int(values.max()) if len(values) else 0
    kind = next(k for k in ("<u1", "<u2", "<u4", "<u8") if most <= np.iinfo(k).max)
    return values.astype(kind)


@dataclass(frozen=True, slots=True)
class Vocabulary(Sequence[bytes]):
    """The sorted tokens of a field, without an object for each."""

    packed: Numbers
    ends: Numbers

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.ends) - 1

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        """Return a token, or those of a slice."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self.packed[self.ends[at] : self.ends[at + 1]].tobytes()

    def find(self, token: bytes) -> int | None:
        """Return a token's number, or `None`."""
        at = bisect_left(self, token)
        return at if at < len(self) and self[at] == token else None

    def beginning(self, prefix: bytes) -> range:
        """Return the numbers of the tokens that begin with the prefix."""
        low = bisect_left(self, prefix)
        return range(low, bisect_left(self, prefix + b"\xff" * 4, low))


class PostingsFile:
    """An open file of postings: `fields[name]` is its `Run`, with a `Vocabulary` as tokens."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self.fields = {name: self._run(row) for name, row in self._table(path).items()}

    def _table(self, path: Path) -> dict[str, dict[str, tuple[int, str, int]]]:
        data = self._mapped
        size = int.from_bytes(data[-8:], "little")
        if data[: len(MAGIC)] != MAGIC or size > len(data) - len(MAGIC) - 8:
            raise PostingsFileError(f"{path.name} is geen bestand met vindplaatsen.")
        table: dict[str, dict[str, tuple[int, str, int]]] = json.loads(data[-8 - size : -8])
        return table

    def _run(self, row: dict[str, tuple[int, str, int]]) -> Run:
        parts = {
            name: np.frombuffer(self._mapped, kind, length, offset)
            for name, (offset, kind, length) in row.items()
        }
        return Run(
            tokens=Vocabulary(parts["vocabulary"], parts["ends"]),
            first=parts["first"],
            ids=parts["ids"],
            counts=parts["counts"],
            first_place=parts["first_place"],
            places=parts["places"],
        )
