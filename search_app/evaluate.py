"""Topics → a run → measures.

In go queries and judgements in the forms of TREC, out come MRR@10, nDCG@10 and recall, each the
mean over topics of a value per topic. Queries are read as a person's loose words. A hit counts
when its paper's id or its passage's id is the one that was judged.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.engine.interface import Index, SearchRequest
from indexer.engine.query import Bag, Term
from search_app.errors import UserError

DEPTH = 100
Run = dict[str, list[tuple[str, float]]]
Qrels = dict[str, dict[str, int]]


class TopicsError(UserError):
    """A file of topics or judgements is not what it should be."""

    code = "topics"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The mean of each measure, and the number of topics it is the mean of."""

    topics: int
    measures: Mapping[str, float]


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
            for hit in index.search(request).hits
        ]
    return run


def evaluate(run: Run, qrels: Qrels) -> Evaluation:
    """Return the measures over the topics that have judgements."""
    judged = [topic for topic in run if any(rel > 0 for rel in qrels.get(topic, {}).values())]
    values = [_measure([name for name, _ in run[topic]], qrels[topic]) for topic in judged]
    names = values[0] if values else dict.fromkeys(("MRR@10", "nDCG@10", "recall@10", "recall@100"))
    return Evaluation(
        len(judged),
        {name: sum(row[name] for row in values) / max(1, len(values)) for name in names},
    )


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
