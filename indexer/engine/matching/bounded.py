"""Words that are listed, together: the best documents told by bounds, without the sums of all.

What documents there are is told by the bits of the words, which are the best by what each word adds
at most (`loops.bounds`): of a question's postings one in ten or less is looked at. Who asks for
more (all scores, a date, a page far on) has all words added up as before (`sums`). Only where loops
are compiled.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.bits import Bits, unpacked
from indexer.engine.arrays.ids import NO_IDS, Floats, Ids, Mask
from indexer.engine.matching import proximity
from indexer.engine.matching.filters import Passing
from indexer.engine.matching.later import NO_SCORES, Later
from indexer.engine.matching.matches import Head, Matches, Piece, Wanted
from indexer.engine.matching.proximity import Lift
from indexer.engine.matching.sums import FIRST, Summed, Weighed

MORE = 4
"""Where a page was not full, so many times as many documents are looked for."""
Words = Sequence[tuple[Later, float]]


class Bounded(Matches):
    """The documents of several parts, all of listed words, with the sums of their scores.

    It does not hold its words in memory: they are the cache's. Where one was forgotten, all are
    added up from where they lie in the file.
    """

    def __init__(
        self, parts: Sequence[Weighed], words: Sequence[Words], lifted: Ids, lift: float
    ) -> None:
        """Take parts, each with its words (`words_of`); the `lifted` documents gain `lift`."""
        super().__init__(NO_IDS, NO_SCORES, parts=tuple([part for part, _ in parts]))
        self._words = [[(weakref.ref(w), own) for w, own in row] for row in words]
        self._again = [(part.again(), weight) for part, weight in parts]
        self._lifted = lifted, lift
        self._count: int = words[0][0][0].count
        self._bits: Bits = np.asarray(native.LOOPS.union(_groups(words), self._count)).view("<u8")
        self._most = sum([part.most for part, _ in parts])
        self._lift: Lift | None = None
        self._told: tuple[int, Head | None] = 0, None
        self._summed: Matches | None = None
        self._finish: Callable[[Summed], Matches] = _as_it_is

    def led(self, full: Ids, lift: Lift | None, finish: Callable[[Summed], Matches]) -> Matches:
        """Tell which documents are full, and what the best gain; for who has just made this.

        `finish` tells the same of all sums.
        """
        self._full, self._lift, self._finish = full, lift, finish
        return self

    def _all(self) -> Matches:
        """Return the same documents with all sums."""
        if self._summed is None:
            self._summed = self._finish(Summed(self._again, *self._lifted))
            self.grown()
        return self._summed

    def heads(self, wanted: Wanted) -> Iterator[Head]:
        """Yield the best documents, ever more of them."""
        count, passes, _ = wanted
        while self._summed is None and count <= FIRST:
            head = self._first(count) if passes is None else self._head_of(count, passes)
            if head is None:
                break
            yield head
            if head.bound == 0.0:
                return
            count *= MORE
        yield from self._all().heads(wanted)

    def _first(self, count: int) -> Head | None:
        """Return the best of all documents, and keep them: they serve for fewer as well."""
        most, found = self._told
        if count > most:
            found = self._head_of(count, None)
            self._told = count, found
        return found

    def _head_of(self, count: int, passes: Passing | None) -> Head | None:
        """Return the best of the documents that pass; `None` if this is told by the sums."""
        words, lift, size = self._remembered(), self._lift, self._count
        if words is None or (lift and passes):
            return None
        passing = native.LOOPS.NO_BITS if passes is None else passes.slots
        reach = lift.most if lift else 0.0
        search = native.LOOPS.Search(_groups(words), passing, size, count, reach)
        numbers, sums, least = search.run(*self._lifted)
        ids: Ids = np.frombuffer(numbers, np.int64)
        if lift and len(ids) > proximity.CANDIDATES:
            return None
        order = ids.argsort()
        ids, scores = ids.take(order), np.frombuffer(sums, np.float64).take(order)
        if lift:
            scores += lift.gains(ids)
        return Head(ids, scores, float(np.nextafter(least, 0.0)) + reach if least else 0.0)

    def _remembered(self) -> list[Words] | None:
        """Return its words, `None` where one was forgotten."""
        found: list[Words] = []
        for row in self._words:
            words = [(word, own) for ref, own in row if (word := ref()) is not None]
            if len(words) < len(row):
                return None
            found.append(words)
        return found

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its documents with their scores, in pieces that share none."""
        return self._all().pieces

    def list_few(self) -> None:
        """List nothing: what documents there are is at hand."""

    @property
    def is_summed(self) -> bool:
        """Tell whether its scores are at hand, or may be, by document of the index."""
        return self._summed is None or self._summed.is_summed

    @property
    def sums(self) -> Floats | None:
        """Return its scores by document of the index; `None` once they are listed."""
        return self._all().sums

    def within(self, mask: Mask) -> Piece:
        """Return its documents in a mask of all documents, with their scores."""
        return self._all().within(mask)

    @property
    def numbers(self) -> Ids:
        """Return all documents."""
        return np.frombuffer(native.LOOPS.numbered(self._bits.view(np.int64)), np.int64)

    @property
    def there(self) -> Mask:
        """Return by document of the index whether it is here."""
        return unpacked(self._bits, self._count)

    @cached_property
    def having(self) -> int:
        """Return the number of documents."""
        return int(np.bitwise_count(self._bits).sum())

    @property
    def most(self) -> int:
        """Return a number of documents that it has at most."""
        return self._most

    @property
    def end(self) -> int:
        """Return a number that all of its documents are below."""
        return self._count

    @cached_property
    def are_scored(self) -> bool:
        """Tell whether every score is above zero."""
        return True

    def have(self, few: Ids) -> Mask:
        """Tell for each of a few documents whether it is here."""
        slots = self._bits.take(few >> 6) >> (few & 63).astype(np.uint64)
        there: Mask = (slots & np.uint64(1)).astype(np.bool_)
        return there

    def passing(self, passes: Passing) -> int:
        """Return how many of its documents pass."""
        here = self._bits & passes.document_bits
        return int(np.bitwise_count(here).sum())

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory now."""
        kept = self._bits.nbytes + 40 * proximity.CANDIDATES + 2000 * len(self._words)
        kept += 0 if self._summed is None else self._summed.size
        return kept + (0 if self._full is None else self._full.nbytes)

    def _documents(self) -> Sequence[Ids]:
        return [self.numbers]


def words_of(part: Matches, weight: float) -> Words:
    """Return the listed words of a part, and what each counts; none where it is no sum of such."""
    words = part.words
    if len(words) == 1 and words[0][1] == 1.0:
        return [(words[0][0], weight)]
    return words if weight == 1.0 else ()


def _groups(words: Sequence[Words]) -> list[Any]:
    """Return words as the loops look at them."""
    group = native.LOOPS.Group
    return [group([(word.listed, own) for word, own in row]) for row in words]


def _as_it_is(found: Summed) -> Matches:
    return found
