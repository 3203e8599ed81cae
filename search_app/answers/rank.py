"""A question → the passages that answer something like it, best first.

In go a question, the words around it and an index, out come passages with a score. The story: the
question is looked for in earlier questions, and in earlier answers and other text, by the whole
Dutch chain; the passages found are looked at a second time (`search.second_look`), and a like
question, in the passage or in its paper, and the distinctive words of an introduction add to that.
So does what its paper has for the other questions of a paste (`matter`): many say only
`dit` of what another question names. What each part brings is measured in docs/decisions/0802,
0509 and 0807.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from indexer.analysis.filters import stop_words
from indexer.engine.interface import Index
from indexer.engine.query import Bag, InField, Node, Or, Term
from indexer.engine.results import PassageRequest, StoredPassage
from search_app.search.grams import Floats
from search_app.search.meaning import Meaning, with_likeness
from search_app.search.second_look import (
    DEPTH,
    LONGEST,
    Lexicon,
    Texts,
    look,
    of_paper,
    owner,
    scaled,
    shared_runs,
)

FORMAL = frozenset(
    (
        "vraag", "vragen", "leden", "beiden", "minister", "ministers", "staatssecretaris",
        "staatssecretarissen", "ministerie", "ingezonden", "gesteld", "bericht", "artikel",
        "toelichting", "januari", "februari", "maart", "april", "juni", "juli", "augustus",
        "september", "oktober", "november", "december", "kunt", "bent", "deelt", "veel",
        "aanhangsel", "handelingen", "kamerstuk", "kamerstukken", "vergaderjaar",
        "aanvulling", "eerdere",
        "terzake", "dienen", "mogen", "steeds",
    )
)  # fmt: skip
"""Words of every title and introduction, which tell nothing of the matter."""
APART = ("inleiding", "slot", "noten", "briefhoofd", "ondertekening", "leeg")
"""Labels of what stands around the questions of a paper."""
# The head of a title, which names people and ministries and not the matter. Must match
# `Vragen van het lid De Wit (D66) aan de Minister van Financiën over`.
HEAD = re.compile(
    r"\b[Vv]ragen (?:van (?:het lid|de leden|de fractie)|gesteld door)\b.{0,400}?\bover\b",
    re.DOTALL,
)
AROUND = 12
"""Words of an introduction that are looked for."""
AROUND_DEPTH = 300
QUESTIONS, PAPER, CONTEXT, MATTER = 1.0, 0.6, 0.3, 1.5
"""What a like question, one in the paper, the words around it, and what the paper has for other
questions add to the second look."""
NEAREST = 10
"""Passages that are called near in meaning: those nearest of all."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its score, and how near it is by runs of letters alone.

    `close` is its nearness in meaning (`Meaning.closeness`), `None` when that was not asked;
    `nearest`: it is one of the nearest in meaning of all passages.
    """

    passage: StoredPassage
    score: float
    runs: float
    nearest: bool = False
    close: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds, in no order: passages with what they share by runs.

    Apart, the passages nearest in meaning with how close they are.
    """

    passages: tuple[StoredPassage, ...]
    runs: Floats
    nearest: tuple[StoredPassage, ...] = ()
    close: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, slots=True)
class Looked:
    """The passages looked at for a question with what they have, in no order; `base` for nearness.

    `scores` by words, `runs` by runs of letters, `close` by meaning and `like` by pieces (`None`:
    not asked); `nearest` are the keys of those nearest in meaning of all.
    """

    passages: tuple[StoredPassage, ...] = ()
    scores: Floats = field(default_factory=lambda: np.zeros(0))
    runs: Floats = field(default_factory=lambda: np.zeros(0))
    close: Floats | None = None
    like: Floats | None = None
    nearest: frozenset[str] = frozenset()
    base: Found = field(default_factory=lambda: Found((), np.zeros(0)))


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
        for word in re.findall(r"[^\W\d_]{4,}", HEAD.sub(" ", text).lower())
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
    """Reads passages once, however many questions ask for them."""

    index: Index
    lexicon: Lexicon
    texts: Texts = field(default_factory=Texts)
    _passages: dict[str, StoredPassage] = field(default_factory=dict)
    _around: dict[Context, dict[str, float]] = field(default_factory=dict)

    def passage(self, key: str) -> StoredPassage:
        """Return a passage."""
        if key not in self._passages:
            self._passages[key] = self.index.passage(key)
        return self._passages[key]

    def around(self, context: Context, request: PassageRequest) -> dict[str, float]:
        """Return the passages that have most of the words around, which all questions share."""
        if context not in self._around:
            node = bag(" ".join(context.words))
            self._around[context] = _search(node, request, self.index, AROUND_DEPTH)
        return self._around[context]


