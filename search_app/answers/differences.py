"""Two texts as words and signs → the places of words that differ, or that they share.

In go the tokens of two texts, out come places to mark. The story: a text is put beside another
sentence by sentence, because paragraphs move and a word as `de` is in both wherever it stands.
Sentences that have at least half of their words together are compared word by word; one without
such a partner differs as a whole. Where hardly any sentence has a partner, nearly everything would
differ and marks would tell nothing: then what they share is marked, words that tell something
and rows of four words or more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from indexer.analysis.filters import stop_words

MOST_WORDS = 1500
"""Words of a text that are compared."""
END = (".", "?", "!", ";")
SHORTEST = 4
"""Words that a sentence has before it can end: `nr. 3` and `d.d. 4 mei` end none."""
PARTNERS = 0.5
"""What two sentences have in common, of both, to be compared word by word."""
UNLIKE = 0.2
"""Texts are unlike when fewer of the shorter one's words stand in a sentence with a partner."""
FEW = 12
"""Words of the shorter text below which everything may be marked: that is soon read."""
IN_A_ROW = 4
"""Words in a row that two unlike texts share; a word alone when it is no stop word."""

Words = list[tuple[int, str]]
"""Places among the tokens, and the words there in small letters."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Places of the first and of the second text; `unlike`: they tell what is shared."""

    first: frozenset[int]
    second: frozenset[int]
    unlike: bool


def marks(before: Sequence[str], after: Sequence[str]) -> Marks:
    """Return what of two texts is marked: what differs, or what they share when they are unlike."""
    left, right = list(_sentences(before)), list(_sentences(after))
    pairs = _partners(left, right)
    shorter = min(_length(left), _length(right))
    together = min(_length([left[i] for i, _ in pairs]), _length([right[j] for _, j in pairs]))
    if shorter >= FEW and together < UNLIKE * shorter:
        first, second = _shared(left, right)
        return Marks(first, second, unlike=True)
    gone, new = set(_places(left)), set(_places(right))
    for i, j in pairs:
        same = SequenceMatcher(None, _texts(left[i]), _texts(right[j]), autojunk=False)
        for block in same.get_matching_blocks():
            gone.difference_update(_places([left[i][block.a : block.a + block.size]]))
            new.difference_update(_places([right[j][block.b : block.b + block.size]]))
    return Marks(frozenset(gone), frozenset(new), unlike=False)


def _sentences(tokens: Sequence[str]) -> Iterator[Words]:
    """Yield the sentences of a text as words; what is behind the most words is left out."""
    sentence: Words = []
    seen = 0
    for place, token in enumerate(tokens):
        if token[:1].isalnum():
            if seen == MOST_WORDS:
                break
            sentence.append((place, token.casefold()))
            seen += 1
        elif "\n\n" in token or (token in END and len(sentence) >= SHORTEST):
            if sentence:
                yield sentence
            sentence = []
    if sentence:
        yield sentence


def _partners(left: Sequence[Words], right: Sequence[Words]) -> list[tuple[int, int]]:
    """Return the pairs of sentences that are most alike, each sentence once."""
    bags = [Counter(_texts(sentence)) for sentence in right]
    alike = []
    for i, sentence in enumerate(left):
        bag = Counter(_texts(sentence))
        for j, other in enumerate(bags):
            common = 2 * (bag & other).total() / (bag.total() + other.total())
            if common >= PARTNERS:
                alike.append((-common, abs(i - j), i, j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(alike):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def _shared(left: Sequence[Words], right: Sequence[Words]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places of telling words that both have, and of rows of words within a sentence."""
    both = {key for key, _ in _shareable(left)} & {key for key, _ in _shareable(right)}
    first, second = (
        frozenset(place for key, places in _shareable(side) if key in both for place in places)
        for side in (left, right)
    )
    return first, second


def _shareable(sentences: Sequence[Words]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """Yield every telling word, and every row of four words, with their places."""
    for sentence in sentences:
        for place, text in sentence:
            if len(text) > 1 and text not in stop_words():
                yield (text,), [place]
        for start in range(len(sentence) - IN_A_ROW + 1):
            row = sentence[start : start + IN_A_ROW]
            yield tuple(_texts(row)), _places([row])


def _texts(sentence: Words) -> list[str]:
    return [text for _, text in sentence]


def _places(sentences: Sequence[Words]) -> list[int]:
    return [place for sentence in sentences for place, _ in sentence]


def _length(sentences: Sequence[Words]) -> int:
    return sum(len(sentence) for sentence in sentences)
