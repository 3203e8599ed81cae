"""The postings of a word in a segment, as they lie in the file: found for all segments at once.

In go the fields of segments (`View`) and a word, out come its `Slice`s, and from those of several
fields what the loops score. Compiled where there is a compiler (docs/decisions/0614): to look
a word up takes dozens of small steps, and a question has many words.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays import buckets
from indexer.engine.arrays.file import Numbers
from indexer.engine.arrays.ids import Mask
from indexer.engine.arrays.vocabulary import Vocabulary

Places = npt.NDArray[np.integer[Any]]
Row = tuple[int, int, Any, list[Any]]
"""See `indexer.engine.loops.scores.Row`."""
NO_WORD = -1
"""In the place of how many documents have a token: of counts that are of no single word."""


class Stretch(NamedTuple):
    """Positions in an array, mostly of a mapped file that many tokens share: `start` to `stop`."""

    array: Places
    start: int
    stop: int

    @property
    def places(self) -> Places:
        """Return the positions themselves."""
        return self.array[self.start : self.stop]


class View:
    """A field of a segment, with views of memory of what is looked at one by one.

    Such a view is quicker than numpy for that. `first` and `first_place` say by token where its
    postings and places begin. The segment has so many `documents`, the first of which has the
    number `base` in the index; `live` says which were not deleted, where some were. `plain` are
    documents, counts and the places before some postings as the loops take them. `together` is by
    token the number of documents that have it in any of the fields, where that is known.
    """

    def __init__(
        self,
        first: tuple[Any, Any],
        postings: tuple[Numbers, Numbers, Places],
        plain: tuple[Numbers, Numbers, Numbers],
        segment: tuple[int, int, Mask | None],
        together: Any = None,
    ) -> None:
        self.first, self.first_place = first
        self.ids, self.counts, self.places = postings
        self.plain_ids: Any = plain[0].data
        self.plain_counts: Any = plain[1].data
        self.plain_before: Any = plain[2].data
        self.ids_size: int = plain[0].itemsize
        self.counts_size: int = plain[1].itemsize
        self.base, self.documents, self.live = segment
        self.octets: Any = None if self.live is None else self.live.view(np.uint8)
        self.together = together

    def slice(self, number: int) -> Slice:
        """Return where the postings of the token with this number lie."""
        first, first_place, behind = self.first, self.first_place, number + 1
        start: int = first[number]
        stop: int = first[behind]
        found = Slice(self, start, stop, first_place[number], first_place[behind])
        if self.together is not None:
            found.together = self.together[number]
        return found

    def between(self, number: int, behind: int) -> Slice:
        """Return the postings of the tokens from one up to another, one after another's."""
        return Slice(self, self.first[number], self.first[behind], 0, 0)

    def of_counts(self, ids: Numbers, counts: Numbers) -> Slice:
        """Return documents of this segment with their counts, and no places.

        They are as the loops take them, and as wide as those of a file.
        """
        nothing: Any = memoryview(b"")
        unsigned: Numbers = ids.view(f"<u{ids.itemsize}")
        view = View(
            (nothing, nothing),
            (unsigned, counts, ids[:0]),
            (ids, counts, ids[:0]),
            (self.base, self.documents, self.live),
        )
        found = Slice(view, 0, len(ids), 0, 0)
        found.together = NO_WORD
        return found


