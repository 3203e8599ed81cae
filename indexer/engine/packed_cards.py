"""Cards as they lie in the index ↔ the shelf of all documents.

In goes a paper with one of its passages, out come bytes; in go the bytes of all documents, out
comes their `Shelf`. The card itself and the label of the passage are written once, as the shelf
keeps them: reading them for the shelf is cutting the bytes at their lines.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np

from indexer.engine.arrays import Mask
from indexer.engine.arrays_file import Numbers
from indexer.engine.cards import KEYWORDS, TEXTS, Card, Shelf
from indexer.engine.documents import Documents, date_number, make_values
from indexer.engine.rows import Rows, as_card, as_label
from indexer.engine.vocabulary import names, packed
from indexer.paper import Paper, Passage

USUAL = (
    b'"year":["2015"],"session_year":["2014-2015"],"scanned":["nee"],"party":["VVD"],"person":["'
    b'"asker":["answerer":["cites":["house":["Tweede Kamer"],"dossier":["ministry":["Ministerie '
    b'Ministerie van",[12,0,0,250,262],20150101,{"kind":["kst"],"number":["kst-"]}]\n["h-tk-2014#1"'
    b',"1",null]\n["kst-","Besluit van de Minister van houdende regeling tot wijziging van artikel"'
    b',"kst",null,"2015-01-",null,null,[],[],0,null,null,"==",[],null]'
)
"""What cards have in common: each is compressed apart, and too short to learn it itself."""
LEVEL, WINDOW, MEMORY = 6, 12, 5
"""Of compression: a card is less than a kilobyte."""
FIELDS = tuple(row.name for row in fields(Card))
JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class _First(NamedTuple):
    """What the first document of a paper says of it."""

    date: int
    values: Mapping[str, Sequence[str]]
    card: bytes


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
    data = "\n".join(map(JSON.encode, rows)).encode("utf-8", "replace")
    made = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, MEMORY, zdict=USUAL)
    return made.compress(data) + made.flush()


def unpack(rows: Iterable[bytes], deleted: Sequence[int]) -> Shelf:
    """Return the shelf of all documents, `rows` in the order of their numbers."""
    ids, sizes, labels, first = list[str](), array("I"), list[bytes](), dict[str, _First]()
    gone = set(deleted)
    for number, row in enumerate(rows):
        head, label, *card = zlib.decompressobj(zdict=USUAL).decompress(row).split(b"\n")
        paper_id, lengths, *more = json.loads(head)
        ids.append(paper_id)
        sizes.extend(lengths)
        labels.append(label)
        if card and number not in gone:
            date, values = more
            first[paper_id] = _First(date, values, card[0])
    live = np.ones(len(ids), np.bool_)
    live[list(gone)] = False
    return Shelf(
        _documents(ids, live, np.frombuffer(sizes, np.uint32), first),
        Rows(packed([first[name].card for name in sorted(first)]), as_card),
        Rows(packed(labels), as_label),
    )


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
