"""A Whoosh index → what is known of its documents: cards of new segments are read, no others.

In go a reader and, when there was a generation before, its documents and its segments; out come
all documents. Whoosh never writes to a segment again, so a segment's name is enough to
know its documents by; what was deleted since is asked of the segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from indexer.engine.arrays.ids import Ids, Mask
from indexer.engine.documents.packed_cards import unpack
from indexer.engine.documents.renewed import renewed
from indexer.engine.documents.table import Documents
from indexer.engine.whoosh_schema import CARD


def documents_of(
    reader: Any, before: Documents | None, segments: Sequence[tuple[str, int]]
) -> Documents:
    """Return what is known of all documents; `segments` are names and sizes behind `before`."""
    leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
    starts = dict(zip((name for name, _ in segments), _bases(segments), strict=True))
    if before is None or not any(_name(leaf) in starts for leaf in leaves):
        live = _live(leaves)
        return unpack((row for leaf in leaves for row in _cards(leaf)), _gone(live))
    came = [_came(leaf, starts.get(_name(leaf))) for leaf in leaves]
    fresh = [leaf for leaf in leaves if _name(leaf) not in starts]
    more = unpack((row for leaf in fresh for row in _cards(leaf)), _gone(_live(fresh)))
    return renewed(before, np.concatenate(came), _live(leaves), more)


def _name(leaf: Any) -> str:
    return str(leaf.segment().segment_id())


def _bases(segments: Sequence[tuple[str, int]]) -> list[int]:
    sizes = [size for _, size in segments]
    return [sum(sizes[:at]) for at in range(len(sizes))]


def _came(leaf: Any, start: int | None) -> Ids:
    """Return the numbers that a segment's documents had before, -1 when it is new."""
    count = leaf.doc_count_all()
    return np.full(count, -1, np.int64) if start is None else np.arange(start, start + count)


def _cards(leaf: Any) -> Iterator[bytes]:
    column = leaf.column_reader(CARD, translate=False)
    return (bytes(column[number]) for number in range(leaf.doc_count_all()))


def _live(leaves: Sequence[Any]) -> Mask:
    """Return which documents were not deleted."""
    rows = [np.ones(leaf.doc_count_all(), np.bool_) for leaf in leaves]
    for row, leaf in zip(rows, leaves, strict=True):
        row[list(leaf.segment().deleted_docs())] = False
    return np.concatenate([np.ones(0, np.bool_), *rows])


def _gone(live: Mask) -> list[int]:
    gone: list[int] = np.flatnonzero(~live).tolist()
    return gone
