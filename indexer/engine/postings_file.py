"""Runs of postings ↔ one file of arrays, mapped into memory.

In go runs by field, out come the same: a token is found by bisection in the sorted vocabulary, and
its postings are slices of the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, overload

import numpy as np

from indexer.engine import arrays_file
from indexer.engine.arrays_file import Numbers, narrow
from indexer.engine.inversion import Run


def write(stream: BinaryIO, runs: Iterable[tuple[str, Run]]) -> None:
    """Write runs by field to a binary stream."""
    arrays_file.write(stream, ((name, _arrays(run)) for name, run in runs))


def _arrays(run: Run) -> dict[str, Numbers]:
    ends = np.cumsum([0, *(len(token) for token in run.tokens)])
    return {
        "vocabulary": np.frombuffer(b"".join(run.tokens), np.uint8),
        "ends": narrow(ends),
        "first": narrow(run.first),
        "ids": narrow(run.ids),
        "counts": narrow(run.counts),
        "first_place": narrow(run.first_place),
        "places": narrow(run.places),
    }


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


def read(path: Path) -> dict[str, Run]:
    """Return the runs of a file by field. Raises `ArraysFileError`."""
    return {
        name: Run(
            tokens=Vocabulary(parts["vocabulary"], parts["ends"]),
            first=parts["first"],
            ids=parts["ids"],
            counts=parts["counts"],
            first_place=parts["first_place"],
            places=parts["places"],
        )
        for name, parts in arrays_file.read(path).items()
    }
