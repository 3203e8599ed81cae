"""Papers → what the index keeps of them: words by number, lengths, cards and texts, packed.

In go papers, out come `Ready` papers that the writer only has to put together. Any number of
processes can do this side by side (`indexer.engine.crew`): each has an encoder of its own, whose
new entries travel with its papers.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.analysis.chains import Analyzer, number_keys
from indexer.analysis.encode import Encoder, Entry, Numbers
from indexer.analysis.tables import Tables
from indexer.engine import collector
from indexer.engine.cards import TEXTS, pack
from indexer.engine.passages import passages_of, words_by_field
from indexer.numbers import NumberMatch
from indexer.paper import Paper, Passage, from_json, to_json

GAP = 100
"""Positions between title and text in the exact field, so that no phrase spans them."""
LEVEL = 6


@dataclass(frozen=True, slots=True)
class ReadyPassage:
    """A passage: by field its words from a position on, its lengths (as `TEXTS`), what is kept."""

    words: Mapping[str, tuple[tuple[int, Numbers], ...]]
    lengths: tuple[int, ...]
    stored: bytes
    card: bytes


@dataclass(frozen=True, slots=True)
class Ready:
    """A paper: its passages, and the paper itself as packed JSON."""

    id: str
    passages: tuple[ReadyPassage, ...]
    paper: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers made ready by one encoder, and its entries that are new since its last batch."""

    encoder: int
    papers: tuple[Ready, ...]
    entries: tuple[Entry, ...]


class Preparer:
    """Makes papers ready with one set of tables; one for each process."""

    def __init__(self, tables: Tables) -> None:
        self._encoder = Encoder(Analyzer(tables))
        self._told = 0

    def batch(self, papers: Sequence[tuple[Paper, Path | None]]) -> Batch:
        """Return papers (each with its PDF, if any) ready for the index."""
        with collector.paused():
            ready = tuple(self._ready(paper, pdf) for paper, pdf in papers)
        entries = tuple(self._encoder.entries[self._told :])
        self._told += len(entries)
        return Batch(os.getpid(), ready, entries)

    def _ready(self, paper: Paper, pdf: Path | None) -> Ready:
        title = self._encoder.encode(paper.title or "")
        place = str(pdf) if pdf else None
        passages = tuple(
            self._passage(paper, passage, title, place, first=number == 0)
            for number, passage in enumerate(passages_of(paper))
        )
        return Ready(paper.id, passages, packed_paper(paper))

    def _passage(
        self, paper: Paper, passage: Passage, title: Numbers, pdf: str | None, *, first: bool
    ) -> ReadyPassage:
        text, numbers = self._encoder.read(passage.text)
        parts = words_by_field(self._encoder.encode, title, text, passage)
        words = {name: ((0, numbers),) for name, numbers in parts.items() if len(numbers)}
        shift = len(title) - 1 + GAP if len(title) else 0
        exact = [row for row in ((0, title), (shift, text)) if len(row[1])]
        lengths = {name: len(numbers) for name, numbers in parts.items()}
        lengths["exact"] = len(title) + len(text)
        sizes = tuple(lengths.get(name, 0) for name in TEXTS)
        return ReadyPassage(
            {**words, "exact": tuple(exact)},
            sizes,
            packed(stored(passage, numbers)),
            pack(paper, passage, sizes, pdf, first=first),
        )


def stored(passage: Passage, numbers: Sequence[NumberMatch]) -> dict[str, object]:
    """Return what a snippet needs of a passage.

    Its text, where pages end in it, and the numbers of papers in it: what each is indexed by,
    behind where it begins and ends.
    """
    spans = [[number.start, number.end, *number_keys(number)] for number in numbers]
    return {"breaks": passage.breaks, "text": passage.text, "numbers": spans}


def packed_paper(paper: Paper) -> bytes:
    """Return a paper packed, without the texts of its passages: those are kept with each."""
    data = to_json(paper)
    for passage in data["passages"]:
        del passage["text"]
    return packed(data)


def unpacked_paper(data: bytes, passages: Sequence[bytes]) -> Paper:
    """Return the paper that was packed, its stored passages in order."""
    value = unpacked(data)
    for row, kept in zip(value["passages"], passages, strict=False):
        row["text"] = unpacked(kept)["text"]
    return from_json(value)


def packed(value: object) -> bytes:
    """Return a value as compressed JSON."""
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), LEVEL)


def unpacked(data: bytes) -> dict[str, Any]:
    """Return the value that `packed` was given."""
    value: dict[str, Any] = json.loads(zlib.decompress(data))
    return value