def bag(text: str) -> Bag:
    """Return a text as loose words."""
    return Bag((Term(text[:LONGEST]),))


def look_for(
    question: str,
    around: Context,
    request: PassageRequest,
    reader: Reader,
    *,
    meaning: Meaning | None = None,
) -> Looked:
    """Return the passages near a question. Of `request` all but the query and the size is used."""
    lists = _lists(question, request, reader.index)
    nearest = meaning.keys if meaning else ()
    by_words = dict.fromkeys(key for found in lists.values() for key in found)
    keys = list(dict.fromkeys([*by_words, *nearest]))
    if not keys:
        return Looked()
    passages = [reader.passage(key) for key in keys]
    answers = _filled(lists["answers"], keys)
    looked = look(question, passages, answers, reader.lexicon, reader.texts)
    total = looked.scores.copy()
    asked = _filled(lists["questions"], keys)
    owners = [owner(passage.paper_id) for passage in passages]
    total += QUESTIONS * scaled(asked) + PAPER * scaled(of_paper(asked, owners))
    if around.words:
        total += CONTEXT * scaled(_filled(reader.around(around, request), keys))
    close = meaning.closeness(keys) if meaning else None
    like = meaning.likeness(keys) if meaning else None
    base = _with_meaning(_found(passages[: len(by_words)], looked.runs), meaning, reader)
    first = frozenset(nearest[:NEAREST])
    return Looked(tuple(passages), total, looked.runs, close, like, first, base)


def in_order(looked: Looked, matter: Mapping[str, float] | None = None) -> list[Candidate]:
    """Return what can answer a question, best first; pieces count where it was asked by meaning.

    `matter` is by paper what it has for the other questions of the paste.
    """
    total = looked.scores
    if matter:
        owners = (owner(passage.paper_id) for passage in looked.passages)
        total = total + MATTER * scaled(np.array([matter.get(name, 0.0) for name in owners]))
    if looked.like is not None:
        total = with_likeness(total, looked.like)
    order = np.lexsort((np.arange(len(total)), -total))
    return [
        Candidate(
            looked.passages[i],
            float(total[i]),
            float(looked.runs[i]),
            looked.passages[i].key in looked.nearest,
            None if looked.close is None else float(looked.close[i]),
        )
        for i in order
        if not is_apart(looked.passages[i])
    ]


def base_of(
    question: str, request: PassageRequest, reader: Reader, meaning: Meaning | None
) -> Found:
    """Return the `base` that `look_for` finds; `meaning` is of the same request."""
    lists = _lists(question, request, reader.index)
    keys = dict.fromkeys(key for found in lists.values() for key in found)
    passages = [reader.passage(key) for key in keys]
    found = _found(passages, shared_runs(question, passages, reader.lexicon, reader.texts))
    return _with_meaning(found, meaning, reader)


def is_apart(passage: StoredPassage) -> bool:
    """Tell what stands around the questions of a paper from what can answer one."""
    return passage.label.partition("-")[0] in APART


def _found(passages: Sequence[StoredPassage], runs: Floats) -> Found:
    kept = [place for place, passage in enumerate(passages) if not is_apart(passage)]
    return Found(tuple(passages[place] for place in kept), runs[kept])


def _with_meaning(found: Found, meaning: Meaning | None, reader: Reader) -> Found:
    if meaning is None:
        return found
    nearest = tuple(reader.passage(key) for key in meaning.keys)
    return replace(found, nearest=nearest, close=meaning.closeness(meaning.keys))


def _lists(question: str, request: PassageRequest, index: Index) -> dict[str, dict[str, float]]:
    """Return the passages found in earlier questions and in earlier answers, with their scores."""
    asked = bag(question)
    nodes: dict[str, Node] = {
        "answers": Or((InField("answer", asked), InField("body", asked))),
        "questions": InField("question", asked),
    }
    return {name: _search(node, request, index, DEPTH) for name, node in nodes.items()}


def _search(node: Node, request: PassageRequest, index: Index, size: int) -> dict[str, float]:
    rows = index.rank_passages(replace(request, query=node, size=size))
    return {row.key: row.score for row in rows}


def _filled(found: dict[str, float], keys: Iterable[str]) -> Floats:
    return np.array([found.get(key, 0.0) for key in keys])
