"""A question → the passages that answer something like it, best first.

In go a question, the words around it and an index, out come passages with the places they had in
each list. The story: the question is looked for in all fields, in earlier questions and in earlier
answers, by the whole Dutch chain; the passages found are compared with it once more by runs of
letters, and, where there is an introduction, by its distinctive words; a passage whose paper has
others that are near gains a little. The lists are fused by their places (reciprocal rank fusion,
Cormack, Clarke and Büttcher 2009), since their scores do not compare. What each part brings is
measured in docs/decisions/0802.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from indexer.engine.interface import Index, PassageRequest, StoredPassage
from indexer.engine.query import Bag, InField, Node, Term
from search_app.grams import Codes, RunTable, codes, scores, wanted

Floats = npt.NDArray[np.float64]

DEPTH = 100
"""Passages of the search in all fields that are looked at again."""
BESIDE = 50
"""Passages of the search in questions, and of that in answers."""
K = 60
PAPER_SHARE = 0.2
"""What the best three passages of its paper add to a passage's score, as a part of their mean."""
BEST_OF_PAPER = 3
LONGEST = 2000
"""Characters of a question that are looked for."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each list counts; 0 leaves it out."""

    words: float = 1.0
    runs: float = 1.0
    questions: float = 0.0
    answers: float = 0.0
    around: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its fused score, and by itself how near it is by words and by runs."""

    passage: StoredPassage
    score: float
    words: float
    runs: float


@dataclass
class Reader:
    """Reads passages and their runs once, however many questions ask for them."""

    index: Index
    table: RunTable
    _passages: dict[str, StoredPassage] = field(default_factory=dict)
    _runs: dict[str, Codes] = field(default_factory=dict)

    def passage(self, key: str) -> StoredPassage:
        """Return a passage."""
        if key not in self._passages:
            self._passages[key] = self.index.passage(key)
        return self._passages[key]

    def runs(self, key: str) -> Codes:
        """Return the runs of a passage."""
        if key not in self._runs:
            self._runs[key] = codes(self.passage(key).text)
        return self._runs[key]


def bag(text: str) -> Bag:
    """Return a text as loose words."""
    return Bag((Term(text[:LONGEST]),))


def rank(
    question: str,
    around: Sequence[str],
    request: PassageRequest,
    reader: Reader,
    weights: Weights,
) -> list[Candidate]:
    """Return the passages near a question, best first.

    `around` are the distinctive words of what stands around the question; of `request` all but
    the query and the size is used.
    """
    lists = _lists(question, request, reader.index, weights)
    keys = list(dict.fromkeys(key for found in lists.values() for key in found))
    if not keys:
        return []
    words = _filled(lists.get("words", {}), keys)
    runs = _by_runs(question, keys, reader)
    owners = [owner(reader.passage(key).paper_id) for key in keys]
    named: list[tuple[float, Floats]] = [
        (weights.words, with_paper(words, owners)),
        (weights.runs, with_paper(runs, owners)),
        (weights.questions, _filled(lists.get("questions", {}), keys)),
        (weights.answers, _filled(lists.get("answers", {}), keys)),
    ]
    if around and weights.around:
        found = _search(bag(" ".join(around)), request, reader.index, DEPTH)
        named.append((weights.around, _filled(found, keys)))
    fused = sum(
        (weight * fused_places(score) for weight, score in named if weight), np.zeros(len(keys))
    )
    order = np.lexsort((np.arange(len(keys)), -runs, -fused))
    return [
        Candidate(reader.passage(keys[i]), float(fused[i]), float(words[i]), float(runs[i]))
        for i in order
    ]


def _lists(
    question: str, request: PassageRequest, index: Index, weights: Weights
) -> dict[str, dict[str, float]]:
    asked = bag(question)
    found = {"words": _search(asked, request, index, DEPTH)}
    if weights.questions:
        found["questions"] = _search(InField("question", asked), request, index, BESIDE)
    if weights.answers:
        found["answers"] = _search(InField("answer", asked), request, index, BESIDE)
    return found


def _search(node: Node, request: PassageRequest, index: Index, size: int) -> dict[str, float]:
    rows = index.rank_passages(replace(request, query=node, size=size))
    return {row.key: row.score for row in rows}


def _filled(found: dict[str, float], keys: Iterable[str]) -> Floats:
    return np.array([found.get(key, 0.0) for key in keys])


def _by_runs(question: str, keys: Sequence[str], reader: Reader) -> Floats:
    passages = [reader.runs(key) for key in keys]
    mean = float(np.mean([len(runs) for runs in passages]))
    return scores(wanted(question[:LONGEST], reader.table), passages, mean)


def owner(paper_id: str) -> str:
    """Return the paper that a passage belongs to.

    In a list where each pair is a paper of its own (`ah-tk-20242025-594#2`) the paper is what
    stands before the `#`.
    """
    return paper_id.partition("#")[0]


def with_paper(values: Floats, owners: Sequence[str]) -> Floats:
    """Return scores with a share of what the best passages of the same paper have."""
    best: dict[str, list[float]] = {}
    for name, value in zip(owners, values, strict=True):
        best.setdefault(name, []).append(float(value))
    mean = {n: sum(sorted(v)[-BEST_OF_PAPER:]) / BEST_OF_PAPER for n, v in best.items()}
    return values + PAPER_SHARE * np.array([mean[name] for name in owners])


def fused_places(values: Floats) -> Floats:
    """Return 1 / (K + place) by score; a passage that a list does not have gets nothing of it."""
    places = np.empty(len(values))
    places[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return np.where(values > 0, 1 / (K + places), 0.0)


