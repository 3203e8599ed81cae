"""Topics → a run → measures.

In go queries and judgements in the forms of TREC, out come MRR@10, nDCG@10 and recall: a value per
topic, their mean, and how far that mean can be trusted. Queries are read as a person's loose
words. A hit counts when its paper's id or its passage's id is the one that was judged.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from indexer.engine.interface import Index
from indexer.engine.query import Bag, Term
from indexer.engine.results import SearchRequest
from search_app.errors import UserError
from search_app.search.second_look import led

DEPTH = 100
NAMES = ("MRR@10", "nDCG@10", "recall@10", "recall@100")
RESAMPLES = 1000
SEED = 20221213
"""Of the resampling, so that the same run gives the same interval."""
Values = dict[str, dict[str, float]]
"""By topic: the value of each measure."""
Run = dict[str, list[tuple[str, float]]]
Qrels = dict[str, dict[str, int]]


class TopicsError(UserError):
    """A file of topics or judgements is not what it should be."""

    code = "topics"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The mean of each measure over `topics`, its 95% interval, and the values per topic."""

    topics: int
    measures: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    values: Values


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in this run against a stored one, over the topics of both.

    `interval` is the 95% interval of the mean difference: it is real when 0 lies outside. `moved`
    has the value before and now of each topic that is better or worse.
    """

    measure: str
    mean: float
    interval: tuple[float, float]
    better: tuple[str, ...]
    worse: tuple[str, ...]
    moved: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def read_topics(path: Path) -> dict[str, str]:
    """Return queries by id: a head line, then id and query in the first two columns."""
    rows = [line.split("\t") for line in _lines(path)[1:]]
    if not rows or any(len(row) < 2 for row in rows):
        raise TopicsError(f"{path}: verwacht een kopregel en daarna regels ‘nummer⇥zoekvraag’.")
    return {row[0]: row[1] for row in rows}


def read_qrels(path: Path) -> Qrels:
    """Return judgements by topic: id, 0, document, relevance; a head line is left out."""
    found: Qrels = {}
    for line in _lines(path):
        parts = line.split()
        if len(parts) == 4 and parts[3].lstrip("-").isdigit():
            found.setdefault(parts[0], {})[parts[2]] = int(parts[3])
    if not found:
        raise TopicsError(f"{path}: verwacht regels ‘nummer 0 stuk relevantie’.")
    return found


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise TopicsError(f"{path} is niet te lezen: {error.strerror}.") from None


def loose_words(text: str) -> Bag:
    """Return a text as loose words, whatever signs stand in it."""
    return Bag((Term(text),))


def make_run(index: Index, topics: Mapping[str, str], qrels: Qrels) -> Run:
    """Search each topic; a hit is named by the judged one of its two ids, else by its paper's."""
    run: Run = {}
    for topic, text in topics.items():
        judged = qrels.get(topic, {})
        request = SearchRequest(loose_words(text), size=DEPTH, snippets=False)
        run[topic] = [
            (hit.passage_id if hit.passage_id in judged else hit.paper_id, hit.score)
            for hit in index.search(led(request, index)).hits
        ]
    return run


def evaluate(run: Run, qrels: Qrels) -> Evaluation:
    """Return the measures over the topics that have judgements."""
    judged = [topic for topic in run if any(rel > 0 for rel in qrels.get(topic, {}).values())]
    values = {topic: _measure([name for name, _ in run[topic]], qrels[topic]) for topic in judged}
    rows = {name: [row[name] for row in values.values()] for name in NAMES}
    return Evaluation(
        topics=len(judged),
        measures={name: sum(row) / max(1, len(row)) for name, row in rows.items()},
        intervals={name: _interval(row) for name, row in rows.items()},
        values=values,
    )


def targets(qrels: Qrels) -> Qrels:
    """Return only the papers of the highest grade of each topic: what its asker looked for."""
    return {
        topic: {name: rel for name, rel in rows.items() if rel == max(rows.values())}
        for topic, rows in qrels.items()
    }


def compare(now: Evaluation, before: Evaluation) -> tuple[Difference, ...]:
    """Return per measure how a run differs from a stored one, and on which topics."""
    both = [topic for topic in now.values if topic in before.values]
    found = []
    for name in NAMES:
        gaps = {topic: now.values[topic][name] - before.values[topic][name] for topic in both}
        found.append(
            Difference(
                measure=name,
                mean=sum(gaps.values()) / max(1, len(gaps)),
                interval=_interval(list(gaps.values())),
                better=tuple(sorted((t for t in both if gaps[t] > 0), key=lambda t: -gaps[t])),
                worse=tuple(sorted((t for t in both if gaps[t] < 0), key=lambda t: gaps[t])),
                moved={
                    topic: (before.values[topic][name], now.values[topic][name])
                    for topic in both
                    if gaps[topic]
                },
            )
        )
    return tuple(found)


def _interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95% interval of a mean, by drawing topics again (Sakai 2006, bootstrap)."""
    if not values:
        return 0.0, 0.0
    drawn = np.random.default_rng(SEED).integers(len(values), size=(RESAMPLES, len(values)))
    means = np.asarray(values)[drawn].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def _measure(ranked: Sequence[str], judged: Mapping[str, int]) -> dict[str, float]:
    gains = [max(0, judged.get(name, 0)) for name in ranked]
    relevant = sum(rel > 0 for rel in judged.values())
    first = next((place for place, gain in enumerate(gains[:10], 1) if gain), None)
    ideal = _dcg(sorted((max(0, rel) for rel in judged.values()), reverse=True)[:10])
    return {
        "MRR@10": 1 / first if first else 0.0,
        "nDCG@10": _dcg(gains[:10]) / ideal,
        "recall@10": sum(gain > 0 for gain in gains[:10]) / relevant,
        "recall@100": sum(gain > 0 for gain in gains[:100]) / relevant,
    }


def _dcg(gains: Sequence[int]) -> float:
    """Return the discounted gain (Järvelin and Kekäläinen 2002, linear gains)."""
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def write_run(run: Run, path: Path) -> None:
    """Write the run in the form of TREC."""
    lines = [
        f"{topic} Q0 {name} {place} {score:.6f} kamerzoek"
        for topic, hits in run.items()
        for place, (name, score) in enumerate(hits, 1)
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def read_run(path: Path) -> Run:
    """Return a run in the form of TREC, each topic by its places."""
    rows: dict[str, list[tuple[int, str, float]]] = {}
    for line in _lines(path):
        parts = line.split()
        if len(parts) != 6 or not parts[3].isdigit():
            raise TopicsError(f"{path}: verwacht regels ‘nummer Q0 stuk plaats score naam’.")
        rows.setdefault(parts[0], []).append((int(parts[3]), parts[2], float(parts[4])))
    return {topic: [(name, score) for _, name, score in sorted(row)] for topic, row in rows.items()}
