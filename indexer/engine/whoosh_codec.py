"""Our postings inside a Whoosh index: a codec, and a writer that feeds it arrays.

Whoosh keeps documents, stored fields, columns and deletions as ever; the inverted index of a
segment is one file of arrays. Whoosh itself opens and searches such an index: the codec says where
its tokens are, and hands out matchers. Our engine takes the arrays directly.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader, W3PerDocWriter
from whoosh.columns import PickleColumn, VarBytesColumn
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from indexer.engine import postings_file
from indexer.engine.inversion import Inversion, Item, Run, Words
from indexer.engine.lexicon import Lexicon
from indexer.engine.vocabulary import Vocabulary
from indexer.engine.whoosh_schema import PAPER_ID, WITH_PLACES

EXTENSION = ".kzp"
LONGEST = 1 << 24
NO_RUN = Run((), *(np.zeros(n, np.int64) for n in (1, 0, 0, 1, 0)))


class MissingTermError(TermNotFound, KeyError):  # type: ignore[misc]
    """A token that the segment does not have: Whoosh catches it by either name."""


class KeptColumn(PickleColumn):  # type: ignore[misc]
    """What is kept of a document: bytes, by name, that are compressed already.

    Whoosh's own column pickles them as text, which is half as much again, and compresses that.
    """

    class Writer(PickleColumn.Writer):  # type: ignore[misc]
        """Writes what is kept."""

        def add(self, docnum: int, v: Any) -> None:
            """Write what is kept of a document (Whoosh's protocol)."""
            self._child.add(docnum, pickle.dumps(v, PROTOCOL))


PROTOCOL = 3
"""Of pickle: the first that knows bytes; Whoosh reads any."""
STORED = KeptColumn(VarBytesColumn(write_offsets_cutoff=WITH_PLACES))
KEPT = "_stored"


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with postings as arrays, and with what is kept as it came."""

    def per_document_writer(self, storage: Any, segment: Any) -> ArrayDocumentWriter:
        """Return what writes a segment's documents."""
        return ArrayDocumentWriter(self, storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> ArrayDocumentReader:
        """Return what reads a segment's documents."""
        return ArrayDocumentReader(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """Return what writes a segment's postings."""
        return ArrayFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """Return what reads a segment's postings."""
        return ArrayTermsReader(postings_file.read(postings_path(storage, segment)))


def postings_path(storage: Any, segment: Any) -> Path:
    """Return where a segment's postings lie."""
    return Path(storage.folder, str(segment.make_filename(EXTENSION)))


class ArrayDocumentWriter(W3PerDocWriter):  # type: ignore[misc]
    """Writes documents; their lengths, a byte for each, are gathered and written at once."""

    def __init__(self, codec: ArrayCodec, storage: Any, segment: Any) -> None:
        self._lengths: dict[str, bytearray] = defaultdict(bytearray)
        super().__init__(codec, storage, segment)

    def _create_column(self, fieldname: str, column: Any) -> None:
        super()._create_column(fieldname, STORED if fieldname == KEPT else column)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Keep a value and a length of a field (Whoosh's protocol)."""
        del fieldobj
        if value is not None:
            self._storedfields[fieldname] = value
        if length:
            row = self._lengths[fieldname]
            row.extend(bytes(self._docnum - len(row)))
            row.append(_length_byte(length))
            self._fieldlengths[fieldname] += length

    def close(self) -> None:
        """Write what was gathered (Whoosh's protocol)."""
        for name, row in self._lengths.items():
            self._cols.create_file(f"_{name}_len").write(bytes(row))
        super().close()


@cache
def _length_byte(length: int) -> int:
    byte: int = length_to_byte(length)
    return byte


class ArrayDocumentReader(W3PerDocReader):  # type: ignore[misc]
    """Reads documents."""

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return what is kept of a document (Whoosh's protocol)."""
        return self._cached_reader(KEPT, STORED)[docnum] or {}


class ArrayFieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes the postings of a segment, at once."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage, self._name = storage, str(segment.make_filename(EXTENSION))
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Inversion | Iterable[Item]) -> None:
        """Write all postings: an `Inversion`, or items in Whoosh's order."""
        del schema, lengths
        if not isinstance(items, Inversion):
            inversion = Inversion()
            for item in items:
                inversion.add(item)
            items = inversion
        with self._storage.create_file(self._name) as stream:
            postings_file.write(stream, items.runs())

    def close(self) -> None:
        """Finish (Whoosh's protocol)."""
        self.is_closed = True


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Walks over the tokens of a field (Whoosh's protocol)."""

    def __init__(self, reader: ArrayTermsReader, name: str, field: Any) -> None:
        self._reader, self._name, self._field = reader, name, field
        self._tokens = reader.run(name).tokens
        self._at = 0

    def first(self) -> str | None:
        """Go to the first token and return it."""
        self._at = 0
        return self.text()

    def find(self, token: str | bytes) -> str | None:
        """Go to the first token from the given one on."""
        wanted = token if isinstance(token, bytes) else self._field.to_bytes(token)
        self._at = self._reader.beginning(self._name, wanted).start
        return self.text()

    def next(self) -> str | None:
        """Go to the next token."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the token, or `None` behind the last."""
        if not self.is_valid():
            return None
        text: str = self._field.from_bytes(self._tokens[self._at])
        return text

    def term_info(self) -> TermInfo:
        """Return what is known of the token."""
        return self._reader.term_info(self._name, self._tokens[self._at])

    def is_valid(self) -> bool:
        """Tell whether there is a token here."""
        return self._at < len(self._tokens)


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """Reads the postings of a segment: as arrays for us (`run`), by token for Whoosh."""

    def __init__(self, fields: Mapping[str, Run]) -> None:
        self._fields = fields

    def run(self, name: str) -> Run:
        """Return a field's postings; empty when the segment has none."""
        return self._fields.get(name, NO_RUN)

    def find(self, name: str, token: bytes) -> int | None:
        """Return a token's number in its field, or `None`."""
        tokens = self.run(name).tokens
        return tokens.find(token) if isinstance(tokens, Vocabulary) else None

    def beginning(self, name: str, prefix: bytes) -> range:
        """Return the numbers of the tokens that begin with the prefix."""
        tokens = self.run(name).tokens
        return tokens.beginning(prefix) if isinstance(tokens, Vocabulary) else range(0)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Tell whether a field has a token."""
        return self.find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the fields of the segment."""
        return list(self._fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """Return a cursor at the first token of a field."""
        return ArrayCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all (field, token) in order."""
        for name in sorted(self._fields):
            for token in self.run(name).tokens:
                yield name, token

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield (field, token) in order from a token on."""
        for name in sorted(self._fields):
            if name >= fieldname:
                tokens = self.run(name).tokens
                start = self.beginning(name, prefix).start if name == fieldname else 0
                for at in range(start, len(tokens)):
                    yield name, tokens[at]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all terms with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield terms from one on with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def _bounds(self, name: str, token: bytes) -> tuple[slice, slice]:
        at = self.find(name, token)
        if at is None:
            raise MissingTermError(f"No term {name}:{token!r}")
        run = self.run(name)
        return (
            slice(int(run.first[at]), int(run.first[at + 1])),
            slice(int(run.first_place[at]), int(run.first_place[at + 1])),
        )

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return weight and frequency of a token; lengths are bounds, not exact."""
        postings, places = self._bounds(fieldname, text)
        run = self.run(fieldname)
        return TermInfo(
            weight=float(places.stop - places.start),
            df=postings.stop - postings.start,
            minlength=1,
            maxlength=LONGEST,
            maxweight=float(run.counts[postings].max()),
            minid=int(run.ids[postings.start]),
            maxid=int(run.ids[postings.stop - 1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a token occurs."""
        places = self._bounds(fieldname, text)[1]
        return float(places.stop - places.start)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents have a token."""
        postings = self._bounds(fieldname, text)[0]
        return int(postings.stop) - int(postings.start)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Return Whoosh's matcher over a token's postings; positions packed as in the schema."""
        postings, places = self._bounds(fieldname, text)
        run = self.run(fieldname)
        counts = run.counts[postings].astype(np.int64)
        packed = run.places[places].astype("<u4").tobytes()
        ends = (np.cumsum(counts) * 4).tolist()
        return ListMatcher(
            run.ids[postings].tolist(),
            weights=counts.astype(float).tolist(),
            values=[packed[a:b] for a, b in zip([0, *ends], ends, strict=False)],
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def close(self) -> None:
        """Finish (Whoosh's protocol); the file is unmapped when nobody holds its arrays."""


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
