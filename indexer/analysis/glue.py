"""Words that lost the space between them: `hetziekenhuis`, `beoordelingvan`.

Bad text layers, and texts joined line by line, glue a word to the small word beside it. In goes a
word and the counts of the corpus, out comes where its content stands, so that it can be found by
that too. Only small words of closed classes come off, only from words that the corpus hardly
knows, and only when what is left is a word that it does know; particles that make verbs (`aan`,
`op`, `over`, `te`) never come off the front.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FRONTS: Final = frozenset((
    "het", "een", "van", "bij", "met", "dat", "die", "dit", "deze", "als", "naar", "ook", "zijn",
    "niet", "wordt", "worden", "heeft", "hebben", "kan", "uw", "de", "en", "of", "is", "dan", "wij",
))  # fmt: skip
BACKS: Final = frozenset((
    "het", "een", "van", "bij", "met", "dat", "die", "dit", "deze", "niet", "is", "zijn", "als",
    "naar", "wordt", "worden", "heeft", "hebben", "ook", "voor", "op", "aan", "in", "om", "uit",
    "door", "over",
))  # fmt: skip
FRONT_SIZES: Final = sorted({len(small) for small in FRONTS})
BACK_SIZES: Final = sorted({len(small) for small in BACKS})
RARE = 2
"""A word seen more often than this, and than a thousandth of its content, is a word."""
SHORTEST = 4
LEAST_SEEN = 2


def content(word: str, counts: Mapping[str, int]) -> tuple[int, int] | None:
    """Return the bounds of what a small word is glued to; `None` for an ordinary word."""
    if len(word) < SHORTEST + 2:
        return None
    seen = counts.get(word, 0)
    found = [
        (counts[rest], start, end)
        for start, end in _bounds(word)
        if counts.get(rest := word[start:end], 0) >= LEAST_SEEN
        and rest not in FRONTS
        and seen <= max(RARE, counts[rest] // 1000)
    ]
    if not found:
        return None
    _, start, end = max(found)
    return start, end


def _bounds(word: str) -> list[tuple[int, int]]:
    size = len(word)
    longest = size - SHORTEST
    found = [(n, size) for n in FRONT_SIZES if n <= longest and word[:n] in FRONTS]
    return found + [(0, size - n) for n in BACK_SIZES if n <= longest and word[size - n :] in BACKS]
