"""The places of the most common words as bits, so that a phrase with them is a look, not a search.

In go postings and the lengths of a field, out come `PlaceBits`, and with them where a phrase
stands. The story: the documents of a field lie behind each other on one line of slots, a slot for
each position, each document from a multiple of 64 on and with a gap behind it that no phrase spans.
`van de` is then the bits of `de`, moved by one, and those of `van`; `de minister` looks up a bit
for each place of `minister`. Without them a phrase of common words reads millions of places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np

from indexer.engine import deadline, native
from indexer.engine.arrays.bits import WORD, Bits
from indexer.engine.arrays.ids import Floats, Ids, Mask, changes
from indexer.engine.errors import EngineError
from indexer.engine.matching import adjacency
from indexer.engine.postings.runs import NOTHING, Postings
from indexer.engine.postings.slices import Places, View

GAP = 16
"""Empty slots behind a document at least; a phrase that is longer is looked for without bits."""
BLOCKS = 1 << 15
PLACES = 1 << 19
"""What is looked at together: blocks of 64 slots, places of a word."""
ZIPF = 0.08
"""Over its rank, the share of all slots that a word has, by the law of Zipf (see 0605)."""
RAREST = 1 / 512
"""A word with a smaller share of the places is quick enough without bits."""


class Line:
    """Where the documents of a field lie: document `n` from slot `64 * starts[n]` on."""

    def __init__(self, lengths: Floats) -> None:
        """Lay out documents by how many positions they have; those without get no slots."""
        self._lengths = lengths
        blocks = np.where(lengths > 0, (lengths + GAP + WORD - 1) // WORD, 0).astype(np.int64)
        ends = np.cumsum(blocks) + 1  # a block before the first, for words that stand before it
        self.starts = (ends - blocks).astype(np.int32)
        self.total = int(ends[-1]) + 1 if len(ends) else 2

    def plain_of(self, view: View) -> Any:
        """Return the first slot of each document of a segment as the loops take it."""
        found = self._plain.get(view.base)
        if found is None:
            mine = self.starts[view.base : view.base + view.documents]
            found = self._plain[view.base] = native.LOOPS.Slots(mine.astype(np.int64) * WORD)
        return found

    @cached_property
    def _plain(self) -> dict[int, Any]:
        return {}

    @cached_property
    def documents(self) -> Ids:
        """Return the documents that have the field."""
        return np.flatnonzero(self._lengths > 0)

    def is_common(self, places: int, room: int) -> bool:
        """Tell whether a word with so many places should have bits, where `room` bytes hold them.

        By the law of Zipf as many words are that common as there is room for.
        """
        share = max(RAREST, ZIPF * 8 * self.total / room)
        return places > share * WORD * self.total

    def bits(self, postings: Postings) -> PlaceBits:
        """Return the places of a word as bits. Raises `EngineError` when they are not in range."""
        plain = None if native.LOOPS is None else native.LOOPS.no_bits(self.total)
        found: Bits = np.zeros(self.total if plain is None else 0, np.uint64)
        for part, counts, places in _portions(postings):
            deadline.check()
            if (places[np.cumsum(counts) - 1] >= self._lengths[postings.ids[part]]).any():
                raise EngineError(
                    "De index noemt een woord voorbij het eind van zijn passage. Maak hem opnieuw "
                    "met: python -m indexer build MAP --index PLAATS --fresh"
                )
            slots = self.slots(postings.ids[part], counts, places)
            block = slots // WORD
            starts = np.flatnonzero(changes(block))
            taken = np.uint64(1) << (slots % WORD).astype(np.uint64)
            together = np.bitwise_or.reduceat(taken, starts)
            if plain is None:
                found[block[starts]] = together
            else:
                plain.put(block[starts], together.view(np.int64))
        if plain is not None:
            found = np.frombuffer(plain.numbers, np.uint64)
        return PlaceBits(self, found, plain)

    def slots(self, documents: Ids, counts: Ids, places: Places) -> Ids:
        """Return the slots of places: `counts[n]` of them in `documents[n]`."""
        return np.repeat(self.starts[documents].astype(np.int64) * WORD, counts) + places


@dataclass(frozen=True, slots=True)
class PlaceBits:
    """The places of a word on a line."""

    line: Line
    found: Bits
    plain: Any = None
    """The same memory as the loops take it, where they are there."""

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory."""
        return self.found.nbytes + 100

    def moved(self, first: int, last: int, offset: int) -> Bits:
        """Return for the slots of some blocks whether the word stands `offset` behind each."""
        here = self.found[first:last]
        if not offset:
            return here
        behind = self.found[first + 1 : last + 1]
        return (here >> np.uint64(offset)) | (behind << np.uint64(WORD - offset))

    def at(self, slots: Ids) -> Mask:
        """Tell for each slot whether the word stands there."""
        octets = self.found.view(np.uint8)[slots >> 3]  # the bits of a little-endian number
        there: Mask = ((octets >> (slots & 7).astype(np.uint8)) & 1).astype(np.bool_)
        return there


