"""What the analysis learns from the corpus: the halves of its compounds, and its words.

In go the texts of the corpus, out come `Tables` that are stored in the index's generation, so
that the index and its queries are analysed alike. Both tables are kept as text and read when they
are first needed, so that opening an index does not wait for them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from indexer.analysis.counting import add_folded, add_words
from indexer.analysis.filters import VERSION
from indexer.analysis.halves import Half, learn_halves, read_halves, write_halves
from indexer.analysis.tokens import CHUNK, has_hour

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


class Pieces:
    """How often each chunk and each piece of text between spaces was seen.

    They are the same but where a time stands before its `uur`, of which there are few.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._both: Counter[str] = Counter()
        self._chunks: Counter[str] = Counter()
        self._pieces: Counter[str] = Counter()
        for text in texts:
            if has_hour(text):
                self._chunks.update(CHUNK.findall(text))
                self._pieces.update(text.split())
            else:
                self._both.update(text.split())

    def __len__(self) -> int:
        return len(self._both) + len(self._chunks)

    def take(self, more: Pieces) -> None:
        """Add those of other texts."""
        self._both.update(more._both)
        self._chunks.update(more._chunks)

    def chunks(self) -> Iterator[tuple[str, int]]:
        """Yield chunks, each at most twice, and how often they were seen."""
        return chain(self._both.items(), self._chunks.items())

    def between_spaces(self) -> Set[str]:
        """Return what stood between spaces."""
        return self._both.keys() | self._pieces.keys() if self._pieces else self._both.keys()

    def __getitem__(self, piece: str) -> int:
        """Return how often something stood between spaces."""
        return self._both[piece] + self._pieces[piece]


def count_words(papers: Iterable[Pieces]) -> Counter[str]:
    """Return how often each word without hyphens occurs, in lower case with its accents.

    The texts are counted by what stands between spaces, and each of those is read once. Rare words
    give way when there are too many.
    """
    counts: Counter[str] = Counter()
    pieces = Pieces()
    for paper in papers:
        pieces.take(paper)
        if len(pieces) > MAX_CHUNKS:
            _count(counts, pieces)
            pieces = Pieces()
    _count(counts, pieces)
    return counts


def _count(counts: Counter[str], pieces: Pieces) -> None:
    """Add the words of chunks that were seen so often."""
    add_words(pieces.chunks(), counts)
    if len(counts) > MAX_WORDS:
        for word in [word for word, seen in counts.items() if seen == 1]:
            del counts[word]


def folded_counts(counts: Mapping[str, int]) -> Counter[str]:
    """Return the counts of words with their accents folded."""
    folded: Counter[str] = Counter()
    add_folded(counts.items(), folded)
    return folded


def learn(texts: Iterable[str]) -> Tables:
    """Learn from all texts of a corpus in one pass; memory is bounded by its vocabulary."""
    return learn_from(Pieces((text,)) for text in texts)


def learn_from(papers: Iterable[Pieces]) -> Tables:
    """Learn from papers whose texts were counted, in one pass."""
    counts = count_words(papers)
    halves = learn_halves(folded_counts(counts))
    return Tables(write_halves(halves), _vocabulary(counts), counts.total())


def _vocabulary(counts: Counter[str]) -> str:
    words = sorted(sorted(counts), key=counts.__getitem__, reverse=True)
    return "\n".join(f"{word} {counts[word]}" for word in words[:KEPT_WORDS] if len(word) > 2)
