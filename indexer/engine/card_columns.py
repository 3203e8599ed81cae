"""The cards of an open Whoosh index, each read where its segment has it.

In go Whoosh's reader and what is known of the documents, out comes the shelf. A segment that a
later generation takes over brings its cards along.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.engine.arrays.byte_columns import ByteColumns
from indexer.engine.arrays.rows import Rows
from indexer.engine.documents.cards import Shelf
from indexer.engine.documents.packed_cards import card_of, label_of
from indexer.engine.documents.table import Documents
from indexer.engine.whoosh_schema import CARD


def card_rows(reader: Any) -> ByteColumns:
    """Return the packed cards of all documents, by number."""
    leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
    return ByteColumns([(leaf.column_reader(CARD, translate=False), base) for leaf, base in leaves])


def shelf_of(reader: Any, documents: Documents) -> Shelf:
    """Return the shelf of an open index."""
    rows = card_rows(reader)
    first = documents.first_of_papers
    return Shelf(
        documents,
        Rows(len(documents.paper_ids), lambda ordinal: card_of(rows[int(first[ordinal])])),
        Rows(len(documents.live), lambda number: label_of(rows[number])),
    )


def names_of(reader: Any, documents: Documents) -> Iterator[tuple[str, str]]:
    """Yield paper and passage id of each document in order."""
    rows, ids = card_rows(reader), documents.paper_ids
    for number, ordinal in enumerate(documents.paper.tolist()):
        yield ids[ordinal], label_of(rows[number]).passage_id
