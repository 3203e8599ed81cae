"""What is known of every document, on disk: arrays.

In go the `Documents` that the writer made of all cards, out come the same, opened by mapping a
file. The cards themselves stay with their segments (`card_columns`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from indexer.engine.arrays import file as arrays_file
from indexer.engine.arrays.file import Group, Numbers, narrow
from indexer.engine.arrays.vocabulary import Names, Vocabulary
from indexer.engine.documents.table import Documents
from indexer.engine.documents.values import Values

FILE = "shelf.kza"


def write(stream: BinaryIO, documents: Documents) -> None:
    """Write what is known of documents to a binary stream."""
    arrays_file.write(stream, _groups(documents))


def _groups(documents: Documents) -> Iterator[tuple[str, Group]]:
    yield (
        "documents",
        {
            "live": documents.live.astype(np.uint8),
            "paper": narrow(documents.paper),
            "dates": narrow(documents.dates),
            **_words("ids", documents.paper_ids.words),
        },
    )
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


def read(path: Path) -> Documents:
    """Return the documents of a file. Raises `ArraysFileError`."""
    groups = arrays_file.read(path)
    documents = groups["documents"]
    return Documents(
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
    )


def _words(name: str, words: Vocabulary) -> dict[str, Numbers]:
    return {name: words.packed, f"{name}_ends": words.ends}


def _vocabulary(name: str, group: Group) -> Vocabulary:
    return Vocabulary(group[name], group[f"{name}_ends"])
