"""Phrases and nearness: which places of some words stand as they are asked to.

In go postings, out come those of the places that fit. The story: the documents that have all the
words get a stretch of a table each, a slot for each position, so that "is the other word there" is
a look into the table, not a search. The documents come in portions, so that the table stays in the
processor's cache however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engine import deadline, native
from indexer.engine.arrays.ids import NO_IDS, Ids, Mask, common, places_in
from indexer.engine.postings.runs import NOTHING, Postings, joined
from indexer.engine.postings.slices import Places, Stretch, View

SLOTS = 1 << 20
"""Of a portion: a table of this many bytes."""
READ = 1 << 20
"""Places in a segment that the compiled loops look at one by one."""
Slots = npt.NDArray[np.int64]
Ask = Callable[[Any, Places, View], tuple[Any, Any]]
"""What is asked of a `loops.Sequence`, given the places that were read, in a field of a segment."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its postings that are looked at: `at[n]` is that of candidate `n`."""

    postings: Postings
    at: Ids

    def slots(self, portion: slice, starts: Ids, rest: int) -> Slots:
        """Return the slots of its places in a portion; those of other documents from `rest` on."""
        at = self.at[portion]
        first, last = int(at[0]), int(at[-1]) + 1
        if last - first > 2 * len(at):
            counts = self.postings.counts[at]
            return np.repeat(starts, counts) + self.postings.places_at(at)
        # Mostly neighbours: to read the others too is quicker than to pick.
        begin = np.full(last - first, rest, np.int64)
        begin[at - first] = starts
        counts = self.postings.counts[first:last]
        return np.repeat(begin, counts) + self.postings.between(first, last)

    def last_places(self) -> Ids:
        """Return the last place in each candidate."""
        ends = self.postings.ends[self.at].astype(np.int64) - 1
        found = np.empty(len(ends), np.int64)
        for part, shift, mine in self.postings.shared(ends):
            found[mine] = part.array[ends[mine] + shift]
        return found


@dataclass(frozen=True, slots=True)
class _Portion:
    """Candidates that share a table: `rows` of them, the slot of each one's position 0.

    The table has `total` slots; places of other documents get slots from `rest` on.
    """

    rows: slice
    starts: Ids
    total: int
    rest: int

    def found(self, documents: Ids, slots: Slots) -> Postings:
        """Return ascending slots as postings."""
        counts = np.diff(np.searchsorted(slots, self.starts), append=len(slots))
        there = counts > 0
        places = slots - np.repeat(self.starts, counts)
        stretch = Stretch(places, 0, len(places))
        return Postings(documents[self.rows][there], counts[there], [stretch])


def adjacent(words: Sequence[Postings], offsets: Sequence[int]) -> Postings:
    """Return where the words stand at the given offsets from the first, as the first's places."""
    if len(words) == 1:
        return words[0]
    words = [word.apart() for word in words]
    documents = common([word.ids for word in words])
    if not len(documents):
        return NOTHING
    # The word with the fewest places leads.
    order = sorted(range(len(words)), key=lambda n: int(words[n].ends[-1]))
    read = [_Word(words[n], places_in(words[n].ids, documents)) for n in order]
    shifts = [offsets[n] for n in order]
    found = [
        portion.found(documents, slots)
        for portion in _portions(read, max(map(abs, offsets)))
        if len(slots := _in_sequence(read, shifts, portion))
    ]
    return joined(found)


def _in_sequence(words: Sequence[_Word], shifts: Sequence[int], portion: _Portion) -> Slots:
    """Return the slots where the phrase begins."""
    lead, *others = words
    slots = lead.slots(portion.rows, portion.starts, portion.rest) - shifts[0]
    slots = slots[slots < portion.total]
    for word, shift in zip(others, shifts[1:], strict=True):
        if len(slots):
            table = _table(word.slots(portion.rows, portion.starts, portion.rest) - shift, portion)
            slots = slots[table[slots]]
    return slots


def near(left: Postings, right: Postings, distance: int) -> Postings:
    """Return the places of `left` with one of `right` at most `distance` positions away."""
    left, right = left.apart(), right.apart()
    documents = common([left.ids, right.ids])
    if not len(documents):
        return NOTHING
    words = [_Word(word, places_in(word.ids, documents)) for word in (left, right)]
    found = []
    for portion in _portions(words, distance):
        slots, others = (w.slots(portion.rows, portion.starts, portion.rest) for w in words)
        slots = slots[slots < portion.total]
        table = _table(others, portion)
        found.append(portion.found(documents, slots[_close(table, slots, distance)]))
    return joined(found)


def counted(words: Sequence[Postings], ask: Ask) -> Postings | None:
    """Return in which documents words stand as asked, and how often, told by the compiled loops.

    `None` where there are none, where the words are not whole slices of the index, or where a
    segment has more than `READ` places to read: then it is for `adjacent`, `near` or `place_bits`.
    """
    if not all(word.has_any for word in words):
        return NOTHING
    if native.LOOPS is None or not all(word.slices for word in words):
        return None
    by_base = [{part.view.base: part for part in word.slices} for word in words]
    found = []
    for base, lead in by_base[0].items():
        deadline.check()
        parts = [mine[base] for mine in by_base if base in mine]
        if len(parts) < len(words):
            continue
        sequence = native.LOOPS.Sequence([part.part for part in parts])
        wanted = sequence.addresses(READ)
        if sequence.size > READ:
            return None
        if sequence.size:
            view = lead.view
            if len(words) == 1:
                places = lead.places.places.astype(np.int32)
            else:
                places = view.places.take(np.frombuffer(wanted, np.int64)).astype(np.int32)
            ids, counts = ask(sequence, places, view)
            if len(ids):
                found.append(view.of_counts(np.asarray(ids), np.asarray(counts)))
    return Postings.of(found)


def in_sequence(offsets: Sequence[int]) -> Ask:
    """Ask for words at these offsets, ascending from the first."""
    shifts = [offset - offsets[0] for offset in offsets]
    nowhere = native.LOOPS and native.LOOPS.Slots(NO_IDS)
    return lambda sequence, places, _: sequence.phrases(places, shifts, [], nowhere)


def at_most(distance: int) -> Ask:
    """Ask for a second word near the first."""
    return lambda sequence, places, _: sequence.near(places, distance)


def _close(table: Mask, slots: Slots, distance: int) -> Mask:
    """Tell for each slot whether another one within the distance is taken."""
    if len(slots) * distance * 8 < len(table):
        found = np.zeros(len(slots), np.bool_)
        for gap in range(1, distance + 1):
            found |= table[slots + gap] | table[slots - gap]
        return found
    width = 1
    reach = table.copy()  # whether one of the `width` slots from here on is taken
    while width < distance:
        step = min(width, distance - width)
        reach[:-step] |= reach[step:]
        width += step
    return reach[slots + 1] | reach[slots - distance]


def _table(slots: Slots, portion: _Portion) -> Mask:
    """Return which slots are taken; there is room behind for neighbours of the last."""
    table = np.zeros(portion.total, np.bool_)
    table[slots[slots < portion.total]] = True
    return table


def _portions(words: Sequence[_Word], room: int) -> Iterator[_Portion]:
    """Divide the candidates; between two documents in a table there is `room`."""
    sizes = np.maximum.reduce([word.last_places() for word in words]) + 1 + 2 * (room + 1)
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        deadline.check()
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + SLOTS, side="right")))
        starts = ends[first:last] - sizes[first:last] - before + room + 1
        total = int(ends[last - 1]) - before
        yield _Portion(slice(first, last), starts, total, total + room)
        first = last
