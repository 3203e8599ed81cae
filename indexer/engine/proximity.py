"""A small lift for passages in which neighbouring words of the query stand near each other.

In go the best passages so far and the postings of the query's words, out come lifts. Two words that
are neighbours in the query and stand within `WINDOW` positions of each other in a passage add a
fraction of what the rarer of the two weighs at least (after Rasolofo and Savoy 2003). Only the
best passages are looked at: a lift cannot bring one up from far below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.engine.arrays import NO_IDS, Floats, Ids, highest, ranges
from indexer.engine.arrays_file import Numbers
from indexer.engine.postings import Keys, Places, Postings

WINDOW = 8
GAP = 3
"""Words of a query this far apart, stop words between them counted, are neighbours."""
LIFT = 0.3
CANDIDATES = 200
MOST_PAIRS = 40
FIELD_BITS, PAIR_BITS = 24, 44
"""A key holds the place, above it field and document, and above those the pair of words."""


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


def lifts(words: Sequence[Placed], documents: Ids) -> Floats:
    """Return what each of the documents (sorted numbers) gains."""
    gains = np.zeros(len(documents))
    near = [
        (left, right) for left, right in pairwise(words) if right.position - left.position <= GAP
    ][:MOST_PAIRS]
    if not near or not len(documents):
        return gains
    together = {id(word): word for pair in near for word in pair}
    keys = dict(zip(together, _within(list(together.values()), documents), strict=True))
    # All pairs at once: the keys of a pair lie in a range of its own.
    lefts = [keys[id(left)] + (n << PAIR_BITS) for n, (left, _) in enumerate(near)]
    rights = [keys[id(right)] + (n << PAIR_BITS) for n, (_, right) in enumerate(near)]
    found = _close(np.concatenate(lefts), np.concatenate(rights))
    hits = np.zeros((len(near), len(documents)), np.bool_)
    pairs = found >> PAIR_BITS
    hits[pairs, ((found - (pairs << PAIR_BITS)) >> FIELD_BITS) % len(documents)] = True
    for row, (left, right) in zip(hits, near, strict=True):
        gains[row] += LIFT * min(left.weight, right.weight)
    return gains


def _within(words: Sequence[Placed], documents: Ids) -> Iterator[Keys]:
    """Yield the sorted keys of each word in the documents: field, document's number here, place.

    Places of all words are read together: words of a field share the arrays of the segments.
    """
    reads = _Reads()
    counted: list[list[tuple[Ids, Numbers]]] = []
    for word in words:
        rows = []
        for field, found in enumerate(word.postings):
            if not len(found.ids):
                continue
            at = found.ids[:-1].searchsorted(documents)
            (there,) = (found.ids.take(at) == documents).nonzero()
            if len(there):
                slots = (field * len(documents) + there) << FIELD_BITS
                rows.append((slots, reads.add(found, at[there])))
        counted.append(rows)
    places = reads.places()
    start = 0
    for rows in counted:
        repeated = [row.repeat(counts) for row, counts in rows]
        together = np.concatenate([NO_IDS, *repeated])
        together += places[start : start + len(together)]
        start += len(together)
        yield together


class _Reads:
    """Collects which places to read, and reads them with one look into each array."""

    def __init__(self) -> None:
        self._parts: dict[int, list[tuple[Places, Ids, Numbers, slice]]] = defaultdict(list)
        self._size = 0

    def add(self, postings: Postings, at: Ids) -> Numbers:
        """Ask for the places of some postings; return how many each has."""
        starts, counts = postings.starts_at(at), postings.counts.take(at)
        before = [0, *counts.cumsum().tolist()]
        for part, shift, mine in postings.shared(starts):
            first, last, _ = mine.indices(len(counts))
            into = slice(self._size + before[first], self._size + before[last])
            row = (part.array, starts[mine] + shift, counts[mine], into)
            self._parts[id(part.array)].append(row)
        self._size += before[-1]
        return counts

    def places(self) -> Ids:
        """Return all places in the order in which they were asked for."""
        found = np.empty(self._size, np.int64)
        for rows in self._parts.values():
            starts, counts = (np.concatenate([row[n] for row in rows]) for n in (1, 2))
            read = rows[0][0][ranges(starts, counts)]
            at = 0
            for _, _, _, into in rows:
                size = into.stop - into.start
                found[into] = read[at : at + size]
                at += size
        return found


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
