"""What a generation keeps of its documents beside the arrays: papers and passages, packed.

In goes the number of a document, out come its stored fields. Nothing here knows the index that it
is of, so that one that is closed goes away with its files and leaves no circle behind: a server
opens a new one for each generation, and mapped files are file descriptors until they are let go.
"""

from __future__ import annotations

import pickle
from typing import Any

from indexer.engine import deadline
from indexer.engine.arrays.byte_columns import ByteColumns
from indexer.engine.documents.ready import unpacked
from indexer.engine.whoosh_codec import kept_column
from indexer.engine.whoosh_schema import PASSAGE


class Stored:
    """The stored fields of all documents. Safe to share between threads."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        self._rows = ByteColumns([(kept_column(leaf), base) for leaf, base in leaves])

    def __getitem__(self, number: int) -> dict[str, Any]:
        """Return what is kept of a document, by field."""
        deadline.check()
        found: dict[str, Any] = pickle.loads(self._rows[number])  # noqa: S301 - of our own index
        return found

    def passage(self, number: int) -> dict[str, Any]:
        """Return the text of a document, with its pages and the numbers of papers in it."""
        return unpacked(self[number][PASSAGE])

    def close(self) -> None:
        """Release the files; no look may follow."""
        self._reader.close()
