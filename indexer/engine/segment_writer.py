"""Whoosh's writer of segments, fed with arrays.

In go documents that were made ready and the postings of segments that are merged, out comes a
segment whose postings are one `Inversion`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from whoosh.writing import SegmentWriter

from indexer.engine.postings.inversion import Inversion, Words
from indexer.engine.postings.lexicon import Lexicon
from indexer.engine.whoosh_codec import ArrayCodec
from indexer.engine.whoosh_schema import PAPER_ID
from indexer.engine.whoosh_terms import ArrayTermsReader


class ArrayWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of segments, with an `Inversion` in the place of its pool of postings."""

    def __init__(self, index: Any, lexicon: Lexicon | None = None) -> None:
        # Without Whoosh's lock: a generation has one writer, and its lock would be a file of it.
        super().__init__(index, codec=ArrayCodec(), compound=False, limitmb=1, _lk=False)
        self.pool.cleanup()  # Whoosh's own
        self.pool: Inversion = Inversion(lexicon)
        self._terms: list[ArrayTermsReader] = []
        self._own: dict[str, list[int]] = defaultdict(list)

    def delete_named(self, name: str) -> None:
        """Delete all documents of a paper: those of the segments, and those that were added here.

        Whoosh's own way opens a searcher for each call, and knows the segments only.
        """
        if not self._terms:
            self._terms = [self.codec.terms_reader(self.storage, row) for row in self.segments]
        for segment, terms in zip(self.segments, self._terms, strict=True):
            at = terms.find(PAPER_ID, name.encode())
            if at is not None:
                run = terms.run(PAPER_ID)
                for document in run.ids[int(run.first[at]) : int(run.first[at + 1])].tolist():
                    segment.delete_document(document)
        for document in self._own.pop(name, ()):
            self.newsegment.delete_document(document)

    def add_words(self, words: Mapping[str, Words]) -> None:
        """Add the words of documents that come next, by field; their numbers begin at 0."""
        for name, rows in words.items():
            documents = rows.documents + np.uint32(self.docnum)
            self.pool.add_words(name, replace(rows, documents=documents))

    def add_ready(
        self,
        tokens: Mapping[str, Sequence[tuple[str, int]]],
        lengths: Mapping[str, int],
        stored: Mapping[str, Any],
        columns: Mapping[str, bytes],
    ) -> int:
        """Add a document and return its number; `tokens` has (token, position) pairs by field."""
        self._check_state()
        perdoc = self.perdocwriter
        document: int = self.docnum
        perdoc.start_doc(document)
        for name, length in lengths.items():
            perdoc.add_field(name, None, None, length)
        for name, value in stored.items():
            perdoc.add_field(name, None, value, 0)
        for name, value in columns.items():
            perdoc.add_column_value(name, self.schema[name].column_type, value)
        for name, pairs in tokens.items():
            self.pool.add_document(name, document, pairs)
        for name, _ in tokens.get(PAPER_ID, ()):
            self._own[name].append(document)
        perdoc.finish_doc()
        self._added = True
        self.docnum += 1
        return document

    def add_postings_to_pool(
        self, reader: Any, startdoc: int, docmap: Mapping[int, int] | None
    ) -> None:
        """Take over the postings of another segment, as arrays when they are ours."""
        terms = reader.codec().terms_reader(reader.storage(), reader.segment())
        if not isinstance(terms, ArrayTermsReader):
            super().add_postings_to_pool(reader, startdoc, docmap)
            return
        count = reader.doc_count_all()
        renumbered = np.arange(startdoc, startdoc + count, dtype=np.int64)
        if docmap is not None:
            renumbered[:] = -1
            renumbered[list(docmap)] = list(docmap.values())
        for name in terms.indexed_field_names():
            if name in self.schema:
                self.pool.add_run(name, terms.run(name), renumbered)
