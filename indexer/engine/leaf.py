"""One segment of an open index, as postings with the document numbers of the whole index.

In goes a token, out come slices of the segment's arrays; documents that were deleted since the
segment was written are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.engine.postings import NOTHING, Mask, Postings
from indexer.engine.whoosh_codec import ArrayTermsReader


class Leaf:
    """A segment; `base` is the number of its first document. Safe to share between threads."""

    def __init__(self, reader: Any, base: int) -> None:
        self._base = base
        self._terms: ArrayTermsReader | None = None
        if reader.doc_count_all():
            self._terms = reader.codec().terms_reader(reader.storage(), reader.segment())
        self._live: Mask | None = None
        if reader.has_deletions():
            self._live = np.ones(reader.doc_count_all(), np.bool_)
            self._live[[n for n in range(len(self._live)) if reader.is_deleted(n)]] = False

    def postings(self, field: str, token: bytes) -> Postings:
        """Return a token's postings; empty when the segment does not have it."""
        at = self._terms.find(field, token) if self._terms else None
        if self._terms is None or at is None:
            return NOTHING
        run = self._terms.run(field)
        part = slice(int(run.first[at]), int(run.first[at + 1]))
        ids, counts = run.ids[part], run.counts[part].astype(np.int64)
        places = run.places[int(run.first_place[at]) : int(run.first_place[at + 1])]
        if self._live is not None:
            kept = self._live[ids]
            places, ids, counts = places[np.repeat(kept, counts)], ids[kept], counts[kept]
        return Postings(ids.astype(np.int64) + self._base, counts, places=places)

    def with_prefix(self, field: str, prefix: bytes) -> list[bytes]:
        """Return the tokens that begin with the prefix."""
        if self._terms is None:
            return []
        found = self._terms.beginning(field, prefix)
        return list(self._terms.run(field).tokens[found.start : found.stop])


def joined(parts: Sequence[Postings]) -> Postings:
    """Return the postings of all segments as one, in their order."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return NOTHING
    return Postings(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.keys for part in parts]),
    )
