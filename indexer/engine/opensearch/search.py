"""A search request → one request to the cluster → results.

In go a request and an open generation, out come `Results`. The story: one request ranks papers,
counts them and their facets, all exactly, adds the lifts of neighbouring words to the best papers
(`rescore`), and brings the best passage of the papers on the page. How rare the words are is asked
before it, once each in a generation. A page that lies beyond what one request may reach is found by
a point in time and `search_after`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.analysis.chains import Analyzer
from indexer.engine.documents import alike
from indexer.engine.matching.proximity import CANDIDATES
from indexer.engine.opensearch import bodies, hits
from indexer.engine.opensearch.client import Cluster, Json
from indexer.engine.opensearch.compiler import plan
from indexer.engine.opensearch.counts import Counts
from indexer.engine.opensearch.dsl import Dsl
from indexer.engine.results import Results, SearchRequest

WINDOW = 10_000
"""Hits that one request can reach (`index.max_result_window`)."""
KEPT_OPEN = "2m"


@dataclass(frozen=True, slots=True)
class Found:
    """Results, and where the PDFs of their papers were, so that nobody need ask for each."""

    results: Results
    pdfs: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that is searched: where it is, how it is read, how rare things are in it.

    `way` is the cluster's type of search: with several shards the statistics of all are gathered
    first, so that a word weighs the same in each. `legacy`: before version 3.
    """

    cluster: Cluster
    index: str
    analyzer: Analyzer
    counts: Counts
    way: str
    legacy: bool

    def ask(self, body: Json, **params: object) -> Json:
        """Return the answer to a search in this generation."""
        return self.cluster.search(f"/{self.index}/_search", body, search_type=self.way, **params)


def opened(cluster: Cluster, index: str, analyzer: Analyzer, *, papers: int, shards: int) -> Opened:
    """Return a generation ready to be searched."""
    way = "dfs_query_then_fetch" if shards > 1 else "query_then_fetch"
    counts = Counts(cluster, index, papers)
    return Opened(cluster, index, analyzer, counts, way, cluster.is_legacy())


def search(on: Opened, request: SearchRequest) -> Found:
    """Return one page of results."""
    compiled = plan(
        request.query, on.analyzer, on.counts, literal=request.literal, legacy=on.legacy
    )
    first = (request.page - 1) * request.size
    near = first + request.size <= WINDOW
    led = bool(request.lead) and request.sort == "relevance"
    whole = near and (led or request.fold)
    body = bodies.search_body(request, compiled)
    brought = bodies.with_best_passages(body["query"], request, compiled)
    rescored = bodies.rescored(request, compiled) if near else None
    body |= rescored or {"sort": bodies.sort(request)}
    page = {"query": brought, "from": first, "size": request.size}
    if whole:  # what leads is among the best, in another order; so is what is nearly the same
        most = max(first + request.size + alike.FOLDED, CANDIDATES)
        page = {"from": 0, "size": min(most, WINDOW)}
    answer = on.ask(body | (page if near else {"size": 0}), preference=bodies.preference(request))
    found = answer["hits"]["hits"] if near else _far(on, body, brought, first, request.size)
    found = hits.in_order(found) if rescored else found
    arranged = hits.arranged(found, request, led=led) if whole else hits.Arranged(found)
    found = _with_passages(on, arranged.rows, brought) if whole else found
    rows = hits.rows_of(found)
    total = int(answer["hits"]["total"]["value"])
    counted = answer.get("aggregations", {})
    results = Results(
        total=total,
        total_exact=True,
        hits=tuple(hits.hits_of(rows, request, on.analyzer, arranged.also)),
        folded=arranged.folded,
        facets={name: hits.facet(counted[f"facet {name}"]) for name in request.facets},
        generation=on.index,
        total_all_words=counted["all words"]["doc_count"] if compiled.full else total,
    )
    return Found(results, {row.card["paper_id"]: row.card["pdf"] for row in rows})


def _with_passages(on: Opened, page: Sequence[Json], brought: Dsl) -> list[Json]:
    """Return the rows of a page with their passages."""
    only = {"ids": {"values": [row["_id"] for row in page]}}
    body = {"query": bodies.with_filter(brought, only), "size": len(page), "_source": False}
    answer = on.ask(body) if page else {"hits": {"hits": []}}
    passages = {row["_id"]: row.get("inner_hits", {}) for row in answer["hits"]["hits"]}
    return [row | {"inner_hits": passages.get(row["_id"], {})} for row in page]


def _far(on: Opened, body: Json, brought: Dsl, first: int, size: int) -> list[Json]:
    """Return the hits of a page that one request cannot reach; `brought` finds the page's own."""
    opened = on.cluster.call(
        "POST",
        f"/{on.index}/_search/point_in_time",
        params={"keep_alive": KEPT_OPEN, "allow_partial_pit_creation": False},
    )
    pit = opened["pit_id"]
    narrowed = body.get("post_filter")
    body = {key: value for key, value in body.items() if key not in ("aggs", "post_filter")} | {
        "query": bodies.with_filter(body["query"], narrowed),
        "track_total_hits": False,
        "pit": {"id": pit, "keep_alive": KEPT_OPEN},
    }
    try:
        return _walk(on, body, bodies.with_filter(brought, narrowed), first, size)
    finally:
        on.cluster.call("DELETE", "/_search/point_in_time", {"pit_id": [pit]})


def _walk(on: Opened, body: Json, brought: Dsl, first: int, size: int) -> list[Json]:
    """Return the page at `first`, going there in steps that bring nothing but where they end."""
    skipped, after = 0, None
    while True:
        step = min(WINDOW, first - skipped) or size
        asked = body | {"size": step} | ({"search_after": after} if after else {})
        asked |= {"stored_fields": "_none_"} if skipped < first else {"query": brought}
        answer = on.cluster.search("/_search", asked, search_type=on.way)
        rows: list[Json] = answer["hits"]["hits"]
        if skipped == first or not rows:
            return rows
        skipped += len(rows)
        after = rows[-1]["sort"]
        if len(rows) < step:
            return []
