"""A search request → the body of the request to the cluster.

In go a request and its compiled tree, out comes JSON: what matches, what is counted, in what order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from indexer.engine.documents.dates import date_bounds
from indexer.engine.matching.proximity import CANDIDATES
from indexer.engine.opensearch.client import Json
from indexer.engine.opensearch.compiler import Plan
from indexer.engine.opensearch.dsl import PATH, Dsl, nested
from indexer.engine.opensearch.mapping import plain_value
from indexer.engine.results import PassageRequest, SearchRequest

FACET_VALUES = 2_000
FACET_CANDIDATES = 20_000
"""Values of a facet that are returned, and that each shard counts."""
PAPERS = {"exists": {"field": "paper_id"}}


def search_body(request: SearchRequest, compiled: Plan) -> Json:
    """Return what matches, what is counted, and the best passage of each paper that is shown."""
    narrowing = masks(request)
    counted = {name: mask for name, mask in narrowing.items() if name in request.facets}
    plain = [mask for name, mask in narrowing.items() if name not in request.facets]
    found = PAPERS if compiled.everything else nested(compiled.base)
    scored = {"constant_score": {"filter": found, "boost": 0}} if compiled.everything else found
    aggs: Json = {
        f"facet {name}": {
            "filter": _all_of([mask for other, mask in counted.items() if other != name]),
            "aggs": {"values": _terms(name)},
        }
        for name in request.facets
    }
    if compiled.full:
        aggs["all words"] = {"filter": _all_of([nested(compiled.full), *counted.values()])}
    return {
        "query": {"bool": {"must": [scored], "filter": plain}},
        "track_total_hits": True,
        "_source": False,
        "stored_fields": ["card"],
        **({"post_filter": _all_of(list(counted.values()))} if counted else {}),
        **({"aggs": aggs} if aggs else {}),
    }


def with_best_passages(query: Dsl, request: SearchRequest, compiled: Plan) -> Dsl:
    """Return a query whose hits bring their best passage and how many of theirs match.

    What may match beside what must, in a filter, changes neither what is found nor its score: the
    cluster leaves it out of the search, and reads its passages for the hits on the page alone. So
    the passages are ranked with the lifts, without scoring all papers with them.
    """
    if compiled.everything and not request.snippets:
        return query  # the first passage, which the card knows
    fields = [f"{PATH}.{'shown' if request.snippets else 'label'}"]
    inner = {"size": 1, "_source": False, "stored_fields": fields}
    brought = nested(compiled.lifted or compiled.base, inner_hits=inner)
    return with_filter(query, {"bool": {"filter": [PAPERS], "should": [brought]}})


def masks(request: SearchRequest | PassageRequest) -> dict[str, Dsl]:
    """Return the filters by field; the period goes under `date`."""
    found: dict[str, Dsl] = {
        field: {"terms": {field: [plain_value(value) for value in values]}}
        for field, values in request.filters.items()
        if values
    }
    if request.date_from or request.date_to:
        low, high = date_bounds(request.date_from, request.date_to)
        found["date"] = {"range": {"date": {"gte": low, "lte": high}}}
    return found


def _all_of(filters: Sequence[Dsl]) -> Dsl:
    return {"bool": {"filter": list(filters)}} if filters else {"match_all": {}}


def with_filter(query: Dsl, more: Dsl | None) -> Dsl:
    """Return a query narrowed by another that does not score."""
    return {"bool": {"must": [query], "filter": [more]}} if more else query


def _terms(field: str) -> Dsl:
    return {
        "terms": {
            "field": field,
            "size": FACET_VALUES,
            "shard_size": FACET_CANDIDATES,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
    }


def sort(request: SearchRequest) -> list[Dsl]:
    """Return the order of the papers; equal ones follow their ids."""
    by_score: list[Dsl] = [{"_score": "desc"}, {"paper_id": "asc"}]
    if request.sort == "relevance":
        return by_score
    order = "desc" if request.sort == "newest" else "asc"
    return [{"date": {"order": order, "missing": "_last"}}, *by_score]


def rescored(request: SearchRequest, compiled: Plan) -> Json | None:
    """Return how the best papers are scored again, with the lifts of neighbouring words."""
    if request.sort != "relevance" or compiled.lifted is None:
        return None
    return {"rescore": again(compiled.lifted, CANDIDATES)}


def again(query: Dsl, window: int) -> Json:
    """Return that the best papers are scored again by another query on passages."""
    scored = {"rescore_query": nested(query), "query_weight": 0.0, "rescore_query_weight": 1.0}
    return {"window_size": window, "query": scored}


def no(query: Dsl) -> Dsl:
    """Return the part of a `bool` that leaves out what a query finds."""
    return {"must_not": [query]}


def preference(request: SearchRequest) -> str:
    """Return what sends the same search to the same copies of the shards: its pages agree."""
    packed = repr((request.query, sorted(request.filters.items()), request.literal))
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()[:16]
