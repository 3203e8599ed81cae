"""Scores of words added up where few documents of the index have any: see `loops` and `combining`.

Each document that something is added to is noted once, by a bit: these are taken out with their
scores in the end, so that the table serves the next question, without a look at the others.
"""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i16, i64

from indexer.engine.loops.reads import Part, numbers
from indexer.engine.loops.scores import Row
from indexer.engine.loops.tables import Table
from indexer.engine.loops.tallies import WHOLE


class Sparse:
    """Scores by document of the index, the first `room` of them, which are taken in the end."""

    def __init__(self, room: i64) -> None:
        self.room = room
        self.table = Table(room)
        self.met = vec[i64]([0] * (room + 1))
        self.bits = vec[i64]([0] * ((room >> 5) + 1))
        self.having: i64 = 0

    def add(self, ids: Any, scores: Any, weight: float) -> None:
        """Add the scores of some documents, times a weight."""
        documents = vec[i64](ids)
        self.table.gain(documents, vec[float](scores), weight)
        self._note(vec[i16](), documents, 0)

    def score(self, rows: list[Row], k1: float, factor: float, weight: float) -> None:
        """Add a word: what it is worth in each document, times a factor and times a weight."""
        self.table.score(rows, k1, factor, weight)
        nth: i64 = 0
        fields: i64 = 1
        while nth < fields:  # the largest field of all segments first: most come in order
            for base, _, _, found in rows:
                size: i64 = i64(len(found))
                fields = max(fields, size)
                if nth < size:
                    self._note_part(found[size - 1 - nth][1], base)
            nth += 1

    def _note_part(self, part: Part, base: i64) -> None:
        """Note the documents of a field, from number `base` on."""
        if part[1] == 2:
            self._note(vec[i16](part[0]), vec[i64](), base)
        else:
            self._note(vec[i16](), numbers(part[0], part[1]), base)

    def _note(self, shorts: vec[i16], longs: vec[i64], base: i64) -> None:
        """Note documents as those that something was added to; one of both has none."""
        bits, met = self.bits, self.met
        is_short = len(shorts) > 0
        one: i64 = 1
        at: i64 = self.having
        end: i64 = i64(len(shorts)) + i64(len(longs))
        n: i64 = 0
        while n < end:
            document: i64 = base + ((i64(shorts[n]) & 0xFFFF) if is_short else longs[n])
            word: i64 = bits[document >> 5]
            bits[document >> 5] = word | (one << (document & 31)) & WHOLE
            met[at] = document  # kept or written over, without a branch to guess
            at += 1 - ((word >> (document & 31)) & 1)
            n += 1
        self.having = at

    def taken(self) -> tuple[vec[i64], vec[float]]:
        """Return the documents with a score, as they were met, and their scores; none stays."""
        sums, bits, met = self.table.sums, self.bits, self.met
        scores = vec[float]([0.0] * self.having)
        at: i64 = 0
        n: i64 = 0
        while n < self.having:
            document: i64 = met[n]
            bits[document >> 5] = 0
            score: float = sums[document]
            sums[document] = 0.0
            if score > 0.0:  # else it was deleted
                met[at] = document
                scores[at] = score
                at += 1
            n += 1
        is_whole = at == n
        self.having = 0
        return met[:at], (scores if is_whole else scores[:at])
