"""A small lift for passages in which neighbouring words of the query stand near each other.

In go the best passages so far and the postings of the query's words, out come lifts. Two words that
are neighbours in the query and stand within `WINDOW` positions of each other in a passage add a
fraction of what the rarer of the two weighs at least (after Rasolofo and Savoy 2003). Only the
best passages are looked at: a lift cannot bring one up from far below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.file import Numbers
from indexer.engine.arrays.ids import NO_IDS, Floats, Ids, highest, ranges
from indexer.engine.postings.runs import Keys, Postings
from indexer.engine.postings.slices import Places

WINDOW = 8
GAP = 3
"""Words of a query this far apart, stop words between them counted, are neighbours."""
LIFT = 0.3
CANDIDATES = 200
MOST_PAIRS = 40
FIELD_BITS, PAIR_BITS = 24, 44
"""A key holds the place, above it field and document, and above those the pair of words."""
Pair = tuple[int, int, float]
"""Two neighbours by their numbers, and what a document gains where they stand near each other."""
Stands = tuple[int, Any]
"""See `indexer.engine.loops.near.Stands`."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of a query: its position there, its weight (idf), and its postings by field."""

    position: int
    weight: float
    postings: Sequence[Postings]


def best(scores: Floats) -> Ids:
    """Return the places of the best scores, at most `CANDIDATES`, in ascending order."""
    found = highest(scores, CANDIDATES)
    if len(found) > CANDIDATES:
        found = np.sort(found[np.argpartition(-scores[found], CANDIDATES)[:CANDIDATES]])
    return found


class Lift:
    """What documents gain by the words of a question; no more than `most`.

    Who keeps it `for_loops` keeps no postings, but slices of the index.
    """

    def __init__(self, words: Sequence[Placed]) -> None:
        self.pairs: list[Pair] = [
            (number, number + 1, LIFT * min(left.weight, right.weight))
            for number, (left, right) in enumerate(pairwise(words))
            if right.position - left.position <= GAP
        ][:MOST_PAIRS]
        self.most = 0.0
        for _, _, gain in self.pairs:
            self.most += gain
        self._count = len(words)
        self._fields = len(words[0].postings) if words else 0
        stands = None if native.LOOPS is None else _stands(words)
        self.for_loops = stands is not None
        self._stands = stands or []
        self._words = [] if self.for_loops else words

    def gains(self, documents: Ids) -> Floats:
        """Return what each of the documents (sorted numbers) gains."""
        if not self.pairs or not len(documents):
            return np.zeros(len(documents))
        return self._by_loops(documents) if self.for_loops else self._by_numpy(documents)

    def _by_loops(self, documents: Ids) -> Floats:
        """Return the same, told by the compiled loops: arrays are only read here."""
        found = native.LOOPS.Neighbours(documents, self._count, self._fields)
        read = [
            places.take(np.frombuffer(wanted, np.int64))
            for places, wanted in found.wanted(self._stands, self.pairs)
        ]
        near = np.concatenate([NO_IDS, *read], dtype=np.int64)
        return np.frombuffer(found.gains(near, self.pairs, WINDOW), np.float64)

    def _by_numpy(self, documents: Ids) -> Floats:
        """Return the same. Of all pairs at once: the keys of a pair lie in a range of its own."""
        gains = np.zeros(len(documents))
        keys = _within(self._words, documents)
        lefts = [keys[left] + (n << PAIR_BITS) for n, (left, _, _) in enumerate(self.pairs)]
        rights = [keys[right] + (n << PAIR_BITS) for n, (_, right, _) in enumerate(self.pairs)]
        found = _close(np.concatenate(lefts), np.concatenate(rights))
        hits = np.zeros((len(self.pairs), len(documents)), np.bool_)
        pairs = found >> PAIR_BITS
        hits[pairs, ((found - (pairs << PAIR_BITS)) >> FIELD_BITS) % len(documents)] = True
        for row, (_, _, gain) in zip(hits, self.pairs, strict=True):
            gains[row] += gain
        return gains


