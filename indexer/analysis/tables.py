"""What the analysis learns from the corpus: how its compounds split.

In go the texts of the corpus, out come `Tables` that are stored in the index's generation, so
that the index and its queries are analysed alike.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.analysis.compounds import Splitter
from indexer.analysis.filters import VERSION, fold
from indexer.analysis.tokens import tokenize

MAX_WORDS = 2_000_000


@dataclass(frozen=True, slots=True)
class Tables:
    """Learned tables.

    `compounds` maps a folded word to its parts as `Splitter.split` writes them (`bedrijfsgegevens`
    → `("bedrijf-s", "gegevens")`); `learned_from` is the number of words that was seen.
    """

    compounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    learned_from: int = 0

    @property
    def digest(self) -> str:
        """Return 16 hexadecimal digits that change with the tables or with the analysis."""
        packed = json.dumps([VERSION, self.learned_from, sorted(self.compounds.items())])
        return hashlib.sha256(packed.encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """Return the tables as a JSON object."""
        compounds = {word: "+".join(parts) for word, parts in sorted(self.compounds.items())}
        return {"compounds": compounds, "learned_from": self.learned_from}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Tables:
        """Return the tables that `to_json` wrote."""
        compounds = {word: tuple(parts.split("+")) for word, parts in data["compounds"].items()}
        return Tables(compounds, data["learned_from"])


EMPTY = Tables()


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return how often each folded word without hyphens occurs; rare ones give way when full."""
    counts: Counter[str] = Counter()
    for text in texts:
        words = (raw.text for raw in tokenize(text) if raw.kind == "word")
        counts.update(fold(word) for word in words if word.isalpha())
        if len(counts) > MAX_WORDS:
            counts = Counter({word: n for word, n in counts.items() if n > 1})
    return counts


def learn(texts: Iterable[str]) -> Tables:
    """Learn from all texts of a corpus in one pass; memory is bounded by its vocabulary."""
    counts = count_words(texts)
    splitter = Splitter(counts)
    split = ((word, splitter.split(word)) for word in counts)
    return Tables({word: parts for word, parts in split if len(parts) > 1}, counts.total())
