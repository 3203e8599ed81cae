"""Cards as they lie in the index ↔ what is known of all documents.

In goes a paper with one of its passages, out come bytes; in go the bytes of all documents, out come
`Documents`. A card has a line for what goes into the arrays of all documents, one with the label of
the passage, and with a paper's first passage one with the card that a hit shows. It is not
compressed, since a search looks at a hundred.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from indexer.engine.arrays.file import Numbers
from indexer.engine.arrays.ids import Mask
from indexer.engine.arrays.vocabulary import names
from indexer.engine.documents.cards import KEYWORDS, TEXTS, Card, Label
from indexer.engine.documents.dates import date_number
from indexer.engine.documents.table import Documents
from indexer.engine.documents.values import make_values
from indexer.paper import Paper, Passage

FIELDS = Card._fields
JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class _First(NamedTuple):
    """What the first document of a paper says of it."""

    date: int
    values: Mapping[str, Sequence[str]]


def pack(
    paper: Paper,
    passage: Passage,
    lengths: Sequence[int],
    first: tuple[Mapping[str, Any], Mapping[str, Sequence[str]]] | None,
) -> bytes:
    """Return the card of a passage as bytes; `lengths` follow `TEXTS`.

    `first` is the paper's card (`card_row`) and its values, with its first passage only.
    """
    head: list[Any] = [paper.id, list(lengths)]
    rows: list[Any] = [head, (passage.id, passage.label, passage.page_first)]
    if first is not None:
        row, values = first
        head += [date_number(paper.date), values]
        rows.append([paper.id, *map(row.get, FIELDS[1:])])
    return "\n".join(map(JSON.encode, rows)).encode("utf-8", "replace")


def card_of(row: bytes) -> Card:
    """Return the card on the first document of a paper. Raises `IndexError` on another."""
    values: list[Any] = json.loads(row.split(b"\n")[2])
    values = [tuple(value) if isinstance(value, list) else value for value in values]
    return Card(*values)


def label_of(row: bytes) -> Label:
    """Return the label of a document."""
    return Label(*json.loads(row.split(b"\n", 2)[1]))


def unpack(rows: Iterable[bytes], deleted: Sequence[int]) -> Documents:
    """Return what is known of all documents, `rows` in the order of their numbers."""
    ids, sizes, first = list[str](), array("I"), dict[str, _First]()
    gone = set(deleted)
    for number, row in enumerate(rows):
        paper_id, lengths, *more = json.loads(row.partition(b"\n")[0])
        ids.append(paper_id)
        sizes.extend(lengths)
        if more and number not in gone:
            first[paper_id] = _First(*more)
    live = np.ones(len(ids), np.bool_)
    live[list(gone)] = False
    return _documents(ids, live, np.frombuffer(sizes, np.uint32), first)


def _documents(
    ids: Sequence[str], live: Mask, sizes: Numbers, first: Mapping[str, _First]
) -> Documents:
    paper_ids = sorted(first)
    ordinal = {paper_id: at for at, paper_id in enumerate(paper_ids)}
    paper = np.array([ordinal.get(name, 0) for name in ids], np.int64)
    dates = np.array([first[name].date for name in paper_ids], np.int64)
    lengths = sizes.reshape(-1, len(TEXTS)).astype(np.float64)
    return Documents(
        live=live,
        paper=paper,
        paper_ids=names(paper_ids),
        lengths={name: lengths[:, at] for at, name in enumerate(TEXTS)},
        dates=dates[paper] if paper_ids else np.zeros(len(ids), np.int64),
        values={
            name: make_values(
                [
                    (ordinal[paper_id], value)
                    for paper_id, row in first.items()
                    for value in row.values.get(name, ())
                ]
            )
            for name in KEYWORDS
        },
    )