def _stands(words: Sequence[Placed]) -> list[Stands] | None:
    """Return where words stand, as the loops look at it; `None` if some are of no slices."""
    found: list[Stands] = []
    slot = 0
    for word in words:
        for post in word.postings:
            if post.slices:
                found += [(slot, standing) for standing in post.standing or _standing(post)]
            elif post.has_any:
                return None
            slot += 1
    return found


def _standing(postings: Postings) -> Sequence[Any]:
    """Return what the loops keep of a word in a field, by segment."""
    postings.standing = [
        native.LOOPS.Standing(part.view.base, part.view.documents, part.part, part.view.places)
        for part in postings.slices
    ]
    return postings.standing


def _within(words: Sequence[Placed], documents: Ids) -> Sequence[Keys]:
    """Return the sorted keys of each word in the documents: field, document's number here, place.

    Places of all words are read together: words of a field share the arrays of the segments. Here
    a key has the number of its word above the rest, until all are in order.
    """
    reads = _Reads()
    for number, word in enumerate(words):
        for field, found in enumerate(word.postings):
            if not len(found.ids):
                continue
            at = found.ids[:-1].searchsorted(documents)
            (there,) = (found.ids.take(at) == documents).nonzero()
            if len(there):
                before = (number << PAIR_BITS) + (field * len(documents) << FIELD_BITS)
                reads.add(found, at.take(there), before + (there << FIELD_BITS))
    keys = np.sort(reads.keys())
    cuts = keys.searchsorted([number << PAIR_BITS for number in range(len(words) + 1)]).tolist()
    return [
        keys[cuts[number] : cuts[number + 1]] - (number << PAIR_BITS)
        for number in range(len(words))
    ]


class _Reads:
    """Collects which places to read, and reads them with one look into each array.

    The arrays lie one after another on one line of addresses, as it were.
    """

    def __init__(self) -> None:
        self._arrays: dict[int, tuple[int, Places]] = {}
        self._length = 0
        self._rows: list[tuple[Ids, Numbers, Ids]] = []

    def add(self, postings: Postings, at: Ids, keys: Ids) -> None:
        """Ask for the places of some postings, each to be added to its key."""
        starts = postings.starts_at(at)
        shifts = [self._address(part.array) + part.start for part in postings.places]
        if len(shifts) == 1:
            starts += shifts[0]
        else:
            firsts = postings.firsts
            which = firsts[1:-1].searchsorted(starts, side="right")
            starts += (np.array(shifts) - firsts[:-1]).take(which)
        self._rows.append((starts, postings.counts.take(at), keys))

    def _address(self, array: Places) -> int:
        """Return where an array begins on the line."""
        found = self._arrays.get(id(array))
        if found is None:
            found = self._arrays[id(array)] = self._length, array
            self._length += len(array)
        return found[0]

    def keys(self) -> Keys:
        """Return the key of every place, in no order."""
        if not self._rows:
            return NO_IDS
        starts, counts, keys = (np.concatenate(column) for column in zip(*self._rows, strict=True))
        order = np.argsort(starts)
        starts, counts = starts[order], counts[order]
        places = ranges(starts, counts)
        ends = np.concatenate([[0], counts.cumsum()])
        cuts = ends[starts.searchsorted([first for first, _ in self._arrays.values()])].tolist()
        for (first, array), low, high in zip(
            self._arrays.values(), cuts, [*cuts[1:], len(places)], strict=True
        ):
            places[low:high] = array[places[low:high] - first]
        return np.repeat(keys[order], counts) + places


def _close(left: Keys, right: Keys) -> Keys:
    """Return the keys of `left` with another one of `right` at most `WINDOW` away."""
    if not len(left) or not len(right):
        return left[:0]
    after = np.searchsorted(right, left, side="right")
    before = right[np.clip(after - 1, 0, None)]
    behind = right[np.clip(after, None, len(right) - 1)]
    gaps = np.minimum(_gap(before, left), _gap(behind, left))
    return left[gaps <= WINDOW]


def _gap(some: Keys, others: Keys) -> Keys:
    gaps = np.abs(some - others)
    return np.where(gaps == 0, WINDOW + 1, gaps)
