"""The cards of an open Whoosh index, each read where its segment has it.

In go Whoosh's reader and what is known of the documents, out comes the shelf. A segment that a
later generation takes over brings its cards along.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from indexer.engine.cards import Shelf
from indexer.engine.documents import Documents
from indexer.engine.packed_cards import card_of, label_of
from indexer.engine.rows import Rows
from indexer.engine.whoosh_schema import CARD


class CardColumns:
    """The packed cards of all documents, by number. Safe to share between threads.

    Whoosh goes to a place in the file of a column and then reads there: one thread at a time.
    """

    def __init__(self, reader: Any) -> None:
        leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        self._bases = [base for _, base in leaves]
        self._reading = threading.Lock()
        self._columns = [leaf.column_reader(CARD, translate=False) for leaf, _ in leaves]

    def __getitem__(self, number: int) -> bytes:
        """Return a document's card."""
        at = bisect_right(self._bases, number) - 1
        with self._reading:
            return bytes(self._columns[at][number - self._bases[at]])


def shelf_of(reader: Any, documents: Documents) -> Shelf:
    """Return the shelf of an open index."""
    rows = CardColumns(reader)
    first = documents.first_of_papers
    return Shelf(
        documents,
        Rows(len(documents.paper_ids), lambda ordinal: card_of(rows[int(first[ordinal])])),
        Rows(len(documents.live), lambda number: label_of(rows[number])),
    )


def names_of(reader: Any, documents: Documents) -> Iterator[tuple[str, str]]:
    """Yield paper and passage id of each document in order."""
    rows, ids = CardColumns(reader), documents.paper_ids
    for number, ordinal in enumerate(documents.paper.tolist()):
        yield ids[ordinal], label_of(rows[number]).passage_id
