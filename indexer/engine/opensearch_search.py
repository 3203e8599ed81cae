"""A search request → requests to the cluster → results.

In go a request and an open generation, out come `Results`. The story: the first request ranks
papers, counts them and their facets, all exactly; the lifts of neighbouring words are added to the
best papers only (`rescore`). The second asks for the best passage of the papers on the page. A page
that lies beyond what one request may reach is found by a point in time and `search_after`.
"""

from __future__ import annotations

import hashlib
import json
import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.analysis.chains import Analyzer
from indexer.engine import lookup, snippets
from indexer.engine.documents import date_bounds
from indexer.engine.interface import (
    FacetCount,
    Hit,
    PassageRequest,
    Piece,
    RankedPassage,
    Results,
    SearchRequest,
    StoredPassage,
)
from indexer.engine.matching import ALL_WORDS_LIFT
from indexer.engine.opensearch_client import Cluster, Json
from indexer.engine.opensearch_documents import document_id
from indexer.engine.opensearch_mapping import plain_value
from indexer.engine.opensearch_query import PATH, Dsl, Plan, nested, plan
from indexer.engine.proximity import CANDIDATES

WINDOW = 10_000
"""Hits that one request can reach (`index.max_result_window`)."""
AT_ONCE = 500
"""Papers of which the best passage is asked in one request."""
FACET_VALUES = 2_000
FACET_CANDIDATES = 20_000
"""Values of a facet that are returned, and that each shard counts."""
REMEMBERED = 50_000
MOST_PASSAGES = 1_000
"""Passages that are ranked on their own (`index.max_inner_result_window`)."""
PAPERS = {"exists": {"field": "paper_id"}}
KEPT_OPEN = "2m"


@dataclass(frozen=True, slots=True)
class Ranked:
    """Papers on the page in order: their document ids, scores and cards."""

    ids: tuple[str, ...]
    scores: tuple[float, ...]
    cards: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Best:
    """A paper's best passage, and how many of its passages match."""

    shown: Mapping[str, Any]
    matched: int


@dataclass(frozen=True, slots=True)
class Found:
    """Results, and where the PDFs of their papers were, so that nobody need ask for each."""

    results: Results
    pdfs: Mapping[str, str | None]


class Counts:
    """How rare things are in a generation, which does not change: asked once each.

    It counts papers: the share of papers stands for the share of passages.
    """

    def __init__(self, cluster: Cluster, index: str, papers: int) -> None:
        self._cluster, self._index, self._papers = cluster, index, papers
        self._known: dict[str, int] = {}
        self._lock = threading.Lock()

    def weights(self, queries: Sequence[Dsl]) -> list[float]:
        """Return BM25's weight (idf) of what each query on passages finds."""
        keys = [json.dumps(query, sort_keys=True) for query in queries]
        missing = {k: q for k, q in zip(keys, queries, strict=True) if k not in self._known}
        counted = self._count(list(missing.values())) if missing else []
        fresh = dict(zip(missing, counted, strict=True))
        with self._lock:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self._known.update(fresh)
            found = [self._known.get(key, fresh.get(key, 0)) for key in keys]
        return [self._weight(having) for having in found]

    def _weight(self, having: int) -> float:
        if not self._papers:
            return 1e-6
        return max(math.log(1 + (self._papers - having + 0.5) / (having + 0.5)), 1e-6)

    def _count(self, queries: Sequence[Dsl]) -> list[int]:
        head = json.dumps({"index": self._index, "allow_partial_search_results": False})
        lines = [
            f"{head}\n{json.dumps({'size': 0, 'track_total_hits': True, 'query': nested(query)})}\n"
            for query in queries
        ]
        answers = self._cluster.call("POST", "/_msearch", "".join(lines))["responses"]
        return [int(self._cluster.checked(answer)["hits"]["total"]["value"]) for answer in answers]


