"""A question → the passages that answer something like it, best first.

In go a question, the words around it and an index, out come passages with the places they had in
each list. The story: the question is looked for in earlier questions, and in earlier answers and
other text, by the whole Dutch chain; the passages found are compared with it once more by runs of
letters, and, where there is an introduction, by its distinctive words; a passage whose paper has
others that are near gains a little. The lists are fused by their places (reciprocal
rank fusion, Cormack, Clarke and Büttcher 2009), since their scores do not compare. What each part
brings is measured in docs/decisions/0802.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from indexer.analysis.filters import stop_words
from indexer.engine.interface import Index, PassageRequest, StoredPassage
from indexer.engine.query import Bag, InField, Node, Or, Term
from search_app.grams import Codes, RunTable, codes, scores, wanted

Floats = npt.NDArray[np.float64]

DEPTH = 100
"""Passages of the search in questions, and of that in answers, that are looked at again."""
K = 60
PAPER_SHARE = 0.1
"""What the best three passages of its paper add to a passage's score, as a part of their mean."""
BEST_OF_PAPER = 3
FORMAL = frozenset(
    (
        "vraag", "vragen", "leden", "beiden", "minister", "ministers", "staatssecretaris",
        "staatssecretarissen", "ministerie", "ingezonden", "gesteld", "bericht", "artikel",
        "toelichting", "januari", "februari", "maart", "april", "juni", "juli", "augustus",
        "september", "oktober", "november", "december", "kunt", "bent", "deelt", "veel",
    )
)  # fmt: skip
"""Words of every title and introduction, which tell nothing of the matter."""
AROUND = 12
"""Words of an introduction that are looked for."""
AROUND_DEPTH = 300
LONGEST = 2000
"""Characters of a question that are looked for."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each list counts; 0 leaves it out. The titles of papers count in `around` only."""

    questions: float = 1.0
    answers: float = 1.0
    runs: float = 1.0
    around: float = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its fused score, and how near it is by runs of letters alone."""

    passage: StoredPassage
    score: float
    runs: float


@dataclass(frozen=True, slots=True)
class Context:
    """The distinctive words of what stands around a question, the most telling first."""

    words: tuple[str, ...] = ()


def context_of(text: str, words: Mapping[str, int]) -> Context:
    """Return the words of an introduction that tell most: often in it, rare in the corpus.

    `words` are those of the corpus with their counts; words that it hardly has tell nothing of it.
    """
    counts = Counter(
        word
        for word in re.findall(r"[^\W\d_]{4,}", text.lower())
        if word not in stop_words() and word not in FORMAL
    )
    total = max(1, sum(words.values()))
    weighed = {
        word: count * math.log(total / words[word])
        for word, count in counts.items()
        if words.get(word, 0) > 1
    }
    best = sorted(weighed, key=lambda word: (-weighed[word], word))
    return Context(tuple(best[:AROUND]))


@dataclass
class Reader:
    """Reads passages and their runs once, however many questions ask for them."""

    index: Index
    table: RunTable
    _passages: dict[str, StoredPassage] = field(default_factory=dict)
    _runs: dict[str, Codes] = field(default_factory=dict)
    _around: dict[Context, dict[str, float]] = field(default_factory=dict)

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

    def around(self, context: Context, request: PassageRequest) -> dict[str, float]:
        """Return the passages that have most of the words around, which all questions share."""
        if context not in self._around:
            node = bag(" ".join(context.words))
            self._around[context] = _search(node, request, self.index, AROUND_DEPTH)
        return self._around[context]


def bag(text: str) -> Bag:
    """Return a text as loose words."""
    return Bag((Term(text[:LONGEST]),))


def rank(
    question: str, around: Context, request: PassageRequest, reader: Reader, weights: Weights
) -> list[Candidate]:
    """Return the passages near a question, best first.

    Of `request` all but the query and the size is used.
    """
    lists = _lists(question, request, reader.index, weights)
    keys = list(dict.fromkeys(key for found in lists.values() for key in found))
    if not keys:
        return []
    runs = _by_runs(question, keys, reader)
    owners = [owner(reader.passage(key).paper_id) for key in keys]
    named = {name: with_paper(_filled(found, keys), owners) for name, found in lists.items()}
    named["runs"] = with_paper(runs, owners)
    if around.words and weights.around:
        named["around"] = _filled(reader.around(around, request), keys)
    fused = np.zeros(len(keys))
    for name, score in named.items():
        fused += getattr(weights, name) * fused_places(score)
    order = np.lexsort((np.arange(len(keys)), -runs, -fused))
    return [Candidate(reader.passage(keys[i]), float(fused[i]), float(runs[i])) for i in order]


def _lists(
    question: str, request: PassageRequest, index: Index, weights: Weights
) -> dict[str, dict[str, float]]:
    """Return the passages found in earlier questions and in earlier answers, with their scores."""
    asked = bag(question)
    nodes: dict[str, Node] = {}
    if weights.answers:
        nodes["answers"] = Or((InField("answer", asked), InField("body", asked)))
    if weights.questions:
        nodes["questions"] = InField("question", asked)
    return {name: _search(node, request, index, DEPTH) for name, node in nodes.items()}


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
    mean = {name: _mean_of_best(row) for name, row in best.items()}
    return values + PAPER_SHARE * np.array([mean[name] for name in owners])


def _mean_of_best(values: Sequence[float]) -> float:
    return sum(sorted(values)[-BEST_OF_PAPER:]) / BEST_OF_PAPER


def fused_places(values: Floats) -> Floats:
    """Return 1 / (K + place) by score; a passage that a list does not have gets nothing of it."""
    places = np.empty(len(values))
    places[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return np.where(values > 0, 1 / (K + places), 0.0)


def nearness(
    questions: Sequence[str], found: Sequence[Sequence[Candidate]], reader: Reader
) -> list[list[float]]:
    """Return for each question how near each of its candidates is, on one scale.

    By runs of letters, of the passage and of the best three of its paper, over the root of what
    the question's runs weigh together: a long question finds more by chance. What the paper is
    to the other questions of the same paste counts as much as what it is to this one.
    """
    by_paper: list[dict[str, float]] = []
    scaled: list[list[float]] = []
    for text, candidates in zip(questions, found, strict=False):
        root = math.sqrt(max(1.0, wanted(text[:LONGEST], reader.table).most))
        scaled.append([row.runs / root for row in candidates])
        best: dict[str, list[float]] = {}
        for row, value in zip(candidates, scaled[-1], strict=True):
            best.setdefault(owner(row.passage.paper_id), []).append(value)
        by_paper.append({name: _mean_of_best(row) for name, row in best.items()})
    together: Counter[str] = Counter()
    for row_of in by_paper:
        for name, value in row_of.items():
            together[name] += value / max(1, len(by_paper))  # type: ignore[assignment]
    return [
        [
            value + own[owner(row.passage.paper_id)] + together[owner(row.passage.paper_id)]
            for row, value in zip(candidates, values, strict=True)
        ]
        for candidates, values, own in zip(found, scaled, by_paper, strict=True)
    ]
