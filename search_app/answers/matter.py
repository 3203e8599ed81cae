"""What the questions of one paste have in common: by paper, what it has for each of them.

In go questions with what a search without filters finds for each, out come papers with what their
passages share with a question by runs of letters, over the root of what the question's runs weigh
together, since a long question finds more by chance. The best three passages of a paper tell what
it is to the question; the mean of that over the others tells what a question is about that says
only `Bent u tevreden met wat er is bereikt?`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.engine.results import StoredPassage
from search_app.answers.rank import Found
from search_app.search.grams import Floats, RunTable, wanted
from search_app.search.second_look import BEST_OF_PAPER, LONGEST, owner

ByPaper = dict[str, dict[str, float]]
"""Of each paper the passages that a search finds, by key, with what they share."""


@dataclass(frozen=True, slots=True)
class Shares:
    """By question the root of what its runs weigh together, and what each paper shares with it."""

    roots: list[float]
    papers: list[ByPaper]


def shares(questions: Sequence[str], base: Sequence[Found], table: RunTable) -> Shares:
    """Return what the passages that a search finds share with each question."""
    roots = [math.sqrt(max(1.0, wanted(text[:LONGEST], table).most)) for text in questions]
    rows = zip(base, roots, strict=True)
    return Shares(roots, [by_paper(row.passages, row.runs / root) for row, root in rows])


def of_all(shared: Sequence[ByPaper]) -> dict[str, float]:
    """Return by paper the mean over all questions of what its best three passages have."""
    total: dict[str, float] = defaultdict(float)
    for row in shared:
        for name, passages in row.items():
            total[name] += best_three(passages) / len(shared)
    return total


def of_others(shared: Sequence[ByPaper]) -> list[dict[str, float]]:
    """Return the same for each question over the others; nothing when there are none."""
    if len(shared) < 2:
        return [{} for _ in shared]
    total, others = of_all(shared), len(shared) - 1
    return [
        {
            name: (value * len(shared) - best_three(row.get(name, {}))) / others
            for name, value in total.items()
        }
        for row in shared
    ]


def by_paper(passages: Sequence[StoredPassage], values: Floats) -> ByPaper:
    """Return the values of passages by their papers."""
    papers: ByPaper = defaultdict(dict)
    for passage, value in zip(passages, values, strict=True):
        papers[owner(passage.paper_id)][passage.key] = float(value)
    return papers


def best_three(passages: Mapping[str, float]) -> float:
    """Return the mean of the best three; what is not there counts as nothing."""
    return sum(sorted(passages.values())[-BEST_OF_PAPER:]) / BEST_OF_PAPER