class Searcher:
    """Searches one generation. Safe under threads."""

    def __init__(
        self, cluster: Cluster, index: str, analyzer: Analyzer, *, papers: int, shards: int
    ) -> None:
        self._cluster, self._index, self._analyzer = cluster, index, analyzer
        # With several shards the statistics of all are gathered first, so that a word weighs the
        # same in each.
        self._type = "dfs_query_then_fetch" if shards > 1 else "query_then_fetch"
        self._legacy = cluster.is_legacy()
        self._counts = Counts(cluster, index, papers)

    def search(self, request: SearchRequest) -> Found:
        """Return one page of results."""
        compiled = plan(
            request.query,
            self._analyzer,
            self._counts,
            literal=request.literal,
            legacy=self._legacy,
        )
        first = (request.page - 1) * request.size
        body = _body(request, compiled)
        rescored = _rescored(request, compiled) if first + request.size <= WINDOW else None
        body |= rescored or {"sort": _sort(request)}
        led = bool(request.lead) and first + request.size <= WINDOW
        if led:  # the papers that lead are among the best, in another order
            most = max(first + request.size, CANDIDATES)
            answer = self._ask(body | {"from": 0, "size": most}, request)
            rows = answer["hits"]["hits"]
        elif first + request.size <= WINDOW:
            answer = self._ask(body | {"from": first, "size": request.size}, request)
            rows = answer["hits"]["hits"]
        else:
            answer = self._ask(body | {"size": 0}, request)
            rows = self._far(body, first, request.size)
        ranked = _ranked(rows, by_score=rescored is not None)
        if led:
            ranked = _led(ranked, request.lead, slice(first, first + request.size))
        total = int(answer["hits"]["total"]["value"])
        counted = answer.get("aggregations", {})
        results = Results(
            total=total,
            total_exact=True,
            hits=self._hits(request, compiled, ranked),
            facets={name: _facet(counted[f"facet {name}"]) for name in request.facets},
            generation=self._index,
            total_all_words=counted["all words"]["doc_count"] if compiled.full else total,
        )
        return Found(results, {card["paper_id"]: card["pdf"] for card in ranked.cards})

    def _ask(self, body: Json, request: SearchRequest) -> Json:
        return self._cluster.search(
            f"/{self._index}/_search",
            body,
            search_type=self._type,
            # The same search goes to the same copies of the shards, so that its pages agree.
            preference=_preference(request),
        )

    def _far(self, body: Json, first: int, size: int) -> list[Json]:
        """Return the hits of a page that one request cannot reach."""
        opened = self._cluster.call(
            "POST",
            f"/{self._index}/_search/point_in_time",
            params={"keep_alive": KEPT_OPEN, "allow_partial_pit_creation": False},
        )
        pit = opened["pit_id"]
        body = {key: value for key, value in body.items() if key not in ("aggs", "post_filter")} | {
            "query": _with_filter(body["query"], body.get("post_filter")),
            "track_total_hits": False,
            "pit": {"id": pit, "keep_alive": KEPT_OPEN},
        }
        try:
            return self._walk(body, first, size)
        finally:
            self._cluster.call("DELETE", "/_search/point_in_time", {"pit_id": [pit]})

    def _walk(self, body: Json, first: int, size: int) -> list[Json]:
        skipped, after = 0, None
        while True:
            step = min(WINDOW, first - skipped) or size
            asked = body | {"size": step} | ({"search_after": after} if after else {})
            if skipped < first:
                asked = asked | {"stored_fields": "_none_"}
            rows: list[Json] = self._cluster.search("/_search", asked, search_type=self._type)[
                "hits"
            ]["hits"]
            if skipped == first or not rows:
                return rows
            skipped += len(rows)
            after = rows[-1]["sort"]
            if len(rows) < step:
                return []

    def rank_passages(self, request: PassageRequest) -> tuple[RankedPassage, ...]:
        """Return the best passages, each on its own.

        The best passages are among those of the best papers, as many of each.
        """
        compiled = plan(
            request.query, self._analyzer, self._counts, legacy=self._legacy, all_first=False
        )
        ranking, best = self._narrowed(request, compiled)
        size = min(request.size, MOST_PASSAGES)
        rescore = {"rescore": _again(best, max(CANDIDATES, size))} if compiled.lifted else {}
        body = {"query": ranking, "size": size, "_source": False} | rescore
        answer = self._cluster.search(f"/{self._index}/_search", body, search_type=self._type)
        names = [row["_id"] for row in answer["hits"]["hits"]]
        inner = {"size": size, "_source": False, "stored_fields": "_none_"}
        rows = self._inner(nested(best, inner_hits=inner), names)
        found = [
            (-hit["_score"], f"{name}:{hit['_nested']['offset']:06}")
            for name, hits in rows.items()
            for hit in hits["hits"]
        ]
        return tuple(RankedPassage(key, -score) for score, key in sorted(found)[: request.size])

    def passage(self, key: str) -> StoredPassage:
        """Return a passage that `rank_passages` named."""
        return _stored(key, self._cluster.search(f"/{self._index}/_search", _one_passage(key)))

    def passages(self, keys: Sequence[str]) -> tuple[StoredPassage, ...]:
        """Return several of them in the order asked for, in one request."""
        if not keys:
            return ()
        head = json.dumps({"index": self._index, "allow_partial_search_results": False})
        lines = [f"{head}\n{json.dumps(_one_passage(key))}\n" for key in keys]
        answers = self._cluster.call("POST", "/_msearch", "".join(lines))["responses"]
        return tuple(
            _stored(key, self._cluster.checked(answer))
            for key, answer in zip(keys, answers, strict=True)
        )

    def _narrowed(self, request: PassageRequest, compiled: Plan) -> tuple[Dsl, Dsl]:
        """Return the query on papers, and that on passages with its lifts, as asked for."""
        only: list[Dsl] = []
        asked, answered = ({"exists": {"field": f"{PATH}.{n}"}} for n in ("question", "answer"))
        if request.pairs:
            only += [asked, answered]
        elif request.answered:
            only.append({"bool": {"must_not": [{"bool": {"must": [asked], **_no(answered)}}]}})
        if request.within is not None:
            narrowing = plan(request.within, self._analyzer, self._counts, legacy=self._legacy)
            only.append(narrowing.base)
        barred = [plain_value(name) for name in sorted(request.without) if "#" in name]
        if barred:
            only.append({"bool": _no({"terms": {f"{PATH}.id": barred}})})
        papers = [document_id(name) for name in sorted(request.without)]
        masks = list(_masks(request).values())

        def within(query: Dsl) -> Dsl:
            return {"bool": {"must": [query], "filter": only}} if only else query

        ranking = {
            "bool": {
                "must": [nested(within(compiled.base))],
                "filter": masks,
                **(_no({"ids": {"values": papers}}) if papers else {}),
            }
        }
        return ranking, within(compiled.lifted or compiled.base)

    # Hits

    def _hits(self, request: SearchRequest, compiled: Plan, ranked: Ranked) -> tuple[Hit, ...]:
        best = self._best(request, compiled, ranked)
        want = lookup.wanted(request.query, self._analyzer, literal=request.literal)
        rows = zip(ranked.ids, ranked.scores, ranked.cards, strict=True)
        return tuple(
            self._hit(card, score, best.get(name), want, request) for name, score, card in rows
        )

    def _best(self, request: SearchRequest, compiled: Plan, ranked: Ranked) -> dict[str, Best]:
        """Return the best passage of each paper on the page."""
        if compiled.everything and not request.snippets:
            return {}  # the first passage, which the card knows
        found = {}
        for start in range(0, len(ranked.ids), AT_ONCE):
            found.update(self._best_of(compiled, ranked.ids[start : start + AT_ONCE]))
        return found

    def _best_of(self, compiled: Plan, names: Sequence[str]) -> dict[str, Best]:
        inner = {"size": 1, "_source": False, "stored_fields": [f"{PATH}.shown"]}
        asked = nested(compiled.lifted or compiled.base, inner_hits=inner)
        found = {}
        for name, hits in self._inner(asked, names).items():
            shown = json.loads(hits["hits"][0]["fields"][f"{PATH}.shown"][0])
            found[name] = Best(shown, int(hits["total"]["value"]))
        return found

    def _inner(self, asked: Dsl, names: Sequence[str]) -> dict[str, Json]:
        """Return the passages that match in each of these papers, as far as they are asked for."""
        if not names:
            return {}
        body = {
            "query": {"bool": {"must": [asked], "filter": [{"ids": {"values": list(names)}}]}},
            "size": len(names),
            "_source": False,
        }
        answer = self._cluster.search(f"/{self._index}/_search", body, search_type=self._type)
        return {row["_id"]: row["inner_hits"][PATH]["hits"] for row in answer["hits"]["hits"]}

    def _hit(
        self,
        card: Mapping[str, Any],
        score: float,
        best: Best | None,
        want: lookup.Wanted,
        request: SearchRequest,
    ) -> Hit:
        passage = best.shown if best else card["first"]
        page: int | None = passage["page"]
        snippet: tuple[Piece, ...] = ()
        if request.snippets and best:
            page, snippet = snippets.excerpt(
                best.shown, self._analyzer, want, literal=request.literal
            )
        return Hit(
            paper_id=card["paper_id"],
            title=card["title"],
            kind=card["kind"],
            paper_ref=card["paper_ref"],
            date=card["date"],
            ministry=card["ministry"],
            score=score,
            passage_id=passage["id"],
            label=passage["label"],
            page=page,
            snippet=snippet,
            more=(best.matched if best else card["passages"]) - 1,
            session_year=card["session_year"],
            askers=tuple(card["askers"]),
            answerers=tuple(card["answerers"]),
            scanned=card["scanned"],
        )


