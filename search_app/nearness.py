"""How near the passages found for a question are, on one scale: whether any of them answers it.

In go questions of one paste and the passages found for each, out come numbers that are compared
with a threshold. The story: a passage is as near as what it shares with the question by runs of
letters, over the root of what the question's runs weigh together, since a long question finds more
by chance. What the best three passages of its paper have counts as much, and what the paper is to
all questions of the paste. Measured in docs/decisions/0803.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from search_app.answers_rank import Candidate
from search_app.grams import RunTable, wanted
from search_app.second_look import BEST_OF_PAPER, LONGEST, owner

NEAR = 13.5
"""From this nearness an answer is shown as one."""
VAGUE = 8.0
"""From this nearness it is kept apart as vaguely like; below it is left out."""

ByPaper = dict[str, float]


def nearness(
    questions: Sequence[str], found: Sequence[Sequence[Candidate]], table: RunTable
) -> list[list[float]]:
    """Return for each question how near each of its candidates is."""
    shared = [_shared(text, row, table) for text, row in zip(questions, found, strict=False)]
    papers = [_by_paper(row, values) for row, values in zip(found, shared, strict=True)]
    together = _together(papers)
    rows = zip(found, shared, papers, strict=True)
    return [
        _summed(values, [owner(row.passage.paper_id) for row in candidates], paper, together)
        for candidates, values, paper in rows
    ]


def _shared(text: str, candidates: Sequence[Candidate], table: RunTable) -> list[float]:
    root = math.sqrt(max(1.0, wanted(text[:LONGEST], table).most))
    return [row.runs / root for row in candidates]


def _by_paper(candidates: Sequence[Candidate], values: Sequence[float]) -> ByPaper:
    best: dict[str, list[float]] = defaultdict(list)
    for row, value in zip(candidates, values, strict=True):
        best[owner(row.passage.paper_id)].append(value)
    return {name: sum(sorted(row)[-BEST_OF_PAPER:]) / BEST_OF_PAPER for name, row in best.items()}


def _together(papers: Sequence[ByPaper]) -> ByPaper:
    """Return what each paper is to all questions of a paste."""
    total: ByPaper = defaultdict(float)
    for row in papers:
        for name, value in row.items():
            total[name] += value / len(papers)
    return total


def _summed(
    values: Sequence[float], names: Sequence[str], paper: ByPaper, together: ByPaper
) -> list[float]:
    pairs = zip(values, names, strict=True)
    return [value + paper[name] + together[name] for value, name in pairs]
