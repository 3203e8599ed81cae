"""Our postings inside a Whoosh index: the codec, with what writes and reads documents.

Whoosh keeps documents, stored fields, columns and deletions as ever; the inverted index of a
segment is one file of arrays. Whoosh itself opens and searches such an index: the codec says where
its tokens are, and hands out matchers. Our engine takes the arrays directly.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader, W3PerDocWriter
from whoosh.columns import PickleColumn, VarBytesColumn
from whoosh.util.numeric import length_to_byte

from indexer.engine.postings import file as postings_file
from indexer.engine.postings.inversion import Inversion, Item
from indexer.engine.whoosh_schema import WITH_PLACES
from indexer.engine.whoosh_terms import ArrayTermsReader

EXTENSION = ".kzp"


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


def kept_column(leaf: Any) -> Any:
    """Return Whoosh's reader of the bytes that are kept of a segment's documents, opened."""
    return leaf._perdoc._cached_reader(KEPT, STORED)._child  # noqa: SLF001


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