class Slice:
    """The postings of a token in a segment, from one to another of its `view`.

    `part` is what the loops look at (`indexer.engine.loops.reads.Part`), deleted documents with it.
    `together` is how many documents have the token in any of the fields; 0 where that is not known.
    """

    def __init__(
        self, view: View, start: int, stop: int, first_place: int, last_place: int
    ) -> None:
        self.view, self.start, self.stop = view, start, stop
        self.first_place, self.last_place = first_place, last_place
        self.together = 0
        # As one object: what is typed as a tuple is made anew for each who asks for it.
        self.part: Any = (
            view.plain_ids[start:stop],
            view.ids_size,
            view.plain_counts[start:stop],
            view.counts_size,
            (first_place, view.plain_before, start),
        )

    @property
    def kept(self) -> Mask | None:
        """Tell of each posting whether its document is left; `None` when all are."""
        live = self.view.live
        if live is None:
            return None
        kept: Mask = live[self.view.ids[self.start : self.stop]]
        return None if kept.all() else kept

    @property
    def living_ids(self) -> Numbers:
        """Return the documents that are left, by the segment's numbers."""
        ids, live = self.view.ids[self.start : self.stop], self.view.live
        return ids if live is None else ids[live[ids]]

    @property
    def living_counts(self) -> Numbers:
        """Return how often the token stands in each of those."""
        counts, kept = self.view.counts[self.start : self.stop], self.kept
        return counts if kept is None else counts[kept]

    @property
    def living_ends(self) -> Numbers:
        """Return where the places of each of those end."""
        counts, kept = self.view.counts[self.start : self.stop], self.kept
        ends: Numbers = np.cumsum(counts, dtype=np.uint32)
        return ends if kept is None else ends[kept]

    @property
    def places(self) -> Stretch:
        """Return where its places lie."""
        return Stretch(self.view.places, self.first_place, self.last_place)


class Finder:
    """The words of a field in the segments that have any, and where each lies."""

    def __init__(self, views: list[View], vocabularies: list[Vocabulary]) -> None:
        self._views = views
        self._vocabularies = vocabularies
        tables = [words.table for words in vocabularies]
        self._tables: list[Any] | None = None if None in tables else tables

    def find(self, token: bytes) -> list[Slice]:
        """Return the slices of a token in segments that follow each other."""
        tables = self._tables
        if not self._views:
            return []
        if tables is None:
            numbers = [words.find(token) for words in self._vocabularies]
        else:
            numbers = buckets.numbers(tables, token)
        found: list[Slice] = []
        for nth, number in enumerate(numbers):
            if number is not None:
                found.append(self._views[nth].slice(number))
        return found


def find(finders: list[Finder], token: bytes) -> list[list[Slice]]:
    """Return the slices of a token in each of some fields."""
    return [finder.find(token) for finder in finders]


def having(slices: list[Slice]) -> int:
    """Return the number of postings, those of deleted documents counted."""
    found = 0
    for part in slices:
        found += part.stop - part.start
    return found


def ready(fields: list[tuple[Any, list[Slice]]]) -> tuple[list[Row], list[list[Slice]], int]:
    """Return a word as the loops take it (`rows`), its slices by field, and how many documents.

    Of the fields that with the most postings comes last. See `together` for the number.
    """
    most, last = -1, 0
    for nth, (_, parts) in enumerate(fields):
        count = having(parts)
        if count > most:
            most, last = count, nth
    ordered = fields
    if last < len(fields) - 1:
        ordered = fields[:last] + fields[last + 1 :] + fields[last : last + 1]
    own: list[list[Slice]] = []
    for _, parts in ordered:
        own.append(parts)
    return rows(ordered), own, together(own)


def together(fields: list[list[Slice]]) -> int:
    """Return how many documents have a word in any of some fields, as far as the file tells.

    It is -1 where it does not: where documents were deleted, and of what is no word.
    """
    found: dict[int, int] = {}
    told: dict[int, int] = {}
    for slices in fields:
        for part in slices:
            base = part.view.base
            if part.together < 0 or part.view.live is not None:
                return -1
            if base not in found:
                found[base] = part.stop - part.start
                told[base] = part.together
                continue
            found[base] = told[base] = told[base] or part.together
            if not found[base]:
                return -1
    total = 0
    for count in found.values():
        total += count
    return total


def rows(fields: list[tuple[Any, list[Slice]]]) -> list[Row]:
    """Return where a word stands by segment, as the loops take it.

    In go its fields, each with what one occurrence weighs and with the word's slices.
    """
    found: dict[int, Row] = {}
    for weights, slices in fields:
        for part in slices:
            view = part.view
            row = found.get(view.base)
            if row is None:
                row = (view.base, view.documents, view.octets, [])
                found[view.base] = row
            row[3].append((weights, part.part))
    return [found[base] for base in sorted(found)]