def _one_passage(key: str) -> Json:
    """Return the request for a passage that `rank_passages` named."""
    name, _, at = key.partition(":")
    inner = {"size": 1, "_source": False, "stored_fields": [f"{PATH}.shown"]}
    return {
        "query": {
            "bool": {
                "must": [nested({"term": {f"{PATH}.at": int(at)}}, inner_hits=inner)],
                "filter": [{"ids": {"values": [name]}}],
            }
        },
        "_source": False,
        "stored_fields": ["card"],
    }


def _stored(key: str, answer: Json) -> StoredPassage:
    (row,) = answer["hits"]["hits"]
    card = json.loads(row["fields"]["card"][0])
    (hit,) = row["inner_hits"][PATH]["hits"]["hits"]
    shown = json.loads(hit["fields"][f"{PATH}.shown"][0])
    return StoredPassage(
        key=key,
        paper_id=card["paper_id"],
        passage_id=shown["id"],
        label=shown["label"],
        page=shown["page"],
        text=shown["text"],
        is_pair=shown["pair"],
        date=card["date"],
    )


def _body(request: SearchRequest, compiled: Plan) -> Json:
    """Return the first request: what matches, what is counted."""
    masks = _masks(request)
    counted = {name: mask for name, mask in masks.items() if name in request.facets}
    plain = [mask for name, mask in masks.items() if name not in request.facets]
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


