"""The loops of learning over all that stands between spaces: one process does them alone.

In go pieces of text and how often each was seen, out come counts of words. They stand apart so that
they are compiled, by themselves and with what they ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from indexer.analysis.filters import fold
from indexer.analysis.tokens import AROUND, words_in

WORD: Final = re.compile(r"\w+(?:-\w+)*")


def add_words(chunks: Iterable[tuple[str, int]], counts: dict[str, int]) -> None:
    """Add the words of chunks that were seen so often to counts, in lower case."""
    for chunk, seen in chunks:
        word = chunk.strip(AROUND)
        if word.isalpha():  # as `words_in` begins, without a list of one
            low = word.lower()
            counts[low] = counts.get(low, 0) + seen
        else:
            for low in words_in(chunk):
                counts[low] = counts.get(low, 0) + seen


def add_folded(counts: Iterable[tuple[str, int]], folded: dict[str, int]) -> None:
    """Add the counts of words under the words with their accents folded."""
    for word, count in counts:
        plain = fold(word)
        folded[plain] = folded.get(plain, 0) + count


def that_hold(pieces: Iterable[str], wanted: set[str]) -> dict[str, list[str]]:
    """Return the pieces that hold wanted words, and which; most hold none."""
    found: dict[str, list[str]] = {}
    for piece in pieces:
        word = piece.strip(AROUND)
        if word.isalpha():  # the expression would find it alone
            low = word.lower()
            if low in wanted:
                found[piece] = [low]
        else:
            words = [each for each in WORD.findall(piece.lower()) if each in wanted]
            if words:
                found[piece] = words
    return found
