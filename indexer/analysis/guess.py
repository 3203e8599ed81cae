"""A word that the corpus does not have → the two words of the corpus that it may be made of.

For queries only: `advocatentekort` finds nothing as it stands, so that nothing is lost by looking
for `advocaten` and `tekort`. In goes a folded word and the counts of the corpus, out come its two
halves as words of the corpus, the joint left out; nothing when the word is known or has no such
halves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indexer.analysis.halves import is_no_modifier, listed

SHORTEST = 4
"""Letters of the shortest half: shorter ones are found in almost any word."""
LONGEST = 40
SEEN = 2
JOINTS = ("s", "en", "n")


def guessed(word: str, counts: Mapping[str, int]) -> tuple[str, str] | None:
    """Return the halves whose shorter one is longest, `None` when there are none."""
    if not 2 * SHORTEST <= len(word) <= LONGEST or counts.get(word, 0) >= SEEN:
        return None
    found = max(
        ((min(len(left), len(right)), left, right) for left, right in _cuts(word, counts)),
        default=None,
    )
    return found and (found[1], found[2])


def _cuts(word: str, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for at in range(SHORTEST, len(word) - SHORTEST + 1):
        left, right = word[:at], word[at:]
        if is_no_modifier(left) or right in listed("achtervoegsels.txt"):
            continue
        if counts.get(right, 0) >= SEEN:
            bare = (left.removesuffix(joint) for joint in ("", *JOINTS))
            base = next((b for b in bare if len(b) >= SHORTEST and counts.get(b, 0) >= SEEN), None)
            if base is not None:
                yield base, right
