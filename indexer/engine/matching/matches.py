"""Documents that match, with their scores.

Document numbers are sorted and unique. Matches combine in `combining`; those whose scores are made
later are in `later`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from indexer.engine.arrays.bits import Bits, bits
from indexer.engine.arrays.cache import Growing
from indexer.engine.arrays.ids import NO_IDS, Floats, Ids, Mask, held, places_in, woven
from indexer.engine.matching.filters import Passing

Piece = tuple[Ids, Floats]
"""Documents, sorted and unique, with a score each."""


class Head(NamedTuple):
    """The best documents, sorted by number, with their scores: no other has more than `bound`."""

    ids: Ids
    scores: Floats
    bound: float


class Wanted(NamedTuple):
    """The best documents, the `first` so many of those that are `passing`.

    Unless these are `near` the best of all, only what is at hand is worth while.
    """

    first: int
    passing: Passing | None
    near: bool


class Matches(Growing):
    """Documents that match, sorted by number, with a score each; `full` have all of a bag.

    `parts`, where there are any, have the same documents together: what is known of each part for
    later (`papers`) need not be found for the whole. `pieces` are documents with their scores, each
    sorted and without those of the others: a word that stands in titles and in texts has two, which
    are put in one order only for who asks for that. Safe to share between threads.
    """

    def __init__(
        self, ids: Ids, scores: Floats, full: Ids | None = None, parts: tuple[Matches, ...] = ()
    ) -> None:
        """Take documents with their scores; all of them count as full when `full` is `None`."""
        self._pieces: tuple[Piece, ...] = ((ids, scores),)
        self.parts = parts
        self._full = None if full is ids else full
        self._asked = False
        self._head: Head | None = None
        self._papers: dict[int, Bits] = {}

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Matches:
        """Return documents in one piece or two that share none."""
        found = cls(*pieces[0])
        found._pieces = tuple(piece for piece in pieces if len(piece[0])) or found._pieces
        return found

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its documents with their scores in pieces that share none."""
        return self._pieces

    @property
    def apart(self) -> tuple[Piece, ...]:
        """Return the same in pieces that are in no order."""
        return self.pieces

    @property
    def ids(self) -> Ids:
        """Return all documents, sorted."""
        return self.whole[0]

    @property
    def scores(self) -> Floats:
        """Return the score of each document."""
        return self.whole[1]

    @property
    def loose(self) -> Piece:
        """Return all documents with their scores in no order."""
        pieces = self.pieces
        if len(pieces) == 1:
            return pieces[0]
        ids, scores = zip(*pieces, strict=True)
        return np.concatenate(ids), np.concatenate(scores)

    @property
    def numbers(self) -> Ids:
        """Return all documents in no order."""
        return self.loose[0]

    def list_few(self) -> None:
        """List the documents if they are not and are few: for who counts something of each."""

    @property
    def whole(self) -> Piece:
        """Return all documents, sorted, with their scores; for who wants both."""
        pieces = self.pieces
        if len(pieces) == 1:
            return pieces[0]
        found = woven(*pieces)
        if self.is_listed:
            self._pieces = (found,)
        return found

    @property
    def is_all_full(self) -> bool:
        """Tell whether every document has all of a bag."""
        return self._full is None

    @property
    def full(self) -> Ids:
        """Return the documents that have all of a bag, sorted."""
        return self.ids if self._full is None else self._full

    @property
    def having(self) -> int:
        """Return the number of documents."""
        return sum(len(ids) for ids, _ in self.pieces)

    @property
    def having_full(self) -> int:
        """Return the number of documents that have all of a bag."""
        return self.having if self._full is None else len(self._full)

    def fully(self, few: Ids) -> Mask:
        """Tell for each of a few documents whether it is full."""
        return self.have(few) if self._full is None else held(self._full, few)

    def have(self, few: Ids) -> Mask:
        """Tell for each of a few documents, sorted, whether it is here."""
        pieces = self.pieces
        found = held(pieces[0][0], few)
        for ids, _ in pieces[1:]:
            found |= held(ids, few)
        return found

    def scored_anew(self, scores: Floats) -> Matches:
        """Return the same documents with other scores."""
        return Matches(self.ids, scores, self._full, self.parts)

    def alone(self) -> Matches:
        """Return the same without its parts, which are then not held in memory with it."""
        found = object.__new__(type(self))
        vars(found).update(vars(self))
        found.parts = ()
        return found

    @cached_property
    def are_scored(self) -> bool:
        """Tell whether every score is above zero."""
        return all(len(scores) == 0 or scores.min() > 0 for _, scores in self.pieces)

    @property
    def most(self) -> int:
        """Return a number of documents that it has at most, which is told at once."""
        return self.having

    @property
    def is_listed(self) -> bool:
        """Tell whether its documents are at hand as a list."""
        return True

    @property
    def tells_best(self) -> bool:
        """Tell whether its best documents are sooner told than all are listed."""
        return False

    @property
    def words(self) -> Sequence[tuple[Any, float]]:
        """Return the listed words that it is the sum of, and what each counts, if it is that."""
        return ()

    def by_bits(self, few: int) -> Any:
        """Return it as the loops look documents up by bits, for who looks for so many."""
        del few

    def again(self) -> Matches:
        """Return the same as it keeps least in memory: the lists of words are left."""
        return self

    @property
    def end(self) -> int:
        """Return a number that all of its documents are below; 0 where there are none."""
        return max([int(ids[-1]) + 1 for ids, _ in self.pieces if len(ids)], default=0)

    @property
    def is_summed(self) -> bool:
        """Tell whether its scores are at hand by document of the index."""
        return False

    @property
    def there(self) -> Mask:
        """Return by document of the index whether it is here, up to the last that may be."""
        found = np.zeros(self.end, np.bool_)
        found[self.numbers] = True
        return found

    @property
    def sums(self) -> Floats | None:
        """Return its scores by document of the index, where they are at hand; 0 without one."""
        return None

    def heads(self, wanted: Wanted) -> Iterator[Head]:
        """Yield the best documents, ever more of them, where they are told sooner than all."""
        head = self._best() if wanted.near else self._head
        if head is not None:
            yield head

    def _best(self) -> Head | None:
        """Return the best documents, where they are told sooner than all; they stay at hand."""
        return self._head

    def add_to(self, table: Any, weight: float) -> None:
        """Add its scores to those of a `loops.Table`, times a weight."""
        for ids, scores in self.pieces:
            table.add(ids, scores, weight)

    def move(self, table: Any, other: Any) -> None:
        """Move the scores of its documents from one `loops.Table` to another."""
        for ids, _ in self.pieces:
            table.move(ids, other)

    def passing(self, passes: Passing) -> int:
        """Return how many of its documents pass."""
        return sum(int(np.count_nonzero(passes.documents.take(ids))) for ids, _ in self.apart)

    def within(self, mask: Mask) -> Piece:
        """Return its documents in a mask of all documents, with their scores, in no order."""
        ids, scores = self.loose
        mine = mask.take(ids)
        return ids[mine], scores[mine]

    def meet(self, ids: Ids, scores: Floats) -> Piece:
        """Return those of some documents, sorted, that are here, with the sums of both scores."""
        hits, worths = [], []
        for own, worth in self.pieces:
            at = places_in(own, ids)
            (hit,) = (at >= 0).nonzero()
            hits.append(hit)
            worths.append(worth.take(at.take(hit)))
        if len(hits) == 1:
            return ids.take(hits[0]), scores.take(hits[0]) + worths[0]
        hit = np.concatenate(hits)
        order = hit.argsort()
        hit = hit.take(order)
        return ids.take(hit), scores.take(hit) + np.concatenate(worths).take(order)

    @property
    def size(self) -> int:
        """Return the bytes that this keeps in memory, with the papers when they are asked for."""
        kept = sum(ids.nbytes + scores.nbytes for ids, scores in self.pieces)
        return kept + (0 if self._full is None else self._full.nbytes) + 300

    def papers(self, owners: Ids, count: int) -> Bits:
        """Return as bits, of `count` papers, which have a document; `owners` are by document."""
        found = self._papers.get(count)
        if found is None:
            again = [part.asked_before() for part in self.parts]
            if self.parts and all(again):
                found = np.bitwise_or.reduce([part.papers(owners, count) for part in self.parts])
            else:
                found = bits([owners.take(ids) for ids in self._documents()], count)
            self._papers[count] = found
        return found

    def _documents(self) -> Sequence[Ids]:
        """Return its documents, in arrays that may share some."""
        return [ids for ids, _ in self.pieces]

    def asked_before(self) -> bool:
        """Tell whether this was asked before: then it is worth while to know its papers."""
        before = self._asked
        self._asked = True
        return before


NONE = Matches(NO_IDS, np.zeros(0))


def unscored(ids: Ids) -> Matches:
    """Return documents that match without a score: filters and exclusions."""
    return Matches(ids, np.zeros(len(ids)))
