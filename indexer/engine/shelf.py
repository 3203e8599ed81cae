"""The shelf of a generation on disk: what is known of every document, as arrays.

In goes the `Shelf` that the writer made of all cards, out comes the same, opened by mapping a
file: a card is read from its JSON when a hit shows it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, overload

import numpy as np

from indexer.engine import arrays_file
from indexer.engine.arrays_file import Group, Numbers, narrow
from indexer.engine.cards import Card, Label, Shelf
from indexer.engine.documents import Documents, Values
from indexer.engine.vocabulary import Names, Vocabulary

FILE = "shelf.kza"
T = TypeVar("T")


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
    yield "cards", _rows(map(asdict, shelf.cards))
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
        Rows(groups["cards"], lambda row: Card(**row)),
        Rows(groups["labels"], lambda row: Label(*row)),
    )


def _words(name: str, words: Vocabulary) -> dict[str, Numbers]:
    return {name: words.packed, f"{name}_ends": words.ends}


def _vocabulary(name: str, group: Group) -> Vocabulary:
    return Vocabulary(group[name], group[f"{name}_ends"])


def _rows(values: Iterable[object]) -> Group:
    rows = [json.dumps(value, ensure_ascii=False).encode() for value in values]
    return {
        "ends": narrow(np.cumsum([0, *map(len, rows)])),
        "json": np.frombuffer(b"".join(rows), np.uint8),
    }


class Rows(Sequence[T]):
    """Values in a mapped file, each made of its JSON when it is asked for."""

    def __init__(self, group: Group, make: Callable[[Any], T]) -> None:
        self._packed, self._ends, self._make = group["json"], group["ends"], make

    def __len__(self) -> int:
        """Return the number of values."""
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        """Return a value, or those of a slice."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        row = self._packed[self._ends[at] : self._ends[at + 1]]
        return self._make(json.loads(row.tobytes()))
