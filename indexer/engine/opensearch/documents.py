"""A paper → the document that OpenSearch holds of it, its passages nested in it.

In go papers, later the mean lengths of the fields, out comes JSON. `Reader` reads the texts;
`document` makes the weights, which need the means, so the two are apart: the first papers of a
generation are read before the means are known. A word is a number, so that how it is written in the
index is made once and not at each place where it stands.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from indexer.analysis.chains import Analyzer
from indexer.analysis.encode import Encoder, Numbers
from indexer.analysis.tables import Tables
from indexer.engine.documents.cards import card_row, keyword_values
from indexer.engine.documents.dates import date_number
from indexer.engine.documents.ready import packed
from indexer.engine.fields import BY_NAME, TEXT_FIELDS
from indexer.engine.matching.values import CONTAINED
from indexer.engine.opensearch.mapping import (
    SCALE,
    STACK,
    WEIGHT,
    WEIGHTS,
    encoded,
    name_words,
    plain_value,
    value_key,
)
from indexer.engine.passages import passages_of, words_by_field
from indexer.paper import Paper, Passage
from indexer.paper_json import to_json

PLAIN = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Read:
    """A passage's words: of the Dutch fields, and those of title and text as written."""

    fields: Mapping[str, Numbers]
    exact: tuple[Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class Origin:
    """What the writer was told of a paper beside its text.

    `claimed` is the id that the paper has by itself; its own differs when another has that one.
    """

    hash: str
    pdf: str | None
    place: str
    claimed: str


@dataclass(frozen=True, slots=True)
class Analysed:
    """A paper with the words of each of its passages."""

    paper: Paper
    origin: Origin
    passages: tuple[tuple[Passage, Read], ...]

    @property
    def lengths(self) -> Iterable[tuple[str, int]]:
        """Yield the number of places of each field of each passage that has it."""
        for _, read in self.passages:
            for name, numbers in read.fields.items():
                if len(numbers):
                    yield name, len(numbers)


class Reader:
    """Reads papers with one set of tables, and knows how each word is written in the index."""

    def __init__(self, tables: Tables) -> None:
        self._encoder = Encoder(Analyzer(tables))
        self._forms: list[tuple[str, ...]] = []
        self._stacks: list[str] = []
        self._exact: list[str] = []

    def read(self, paper: Paper, origin: Origin) -> Analysed:
        """Return a paper with its words."""
        title = self._encoder.encode(paper.title or "")
        rows = []
        for passage in passages_of(paper):
            text = self._encoder.encode(passage.text)
            fields = words_by_field(self._encoder.encode, title, text, passage)
            rows.append((passage, Read(fields, (title, text))))
        self._learn()
        return Analysed(paper, origin, tuple(rows))

    def line(self, numbers: Numbers) -> str:
        """Return words as a text between spaces, the forms of one place stacked, each once."""
        return " ".join(map(self._stacks.__getitem__, numbers.tolist()))

    def exact_line(self, numbers: Numbers) -> str:
        """Return words as written, between spaces."""
        return " ".join(map(self._exact.__getitem__, numbers.tolist()))

    def weighed(self, fields: Mapping[str, Numbers], means: Mapping[str, float], b: float) -> str:
        """Return each token of a passage with its weight over the fields."""
        weights: defaultdict[str, float] = defaultdict(float)
        for name, numbers in fields.items():
            if not len(numbers):
                continue
            norm = 1 - b + b * len(numbers) / means[name]
            scale = SCALE * (BY_NAME[name].boost or 1.0) / norm
            each, counts = np.unique(numbers, return_counts=True)
            for number, weight in zip(each.tolist(), (counts * scale).tolist(), strict=True):
                for form in self._forms[number]:
                    weights[form] += weight
        return " ".join(f"{form}{WEIGHT}{round(weight) or 1}" for form, weight in weights.items())

    def _learn(self) -> None:
        """Write the words that are new as the index has them."""
        for entry in self._encoder.entries[len(self._forms) :]:
            forms = tuple(dict.fromkeys(map(encoded, entry.forms)))
            self._forms.append(forms)
            self._stacks.append(STACK.join(forms))
            self._exact.append(encoded(entry.exact))


def document_id(paper_id: str) -> str:
    """Return the id of a paper's document: any paper id fits, and sending twice is harmless."""
    return "p" + hashlib.sha256(paper_id.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def mean_lengths(papers: Iterable[Analysed]) -> dict[str, float]:
    """Return the mean number of places by field, over the passages that have it."""
    rows: dict[str, list[int]] = {name: [] for name in TEXT_FIELDS}
    for paper in papers:
        for name, length in paper.lengths:
            rows[name].append(length)
    return {name: sum(row) / len(row) if row else 1.0 for name, row in rows.items()}


def document(given: Analysed, reader: Reader, means: Mapping[str, float]) -> dict[str, Any]:
    """Return the document of a paper."""
    paper, origin = given.paper, given.origin
    values = keyword_values(paper)
    first = given.passages[0][0]
    card = card_row(paper, origin.pdf) | {
        "paper_id": paper.id,
        "first": {"id": first.id, "label": first.label, "page": first.page_first},
        "passages": len(given.passages),
        "scanned": "ja" in values.get("scanned", ()),
    }
    date = date_number(paper.date)
    known = _known(values, date)
    return {
        "paper_id": plain_value(paper.id),
        "claimed": plain_value(origin.claimed),
        "hash": origin.hash,
        "origin": origin.place,
        "passage_count": len(given.passages),
        "page_count": card["pages"],
        **({"date": date} if date else {}),
        **{name: [plain_value(value) for value in rows] for name, rows in values.items()},
        "card": PLAIN(card),
        "packed": base64.b64encode(packed(to_json(paper))).decode(),
        "passages": [
            {**_texts(read, reader, means), **_said(passage, read), **known, "at": at}
            for at, (passage, read) in enumerate(given.passages)
        ],
    }


def _known(values: Mapping[str, Sequence[str]], date: int) -> dict[str, Any]:
    """Return what is known of the paper and stands with each passage, to narrow by."""
    return {
        "values": [value_key(name, value) for name, rows in values.items() for value in rows],
        "names": [name_words(name, value) for name in CONTAINED for value in values.get(name, ())],
        **({"date": date} if date else {}),
    }


def _texts(read: Read, reader: Reader, means: Mapping[str, float]) -> dict[str, Any]:
    """Return the words of a passage: by place, and by weight."""
    return {
        **{name: reader.line(words) for name, words in read.fields.items() if len(words)},
        **{name: reader.weighed(read.fields, means, b) for name, b in WEIGHTS.items()},
        "exact": [reader.exact_line(words) for words in read.exact if len(words)],
    }


def _said(passage: Passage, read: Read) -> dict[str, Any]:
    """Return what is shown of a passage."""
    label = {"id": passage.id, "label": passage.label, "page": passage.page_first}
    pair = all(len(read.fields.get(name, ())) for name in ("question", "answer"))
    shown = {**label, "breaks": passage.breaks, "text": passage.text, "pair": pair}
    return {"id": plain_value(passage.id), "label": PLAIN(label), "shown": PLAIN(shown)}
