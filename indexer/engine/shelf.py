"""The shelf of a generation on disk: what is known of every document, as arrays.

In goes the `Shelf` that the writer made of all cards, out comes the same, opened by mapping a
file: a card is read from its JSON when a hit shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from indexer.engine import arrays_file
from indexer.engine.arrays_file import Group, Numbers, narrow
from indexer.engine.cards import Card, Label, Shelf
from indexer.engine.documents import Documents, Values
from indexer.engine.rows import Rows, as_card, as_label, packed_rows
from indexer.engine.vocabulary import Names, Vocabulary

FILE = "shelf.kza"


def write(stream: BinaryIO, shelf: Shelf) -> None:
    """Write a shelf to a binary stream."""
    arrays_file.write(stream, _groups(shelf))


def _groups(shelf: Shelf) -> Iterator[tuple[str, Group]]:
    documents = shelf.documents
    yield (
        "documents",
        {
            "live": documents.live.astype(np.uint8),
            "paper": narrow(documents.paper),
            "dates": narrow(documents.dates),
            **_words("ids", documents.paper_ids.words),
        },
    )
    yield "cards", _rows(shelf.cards)
    yield "labels", _rows(shelf.labels)
    yield "lengths", {n: narrow(row.astype(np.int64)) for n, row in documents.lengths.items()}
    for name, values in documents.values.items():
        yield (
            f"values:{name}",
            {
                **_words("names", values.names.words),
                **_words("keys", values.keys),
                "owners": narrow(values.owners),
                "codes": narrow(values.codes),
                "key_codes": narrow(values.key_codes),
            },
        )


def read(path: Path) -> Shelf:
    """Return the shelf of a file. Raises `ArraysFileError`."""
    groups = arrays_file.read(path)
    documents = groups["documents"]
    return Shelf(
        Documents(
            live=documents["live"].astype(np.bool_),
            paper=documents["paper"].astype(np.int64),
            paper_ids=Names(_vocabulary("ids", documents)),
            lengths={name: row.astype(np.float64) for name, row in groups["lengths"].items()},
            dates=documents["dates"].astype(np.int64),
            values={
                name.removeprefix("values:"): Values(
                    names=Names(_vocabulary("names", row)),
                    owners=row["owners"].astype(np.int64),
                    codes=row["codes"].astype(np.int64),
                    keys=_vocabulary("keys", row),
                    key_codes=row["key_codes"].astype(np.int64),
                )
                for name, row in groups.items()
                if name.startswith("values:")
            },
        ),
        Rows(_vocabulary("json", groups["cards"], "ends"), as_card),
        Rows(_vocabulary("json", groups["labels"], "ends"), as_label),
    )


def _words(name: str, words: Vocabulary) -> dict[str, Numbers]:
    return {name: words.packed, f"{name}_ends": words.ends}


def _vocabulary(name: str, group: Group, ends: str = "") -> Vocabulary:
    return Vocabulary(group[name], group[ends or f"{name}_ends"])


def _rows(values: Sequence[Card | Label]) -> Group:
    words = packed_rows(values)
    return {"ends": words.ends, "json": words.packed}
