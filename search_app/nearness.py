"""How near the passages found for a question are, on one scale: whether any of them answers it.

In go questions of one paste, the passages found for each, and what a search by words alone and
without filters finds; out come numbers that are compared with a threshold. The story: a passage is
as near as what it shares with the question by runs of letters, over the root of what the question's
runs weigh together, since a long question finds more by chance. What the best three passages of its
paper have counts as much, and what the paper is to all questions of the paste; both are taken from
the search without filters, so that a filter changes what is shown and never what is near. Measured
in docs/decisions/0803.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from search_app.answers_rank import Candidate, Found
from search_app.grams import RunTable, wanted
from search_app.second_look import BEST_OF_PAPER, LONGEST, owner

NEAR = 13.5
"""From this nearness an answer is shown as one."""
VAGUE = 8.0
"""From this nearness it is kept apart as vaguely like; below it is left out."""

ByPaper = dict[str, dict[str, float]]
"""Of each paper the passages that a search by words finds, with what they share."""


def nearness(
    questions: Sequence[str],
    found: Sequence[Sequence[Candidate]],
    base: Sequence[Found],
    table: RunTable,
) -> list[list[float]]:
    """Return for each question how near each of its candidates is.

    `base` is by question what a search by words alone and without filters finds.
    """
    roots = [math.sqrt(max(1.0, wanted(text[:LONGEST], table).most)) for text in questions]
    papers = [_by_paper(row, root) for row, root in zip(base, roots, strict=True)]
    together: dict[str, float] = defaultdict(float)
    for row in papers:
        for name, passages in row.items():
            together[name] += _best(passages) / len(papers)
    rows = zip(found, papers, roots, strict=True)
    return [
        [_near(each, root, paper, together, len(papers)) for each in candidates]
        for candidates, paper, root in rows
    ]


def _by_paper(found: Found, root: float) -> ByPaper:
    papers: ByPaper = defaultdict(dict)
    for passage, runs in zip(found.passages, found.runs, strict=True):
        papers[owner(passage.paper_id)][passage.key] = float(runs) / root
    return papers


def _near(
    candidate: Candidate, root: float, papers: ByPaper, together: dict[str, float], questions: int
) -> float:
    """Return how near a candidate is; one that words alone did not find is taken in beside them."""
    name, shared = owner(candidate.passage.paper_id), candidate.runs / root
    others = papers.get(name, {})
    paper = _best({**others, candidate.passage.key: shared})
    more = (paper - _best(others)) / questions
    return shared + paper + together.get(name, 0.0) + more


def _best(passages: Mapping[str, float]) -> float:
    """Return the mean of the best three; what is not there counts as nothing."""
    return sum(sorted(passages.values())[-BEST_OF_PAPER:]) / BEST_OF_PAPER
