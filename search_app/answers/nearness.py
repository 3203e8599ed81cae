"""How near the passages found for a question are, on one scale: whether any of them answers it.

In go questions of one paste, the passages found for each, and what a search without filters finds;
out come numbers that are compared with a threshold. The story: a passage is
as near as what it shares with the question by runs of letters, over the root of what the question's
runs weigh together, since a long question finds more by chance. What the best three passages of its
paper have counts as much, and what the paper is to all questions of the paste; both are taken from
the search without filters, so that a filter changes what is shown and never what is near. Where a
question was looked for by meaning too, its paper counts by that as well: the best three in
deviations, less what the best of so many passages would have by chance, and more where the nearest
of all show that all seem near. In a large index runs weigh more and more is found by chance, so
that something is taken off for its size: one scale serves all.
Measured in docs/decisions/0803.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from search_app.answers.matter import ByPaper, Shares, best_three, by_paper, of_all
from search_app.answers.rank import Candidate, Found
from search_app.search.meaning import NEAREST
from search_app.search.second_look import owner

NEAR = 13.5
"""From this nearness an answer is shown as one."""
VAGUE = 8.0
"""From this nearness it is kept apart as vaguely like; below it is left out."""

MEASURED = 700
"""Passages of an index in which these were measured."""
GROWTH = 0.65
"""By how much what answers nothing is nearer in an index e times as large, in a large paste; of one
question alone its paper counts twice, and so does this."""

MEANING = 4.0
"""What a deviation in meaning of the paper counts."""
CHANCE = 1.4
"""What a paper's best three have less than the best of all passages, by chance, in deviations."""
BEYOND = 0.8
"""By how many deviations a paper's best three are nearer than the last of the nearest passages of
all, when it answers nothing. Among much that is far from every question all else seems nearer, and
this shows it."""
MEANT_GROWTH, MEANT_MOST = 0.8, 1.05
"""The most that can be taken off for it: in an index e times as large, and in any. Where much is on
the matter the nearest of all are right, and should not be refused for each other's sake."""


def nearness(
    found: Sequence[Sequence[Candidate]],
    base: Sequence[Found],
    shared: Shares,
    passages: int,
) -> list[list[float]]:
    """Return for each question how near each of its candidates is.

    `base` is by question what a search without filters finds, and `shared` what that shares with
    it; `passages` is how many the index has.
    """
    roots, papers = shared.roots, shared.papers
    meant = [by_paper(row.nearest, row.close) for row in base]
    together = of_all(papers)
    chance = [beyond(row, passages) for row in base]
    size = by_size(passages, len(papers))
    rows = zip(found, papers, meant, roots, chance, strict=True)
    return [
        [
            _near(each, root, paper, together, len(papers))
            + _in_meaning(each, close, without)
            - size
            for each in candidates
        ]
        for candidates, paper, close, root, without in rows
    ]


def by_size(passages: int, questions: int) -> float:
    """Return what is taken off for the size of an index; nothing for a small one."""
    return GROWTH * (1 + 1 / max(1, questions)) * larger(passages)


def larger(passages: int) -> float:
    """Return how many times an index is e times as large as those in which it was measured."""
    return math.log(max(1.0, passages / MEASURED))


def by_chance(passages: int) -> float:
    """Return the deviations that a paper not on the matter has: the best of n, less a bit.

    The highest of n values of a normal distribution is about the root of 2 ln n (Cramér 1946).
    """
    return max(0.0, math.sqrt(2 * math.log(max(1, passages))) - CHANCE)


def beyond(base: Found, passages: int) -> float:
    """Return the deviations that a paper not on the matter has, by what is nearest of all."""
    chance = by_chance(passages)
    if len(base.close) < NEAREST:
        return chance
    most = min(MEANT_MOST, MEANT_GROWTH * larger(passages))
    return chance + min(most, max(0.0, float(base.close[-1]) + BEYOND - chance))


def _in_meaning(candidate: Candidate, papers: ByPaper, chance: float) -> float:
    """Return what the paper of a candidate is by meaning; nothing when that was not asked."""
    if candidate.close is None:
        return 0.0
    others = papers.get(owner(candidate.passage.paper_id), {})
    best = best_three({**others, candidate.passage.key: max(0.0, candidate.close)})
    return MEANING * (best - chance)


def _near(
    candidate: Candidate,
    root: float,
    papers: ByPaper,
    together: Mapping[str, float],
    questions: int,
) -> float:
    """Return how near a candidate is; one that words alone did not find is taken in beside them."""
    name, shared = owner(candidate.passage.paper_id), candidate.runs / root
    others = papers.get(name, {})
    paper = best_three({**others, candidate.passage.key: shared})
    more = (paper - best_three(others)) / questions
    return shared + paper + together.get(name, 0.0) + more
