"""Papers → what the index keeps of them: words by number, lengths, cards and texts, packed.

In go papers, out come `Ready` papers that the writer only has to put together. Any number of
processes can do this side by side (`crew`): each has an encoder of its own, whose
new entries travel with its papers.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from indexer.analysis.chains import Analyzer
from indexer.analysis.encode import Encoder, Entry, Numbers
from indexer.analysis.forms import number_keys
from indexer.analysis.tables import Tables
from indexer.engine import collector
from indexer.engine.documents.alike import signature
from indexer.engine.documents.cards import TEXTS, card_row, keyword_values
from indexer.engine.documents.packed_cards import pack
from indexer.engine.passages import passages_of, words_by_field
from indexer.engine.postings.inversion import Words
from indexer.numbers.values import NumberMatch
from indexer.paper import Paper, Passage
from indexer.paper_json import fields_of, from_json
from indexer.smaller import deflated, inflated

GAP = 100
"""Positions between title and text in the exact field, so that no phrase spans them."""
JSON = json.JSONEncoder(ensure_ascii=False)

_Read = tuple[Passage, tuple[NumberMatch, ...], tuple[int, ...]]
"""A passage, the numbers of papers in it, and its lengths."""


@dataclass(frozen=True, slots=True)
class ReadyPassage:
    """A passage: its paper's id, its lengths (as `TEXTS`), and what is kept of it, packed.

    `paper` is the whole paper, with its first passage only.
    """

    paper_id: str
    lengths: tuple[int, ...]
    stored: bytes
    card: bytes
    paper: bytes | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers made ready by one encoder, and its entries that are new since its last batch.

    `words` has by field those of all passages, whose numbers begin at 0. `told` is how many entries
    the encoder gave before.
    """

    encoder: int
    passages: tuple[ReadyPassage, ...]
    words: Mapping[str, Words]
    entries: tuple[Entry, ...]
    told: int = 0


@dataclass(slots=True)
class _Rows:
    """The words of a field, row by row."""

    numbers: list[Numbers] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, document: int, start: int, numbers: Numbers) -> None:
        if len(numbers):
            self.numbers.append(numbers)
            self.documents.append(document)
            self.starts.append(start)

    def whole(self) -> Words:
        return Words(
            np.concatenate(self.numbers),
            np.array(self.documents, np.uint32),
            np.array(self.starts, np.uint32),
            np.array([len(row) for row in self.numbers], np.uint32),
        )


class Preparer:
    """Makes papers ready with one set of tables; one for each process."""

    def __init__(self, tables: Tables) -> None:
        self._encoder = Encoder(Analyzer(tables))
        self._told = 0

    def batch(self, papers: Sequence[tuple[Paper, Path | None]]) -> Batch:
        """Return papers (each with its PDF, if any) ready for the index.

        Each step is done for all of them before the next: a step's tables stay at hand.
        """
        rows: dict[str, _Rows] = defaultdict(_Rows)
        numbers = count()
        with collector.paused():
            read = [self._read(paper, numbers, rows) for paper, _ in papers]
            signs = [signature(paper) for paper, _ in papers]
            passages = tuple(
                made
                for (paper, pdf), texts, alike in zip(papers, read, signs, strict=True)
                for made in _packed_passages(paper, texts, pdf, alike)
            )
        told, entries = self._told, tuple(self._encoder.entries[self._told :])
        self._told += len(entries)
        words = {name: row.whole() for name, row in rows.items() if row.numbers}
        return Batch(os.getpid(), passages, words, entries, told)

    def _read(self, paper: Paper, numbers: Iterator[int], rows: dict[str, _Rows]) -> list[_Read]:
        """Read the texts of a paper's passages, and add their words to the rows."""
        title = self._encoder.encode(paper.title or "")
        passages = ((next(numbers), passage) for passage in passages_of(paper))
        return [self._words(number, passage, title, rows) for number, passage in passages]

    def _words(
        self, document: int, passage: Passage, title: Numbers, rows: dict[str, _Rows]
    ) -> _Read:
        text, numbers = self._encoder.read(passage.text)
        parts = words_by_field(self._encoder.encode, title, text, passage)
        for name, words in parts.items():
            rows[name].add(document, 0, words)
        rows["exact"].add(document, 0, title)
        rows["exact"].add(document, len(title) - 1 + GAP if len(title) else 0, text)
        lengths = {name: len(words) for name, words in parts.items()}
        lengths["exact"] = len(title) + len(text)
        return passage, numbers, tuple(lengths.get(name, 0) for name in TEXTS)


def _packed_passages(
    paper: Paper, read: Sequence[_Read], pdf: Path | None, alike: str
) -> Iterator[ReadyPassage]:
    card, values = card_row(paper, str(pdf) if pdf else None, alike), keyword_values(paper)
    whole = packed_paper(paper)
    for number, (passage, numbers, lengths) in enumerate(read):
        yield ReadyPassage(
            paper.id,
            lengths,
            packed(stored(passage, numbers)),
            pack(paper, passage, lengths, None if number else (card, values)),
            None if number else whole,
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
    return _deflated(WITHOUT_TEXTS.encode(paper))


def _without_text(value: Any) -> dict[str, Any]:
    data = fields_of(value)
    if type(value) is Passage:
        del data["text"]
    return data


WITHOUT_TEXTS = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_without_text)


def unpacked_paper(data: bytes, passages: Sequence[bytes]) -> Paper:
    """Return the paper that was packed, its stored passages in order."""
    value = unpacked(data)
    for row, kept in zip(value["passages"], passages, strict=False):
        row["text"] = unpacked(kept)["text"]
    return from_json(value)


DECODER = json.JSONDecoder()
"""Asked by itself it does not look for an encoding, nor for spaces around."""


def packed(value: object) -> bytes:
    """Return a value as compressed JSON."""
    return _deflated(JSON.encode(value))


def _deflated(text: str) -> bytes:
    return deflated(text.encode("utf-8", "replace"))


def unpacked(data: bytes) -> dict[str, Any]:
    """Return the value that `packed` was given."""
    value: dict[str, Any] = DECODER.raw_decode(inflated(data).decode())[0]
    return value
