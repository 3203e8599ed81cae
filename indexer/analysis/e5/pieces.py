"""A text → the numbers of its word pieces, as the model learned them.

The story: characters are replaced by their plain forms, a space becomes `▁` before its word, and
each word is cut into the pieces whose scores add up highest (a unigram model, Kudo 2018, by the
algorithm of Viterbi). No piece has `▁` within it, so that words are cut apart from each other, and
words that were cut before are remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from indexer.analysis.e5.weights import Vocabulary

SPACE = "▁"
WORD = re.compile(f"{SPACE}[^{SPACE}]*")
SPACES = re.compile(" {2,}")
WORSE = 10
"""By how much a character without a piece scores below the lowest (as sentencepiece has it)."""
REMEMBERED = 20_000
"""Words whose pieces are kept: some 5 MB."""
LONGEST = 40
"""Letters of a word that is kept."""


class Pieces:
    """Cuts texts; threads may share it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Learn the pieces: some tenths of a second."""
        letters, begins = vocabulary.letters, vocabulary.begins.tolist()
        names = [letters[begin:end].decode() for begin, end in pairwise(begins)]
        self._scores = vocabulary.scores.tolist()
        self._numbers = {name: number for number, name in enumerate(names) if name}
        self._numbers.pop(names[vocabulary.unknown], None)
        self._longest = max(map(len, names))
        self._unknown = vocabulary.unknown, min(self._scores) - WORSE
        self._replaced = vocabulary.replaced
        self._vocabulary = vocabulary
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._cut)

    def of(self, text: str) -> list[int]:
        """Return the pieces of a text, in order."""
        plain = SPACES.sub(" ", text.translate(self._replaced))
        marked = (plain if plain.startswith(" ") else f" {plain}").replace(" ", SPACE)
        return [number for word in WORD.findall(marked) for number in self._of_word(word)]

    def says(self, number: int) -> bool:
        """Tell whether a piece has a letter or a digit."""
        begin, end = self._vocabulary.begins[number : number + 2]
        name = self._vocabulary.letters[begin:end].decode()
        return any(sign.isalnum() for sign in name)

    def _of_word(self, word: str) -> tuple[int, ...]:
        return self._remembered(word) if len(word) <= LONGEST else self._cut(word)

    def _cut(self, word: str) -> tuple[int, ...]:
        """Return the best pieces of a word that begins with `▁`."""
        unknown, low = self._unknown
        best = [0.0] + [-1e30] * len(word)
        came = [(0, unknown)] * (len(word) + 1)
        for begin in range(len(word)):
            score = best[begin]
            for end in range(begin + 1, min(begin + self._longest, len(word)) + 1):
                number = self._numbers.get(word[begin:end])
                if number is not None and score + self._scores[number] > best[end]:
                    best[end], came[end] = score + self._scores[number], (begin, number)
            if score + low > best[begin + 1]:
                best[begin + 1], came[begin + 1] = score + low, (begin, unknown)
        found, end = [], len(word)
        while end:
            end, number = came[end]
            found.append(number)
        return tuple(reversed(found))
