"""All segments of an open index as one source of postings, with what is kept of them for later.

In go fields and tokens, out come postings with the document numbers of the whole index. Arrays are
read-only, so that all threads share them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine import deadline, native
from indexer.engine.answered import Answered
from indexer.engine.arrays.cache import Cache
from indexer.engine.arrays.ids import Ids
from indexer.engine.documents.ready import GAP
from indexer.engine.documents.table import Documents
from indexer.engine.fields import BY_NAME
from indexer.engine.leaf import Leaf
from indexer.engine.matching.place_bits import Line, PlaceBits
from indexer.engine.matching.source import Scored
from indexer.engine.postings import slices
from indexer.engine.postings.runs import NOTHING, Postings, joined
from indexer.engine.postings.slices import Finder

CACHED_POSTINGS = 24 << 20
CACHED_SCORES = 16 << 20
CACHED_QUESTIONS = 24 << 20
CACHED_PLACES = 24 << 20
"""Bytes of postings, of scored words, of questions, and of the places of common words that are kept
ready. Questions are large and come back less often than words: they must not push these out."""


class Segments:
    """Where the matcher's postings come from; see `indexer.engine.matching.source.Source`."""

    def __init__(self, leaves: Sequence[Leaf], documents: Documents) -> None:
        self.leaves = leaves
        self.documents = documents
        self.scored: Scored = Cache(CACHED_SCORES, lambda kept: kept.size)
        self.asked: Scored = Cache(CACHED_QUESTIONS, lambda kept: kept.size)
        self.answered = Answered()
        self._postings: Cache[tuple[tuple[str, ...], str], tuple[Postings, ...]] = Cache(
            CACHED_POSTINGS, _size
        )
        self._finders: dict[tuple[str, ...], list[Finder]] = {}
        self._lines: dict[str, Line] = {}
        self._places: Cache[tuple[str, tuple[str, ...]], PlaceBits] = Cache(
            CACHED_PLACES, lambda kept: kept.size
        )

    def postings(self, field: str, token: str) -> Postings:
        """Return where a token stands in a text field; empty when it does not."""
        return self.word((field,), token)[0]

    def word(self, fields: tuple[str, ...], token: str) -> tuple[Postings, ...]:
        """Return where a token stands in each of some text fields."""
        found = self._postings.get((fields, token))
        if found is None:
            deadline.check()
            finders = self._finders.get(fields) or self._finding(fields)
            rows = slices.find(finders, token.encode())
            found = tuple([Postings.of(row) if row else NOTHING for row in rows])
            self._postings.put((fields, token), found)
        return found

    def _finding(self, fields: tuple[str, ...]) -> list[Finder]:
        """Return what finds the words of each of some fields, in the segments that have any."""
        found = self._finders[fields] = [self._finder(field) for field in fields]
        return found

    def _finder(self, field: str) -> Finder:
        pairs = [(leaf, leaf.vocabulary(field)) for leaf in self.leaves]
        having = [(leaf.view(field), words) for leaf, words in pairs if words is not None]
        return Finder([view for view, _ in having], [words for _, words in having])

    def beginning(self, field: str, prefix: str, most: int) -> tuple[int, Postings]:
        """Return how many words of a field begin so, and their counts by document, no places."""
        encoded = prefix.encode()
        found = [leaf.beginning(field, encoded) if encoded else range(0) for leaf in self.leaves]
        return self._expanded(field, found, most)

    def within(self, field: str, token: str, distance: int, most: int) -> tuple[int, Postings]:
        """Return how many words are at most `distance` edits away, and their counts, no places."""
        encoded = token.encode()
        found = [leaf.near(field, encoded, distance) for leaf in self.leaves]
        return self._expanded(field, found, most)

    def forget_questions(self) -> None:
        """Forget what was asked together: the next search is a new question of known words."""
        self.asked.clear()
        self.answered.clear()

    def forget(self) -> None:
        """Forget postings and scores, so that the next search takes as long as a first one.

        The places of common words stay: they belong to no search.
        """
        self._postings.clear()
        self.scored.clear()
        self.forget_questions()

    def _expanded(
        self, field: str, found: Sequence[range | Ids], most: int
    ) -> tuple[int, Postings]:
        """Return how many words some numbers, a row for each segment, stand for, and their counts.

        That segments share words matters only where there may be too many.
        """
        count = sum(map(len, found))
        pairs = list(zip(self.leaves, found, strict=True))
        if count > most:
            count = len({word for leaf, row in pairs for word in leaf.tokens(field, row)})
        if count > most:
            return count, NOTHING
        if native.LOOPS is None:
            return count, joined([leaf.counted(field, row) for leaf, row in pairs])
        tally = None
        if max(map(len, found), default=0) > 1:
            tally = native.LOOPS.Tally(max([leaf.documents for leaf in self.leaves]))
        parts = [leaf.tallied(field, row, tally) for leaf, row in pairs]
        return count, Postings.of([part for part in parts if part is not None])

    def place_bits(
        self, field: str, tokens: tuple[str, ...], postings: Postings
    ) -> PlaceBits | None:
        """Return the places of any of the tokens as bits, `None` for all but common words."""
        line = self._line(field)
        if not postings.has_any or not line.is_common(postings.amount, CACHED_PLACES):
            return None
        found = self._places.get((field, tokens))
        if found is None:
            found = line.bits(postings.apart())
            self._places.put((field, tokens), found)
        return found

    def _line(self, field: str) -> Line:
        line = self._lines.get(field)
        if line is None:
            lengths = self.documents.lengths[field]
            if BY_NAME[field].analyzer == "exact":
                lengths = np.where(lengths > 0, lengths + GAP, 0)
            line = self._lines[field] = Line(lengths)
        return line


def _size(kept: tuple[Postings, ...]) -> int:
    """Return the bytes that a word keeps in memory; what stands nowhere is one and the same."""
    return sum([post.size for post in kept if post is not NOTHING])
