"""The tokens of a segment and their postings, as Whoosh asks for them and as arrays.

In go the arrays of a segment's fields, out come Whoosh's cursors and matchers, with which it
searches such an index itself; our engine takes the arrays directly (`ArrayTermsReader.run`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.engine.arrays.vocabulary import Vocabulary
from indexer.engine.postings.inversion import Run

LONGEST = 1 << 24
NO_RUN = Run((), *(np.zeros(n, np.int64) for n in (1, 0, 0, 1, 0)))


class MissingTermError(TermNotFound, KeyError):  # type: ignore[misc]
    """A token that the segment does not have: Whoosh catches it by either name."""


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
