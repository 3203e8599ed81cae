"""The best papers of some documents that match, in order: see `loops` and `grouping`.

In go documents with their scores, out comes a page. One pass does what numpy takes a dozen calls
for: it leaves out what does not pass, counts the papers, and keeps the best of them in a heap.
"""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i32, i64, u8

Found = tuple[list[int], list[float], list[int], int]
"""Of a page of papers: the best document of each, its score and how many documents of it match;
then how many papers match."""


class Owners:
    """By document its paper, as the loops look at it; it is kept from search to search.

    `are_single`: each document is a paper of its own. An object, since mypyc never lets go of a
    `vec` that is handed over from outside.
    """

    def __init__(self, papers: Any, are_single: bool) -> None:
        self.papers = vec[i32](papers)
        self.are_single = are_single


class Passes:
    """By paper whether it passes, as the loops look at it; of no papers where all do."""

    def __init__(self, marks: Any) -> None:
        self.marks = vec[u8](marks)


ALL = Passes(b"")


class Top:
    """The best papers so far, at most `room` of them, as a heap: the worst is the first."""

    def __init__(self, room: i64) -> None:
        self.room = room
        self.size: i64 = 0
        self.scores = vec[float]([0.0] * room)
        self.papers = vec[i64]([0] * room)
        self.documents = vec[i64]([0] * room)
        self.matched = vec[i64]([0] * room)

    def offer(self, score: float, paper: i64, document: i64, matched: i64) -> None:
        """Keep a paper if it is among the best; of equal scores the first paper is the better."""
        if self.size == self.room:
            if not self._is_worse(0, score, paper):
                return
            at = self._sunk(score, paper)
        else:
            at = self._risen(score, paper)
        self._put(at, score, paper, document, matched)

    def offer_all(self, ids: vec[i64], scores: vec[float], owners: Owners, passes: Passes) -> i64:
        """Offer documents that pass, each a paper of its own; return how many do."""
        papers, marks = owners.papers, passes.marks
        is_filtered = i64(len(marks)) > 0
        floor = self.floor()
        total: i64 = 0
        n: i64 = 0
        while n < i64(len(ids)):
            score: float = scores[n]
            if is_filtered:
                mark: i64 = i64(marks[i64(papers[ids[n]])])
                total += mark  # most have too low a score: whether it passes is no branch to guess
                if score >= floor and mark != 0:
                    self.offer(score, i64(papers[ids[n]]), ids[n], 1)
                    floor = self.floor()
            elif score >= floor:
                self.offer(score, i64(papers[ids[n]]), ids[n], 1)
                floor = self.floor()
            n += 1
        return total if is_filtered else n

    def floor(self) -> float:
        """Return what a score must reach to be kept."""
        return self.scores[0] if self.size == self.room else 0.0

    def _is_worse(self, at: i64, score: float, paper: i64) -> bool:
        other = self.scores[at]
        return other < score or (other == score and self.papers[at] > paper)

    def _put(self, at: i64, score: float, paper: i64, document: i64, matched: i64) -> None:
        self.scores[at] = score
        self.papers[at] = paper
        self.documents[at] = document
        self.matched[at] = matched

    def _move(self, one: i64, to: i64) -> None:
        self._put(to, self.scores[one], self.papers[one], self.documents[one], self.matched[one])

    def _risen(self, score: float, paper: i64) -> i64:
        """Make room at the end and return the place at which this belongs."""
        at: i64 = self.size
        self.size += 1
        while at > 0:
            above: i64 = (at - 1) >> 1
            if self._is_worse(above, score, paper):
                break
            self._move(above, at)
            at = above
        return at

    def _sunk(self, score: float, paper: i64) -> i64:
        """Drop the first and return the place at which this belongs."""
        at: i64 = 0
        while True:
            below: i64 = 2 * at + 1
            if below >= self.size:
                return at
            other: i64 = below + 1
            if other < self.size and self._is_worse(other, self.scores[below], self.papers[below]):
                below = other
            if not self._is_worse(below, score, paper):
                return at
            self._move(below, at)
            at = below

    def page(self, start: i64, total: i64) -> Found:
        """Return those from `start` on, best first; nothing is left here."""
        count: i64 = self.size - start if self.size > start else 0
        documents, scores, matched = [0] * count, [0.0] * count, [0] * count
        while self.size > start:
            at: i64 = self.size - start - 1
            documents[at] = int(self.documents[0])
            scores[at] = self.scores[0]
            matched[at] = int(self.matched[0])
            self.size -= 1
            last: i64 = self.size
            if last > 0:
                self._move(last, self._sunk(self.scores[last], self.papers[last]))
        return documents, scores, matched, int(total)


def best(
    pieces: list[tuple[Any, Any]], owners: Owners, passes: Passes, start: i64, stop: i64
) -> Found:
    """Return the papers from `start` to `stop`, best first, of one piece or two.

    Those of a paper follow one another; its best document is the first of those that score best.
    """
    ids, scores = vec[i64](pieces[0][0]), vec[float](pieces[0][1])
    others, worths = vec[i64](), vec[float]()
    if len(pieces) > 1:
        others, worths = vec[i64](pieces[1][0]), vec[float](pieces[1][1])
    end: i64 = i64(len(ids))
    rest: i64 = i64(len(others))
    top = Top(max(min(stop, end + rest), 1))
    if owners.are_single:
        many = top.offer_all(ids, scores, owners, passes)
        many += top.offer_all(others, worths, owners, passes)
        return top.page(start, many)
    papers, marks = owners.papers, passes.marks
    beyond: i64 = 1 << 62
    is_filtered = len(marks) > 0
    floor = 0.0
    n: i64 = 0
    k: i64 = 0
    total: i64 = 0
    paper: i64 = -1
    document: i64 = -1
    score: float = 0.0
    matched: i64 = 0
    while n < end or k < rest:
        one: i64 = ids[n] if n < end else beyond
        if k < rest and others[k] < one:
            one = others[k]
            worth: float = worths[k]
            k += 1
        else:
            worth = scores[n]
            n += 1
        owner: i64 = i64(papers[one])
        if is_filtered and marks[owner] == 0:
            continue
        if owner == paper:
            matched += 1
            if worth > score:
                document = one
                score = worth
            continue
        if paper >= 0 and (score >= floor or top.size < top.room):
            top.offer(score, paper, document, matched)
            floor = top.scores[0]
        paper = owner
        document = one
        score = worth
        matched = 1
        total += 1
    if paper >= 0:
        top.offer(score, paper, document, matched)
    return top.page(start, total)
