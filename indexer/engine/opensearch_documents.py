"""A paper → the document that OpenSearch holds of it, its passages nested in it.

In go a paper and the mean lengths of the fields, out comes JSON. `analysed` reads the texts;
`document` makes the weights, which need the means, so the two are apart: the first papers of a
generation are analysed before the means are known.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from indexer.analysis.chains import Analyzer, Token
from indexer.engine.cards import card_row, keyword_values
from indexer.engine.documents import date_number
from indexer.engine.field_tokens import field_tokens, passages_of
from indexer.engine.fields import BY_NAME, TEXT_FIELDS
from indexer.engine.opensearch_mapping import (
    SCALE,
    STACK,
    WEIGHT,
    WEIGHTS,
    encoded,
    name_words,
    plain_value,
    value_key,
)
from indexer.engine.values import CONTAINED
from indexer.paper import Paper, Passage, to_json


@dataclass(frozen=True, slots=True)
class Read:
    """A passage's tokens: of the Dutch fields, and the exact ones of title and text."""

    fields: Mapping[str, Sequence[Token]]
    exact: tuple[Sequence[Token], Sequence[Token]]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A paper with the tokens of each of its passages, and what the writer was told of it.

    `claimed` is the id that the paper has by itself; its own differs when another has that one.
    """

    paper: Paper
    hash: str
    pdf: str | None
    origin: str
    claimed: str
    passages: tuple[tuple[Passage, Read], ...]

    @property
    def lengths(self) -> Iterable[tuple[str, int]]:
        """Yield the number of places of each field of each passage that has it."""
        for _, read in self.passages:
            for name, tokens in read.fields.items():
                if tokens:
                    yield name, _places(tokens)


def analysed(
    analyzer: Analyzer,
    paper: Paper,
    content_hash: str,
    pdf: str | None = None,
    *,
    origin: str = "",
    claimed: str | None = None,
) -> Analysed:
    """Return a paper with its tokens."""
    rows = []
    for passage in passages_of(paper):
        fields, title, text = field_tokens(analyzer, paper, passage)
        rows.append((passage, Read(fields, (title, text))))
    return Analysed(paper, content_hash, pdf, origin, claimed or paper.id, tuple(rows))


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


def document(given: Analysed, means: Mapping[str, float]) -> dict[str, Any]:
    """Return the document of a paper."""
    paper = given.paper
    values = keyword_values(paper)
    first = given.passages[0][0]
    card = card_row(paper, given.pdf) | {
        "paper_id": paper.id,
        "first": {"id": first.id, "label": first.label, "page": first.page_first},
        "passages": len(given.passages),
        "scanned": "ja" in values.get("scanned", ()),
    }
    date = date_number(paper.date)
    packed = json.dumps(to_json(paper), separators=(",", ":")).encode()
    return {
        "paper_id": plain_value(paper.id),
        "claimed": plain_value(given.claimed),
        "hash": given.hash,
        "origin": given.origin,
        "passage_count": len(given.passages),
        "page_count": card["pages"],
        **({"date": date} if date else {}),
        **{name: [plain_value(value) for value in rows] for name, rows in values.items()},
        "card": json.dumps(card),
        "packed": base64.b64encode(zlib.compress(packed, 6)).decode(),
        "passages": [
            _passage(passage, read, values, date, means) | {"at": at}
            for at, (passage, read) in enumerate(given.passages)
        ],
    }


def _passage(
    passage: Passage,
    read: Read,
    values: Mapping[str, Sequence[str]],
    date: int,
    means: Mapping[str, float],
) -> dict[str, Any]:
    title, text = read.exact
    shown = {
        "id": passage.id,
        "label": passage.label,
        "page": passage.page_first,
        "breaks": passage.breaks,
        "text": passage.text,
        "pair": bool(read.fields.get("question") and read.fields.get("answer")),
    }
    return {
        **{name: token_line(tokens) for name, tokens in read.fields.items() if tokens},
        **{name: _weighed(read.fields, means, b) for name, b in WEIGHTS.items()},
        "exact": [token_line(tokens) for tokens in (title, text) if tokens],
        "id": plain_value(passage.id),
        "values": [value_key(name, value) for name, rows in values.items() for value in rows],
        "names": [name_words(name, value) for name in CONTAINED for value in values.get(name, ())],
        **({"date": date} if date else {}),
        "shown": json.dumps(shown),
    }


def token_line(tokens: Sequence[Token]) -> str:
    """Return tokens as a text between spaces, those of one place stacked, each once."""
    places = groupby(tokens, key=lambda token: token.position)
    return " ".join(
        STACK.join(dict.fromkeys(encoded(token.text) for token in place)) for _, place in places
    )


def _weighed(fields: Mapping[str, Sequence[Token]], means: Mapping[str, float], b: float) -> str:
    """Return each token of a passage with its weight over the fields."""
    weights: Counter[str] = Counter()
    for name, tokens in fields.items():
        if tokens:
            norm = 1 - b + b * _places(tokens) / means[name]
            scale = SCALE * (BY_NAME[name].boost or 1.0) / norm
            for text, _ in {(token.text, token.position) for token in tokens}:
                weights[text] += scale  # type: ignore[assignment]
    return " ".join(
        f"{encoded(text)}{WEIGHT}{max(1, round(weight))}" for text, weight in weights.items()
    )


def _places(tokens: Sequence[Token]) -> int:
    return len({token.position for token in tokens})
