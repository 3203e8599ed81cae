"""Scores of words added up where few documents of the index have any: see `loops` and `combining`.

Beside the sums lies a bit for each document that something was added to: by these the documents are
listed in order, without a look at all the others. What was listed is taken out, so that the table
serves the next question.
"""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i16, i64, u8

from indexer.engine.loops.reads import Part, numbers
from indexer.engine.loops.scores import Row
from indexer.engine.loops.tables import Table
from indexer.engine.loops.tallies import PATTERN, POWERS, WHOLE


class Sparse:
    """Scores by document of the index, the first `room` of them, which are listed in the end.

    `question` is the same object until then: see `Table`.
    """

    def __init__(self, room: i64) -> None:
        self.question = object()
        self.room = room
        self.table = Table(room)
        self.bits = vec[i64]([0] * ((room >> 5) + 1))
        self.having: i64 = 0

    def add(self, ids: Any, scores: Any, weight: float) -> None:
        """Add the scores of some documents, times a weight."""
        documents = vec[i64](ids)
        more = vec[float](scores)
        sums, bits = self.table.sums, self.bits
        one: i64 = 1
        known: i64 = 0
        n: i64 = 0
        while n < i64(len(documents)):
            document: i64 = documents[n]
            sums[document] += more[n] * weight
            word: i64 = bits[document >> 5]
            known += (word >> (document & 31)) & 1
            bits[document >> 5] = word | (one << (document & 31)) & WHOLE
            n += 1
        self.having += n - known

    def score(self, rows: list[Row], k1: float, factor: float, weight: float) -> None:
        """Add a word: what it is worth in each document, times a factor and times a weight."""
        self.table.score(rows, k1, factor, weight)
        for base, _, _, fields in rows:
            for _, part in fields:
                self._note(part, base)

    def _note(self, part: Part, base: i64) -> None:
        """Note the documents of a field as those that something was added to."""
        bits = self.bits
        is_short = part[1] == 2
        shorts = vec[i16](part[0]) if is_short else vec[i16]()
        longs = vec[i64]() if is_short else numbers(part[0], part[1])
        end: i64 = i64(len(shorts)) + i64(len(longs))
        one: i64 = 1
        known: i64 = 0
        n: i64 = 0
        while n < end:
            document: i64 = base + ((i64(shorts[n]) & 0xFFFF) if is_short else longs[n])
            word: i64 = bits[document >> 5]
            known += (word >> (document & 31)) & 1
            bits[document >> 5] = word | (one << (document & 31)) & WHOLE
            n += 1
        self.having += n - known

    def listed(self) -> tuple[vec[i64], vec[float]]:
        """Return the documents with a score in order, and their scores; they are taken out."""
        ids = vec[i64]([0] * self.having)
        scores = vec[float]([0.0] * self.having)
        sums, bits = self.table.sums, self.bits
        powers = vec[u8](POWERS)
        pattern: i64 = PATTERN
        at: i64 = 0
        place: i64 = 0
        while place < i64(len(bits)):
            word: i64 = bits[place]
            if word != 0:
                bits[place] = 0
                while word != 0:
                    lowest: i64 = word & -word
                    word ^= lowest
                    document: i64 = (place << 5) + i64(powers[((lowest * pattern) & WHOLE) >> 27])
                    score: float = sums[document]
                    if score > 0.0:  # else it was deleted
                        sums[document] = 0.0
                        ids[at] = document
                        scores[at] = score
                        at += 1
            place += 1
        is_whole = at == self.having
        self.having = 0
        self.question = object()
        return (ids, scores) if is_whole else (ids[:at], scores[:at])
