"""Named arrays ↔ one file that is mapped into memory.

Layout: a magic word, the arrays one after another, each at a multiple of 8 bytes and
little-endian, then a JSON table of them (`{group: {array: [offset, type, length]}}`) and its length
in 8 bytes. Reading copies nothing and decodes nothing; threads and processes share the pages.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.integer[Any]]
Group = Mapping[str, Numbers]

MAGIC = b"KZARRAY1"
ALIGN = 8


class ArraysFileError(Exception):
    """A file of arrays is not what it should be."""


def write(stream: BinaryIO, groups: Iterable[tuple[str, Group]]) -> None:
    """Write groups of arrays to a binary stream, one group at a time."""
    stream.write(MAGIC)
    at = len(MAGIC)
    table: dict[str, dict[str, tuple[int, str, int]]] = {}
    for name, group in groups:
        table[name] = {}
        for part, values in group.items():
            packed = values.tobytes()
            table[name][part] = (at, values.dtype.str, len(values))
            padding = -len(packed) % ALIGN
            stream.write(packed + b"\0" * padding)
            at += len(packed) + padding
    tail = json.dumps(table).encode()
    stream.write(tail + len(tail).to_bytes(8, "little"))


def read(path: Path) -> dict[str, dict[str, Numbers]]:
    """Return the groups of a file. Raises `ArraysFileError`."""
    with path.open("rb") as stream:
        if path.stat().st_size < len(MAGIC) + 8:
            raise _refused(path)
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        return parse(data)
    except ValueError:
        raise _refused(path) from None


def parse(data: bytes | mmap.mmap) -> dict[str, dict[str, Numbers]]:
    """Return the groups of a file's bytes. Raises `ValueError` when they are none."""
    size = int.from_bytes(data[-8:], "little")
    if data[: len(MAGIC)] != MAGIC or size > len(data) - len(MAGIC) - 8:
        raise ValueError(size)
    table: dict[str, dict[str, tuple[int, str, int]]] = json.loads(data[-8 - size : -8])
    return {
        name: {
            part: np.frombuffer(data, kind, length, offset)
            for part, (offset, kind, length) in row.items()
        }
        for name, row in table.items()
    }


def _refused(path: Path) -> ArraysFileError:
    return ArraysFileError(f"{path.name} is geen heel bestand met vindplaatsen.")


def narrow(values: Numbers) -> Numbers:
    """Return numbers that are not negative in the smallest type that holds them."""
    most = int(values.max()) if len(values) else 0
    kind = next(k for k in ("<u1", "<u2", "<u4", "<u8") if most <= np.iinfo(k).max)
    return values.astype(kind)
