"""Scores of words, added up by document: see `loops` and `later`.

A word is scored where it lies in the file and added to the table in one pass. What is kept of it is
how many documents have it, by which it weighs.
"""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i16, i64, u8

from indexer.engine.loops.reads import Part, numbers
from indexer.engine.loops.scores import FLOATS, Field, Row

Worth = tuple[float, float, float]
"""How a weight saturates (`k1`), what that is multiplied by, and what the result is."""


class Table:
    """Scores by document of the index, the first `size` of them; 0 where nothing was added."""

    def __init__(self, size: i64) -> None:
        self.sums = vec[float]([0.0] * size)
        self.others = vec[float]()
        self.second: Table | None = None

    def apart(self) -> Table:
        """Return a table of the same size, the same each time; what is added to it is moved."""
        found = self.second
        if found is None:
            found = self.second = Table(i64(len(self.sums)))
        return found

    def move(self, ids: Any, other: Table) -> None:
        """Add the scores of some documents to those of another table, and take them out here."""
        documents = vec[i64](ids)
        sums, others = self.sums, other.sums
        n: i64 = 0
        while n < i64(len(documents)):
            document: i64 = documents[n]
            others[document] += sums[document]
            sums[document] = 0.0
            n += 1

    def move_rows(self, rows: list[Row], other: Table) -> None:
        """Move the scores of the documents of a word."""
        for base, _, _, fields in rows:
            for _, part in fields:
                _move(part, base, self.sums, other.sums)

    def add(self, ids: Any, scores: Any, weight: float) -> None:
        """Add the scores of some documents, times a weight."""
        self.gain(vec[i64](ids), vec[float](scores), weight)

    def gain(self, documents: vec[i64], more: vec[float], weight: float) -> None:
        """Do the same of what the loops have: none of Python may call this (`phrases.Slots`)."""
        sums = self.sums
        n: i64 = 0
        while n < i64(len(documents)):
            sums[documents[n]] += more[n] * weight
            n += 1

    def put(self, ids: Any, scores: Any) -> None:
        """Give some documents other scores."""
        documents = vec[i64](ids)
        others = vec[float](scores)
        sums = self.sums
        n: i64 = 0
        while n < i64(len(documents)):
            sums[documents[n]] = others[n]
            n += 1

    def score(self, rows: list[Row], k1: float, factor: float, weight: float) -> None:
        """Add a word: what it is worth in each document, times a factor and times a weight.

        Its weights in the fields are added up, in their order, before they saturate.
        """
        sums = self.sums
        worth = (k1, factor, weight)
        for base, documents, live, fields in rows:
            last: i64 = i64(len(fields)) - 1
            if last > 0 and i64(len(self.others)) < documents:
                self.others = vec[float]([0.0] * documents)
            others = self.others if last > 0 else vec[float]()
            nth: i64 = 0
            while nth < last:
                weigh(fields[nth], base, others)
                nth += 1
            _saturate(fields[last], base, others, sums, worth)
            nth = 0
            while nth < last:
                _saturate_rest(fields[nth][1], base, others, sums, worth)
                nth += 1
            if live is not None:
                _leave_living(vec[u8](live), base, sums)


def weigh(field: Field, base: i64, others: vec[float]) -> None:
    """Add the weights of a field to those of others, by document of the segment."""
    each, part = field
    lengths, of = each.lengths, each.of
    documents, size, counts, width, _ = part
    is_short = size == 2
    is_octet = width == 1
    shorts = vec[i16](documents) if is_short else vec[i16]()
    longs = vec[i64]() if is_short else numbers(documents, size)
    octets = vec[u8](counts) if is_octet else vec[u8]()
    wide = vec[i64]() if is_octet else numbers(counts, width)
    as_float = vec[float](FLOATS)
    end: i64 = i64(len(shorts)) + i64(len(longs))
    n: i64 = 0
    while n < end:
        document: i64 = (i64(shorts[n]) & 0xFFFF) if is_short else longs[n]
        count: float = as_float[i64(octets[n])] if is_octet else float(wide[n])
        others[document] += count * of[i64(lengths[base + document]) & 0xFFFF]
        n += 1


def _saturate(
    field: Field,
    base: i64,
    others: vec[float],
    sums: vec[float],
    worth: Worth,
) -> None:
    """Add what a word is worth in the documents of a field, with its weights in `others`.

    These are taken out; there may be none at all.
    """
    each, part = field
    lengths, of = each.lengths, each.of
    k1, factor, weight = worth
    documents, size, counts, width, _ = part
    as_float = vec[float](FLOATS)
    n: i64 = 0
    if size == 2 and width == 1:
        shorts = vec[i16](documents)
        octets = vec[u8](counts)
        if len(others) == 0:
            while n < i64(len(shorts)):
                document: i64 = base + (i64(shorts[n]) & 0xFFFF)
                weighs: float = of[i64(lengths[document]) & 0xFFFF]
                amount: float = as_float[i64(octets[n])] * weighs
                sums[document] += amount / (amount + k1) * factor * weight
                n += 1
            return
        while n < i64(len(shorts)):
            document = i64(shorts[n]) & 0xFFFF
            weighs = of[i64(lengths[base + document]) & 0xFFFF]
            amount = as_float[i64(octets[n])] * weighs + others[document]
            others[document] = 0.0
            sums[base + document] += amount / (amount + k1) * factor * weight
            n += 1
        return
    longs = numbers(documents, size)
    wide = numbers(counts, width)
    while n < i64(len(longs)):
        document = longs[n]
        amount = float(wide[n]) * of[i64(lengths[base + document]) & 0xFFFF]
        if len(others) > 0:
            amount += others[document]
            others[document] = 0.0
        sums[base + document] += amount / (amount + k1) * factor * weight
        n += 1


def _saturate_rest(
    part: Part,
    base: i64,
    others: vec[float],
    sums: vec[float],
    worth: Worth,
) -> None:
    """Add what a word is worth in those documents of a field that still have a weight."""
    k1, factor, weight = worth
    documents = numbers(part[0], part[1])
    n: i64 = 0
    while n < i64(len(documents)):
        document: i64 = documents[n]
        amount: float = others[document]
        if amount > 0.0:
            sums[base + document] += amount / (amount + k1) * factor * weight
            others[document] = 0.0
        n += 1


def _leave_living(there: vec[u8], base: i64, sums: vec[float]) -> None:
    """Take out what was added to deleted documents."""
    n: i64 = 0
    while n < i64(len(there)):
        if there[n] == 0:
            sums[base + n] = 0.0
        n += 1


def _move(part: Part, base: i64, sums: vec[float], others: vec[float]) -> None:
    """Move the scores of the documents of a field."""
    documents, size, _, _, _ = part
    is_short = size == 2
    shorts = vec[i16](documents) if is_short else vec[i16]()
    longs = vec[i64]() if is_short else numbers(documents, size)
    end: i64 = i64(len(shorts)) + i64(len(longs))
    n: i64 = 0
    while n < end:
        document: i64 = base + ((i64(shorts[n]) & 0xFFFF) if is_short else longs[n])
        others[document] += sums[document]
        sums[document] = 0.0
        n += 1
