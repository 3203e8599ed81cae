"""What stands in an index beside the papers, and what is asked of one that is being written.

In go a cluster and an index, out come its analysis tables, its mean lengths, the papers that it
holds and their counts.
"""

from __future__ import annotations

import base64
import json
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence

from indexer.analysis.tables import Tables
from indexer.engine.errors import EngineError
from indexer.engine.fields import TEXT_FIELDS
from indexer.engine.opensearch.client import BUSY, Cluster, ClusterError, Json, PartialError
from indexer.engine.opensearch.documents import document_id

TABLES, MEANS = "tables", "means"
PAGE = 5_000
WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds between tries of a call that a node which is away cannot answer."""


def put_tables(cluster: Cluster, name: str, tables: Tables) -> None:
    """Put the analysis tables in a generation, so that it is always read as it was written."""
    packed = zlib.compress(json.dumps(tables.to_json()).encode(), 6)
    value = {"packed": base64.b64encode(packed).decode()}
    cluster.call("PUT", f"/{name}/_doc/{TABLES}", value, params={"refresh": True})


def get_tables(cluster: Cluster, name: str) -> Tables | None:
    """Return the analysis tables of a generation, `None` when they are not there."""
    packed = stored(cluster, name, TABLES, "packed")
    if packed is None:
        return None
    return Tables.from_json(json.loads(zlib.decompress(base64.b64decode(packed))))


def stored(cluster: Cluster, name: str, document: str, field: str) -> str | None:
    """Return a stored field of a document, `None` when there is no such document."""
    params = {"stored_fields": field, "realtime": False}
    try:
        found = cluster.call("GET", f"/{name}/_doc/{document}", params=params)
    except ClusterError as error:
        if error.status == 404 and error.kind != "index_not_found_exception":
            return None
        raise
    return str(found["fields"][field][0])


def stored_of(cluster: Cluster, name: str, documents: Sequence[str], field: str) -> dict[str, str]:
    """Return a stored field of those of several documents that are there, by their ids."""
    if not documents:
        return {}
    body = {"docs": [{"_id": document, "stored_fields": [field]} for document in documents]}
    answer = cluster.call("POST", f"/{name}/_mget", body, params={"realtime": False})
    for row in answer["docs"]:
        if "error" in row:
            raise PartialError(
                f"Niet alle stukken zijn te lezen ({row['error'].get('type', '')}). Controleer of "
                "alle nodes draaien en probeer het over een minuut opnieuw."
            )
    rows = (row for row in answer["docs"] if row["found"])
    return {row["_id"]: str(row["fields"][field][0]) for row in rows}


def held_papers(cluster: Cluster, name: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield of every paper in an index the id that it claims, its hash, its id and its origin."""
    fields = ("claimed", "hash", "paper_id", "origin")
    body: Json = {
        "query": {"exists": {"field": "paper_id"}},
        "sort": [{"paper_id": "asc"}],
        "size": PAGE,
        "_source": False,
        "docvalue_fields": list(fields),
        "stored_fields": "_none_",
    }
    cluster.call("POST", f"/{name}/_refresh")
    after = None
    while True:
        asked = body | ({"search_after": after} if after else {})
        rows = cluster.search(f"/{name}/_search", asked)["hits"]["hits"]
        for row in rows:
            claimed, row_hash, paper_id, origin = (row["fields"][field][0] for field in fields)
            yield claimed, row_hash, paper_id, origin
        if len(rows) < PAGE:
            return
        after = rows[-1]["sort"]


def counted(cluster: Cluster, name: str) -> dict[str, int]:
    """Return how many papers, passages and pages an index holds, as it counts them itself."""
    cluster.call("POST", f"/{name}/_refresh")
    body: Json = {
        "size": 0,
        "track_total_hits": True,
        "query": {"exists": {"field": "paper_id"}},
        "aggs": {
            "passages": {"sum": {"field": "passage_count"}},
            "pages": {"sum": {"field": "page_count"}},
        },
    }
    found = cluster.search(f"/{name}/_search", body)
    sums = found["aggregations"]
    return {
        "papers": int(found["hits"]["total"]["value"]),
        "passages": int(sums["passages"]["value"]),
        "pages": int(sums["pages"]["value"]),
    }


def origin_of_document(cluster: Cluster, name: str, paper_id: str) -> str | None:
    """Return the origin of the file that holds a paper's id in an index."""
    cluster.call("POST", f"/{name}/_refresh")
    body: Json = {
        "query": {"ids": {"values": [document_id(paper_id)]}},
        "_source": False,
        "docvalue_fields": ["origin"],
    }
    rows = cluster.search(f"/{name}/_search", body)["hits"]["hits"]
    return str(rows[0]["fields"]["origin"][0]) if rows else None


def _create(cluster: Cluster, path: str, value: Json) -> None:
    """Put a document unless it is there; a node that is away is waited for, as by bulk requests."""
    for wait in (*WAITS, None):
        try:
            cluster.call("PUT", path, value)
        except ClusterError as error:
            if error.status == 409:
                return
            if wait is None or (error.status and error.status not in BUSY):
                raise
            time.sleep(wait)
        else:
            return


def means(cluster: Cluster, name: str) -> dict[str, float] | None:
    """Return the mean lengths of the fields that were settled, `None` when they were not."""
    cluster.call("POST", f"/{name}/_refresh")
    packed = stored(cluster, name, MEANS, "card")
    return None if packed is None else json.loads(packed)


def settle_means(cluster: Cluster, name: str, given: Mapping[str, float]) -> dict[str, float]:
    """Write the mean lengths down if nobody did, and return those that hold."""
    value = {"card": json.dumps({field: given[field] for field in TEXT_FIELDS})}
    _create(cluster, f"/{name}/_create/{MEANS}", value)
    found = means(cluster, name)
    if found is None:
        raise EngineError(f"In {name} staan geen gemiddelde lengtes. Start het indexeren opnieuw.")
    return found
