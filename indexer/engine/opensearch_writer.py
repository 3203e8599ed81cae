"""Papers → the next generation in OpenSearch, by one process or by many.

In go papers, out comes a published generation. `Draft` is what one process does with the index that
is being written: analyse, weigh, send. `OpenSearchWriter` owns that index; `ShareWriter` is one of
many processes that write to the same.
"""

from __future__ import annotations

import base64
import contextlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.analysis.chains import Analyzer
from indexer.analysis.tables import Tables
from indexer.engine.fields import TEXT_FIELDS
from indexer.engine.interface import EngineError, Share, origin_of
from indexer.engine.opensearch_bulk import Sender
from indexer.engine.opensearch_client import Cluster, ClusterError, Json
from indexer.engine.opensearch_control import Control, WriterLock, refuse_draft
from indexer.engine.opensearch_documents import (
    Analysed,
    analysed,
    document,
    document_id,
    mean_lengths,
)
from indexer.engine.opensearch_generations import Generation, Generations
from indexer.engine.opensearch_mapping import own_fingerprint
from indexer.paper import Paper

TABLES, MEANS = "tables", "means"
FIRST_PAPERS = 200
"""From so many papers the mean lengths of the fields are taken, once for all of a generation."""
PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Held:
    """A paper that the new generation holds: its hash and the id that it has there."""

    hash: str
    id: str


class Draft:
    """What one process writes to an index that nobody reads yet."""

    def __init__(
        self, cluster: Cluster, name: str, tables: Tables, share: Share | None = None
    ) -> None:
        self.name = name
        self.tables = tables
        self._cluster = cluster
        self._share = share
        self._analyzer = Analyzer(tables)
        self._sender = Sender(cluster, name)
        self._means = _means(cluster, name)
        self._first: list[Analysed] = []
        self.held = {
            claimed: Held(row_hash, paper_id)
            for claimed, row_hash, paper_id, origin in held_papers(cluster, name)
            if share is None or share.holds_origin(origin)
        }

    def add(self, paper: Paper, content_hash: str, pdf: Path | None) -> None:
        """Take a paper on."""
        claimed, origin = paper.id, _origin(paper)
        if self._share is not None:
            paper = self._own(paper, content_hash, origin)
        self.held[claimed] = Held(content_hash, paper.id)
        given = analysed(
            self._analyzer,
            paper,
            content_hash,
            str(pdf) if pdf else None,
            origin=origin,
            claimed=claimed,
        )
        if self._means is None:
            self._first.append(given)
            if len(self._first) >= FIRST_PAPERS:
                self._weigh()
            return
        self._send(given, self._means)

    def delete(self, claimed: str) -> None:
        """Remove a paper."""
        held = self.held.pop(claimed, None)
        if held is not None:
            self._first = [given for given in self._first if given.claimed != claimed]
            self._sender.send("delete", document_id(held.id), None)

    def flush(self) -> None:
        """Wait until everything is acknowledged."""
        self._weigh()
        self._sender.flush()

    def _send(self, given: Analysed, means: Mapping[str, float]) -> None:
        self._sender.send("index", document_id(given.paper.id), document(given, means))

    def _weigh(self) -> None:
        """Settle the mean lengths, or take those that another process settled."""
        if self._means is None:
            if not self._first:
                return
            self._means = _settle_means(self._cluster, self.name, mean_lengths(self._first))
        waiting, self._first = self._first, []
        for given in waiting:
            self._send(given, self._means)

    def _own(self, paper: Paper, content_hash: str, origin: str) -> Paper:
        """Return the paper under an id that no other file of another share has taken.

        The id is claimed by a document that only the first may create; one that comes later gets
        the suffix that a build by one process gives.
        """
        held = self.held.get(paper.id)
        if held is not None:
            return _renamed(paper, held.id)
        if self._claim(paper.id, origin):
            return paper
        digest = paper.source.sha256 if paper.source else content_hash
        return _renamed(paper, f"{paper.id}~{digest[:6]}")

    def _claim(self, paper_id: str, origin: str) -> bool:
        path = f"/{self.name}/_create/{document_id(paper_id)}"
        claim = {"claimed": paper_id[:1000], "origin": origin}
        try:
            self._cluster.call("PUT", path, claim)
        except ClusterError as error:
            if error.status != 409:
                raise
            return origin_of_document(self._cluster, self.name, paper_id) == origin
        return True


