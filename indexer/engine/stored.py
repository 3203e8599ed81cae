"""What a generation keeps of its documents beside the arrays: papers and passages, packed.

In goes the number of a document, out come its stored fields. Nothing here knows the index that it
is of, so that one that is closed goes away with its files and leaves no circle behind: a server
opens a new one for each generation, and mapped files are file descriptors until they are let go.
"""

from __future__ import annotations

import threading
from typing import Any

from indexer.engine import deadline
from indexer.engine.ready import unpacked
from indexer.engine.whoosh_schema import PASSAGE


class Stored:
    """The stored fields of all documents. Safe to share between threads.

    Whoosh goes to a place in a file and then reads there: one thread at a time.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._reading = threading.Lock()
        for leaf, _ in reader.leaf_readers():  # opens the files now
            if leaf.doc_count_all():
                leaf.stored_fields(0)

    def __getitem__(self, number: int) -> dict[str, Any]:
        """Return what is kept of a document, by field."""
        deadline.check()
        with self._reading:
            return dict(self._reader.stored_fields(number))

    def passage(self, number: int) -> dict[str, Any]:
        """Return the text of a document, with its pages and the numbers of papers in it."""
        return unpacked(self[number][PASSAGE])

    def close(self) -> None:
        """Release the files; no look may follow."""
        with self._reading:
            self._reader.close()
