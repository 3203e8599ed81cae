"""A paper, or one passage of it → a query for others like it: its most telling words.

In go a paper and an open index, out comes a query that a reader can see and change. A word tells
more the more often the text has it and the rarer the corpus does; words of the title count double,
words that only this paper has find nothing and are left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from indexer.analysis.filters import fold, stem, stop_words
from indexer.analysis.tokens import tokenize
from indexer.engine.interface import Index
from indexer.paper import Paper

WORDS = 8
SHORTEST = 4
IN_TITLE = 2


def query_like(paper: Paper, index: Index, label: str = "") -> str:
    """Return the query for papers like one, itself excluded; by a passage when its label is given.

    Empty when the text has no word that another paper has.
    """
    texts = [p.text for p in paper.passages if not label or p.label == label]
    counts: Counter[str] = Counter()
    for text in texts or [p.text for p in paper.passages]:
        counts.update(_words(text))
    for word in _words(paper.title or ""):
        counts[word] += IN_TITLE
    words = " ".join(_telling(counts, index.words()))
    if not words or '"' in paper.id:
        return words
    return f'{words} NIET nr:"{paper.id}"'


def _words(text: str) -> Iterator[str]:
    for raw in tokenize(text):
        word = raw.text.lower()
        telling = raw.kind == "word" and len(word) >= SHORTEST and word.isalpha()
        if telling and fold(word) not in stop_words():
            yield word


def _telling(counts: Mapping[str, int], corpus: Mapping[str, int]) -> list[str]:
    """Return the most telling words, one of each stem, the best first."""
    total = sum(corpus.values())
    scored = {
        word: (1 + math.log(n)) * math.log(total / corpus[word])
        for word, n in counts.items()
        if corpus.get(word, 0) > n
    }
    best: dict[str, str] = {}
    for word in sorted(scored, key=lambda word: (-scored[word], word)):
        best.setdefault(stem(fold(word)), word)
    return list(best.values())[:WORDS]
