"""The shelf of a generation on disk: what is known of every document, as arrays.

In goes the `Shelf` that the writer made of all cards, out comes the same, opened by mapping a
file: a card is read from its JSON when a hit shows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, overload

import numpy as np

from indexer.engine import arrays_file
from indexer.engine.arrays_file import Group, Numbers, narrow
from indexer.engine.cards import Card, Shelf
from indexer.engine.documents import Documents, Values
from indexer.engine.vocabulary import Names, Vocabulary

FILE = "shelf.kza"


def write(stream: BinaryIO, shelf: Shelf) -> None:
    """Write a shelf to a binary stream."""
    arrays_file.write(stream, _groups(shelf))


def _groups(shelf: Shelf) -> Iterator[tuple[str, Group]]:
    documents = shelf.documents
    rows = [json.dumps(asdict(card), ensure_ascii=False).encode() for card in shelf.cards]
    yield (
        "documents",
        {
            "live": documents.live.astype(np.uint8),
            "paper": narrow(documents.paper),
            "dates": narrow(documents.dates),
            **_words("ids", documents.paper_ids.words),
        },
    )
    yield (
        "cards",
        {
            "ends": narrow(np.cumsum([0, *(len(row) for row in rows)])),
            "json": np.frombuffer(b"".join(rows), np.uint8),
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


def read(path: Path) -> Shelf:
    """Return the shelf of a file. Raises `ArraysFileError`."""
    groups = arrays_file.read(path)
    documents, cards = groups["documents"], groups["cards"]
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
        Cards(cards["json"], cards["ends"]),
    )


def _words(name: str, words: Vocabulary) -> dict[str, Numbers]:
    return {name: words.packed, f"{name}_ends": words.ends}


def _vocabulary(name: str, group: Group) -> Vocabulary:
    return Vocabulary(group[name], group[f"{name}_ends"])


class Cards(Sequence[Card]):
    """Cards in a mapped file, each made when it is asked for."""

    def __init__(self, packed: Numbers, ends: Numbers) -> None:
        self._packed, self._ends = packed, ends

    def __len__(self) -> int:
        """Return the number of cards."""
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> Card: ...
    @overload
    def __getitem__(self, at: slice) -> list[Card]: ...
    def __getitem__(self, at: int | slice) -> Card | list[Card]:
        """Return a card, or those of a slice."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return Card(**json.loads(self._packed[self._ends[at] : self._ends[at + 1]].tobytes()))
