"""A column of an open Whoosh index as bytes, by document: what is stored, and the cards.

In goes the number of a document, out come its bytes. Whoosh goes to a place in a file and then
reads there, one thread at a time; here a read says where it is (`pread`), so that threads read side
by side and no lock is taken.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any


class ByteColumns:
    """The column of all segments: Whoosh's reader of each, with the number of its first document.

    Safe to share between threads. Raises `ValueError` when the index was closed.
    """

    def __init__(self, columns: Sequence[tuple[Any, int]]) -> None:
        self._bases = [base for _, base in columns]
        self._columns = [
            (rows._dbfile, rows._basepos, rows._offsets, rows._lengths)  # noqa: SLF001
            for rows, _ in columns
        ]

    def __getitem__(self, number: int) -> bytes:
        """Return the bytes of a document."""
        at = bisect_right(self._bases, number) - 1
        file, start, offsets, lengths = self._columns[at]
        row = number - self._bases[at]
        return os.pread(file.fileno(), lengths[row], start + offsets[row])