def _masks(request: SearchRequest | PassageRequest) -> dict[str, Dsl]:
    """Return the filters by field; the period goes under `date`."""
    masks: dict[str, Dsl] = {
        field: {"terms": {field: [plain_value(value) for value in values]}}
        for field, values in request.filters.items()
        if values
    }
    if request.date_from or request.date_to:
        low, high = date_bounds(request.date_from, request.date_to)
        masks["date"] = {"range": {"date": {"gte": low, "lte": high}}}
    return masks


def _all_of(filters: Sequence[Dsl]) -> Dsl:
    return {"bool": {"filter": list(filters)}} if filters else {"match_all": {}}


def _with_filter(query: Dsl, more: Dsl | None) -> Dsl:
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


def _sort(request: SearchRequest) -> list[Dsl]:
    by_score: list[Dsl] = [{"_score": "desc"}, {"paper_id": "asc"}]
    if request.sort == "relevance":
        return by_score
    order = "desc" if request.sort == "newest" else "asc"
    return [{"date": {"order": order, "missing": "_last"}}, *by_score]


def _rescored(request: SearchRequest, compiled: Plan) -> Json | None:
    """Return how the best papers are scored again, with the lifts of neighbouring words."""
    if request.sort != "relevance" or compiled.lifted is None:
        return None
    return {"rescore": _again(compiled.lifted, CANDIDATES)}


def _again(query: Dsl, window: int) -> Json:
    """Return that the best papers are scored again by another query on passages."""
    rescored = {"rescore_query": nested(query), "query_weight": 0.0, "rescore_query_weight": 1.0}
    return {"window_size": window, "query": rescored}


def _no(query: Dsl) -> Dsl:
    return {"must_not": [query]}


def _ranked(rows: Sequence[Json], *, by_score: bool) -> Ranked:
    """Return the rows of an answer; after a rescore equal scores are put in order here."""
    parsed = [(row, json.loads(row["fields"]["card"][0])) for row in rows]
    if by_score:
        parsed.sort(key=lambda pair: (-(pair[0]["_score"] or 0.0), pair[1]["paper_id"]))
    return Ranked(
        ids=tuple(row["_id"] for row, _ in parsed),
        scores=tuple(float(row["_score"] or 0.0) for row, _ in parsed),
        cards=tuple(card for _, card in parsed),
    )


def _led(ranked: Ranked, lead: Sequence[str], part: slice) -> Ranked:
    """Return part of the papers, those of these passages first among those as full as they."""
    places: dict[str, int] = {}
    for place, key in enumerate(lead):
        places.setdefault(key.partition(":")[0], place)
    order = sorted(
        range(len(ranked.ids)),
        key=lambda n: (
            ranked.scores[n] < ALL_WORDS_LIFT,
            places.get(ranked.ids[n], len(lead)),
        ),
    )[part]
    return Ranked(
        tuple(ranked.ids[n] for n in order),
        tuple(ranked.scores[n] for n in order),
        tuple(ranked.cards[n] for n in order),
    )


def _facet(counted: Json) -> tuple[FacetCount, ...]:
    rows = [FacetCount(row["key"], row["doc_count"]) for row in counted["values"]["buckets"]]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.value)))


def _preference(request: SearchRequest) -> str:
    packed = repr((request.query, sorted(request.filters.items()), request.literal))
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()[:16]