def adjacent(
    words: Sequence[Postings], common: Sequence[PlaceBits | None], offsets: Sequence[int]
) -> Postings:
    """Return in which documents the words stand at the given offsets, and how often; no places.

    Of common words the bits are given, of one at least; offsets ascend from 0 and are below `GAP`.
    """
    if not all(word.has_any for word in words):
        return NOTHING
    bits = [(found, at) for found, at in zip(common, offsets, strict=True) if found is not None]
    rare = [n for n, found in enumerate(common) if found is None]
    if not rare:
        return _together(bits)
    lead = offsets[rare[0]]
    if native.LOOPS is not None:
        ask = _beside([offsets[n] - lead for n in rare], [(some, at - lead) for some, at in bits])
        counted = adjacency.counted([words[n] for n in rare], ask)
        if counted is not None:
            return counted
    found = adjacency.adjacent([words[n] for n in rare], [offsets[n] - lead for n in rare])
    return _with_common(found, [(some, at - lead) for some, at in bits])


def _beside(shifts: list[int], bits: Sequence[tuple[PlaceBits, int]]) -> adjacency.Ask:
    """Ask for words at some offsets from the first, and for common words at others."""
    line = bits[0][0].line
    common = [native.LOOPS.Common(some.plain, at) for some, at in bits]
    return lambda sequence, places, view: sequence.phrases(
        places, shifts, common, line.plain_of(view)
    )


def _together(bits: Sequence[tuple[PlaceBits, int]]) -> Postings:
    """Return the phrases of common words alone: the bits of all, each moved by its offset."""
    line = bits[0][0].line
    counts = np.zeros(line.total, np.uint8)
    for first in range(0, line.total - 1, BLOCKS):
        deadline.check()
        last = min(first + BLOCKS, line.total - 1)
        here = reduce(np.bitwise_and, (some.moved(first, last, at) for some, at in bits))
        counts[first:last] = np.bitwise_count(here)
    sums = np.add.reduceat(counts, line.starts[line.documents], dtype=np.int32)
    there = np.flatnonzero(sums > 0)
    return Postings(line.documents[there], sums[there])


def _with_common(lead: Postings, bits: Sequence[tuple[PlaceBits, int]]) -> Postings:
    """Return the documents where common words stand at their offsets from a place of `lead`."""
    line = bits[0][0].line
    kept = np.zeros(len(lead.ids), np.int64)
    for part, counts, places in _portions(lead):
        deadline.check()
        slots = line.slots(lead.ids[part], counts, places)
        there = reduce(np.logical_and, (some.at(slots + at) for some, at in bits))
        kept[part] = np.add.reduceat(there, np.cumsum(counts) - counts, dtype=np.int64)
    found = kept > 0
    return Postings(lead.ids[found], kept[found]) if found.any() else NOTHING


def _portions(postings: Postings) -> Iterator[tuple[slice, Ids, Places]]:
    """Yield some documents at a time, with the counts and the places of the word in them."""
    first, size = 0, len(postings.ids)
    while first < size:
        before = int(postings.ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(postings.ends, before + PLACES, side="right")))
        counts = postings.counts[first:last].astype(np.int64)
        yield slice(first, last), counts, postings.between(first, last)
        first = last
