"""How our documents lie in a Whoosh index: the schema from the table, and the posting format.

In goes the table of fields, out comes a Whoosh schema. Tokens come ready from our own analysis,
so nothing but names is pickled into Whoosh's files. A posting's value is its positions as packed
little-endian integers of 32 bits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from whoosh import columns, fields, formats

from indexer.analysis.chains import Token
from indexer.engine.fields import FIELDS

PAPER_ID = "paper_id"
CARD = "card"
PASSAGE = "passage"
PAPER = "paper"
WITH_PLACES = 64
"""From so many documents on a column says where each value lies, so that none need be added up."""


class PackedPositions(formats.Positions):  # type: ignore[misc]
    """Positions of ready tokens, packed; the weight of a posting is its number of places."""

    def word_values(
        self, value: Sequence[Token], analyzer: object, **kwargs: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        """Yield each distinct token with its count and packed positions (Whoosh's protocol)."""
        del analyzer, kwargs
        places: dict[str, list[int]] = defaultdict(list)
        for token in value:
            found = places[token.text]
            if not found or found[-1] != token.position:
                found.append(token.position)
        for text, found in places.items():
            yield text, len(found), float(len(found)), np.array(found, "<u4").tobytes()


def make_schema() -> Any:
    """Return the Whoosh schema of the table: text fields for postings, the rest in columns."""
    schema = fields.Schema()
    schema.add(PAPER_ID, fields.ID(stored=False))
    for field in FIELDS:
        if field.kind == "text":
            text = fields.TEXT(phrase=True)
            text.format = PackedPositions()
            schema.add(field.name, text)
    schema.add(CARD, fields.COLUMN(columns.VarBytesColumn(write_offsets_cutoff=WITH_PLACES)))
    schema.add(PASSAGE, fields.STORED())
    schema.add(PAPER, fields.STORED())
    return schema
