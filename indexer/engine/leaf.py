"""One segment of an open index, as postings with the document numbers of the whole index.

In goes a token, out come slices of the segment's arrays; documents that were deleted since the
segment was written are left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.ids import NO_IDS, Ids, Mask, ranges, summed
from indexer.engine.arrays.vocabulary import Vocabulary
from indexer.engine.matching.edits import Shapes
from indexer.engine.postings import file as postings_file
from indexer.engine.postings.runs import NOTHING, Postings
from indexer.engine.postings.slices import Slice, View
from indexer.engine.whoosh_terms import ArrayTermsReader


class Leaf:
    """A segment; `base` is the number of its first document. Safe to share between threads."""

    def __init__(self, reader: Any, base: int) -> None:
        self._base = base
        self._documents: int = reader.doc_count_all()
        self._terms = ArrayTermsReader({})
        if self._documents:
            self._terms = reader.codec().terms_reader(reader.storage(), reader.segment())
        self._shapes: dict[str, Shapes] = {}
        self._views: dict[str, View] = {}
        self._live: Mask | None = None
        if reader.has_deletions():
            self._live = np.ones(self._documents, np.bool_)
            self._live[list(reader.segment().deleted_docs())] = False

    def vocabulary(self, field: str) -> Vocabulary | None:
        """Return the words of a field, `None` when the segment has none."""
        words = self._terms.run(field).tokens
        return words if isinstance(words, Vocabulary) and len(words) else None

    def beginning(self, field: str, prefix: bytes) -> range:
        """Return the numbers of the tokens that begin with the prefix."""
        return self._terms.beginning(field, prefix)

    def tokens(self, field: str, numbers: range | Ids) -> list[bytes]:
        """Return the tokens with these numbers."""
        tokens = self._terms.run(field).tokens
        return [tokens[int(number)] for number in numbers]

    def near(self, field: str, token: bytes, distance: int) -> Ids:
        """Return the numbers of the tokens at most `distance` edits from one, first byte alike."""
        shapes = self._shapes.get(field)
        if shapes is None:
            words = self._terms.run(field).tokens
            if not isinstance(words, Vocabulary):
                return NO_IDS
            shapes = self._shapes[field] = Shapes(words)
        return shapes.near(token, distance)

    @property
    def documents(self) -> int:
        """Return how many documents it has, deleted ones counted."""
        return self._documents

    def counted(self, field: str, numbers: range | Ids) -> Postings:
        """Return how often any of some tokens stands in each document, by numpy; no places."""
        if not len(numbers):
            return NOTHING
        run = self._terms.run(field)
        if isinstance(numbers, range):  # their postings lie together
            part = slice(int(run.first[numbers.start]), int(run.first[numbers.stop]))
            found, counts = run.ids[part], run.counts[part]
        else:
            starts = run.first[numbers].astype(np.int64)
            at = ranges(starts, run.first[numbers + 1] - starts)
            found, counts = run.ids[at], run.counts[at]
        ids, sums = summed(found, counts)
        if self._live is not None and not (kept := self._live[ids]).all():
            ids, sums = ids[kept], sums[kept]
        return Postings(ids + self._base if self._base else ids, sums)

    def tallied(self, field: str, numbers: range | Ids, tally: Any) -> Slice | None:
        """Return the same by a `loops.Tally` of its own documents; `None` where there are none.

        One word is as it lies in the file.
        """
        view = self.view(field)
        if len(numbers) < 2:
            return view.slice(int(numbers[0])) if len(numbers) else None
        if isinstance(numbers, range):
            tally.add(view.between(numbers.start, numbers.stop).part)
        else:
            for number in numbers.tolist():
                tally.add(view.slice(number).part)
        return view.of_counts(*map(np.asarray, tally.taken()))

    def view(self, field: str) -> View:
        """Return where the postings of a field lie."""
        found = self._views.get(field)
        if found is None:
            run = self._terms.run(field)
            before = postings_file.before(run.counts) if run.before is None else run.before
            found = self._views[field] = View(
                (run.first.data, run.first_place.data),
                (run.ids, run.counts, run.places),
                (native.plain(run.ids), native.plain(run.counts), native.plain(before)),
                (self._base, self._documents, self._live),
                None if run.together is None else run.together.data,
            )
        return found