class OpenSearchWriter:
    """The next generation; see `indexer.engine.interface.IndexWriter`."""

    def __init__(
        self,
        generations: Generations,
        location: str,
        tables: Tables,
        shape: tuple[int, int],
        *,
        fresh: bool = False,
    ) -> None:
        self.damage: tuple[str, ...] = ()
        self._generations = generations
        self._location = location
        self._replicas = shape[1]
        control = Control(generations.cluster)
        self._lock = WriterLock(control, location)
        self._published = False
        self._name: str | None = None
        try:
            refuse_draft(control, location)
            generations.sweep()
            self._name = begin(generations, tables, shape[0], fresh=fresh)
            self._draft = Draft(generations.cluster, self._name, tables)
        except BaseException:
            self.abandon()
            raise

    @property
    def generation(self) -> str:
        """Return the name of the generation being written."""
        return self._draft.name

    def contents(self) -> Mapping[str, str]:
        """Return the papers that the new generation holds so far: id → content hash."""
        return {claimed: held.hash for claimed, held in self._draft.held.items()}

    def add(self, paper: Paper, content_hash: str, pdf: Path | None = None) -> None:
        """Add a paper, in the place of one with the same id."""
        self._draft.add(paper, content_hash, pdf)

    def delete(self, paper_id: str) -> None:
        """Remove a paper."""
        self._draft.delete(paper_id)

    def publish(self) -> Iterator[str]:
        """Write, verify and publish; yields a word for each step, for progress."""
        try:
            yield "schrijven"
            self._draft.flush()
            yield "verzegelen"
            meta = counted(self._generations.cluster, self.generation)
            if meta["papers"] != len(self._draft.held):
                raise EngineError(
                    f"De nieuwe index heeft {meta['papers']} stukken in plaats van "
                    f"{len(self._draft.held)} en is niet gepubliceerd. Probeer het nog eens met "
                    "--fresh."
                )
            tables = self._draft.tables.digest
            seal(self._generations, self.generation, meta, tables, self._replicas)
            yield "publiceren"
            self._lock.ensure()
            self._generations.publish(self.generation)
            self._published = True
            self._generations.collect()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Throw the unpublished generation away; harmless after `publish`."""
        if self._name is not None and not self._published:
            with contextlib.suppress(EngineError):
                self._generations.drop(self._name)
            self._name = None
        self._lock.release()


class ShareWriter:
    """A share of the next generation; `publish` ends the share, not the build."""

    def __init__(self, generations: Generations, draft: Draft, share: Share) -> None:
        self.damage: tuple[str, ...] = ()
        self._draft, self._share = draft, share
        self._control = Control(generations.cluster)
        self._mark(done=False)

    @property
    def generation(self) -> str:
        """Return the name of the generation being written."""
        return self._draft.name

    def contents(self) -> Mapping[str, str]:
        """Return the papers of this share that the new generation holds so far."""
        return {claimed: held.hash for claimed, held in self._draft.held.items()}

    def add(self, paper: Paper, content_hash: str, pdf: Path | None = None) -> None:
        """Add a paper, in the place of one with the same id."""
        self._draft.add(paper, content_hash, pdf)

    def delete(self, paper_id: str) -> None:
        """Remove a paper."""
        self._draft.delete(paper_id)

    def publish(self) -> Iterator[str]:
        """Wait until the share is acknowledged, and write down that it is done."""
        yield "schrijven"
        self._draft.flush()
        self._mark(done=True)

    def abandon(self) -> None:
        """Leave what is written: the same share, started again, goes on with it."""

    def _mark(self, *, done: bool) -> None:
        value = {"generation": self.generation, "done": done, "papers": len(self._draft.held)}
        self._control.replace(f"share-{self._share.number}", value, None)


def begin(generations: Generations, tables: Tables, shards: int, *, fresh: bool = False) -> str:
    """Start a generation: from the published one if it fits, otherwise (or `fresh`) empty."""
    source = next((row for row in generations.every() if row.published and not fresh), None)
    if source is not None and fits(source) and source.meta.get("tables") == tables.digest:
        return generations.clone(source.name)
    name = generations.create(shards)
    put_tables(generations.cluster, name, tables)
    return name


def fits(generation: Generation) -> bool:
    """Return whether a generation was made with this program's fields and weights."""
    return generation.fingerprint == own_fingerprint()


def seal(
    generations: Generations, name: str, meta: Mapping[str, int], tables: str, replicas: int
) -> None:
    """Close a generation that was counted."""
    built = datetime.now(UTC).isoformat(timespec="seconds")
    said = {"fingerprint": own_fingerprint(), "tables": tables, "built": built, **meta}
    generations.seal(name, said, replicas)


# What stands in an index


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


def _means(cluster: Cluster, name: str) -> dict[str, float] | None:
    cluster.call("POST", f"/{name}/_refresh")
    packed = stored(cluster, name, MEANS, "card")
    return None if packed is None else json.loads(packed)


def _settle_means(cluster: Cluster, name: str, means: Mapping[str, float]) -> dict[str, float]:
    """Write the mean lengths down if nobody did, and return those that hold."""
    value = {"card": json.dumps({name: means[name] for name in TEXT_FIELDS})}
    try:
        cluster.call("PUT", f"/{name}/_create/{MEANS}", value)
    except ClusterError as error:
        if error.status != 409:
            raise
    found = _means(cluster, name)
    if found is None:
        raise EngineError(f"In {name} staan geen gemiddelde lengtes. Start het indexeren opnieuw.")
    return found


def _origin(paper: Paper) -> str:
    """Return what divides papers over shares: by the name of the file, or by the id in a list."""
    return origin_of(paper.source.file if paper.source else paper.id)


def _renamed(paper: Paper, paper_id: str) -> Paper:
    """Return a paper under another id."""
    if paper.id == paper_id:
        return paper
    old = f"{paper.id}#"
    passages = tuple(
        replace(passage, id=f"{paper_id}#{passage.id.removeprefix(old)}")
        if passage.id.startswith(old)
        else passage
        for passage in paper.passages
    )
    return replace(paper, id=paper_id, passages=passages)
