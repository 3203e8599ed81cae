"""More passages than we have: real ones first, then sentences of them mixed anew by a seed.

`python -m tests.bench.scale.mixed REAL COUNT TARGET` takes passages that `corpus` wrote. Each
passage that is added has as many sentences as a real one, taken at random and without repeats from
`SOURCES` real passages, so that none is a copy and a word still stands more than once where it
stands at all. No new word comes in: a vocabulary of so many real passages would be larger, and its
rare words rarer.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer.analysis.chains import Analyzer
from indexer.analysis.encode import Encoder
from indexer.analysis.tables import EMPTY
from tests.bench.scale import corpus
from tests.bench.scale.rows import Passage, read

SEED = 20261129
SOURCES = 3
END = re.compile(r"(?<=[.;:?!])\s+")
Sentence = tuple[str, str]
"""A sentence and its tokens."""


def make(real: Path, count: int, target: Path) -> None:
    """Write `count` passages: the real ones, and mixed ones as long as there are too few."""
    rows = list(read(real))
    mixer = _Mixer(rows)
    with target.open("w", encoding="utf-8") as stream:
        for number in range(count):
            row = rows[number % len(rows)]
            if number >= len(rows):
                row = mixer.mixed(row, number)
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


class _Mixer:
    def __init__(self, rows: Sequence[Passage]) -> None:
        self._rows = rows
        self._encoder = Encoder(Analyzer(EMPTY))
        self._random = random.Random(SEED)
        self._cut: dict[int, list[Sentence]] = {}

    def mixed(self, like: Passage, number: int) -> Passage:
        """Return a passage with the kind and the title of one, and sentences of some others."""
        sources = self._random.sample(range(len(self._rows)), SOURCES)
        sentences = [sentence for source in sources for sentence in self._sentences(source)]
        size = min(len(END.split(like.text)), len(sentences))
        chosen = self._random.sample(sentences, size)
        name = f"{like.id}~{number}"
        text, tokens = (" ".join(row[n] for row in chosen) for n in (0, 1))
        tokens = f"{corpus.tokens(self._encoder, like.title, '')} {tokens}"
        return Passage(name, like.kind, corpus.day(name), like.title, text, tokens)

    def _sentences(self, number: int) -> list[Sentence]:
        found = self._cut.get(number)
        if found is None:
            sentences = END.split(self._rows[number].text)
            found = [(text, corpus.tokens(self._encoder, "", text)) for text in sentences]
            self._cut[number] = found
        return found


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
