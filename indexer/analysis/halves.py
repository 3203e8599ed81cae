"""A corpus's vocabulary → the halves of its compounds, each with its families.

In go counts of words, out come rows: how often a half stands on its own, how many words of the
corpus begin with it and how many end with it. No dictionary: the corpus knows its words.

The story: `regenboog` is a half because the corpus has the word on its own, or because several
words begin with it and go on with a word (`regenboogprovincie`, `regenboogbeleid`). Words that
only look like halves (`inter-nationale`, `ver-binding`) stand in lists in `data/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

SHORTEST = 8
"""Letters of the shortest word that splits."""
SHORTEST_HALF = 3
LONG_HALF = 6
BOUND = 3
SLIP = 300
"""Times as often as it stands alone a fragment begins or ends other words."""
KNOWN = 3
"""Of a word that no other ends with: from how often it may follow a first half all the same."""
FULL_SIZE = 200_000
"""Tokens from which a corpus is judged by the full thresholds; a small one has smaller counts."""
VERBAL = ("ge", "be", "ver", "te")
WITH_S = frozenset(("rechts", "tijds", "nieuws", "weers", "kans", "mens", "dans", "wils"))
"""Behind other small words an s begins the next word: `voor-stellen`, not `voors-tellen`."""
NOISY_SIZE = 5_000_000
"""Tokens from which a word seen once is more likely a slip of print than a word."""


class Half(NamedTuple):
    """A half: how often it is a word `alone` (0: bound), words that begin and end with it."""

    alone: int
    modifiers: int
    heads: int


Halves = Mapping[str, Half]


def learn_halves(counts: Mapping[str, int]) -> dict[str, Half]:
    """Return the halves of a vocabulary: folded words and how often each occurs."""
    return _Learner(counts).halves()


def write_halves(halves: Halves) -> str:
    """Return the rows as text, one a line, by alphabet."""
    return "\n".join(
        f"{word} {h.alone} {h.modifiers} {h.heads}" for word, h in sorted(halves.items())
    )


def read_halves(text: str) -> dict[str, Half]:
    """Return the rows that `write_halves` wrote."""
    rows = (line.split(" ") for line in text.splitlines())
    return {word: Half(int(n), int(begins), int(ends)) for word, n, begins, ends in rows}


class _Learner:
    def __init__(self, counts: Mapping[str, int]) -> None:
        total = sum(counts.values())
        often = 1 if total < NOISY_SIZE else 3
        often_short = 4 if total < FULL_SIZE else 15
        short = listed("korte-delen.txt")
        self._words = counts
        self._alone = {
            word: n
            for word, n in counts.items()
            if (len(word) > SHORTEST_HALF and n >= often)
            or (len(word) == SHORTEST_HALF and word in short and n >= often_short)
        }
        for fragment in self._fragments():
            del self._alone[fragment]
        self._modifiers, self._bound = self._first_halves()

    def _fragments(self) -> list[str]:
        """Return what stands alone by a slip only: `verzeke` and `ring` of `verzekering`."""
        alone = self._alone
        begun: dict[str, int] = {}
        ended: dict[str, int] = {}
        for word, n in self._words.items():
            for at in range(SHORTEST_HALF, _last(word)):
                left, right = word[:at], word[at:]
                if left in alone:
                    begun[left] = begun.get(left, 0) + n
                if right in alone:
                    ended[right] = ended.get(right, 0) + n
        most = {word: max(n, ended.get(word, 0)) for word, n in begun.items()}
        return [word for word, n in (ended | most).items() if alone[word] * SLIP < n]

    def halves(self) -> dict[str, Half]:
        heads = self._heads()
        kept = dict.fromkeys((*self._bound, *self._useful(heads)))
        alone, modifiers = self._alone, self._modifiers
        return {
            word: Half(alone.get(word, 0), modifiers.get(word, 0), heads.get(word, 0))
            for word in kept
        }

    def _useful(self, heads: Iterable[str]) -> Iterator[str]:
        """Yield what a split can look up: heads, and first halves with and without their joint."""
        yield from (word for word in heads if word in self._alone)
        yield from (
            word for word, n in self._alone.items() if n >= KNOWN and LONG_HALF <= len(word) <= 12
        )
        for left in self._modifiers:
            if is_base(left, self._alone, self._bound):
                yield left
                yield from (word for word in (left[:-1], left[:-2]) if word in self._alone)

    def _first_halves(self) -> tuple[dict[str, int], frozenset[str]]:
        """Return before how many words each first half stands, and which of them are bound.

        Those never stand alone here but begin several compounds.
        """
        alone, no_heads = self._alone, listed("achtervoegsels.txt")
        modifiers: dict[str, int] = {}
        found: dict[str, int] = {}
        for word in self._words:
            for at in range(SHORTEST_HALF, _last(word)):
                right = word[at:]
                if right in alone and right not in no_heads:
                    left = word[:at]
                    modifiers[left] = modifiers.get(left, 0) + 1
                    if at >= LONG_HALF and len(right) > SHORTEST_HALF and left not in alone:
                        found[left] = found.get(left, 0) + 1
        return modifiers, frozenset(half for half, n in found.items() if n >= BOUND)

    def _heads(self) -> dict[str, int]:
        """Return behind how many first halves each word stands that a split can look up."""
        alone, bound, modifiers = self._alone, self._bound, self._modifiers
        heads: dict[str, int] = {}
        for word in self._words:
            for at in range(SHORTEST_HALF, _last(word)):
                right = word[at:]
                if (right in alone or right in modifiers) and is_base(word[:at], alone, bound):
                    heads[right] = heads.get(right, 0) + 1
        return heads


def _last(word: str) -> int:
    """Return behind where a word may be cut for the last time: nowhere when it is short."""
    return len(word) - SHORTEST_HALF + 1 if len(word) >= SHORTEST else 0


def is_base(left: str, alone: Mapping[str, object], bound: frozenset[str]) -> bool:
    """Tell whether a first half stands for a word, as it is or without its joint."""
    if is_no_modifier(left):
        return False
    if left in alone or left in bound:
        return True
    if left.endswith("s") and len(left) > 4:
        bare = left[:-1]
        return bare in bound or bare in alone
    return left.endswith("en") and len(left) > 6 and left[:-2] in alone


def is_no_modifier(left: str) -> bool:
    """Tell whether a beginning is never a first half: `voor`, `voors-`, `inge-roepen`, `het`."""
    if left in WITH_S:
        return False
    return left in _no_modifiers() or (left.endswith("s") and left[:-1] in _no_modifiers())


@cache
def _no_modifiers() -> frozenset[str]:
    """Return prefixes, small words, and particles with the prefix of a verb behind them."""
    verbs = {particle + more for particle in listed("partikels.txt") for more in VERBAL}
    return listed("voorvoegsels.txt") | listed("stopwoorden.txt") | verbs


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a list in `data/`."""
    text = (resources.files("indexer.analysis") / "data" / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
