"""What the analysis learns from the corpus: the halves of its compounds, and its words.

In go the texts of the corpus, out come `Tables` that are stored in the index's generation, so
that the index and its queries are analysed alike. Both tables are kept as text and read when they
are first needed, so that opening an index does not wait for them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from indexer.analysis.filters import VERSION, fold
from indexer.analysis.halves import Half, learn_halves, read_halves, write_halves
from indexer.analysis.tokens import CHUNK, read_chunk

MAX_WORDS = 2_000_000
MAX_CHUNKS = 1_000_000
KEPT_WORDS = 60_000
"""The most frequent words of the corpus, kept to mend slips of typing with."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Learned tables, as text of a row a line.

    `halves` is what `indexer.analysis.halves` writes; `vocabulary` has words as written, without
    capitals, with their counts, the most frequent first. `learned_from` is the number of words
    that was seen.
    """

    halves: str = ""
    vocabulary: str = ""
    learned_from: int = 0

    @property
    def digest(self) -> str:
        """Return 16 hexadecimal digits that change with the tables or with the analysis."""
        packed = "\0".join((VERSION, self.halves, self.vocabulary, str(self.learned_from)))
        return hashlib.sha256(packed.encode()).hexdigest()[:16]

    def half_table(self) -> dict[str, Half]:
        """Return the halves of compounds."""
        return read_halves(self.halves)

    def words(self) -> Mapping[str, int]:
        """Return the kept words with their counts, the most frequent first."""
        return _words(self.vocabulary)

    def to_json(self) -> dict[str, Any]:
        """Return the tables as a JSON object."""
        return {
            "halves": self.halves,
            "vocabulary": self.vocabulary,
            "learned_from": self.learned_from,
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Tables:
        """Return the tables that `to_json` wrote."""
        return Tables(data["halves"], data["vocabulary"], data["learned_from"])


@lru_cache(maxsize=2)
def _words(vocabulary: str) -> Mapping[str, int]:
    rows = (line.split(" ") for line in vocabulary.splitlines())
    return MappingProxyType({word: int(count) for word, count in rows})


EMPTY = Tables()


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word without hyphens occurs, in lower case with its accents.

    The texts are counted by what stands between spaces, and each of those is read once. Rare words
    give way when there are too many.
    """
    counts: Counter[str] = Counter()
    chunks: Counter[str] = Counter()
    for text in texts:
        chunks.update(CHUNK.findall(text))
        if len(chunks) > MAX_CHUNKS:
            _count(counts, chunks)
            chunks.clear()
    _count(counts, chunks)
    return counts


def _count(counts: Counter[str], chunks: Mapping[str, int]) -> None:
    """Add the words of chunks that were seen so often."""
    for chunk, seen in chunks.items():
        for raw in read_chunk(chunk):
            if raw.kind == "word" and raw.text.isalpha():
                counts[raw.text.lower()] += seen
    if len(counts) > MAX_WORDS:
        for word in [word for word, seen in counts.items() if seen == 1]:
            del counts[word]


def folded_counts(counts: Mapping[str, int]) -> Counter[str]:
    """Return the counts of words with their accents folded."""
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        folded[fold(word)] += count
    return folded


def learn(texts: Iterable[str]) -> Tables:
    """Learn from all texts of a corpus in one pass; memory is bounded by its vocabulary."""
    counts = count_words(texts)
    halves = learn_halves(folded_counts(counts))
    return Tables(write_halves(halves), _vocabulary(counts), counts.total())


def _vocabulary(counts: Counter[str]) -> str:
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    kept = [(word, n) for word, n in rows[:KEPT_WORDS] if len(word) > 2]
    return "\n".join(f"{word} {n}" for word, n in kept)
