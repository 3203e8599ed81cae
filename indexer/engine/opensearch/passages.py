"""A request for passages, each on its own → the best of them; and a passage by its key.

In go a `PassageRequest` and an open generation, out come keys with scores. A key is the id of the
paper's document and the number of the passage in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from indexer.engine.matching.proximity import CANDIDATES
from indexer.engine.opensearch.bodies import again, masks, no
from indexer.engine.opensearch.client import Json
from indexer.engine.opensearch.compiler import Plan, plan
from indexer.engine.opensearch.documents import document_id
from indexer.engine.opensearch.dsl import PATH, Dsl, nested
from indexer.engine.opensearch.mapping import plain_value
from indexer.engine.opensearch.search import Opened
from indexer.engine.results import PassageRequest, RankedPassage, StoredPassage

MOST_PASSAGES = 1_000
"""Passages that are ranked on their own (`index.max_inner_result_window`)."""


def rank_passages(on: Opened, request: PassageRequest) -> tuple[RankedPassage, ...]:
    """Return the best passages, each on its own.

    The best passages are among those of the best papers, as many of each.
    """
    compiled = plan(request.query, on.analyzer, on.counts, legacy=on.legacy, all_first=False)
    ranking, best = _narrowed(on, request, compiled)
    size = min(request.size, MOST_PASSAGES)
    rescore = {"rescore": again(best, max(CANDIDATES, size))} if compiled.lifted else {}
    body = {"query": ranking, "size": size, "_source": False} | rescore
    answer = on.ask(body)
    names = [row["_id"] for row in answer["hits"]["hits"]]
    inner = {"size": size, "_source": False, "stored_fields": "_none_"}
    rows = _inner(on, nested(best, inner_hits=inner), names)
    found = [
        (-hit["_score"], f"{name}:{hit['_nested']['offset']:06}")
        for name, hits in rows.items()
        for hit in hits["hits"]
    ]
    return tuple(RankedPassage(key, -score) for score, key in sorted(found)[: request.size])


def passage(on: Opened, key: str) -> StoredPassage:
    """Return a passage that `rank_passages` named."""
    return passages(on, (key,))[0]


def passages(on: Opened, keys: Sequence[str]) -> tuple[StoredPassage, ...]:
    """Return several of them in the order asked for, in one request."""
    answers = on.cluster.searches(on.index, map(_one, keys))
    return tuple(_stored(key, answer) for key, answer in zip(keys, answers, strict=True))


def _one(key: str) -> Json:
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


def _narrowed(on: Opened, request: PassageRequest, compiled: Plan) -> tuple[Dsl, Dsl]:
    """Return the query on papers, and that on passages with its lifts, as asked for."""
    only: list[Dsl] = []
    asked, answered = ({"exists": {"field": f"{PATH}.{n}"}} for n in ("question", "answer"))
    if request.pairs:
        only += [asked, answered]
    elif request.answered:
        only.append({"bool": {"must_not": [{"bool": {"must": [asked], **no(answered)}}]}})
    if request.within is not None:
        inner = plan(request.within, on.analyzer, on.counts, legacy=on.legacy)
        only.append(inner.base)
    barred = [plain_value(name) for name in sorted(request.without) if "#" in name]
    if barred:
        only.append({"bool": no({"terms": {f"{PATH}.id": barred}})})
    papers = [document_id(name) for name in sorted(request.without)]
    narrowing = list(masks(request).values())

    def within(query: Dsl) -> Dsl:
        return {"bool": {"must": [query], "filter": only}} if only else query

    ranking = {
        "bool": {
            "must": [nested(within(compiled.base))],
            "filter": narrowing,
            **(no({"ids": {"values": papers}}) if papers else {}),
        }
    }
    return ranking, within(compiled.lifted or compiled.base)


def _inner(on: Opened, asked: Dsl, names: Sequence[str]) -> dict[str, Json]:
    """Return the passages that match in each of these papers, as far as they are asked for."""
    if not names:
        return {}
    body = {
        "query": {"bool": {"must": [asked], "filter": [{"ids": {"values": list(names)}}]}},
        "size": len(names),
        "_source": False,
    }
    answer = on.ask(body)
    return {row["_id"]: row["inner_hits"][PATH]["hits"] for row in answer["hits"]["hits"]}
