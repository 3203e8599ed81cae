"""Passages → queries of every kind that users make, drawn by a seed from what the passages hold.

A word of a query is a pair: as written in the text, and its token. Our engine gets the word, the
others the token, so that all look for the same.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from indexer.analysis import filters
from indexer.analysis.chains import Analyzer
from indexer.analysis.tables import EMPTY
from tests.bench.scale.rows import KINDS, Passage, Query, Word, read

SEED = 20261125
EACH = 60


def make(path: Path) -> list[Query]:
    """Return `EACH` queries of each kind."""
    random_ = random.Random(SEED)
    passages = list(read(path))
    having = Counter(token for row in passages for token in set(row.tokens.split()))
    maker = _Maker(random_, passages, having)
    return [maker.query(kind) for kind in KINDS for _ in range(EACH)]


def save(queries: Sequence[Query], path: Path) -> None:
    """Write queries for the engines' processes."""
    path.write_text(json.dumps([asdict(query) for query in queries]), "utf-8")


class _Maker:
    def __init__(
        self, random_: random.Random, passages: list[Passage], having: Counter[str]
    ) -> None:
        self._random = random_
        self._passages = passages
        self._having = having
        self._analyzer = Analyzer(EMPTY)
        total = len(passages)
        self._bounds = {
            "rare": (3, max(30, total // 3000)),
            "common": (total // 20, total // 4),
            "any": (10, total // 4),
        }

    def query(self, kind: str) -> Query:
        """Return a query; passages are drawn until one holds what it takes."""
        for _ in range(1000):
            words = self._words(kind, self._drawn())
            if words:
                return Query(kind, tuple(words))
        raise ValueError(f"no query of kind {kind} in these passages")

    def _words(self, kind: str, text: list[Word]) -> list[Word]:
        if kind == "rare term":
            return self._some(text, "rare", 1)
        if kind == "common term":
            return self._some(text, "common", 1)
        if kind == "AND":
            return self._some(text, "any", 2)
        if kind == "OR of 3-5":
            return self._some(text, "any", self._random.randint(3, 5))
        if kind == "question, 8-12 words":
            return self._run(text, self._random.randint(8, 12))
        if kind == "question without stop words":
            run = self._run(text, self._random.randint(14, 20))
            return [word for word in run if not _is_stop(word[0])][:10]
        if kind == "phrase":
            return self._run(text, self._random.randint(2, 3))
        if kind == "NEAR/5":
            run = [word for word in self._run(text, 5) if not _is_stop(word[0])]
            return [run[0], run[-1]] if len({token for _, token in run}) > 1 else []
        if kind == "prefix":
            return [(w[: len(w) * 2 // 3], w[: len(w) * 2 // 3]) for w, _ in self._long(text)]
        if kind == "fuzzy":
            return [(self._slip(word),) * 2 for word, _ in self._long(text)]
        return self._some(text, "any", 2)

    def _drawn(self) -> list[Word]:
        text = self._random.choice(self._passages).text
        return [
            (text[token.start : token.end], token.text)
            for token in self._analyzer.dutch(text)
            if text[token.start : token.end].isalpha()
        ]

    def _some(self, text: list[Word], kind: str, count: int) -> list[Word]:
        low, high = self._bounds[kind]
        fit = {w[1]: w for w in text if low <= self._having[w[1]] <= high and not _is_stop(w[0])}
        return self._random.sample(list(fit.values()), count) if len(fit) >= count else []

    def _run(self, text: list[Word], count: int) -> list[Word]:
        if len(text) < count:
            return []
        start = self._random.randrange(len(text) - count + 1)
        return text[start : start + count]

    def _long(self, text: list[Word]) -> list[Word]:
        fit = [(w.lower(), t) for w, t in text if 7 <= len(w) <= 12 and w.isascii()]
        return [self._random.choice(fit)] if fit else []

    def _slip(self, word: str) -> str:
        at = self._random.randrange(2, len(word))
        return word[:at] + self._random.choice("aeionrst") + word[at + 1 :]


def _is_stop(word: str) -> bool:
    return filters.fold(word) in filters.stop_words()
