"""A corpus's vocabulary → how its compounds split. No dictionary: the corpus knows its words.

The story: a word splits where both halves are words of the corpus on their own, and where each
half has a family: other words of the corpus that begin, or end, with it. The joint may hold an s
(`bedrijfs-gegevens`) or en (`gegevens` does not, `studenten-raad` does). Halves split again.
Words that only look like halves (`inter-nationale`, `ver-binding`) stand in lists in `data/`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

SHORTEST = 8
SHORTEST_HALF = 3
LONG_HALF = 6
BOUND = 3
DEEPEST = 3
FULL_SIZE = 200_000
"""Tokens from which a corpus is judged by the full thresholds; a small one has smaller counts."""


class _Cut(NamedTuple):
    score: float
    at: int
    base: str


class Splitter:
    """Splits words by the counts of a corpus: folded word → how often it occurs."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        large = sum(counts.values()) >= FULL_SIZE
        self._often, self._often_short, self._family = (3, 15, 2) if large else (2, 4, 2)
        self._bound: frozenset[str] = frozenset()
        self._heads: Counter[str] = Counter()
        self._modifiers: Counter[str] = Counter()
        self._memo: dict[tuple[str, int], tuple[str, ...]] = {}
        self._bound = self._bound_halves()
        self._count_families()

    def _bound_halves(self) -> frozenset[str]:
        """Return halves that never stand alone here but begin several compounds.

        A small corpus has `regenboogprovincie` and `regenboogbeleid`, and no `regenboog`.
        """
        found: Counter[str] = Counter()
        for word in self._counts:
            for at in range(LONG_HALF, len(word) - SHORTEST_HALF):
                if len(word) - at > SHORTEST_HALF and self._count(word[at:]) >= self._often:
                    found[word[:at]] += word[at:] not in _list("achtervoegsels.txt")
        return frozenset(half for half, n in found.items() if n >= BOUND and not self._count(half))

    def _count_families(self) -> None:
        """Count in how many words of the corpus each half stands."""
        for word in self._counts:
            if len(word) < SHORTEST:
                continue
            for at in range(SHORTEST_HALF, len(word) - 2):
                left, right = word[:at], word[at:]
                if self._count(right) and right not in _list("achtervoegsels.txt"):
                    self._modifiers[left] += 1
                if self._base(left):
                    self._heads[right] += 1

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a folded word as they stand in it, the word itself if it has none.

        A part with a joint is written `bedrijf-s`: the word, a hyphen, and what joins it.
        """
        return self._split(word, 0)

    def _split(self, word: str, depth: int) -> tuple[str, ...]:
        if len(word) < SHORTEST or depth >= DEEPEST:
            return (word,)
        key = (word, depth)
        if key not in self._memo:
            cut = self._best_cut(word)
            self._memo[key] = (word,) if cut is None else self._halves(word, cut, depth + 1)
        return self._memo[key]

    def _halves(self, word: str, cut: _Cut, depth: int) -> tuple[str, ...]:
        left = self._split(cut.base, depth)
        joint = word[len(cut.base) : cut.at]
        if joint:
            left = (*left[:-1], f"{left[-1]}-{joint}")
        return left + self._split(word[cut.at :], depth)

    def _best_cut(self, word: str) -> _Cut | None:
        cuts = (self._cut(word, at) for at in range(SHORTEST_HALF, len(word) - 2))
        return max((cut for cut in cuts if cut is not None), default=None)

    def _cut(self, word: str, at: int) -> _Cut | None:
        left, right = word[:at], word[at:]
        if right in _list("achtervoegsels.txt"):
            return None
        count = self._count(right)
        base = self._base(left) if count else None
        if base is None:
            return None
        family = (self._modifiers[left], self._heads[right])
        if min(family) < 1 or family[0] * family[1] < self._family:
            return None
        score = math.log1p(family[0]) + math.log1p(family[1])
        score += 0.25 * (math.log1p(self._count(base)) + math.log1p(count))
        return _Cut(score + 0.15 * min(at, len(right)), at, base)

    def _count(self, word: str) -> int:
        """Return how often it stands on its own, 0 when too seldom to trust."""
        count = self._counts.get(word, 0)
        if len(word) > SHORTEST_HALF:
            return count if count >= self._often else 0
        short = word in _list("korte-delen.txt")
        return count if short and count >= self._often_short else 0

    def _base(self, left: str) -> str | None:
        """Return the word that a first half stands for: itself, or without its joint."""
        if left in _list("voorvoegsels.txt"):
            return None
        own = self._count(left)
        if left.endswith("s") and len(left) > 4:
            bare = left[:-1]
            if bare not in _list("voorvoegsels.txt") and self._count(bare) > own:
                return bare
        if own:
            return left
        if left.endswith("en") and len(left) > 6 and self._count(left[:-2]):
            return left[:-2]
        if left.endswith("s") and left[:-1] in self._bound:
            return left[:-1]
        return left if left in self._bound else None


@cache
def _list(name: str) -> frozenset[str]:
    text = (resources.files("indexer.analysis") / "data" / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
