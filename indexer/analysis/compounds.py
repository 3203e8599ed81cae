"""The halves of a corpus → how any word splits, also one that the corpus does not have.

In goes a folded word, out come its parts. The story: a word splits where both halves are words of
the corpus, and where each has a family: other words that begin, or end, with it. The joint may
hold an s (`bedrijfs-gegevens`) or en (`studenten-raad`). Halves split again. Where no cut fits, a
half may be a compound itself (`waterstaats-werk`), or a strong head with a first half that the
corpus never saw (`veiling-regeling`), or a strong first half with a head that it never saw
(`warmte-pompen`). A noun of `-ing`, `-heid`, `-teit` or `-schap` with an s behind it and letters
behind that is a first half whether the corpus knows it or not (`verwerkings-clausules`).
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Final, NamedTuple

from indexer.analysis.halves import (
    LONG_HALF,
    SHORTEST,
    SHORTEST_HALF,
    Half,
    is_no_modifier,
    listed,
)

DEEPEST = 3
LONGEST = 60
"""Letters of the longest word that is looked at: what is longer is no word."""
FAMILY = 2
"""The least product of both families, so that one chance likeness does not split a word."""
STRONG = 10
"""Words that end with a head, from which on it may follow a half that the corpus never saw."""
STRONG_HEAD = 5
SHORT_HEAD, SHORT_STRONG = 3, 45
"""A head of three or four letters needs a far larger family: `amnestie-wet`."""
STRONG_START = 5
SEEN, SOME = 2, 4
"""Before a word that the corpus has this often a first half needs only so large a family."""
REMEMBERED = 200_000
UNSEEN: Final = Half(0, 0, 0)
WEAK_STARTS = ("ver", "be", "ge", "ont")
# `verwerkings-clausules`, `veiligheids-regio`; a vowel must stand before it (not `springs-…`).
JOINT: Final = re.compile(r"[aeiouy][a-z]*?(?:ing|heid|teit|schap)s(?=[a-z]{4,})")
# How a word goes on that is no compound: `functie-neren`, `minister-schap`, `controle-erbaar`.
ENDING: Final = re.compile(
    r"[aeiouy]|s?(?:baar|loos|heid|lijk|schap|achtig|zaam|matig|vormig|waardig|gewijs|lin?g|"
    r"kund|rijk|vol|dom|tje|pje|ner|neer|seer|teer|tief|tie|ch|t)"
)
VOWEL: Final = re.compile(r"[aeiouy]")


@cache
def _weak_starts() -> tuple[str, ...]:
    """Return how no word begins of which the corpus never saw the first half."""
    prefixes = (prefix for prefix in listed("voorvoegsels.txt") if len(prefix) > 2)
    return (*WEAK_STARTS, *prefixes)


_Place = tuple[int, str, str]


def _long(places: list[_Place], left: int, right: int) -> list[_Place]:
    """Return the places with halves of at least so many letters."""
    return [place for place in places if place[0] >= left and len(place[2]) >= right]


class _Cut(NamedTuple):
    score: float
    at: int
    base: str


class Splitter:
    """Splits words by the halves of a corpus. Safe to share between threads."""

    def __init__(self, halves: dict[str, Half]) -> None:
        self._halves = halves
        self._memo: dict[tuple[str, int], tuple[str, ...]] = {}

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a folded word as they stand in it, the word itself if it has none.

        A part with a joint is written `bedrijf-s`: the word, a hyphen, and what joins it.
        """
        return self._split(word, 0)

    def _split(self, word: str, depth: int) -> tuple[str, ...]:
        if not SHORTEST <= len(word) <= LONGEST or depth >= DEEPEST or not self._halves:
            return (word,)
        key = (word, depth)
        found = self._memo.get(key)
        if found is None:
            cut = self._best(word, depth)
            found = (word,) if cut is None else self._parts(word, cut, depth + 1)
            if len(self._memo) < REMEMBERED:
                self._memo[key] = found
        return found

    def _best(self, word: str, depth: int) -> _Cut | None:
        places = self._places(word)
        cuts = self._cuts(places)
        cuts = cuts or self._joints(word)
        cuts = cuts or self._deep_cuts(places, depth)
        cuts = cuts or self._strong_cuts(word, places)
        cuts = cuts or self._strong_starts(places)
        return max(cuts) if cuts else None

    def _parts(self, word: str, cut: _Cut, depth: int) -> tuple[str, ...]:
        left = self._split(cut.base, depth)
        joint = word[len(cut.base) : cut.at]
        if joint:
            left = (*left[:-1], f"{left[-1]}-{joint}")
        return left + self._split(word[cut.at :], depth)

    def _places(self, word: str) -> list[_Place]:
        """Return where a word may be cut: one of the halves is known."""
        no_heads, halves = listed("achtervoegsels.txt"), self._halves
        return [
            (at, word[:at], second)
            for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
            if ((second := word[at:]) in halves or word[:at] in halves) and second not in no_heads
        ]

    def _cuts(self, places: list[_Place]) -> list[_Cut]:
        halves, found = self._halves, list[_Cut]()
        for at, left, right in places:
            head = halves.get(right, UNSEEN)
            base = self._base(left) if head.alone else None
            if base is None:
                continue
            family = (halves.get(left, UNSEEN).modifiers, head.heads)
            if min(family) < 1 or family[0] * family[1] < FAMILY:
                continue
            score = math.log1p(family[0]) + math.log1p(family[1])
            score += 0.25 * (math.log1p(self._count(base)) + math.log1p(head.alone))
            found.append(_Cut(score + 0.15 * min(at, len(right)), at, base))
        return found

    def _deep_cuts(self, places: list[_Place], depth: int) -> list[_Cut]:
        """Return cuts where one half is a compound itself that the corpus never has alone."""
        halves, found = self._halves, list[_Cut]()
        for at, left, right in _long(places, 4, 4):
            base = None
            if halves.get(left, UNSEEN).modifiers and len(self._split(right, depth + 1)) > 1:
                base = self._base(left)
            elif halves.get(right, UNSEEN).heads and self._count(right):
                base = self._compound_base(left, depth + 1)
            if base is not None:
                found.append(_Cut(min(at, len(right)), at, base))
        return found

    def _compound_base(self, left: str, depth: int) -> str | None:
        bare = (left[:-1],) if left.endswith("s") else ()
        return next((b for b in (*bare, left) if len(self._split(b, depth)) > 1), None)

    def _strong_cuts(self, word: str, places: list[_Place]) -> list[_Cut]:
        """Return cuts before a head with a large family; what goes before need not be known."""
        found: list[_Cut] = []
        if word.startswith(_weak_starts()):
            return found
        for at, left, right in _long(places, LONG_HALF, SHORT_HEAD):
            head = self._halves.get(right, UNSEEN)
            least = STRONG if len(right) >= STRONG_HEAD else SHORT_STRONG
            if head.alone and head.heads >= least:
                found.append(_Cut(len(right), at, left))
        return found

    def _joints(self, word: str) -> list[_Cut]:
        """Return cuts behind a noun whose s can only be a joint."""
        found: list[_Cut] = []
        for match in JOINT.finditer(word):
            at = match.end()
            if word[at:] not in listed("achtervoegsels.txt") and self._is_joint(word[at:]):
                found.append(_Cut(at, at, word[: at - 1]))
        return found

    def _strong_starts(self, places: list[_Place]) -> list[_Cut]:
        """Return cuts behind a first half with a large family; what follows need not be known."""
        found: list[_Cut] = []
        for at, left, right in _long(places, STRONG_START, STRONG_START):
            half = self._halves.get(left, UNSEEN)
            known = self._count(right) >= SEEN
            if half.modifiers < (SOME if known else STRONG) or not VOWEL.search(right):
                continue
            base = self._base(left)
            if base is not None and (known or self._goes_on(left, base, right)):
                found.append(_Cut(at, at, base))
        return found

    def _goes_on(self, left: str, base: str, right: str) -> bool:
        """Tell whether letters that the corpus never saw look like a word behind a first half."""
        if left != base:
            return self._is_joint(right)
        return left[-1] != right[0] and not ENDING.match(right)

    def _is_joint(self, right: str) -> bool:
        """Tell whether an s before these letters is none of theirs: `-s-telling`, `-s-chap`."""
        return not right.startswith("ch") and self._count(f"s{right}") <= self._count(right)

    def _count(self, word: str) -> int:
        return self._halves.get(word, UNSEEN).alone

    def _is_bound(self, word: str) -> bool:
        half = self._halves.get(word)
        return half is not None and not half.alone and half.modifiers > 0

    def _base(self, left: str) -> str | None:
        """Return the word that a first half stands for: itself, or without its joint."""
        if is_no_modifier(left):
            return None
        own = self._count(left)
        bare = left[:-1] if left.endswith("s") and len(left) > 4 else ""
        if bare and not is_no_modifier(bare) and self._count(bare) > own:
            return bare
        if own:
            return left
        if left.endswith("en") and len(left) > 6 and self._count(left[:-2]):
            return left[:-2]
        if bare and self._is_bound(bare):
            return bare
        return left if self._is_bound(left) else None
