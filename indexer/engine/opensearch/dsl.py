"""The pieces of the query DSL that everything here is put together from.

In go queries as JSON, out comes one that joins them. All of them find passages; `nested` makes of
such a query one that finds papers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.engine.documents.dates import date_bounds
from indexer.engine.opensearch.mapping import STACK, encoded
from indexer.engine.query import Between

Dsl = dict[str, Any]

PATH = "passages"
NOTHING: Dsl = {"match_none": {}}
OTHER_FIELDS = 0.3
"""Of a phrase's scores in fields beside the best one."""


def nested(query: Dsl, **rest: object) -> Dsl:
    """Return the papers that have a passage that the query finds; the best one scores."""
    return {"nested": {"path": PATH, "score_mode": "max", "query": query, **rest}}


def both(items: Sequence[Dsl]) -> Dsl:
    """Return what matches all items, their scores added up."""
    if not items:
        return NOTHING
    return items[0] if len(items) == 1 else {"bool": {"must": list(items)}}


def either(items: Sequence[Dsl]) -> Dsl:
    """Return what matches any item, their scores added up."""
    if not items:
        return NOTHING
    if len(items) == 1:
        return items[0]
    return {"bool": {"should": list(items), "minimum_should_match": 1}}


def unscored(query: Dsl) -> Dsl:
    """Return what matches, without a score."""
    return worth(query, 0.0)


def worth(query: Dsl, score: float) -> Dsl:
    """Return what matches, with this score."""
    return {"constant_score": {"filter": query, "boost": score}}


def stacked(tokens: Sequence[str]) -> str:
    """Return tokens as alternatives in one place."""
    return STACK.join(dict.fromkeys(encoded(token) for token in tokens))


def best_of(queries: list[Dsl]) -> Dsl:
    """Return what any finds: the best score, and a part of the others."""
    if len(queries) == 1:
        return queries[0]
    return {"dis_max": {"queries": queries, "tie_breaker": OTHER_FIELDS}}


def close(left: list[str], right: list[str], distance: int) -> Dsl | None:
    """Return the rule that both begin at most `distance` places apart, in either order."""
    ways = []
    for first, second in ((left, right), (right, left)):
        gaps = distance - len(first)
        if gaps >= 0:
            ways.append(
                {
                    "all_of": {
                        "mode": "ordered",
                        "max_gaps": gaps,
                        "intervals": [_run(first), _run(second)],
                    }
                }
            )
    if not ways:
        return None
    return ways[0] if len(ways) == 1 else {"any_of": {"intervals": ways}}


def _run(words: list[str]) -> Dsl:
    return {"match": {"query": " ".join(words), "max_gaps": 0, "mode": "ordered"}}


def between(node: Between) -> Dsl:
    """Return the passages of papers of a period."""
    low, high = date_bounds(node.low, node.high)
    return unscored({"range": {f"{PATH}.date": {"gte": low, "lte": high}}})
