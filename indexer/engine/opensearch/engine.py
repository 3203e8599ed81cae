"""The distributed engine: a published generation in OpenSearch, opened for searching.

In goes a LOCATION `opensearch+http(s)://host:port/name`, out come an `Index` and, for building, an
`IndexWriter`. An open index goes on with its own generation when another is published.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock

from indexer.analysis.chains import searching
from indexer.analysis.tables import Tables
from indexer.engine import lookup
from indexer.engine.errors import EngineError, FingerprintError
from indexer.engine.opensearch import passages, shares
from indexer.engine.opensearch.address import parse
from indexer.engine.opensearch.client import Cluster
from indexer.engine.opensearch.contents import counted, get_tables, stored, stored_of
from indexer.engine.opensearch.control import Control
from indexer.engine.opensearch.documents import document_id
from indexer.engine.opensearch.generations import Generation, Generations
from indexer.engine.opensearch.mapping import own_fingerprint
from indexer.engine.opensearch.search import opened, search
from indexer.engine.opensearch.writer import OpenSearchWriter, ShareWriter
from indexer.engine.query import Node
from indexer.engine.results import (
    GenerationInfo,
    PassageRequest,
    Piece,
    RankedPassage,
    Reading,
    Results,
    SearchRequest,
    StoredPassage,
    Summary,
)
from indexer.engine.share import Share
from indexer.engine.shown import snippets, windows
from indexer.paper import Paper
from indexer.paper_json import from_json

SHARDS = "KAMERZOEK_OPENSEARCH_SHARDS"
REPLICAS = "KAMERZOEK_OPENSEARCH_REPLICAS"
REMEMBERED_PDFS = 5_000


class OpenSearchIndex:
    """A published generation; see `indexer.engine.interface.Index`."""

    def __init__(
        self, cluster: Cluster, generation: Generation, tables: Tables, shards: int
    ) -> None:
        self._cluster = cluster
        self._name = generation.name
        self._meta = generation.meta
        self._tables = tables
        self._analyzer = searching(tables)
        self._opened = opened(
            cluster,
            generation.name,
            self._analyzer,
            papers=generation.meta["papers"],
            shards=shards,
        )
        self._pdfs: OrderedDict[str, str | None] = OrderedDict()
        self._lock = Lock()

    @property
    def summary(self) -> Summary:
        """Return what this generation holds."""
        return Summary(
            generation=self._name,
            built=self._meta["built"],
            papers=self._meta["papers"],
            passages=self._meta["passages"],
            pages=self._meta["pages"],
            words=self._meta["tables"],
        )

    def words(self) -> Mapping[str, int]:
        """Return the words of the corpus with their counts, rare ones left out."""
        return self._tables.words()

    def search(self, request: SearchRequest) -> Results:
        """Return one page of results. Raises `QueryBudgetError` when it asks for too much."""
        found = search(self._opened, request)
        self._remember(found.pdfs)
        return found.results

    def rank_passages(self, request: PassageRequest) -> tuple[RankedPassage, ...]:
        """Return the best passages, best first; all words of a bag give no lift here."""
        return passages.rank_passages(self._opened, request)

    def passage(self, key: str) -> StoredPassage:
        """Return a passage that `rank_passages` of this open index named."""
        return passages.passage(self._opened, key)

    def passages(self, keys: Sequence[str]) -> tuple[StoredPassage, ...]:
        """Return several of them in the order asked for, in one request."""
        return passages.passages(self._opened, keys)

    def read(self, query: Node, *, literal: bool = False) -> tuple[Reading, ...]:
        """Explain how the words of a query are looked up, in the order of the query."""
        return lookup.readings(query, self._analyzer, literal=literal)

    def mark(self, text: str, query: Node, *, literal: bool = False) -> tuple[Piece, ...]:
        """Cut a text into pieces, those that match the query marked."""
        want = lookup.wanted(query, self._analyzer, literal=literal)
        found = snippets.spans(text, self._analyzer, want, literal=literal)
        return windows.pieces(text, found, 0, len(text))

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its id, or `None`."""
        return self.papers((paper_id,)).get(paper_id)

    def papers(self, paper_ids: Sequence[str]) -> Mapping[str, Paper]:
        """Return those of these papers that are there, by id, asked for all at once."""
        names = {document_id(name): name for name in paper_ids}
        found = stored_of(self._cluster, self._name, list(names), "packed")
        return {
            names[name]: from_json(json.loads(zlib.decompress(base64.b64decode(packed))))
            for name, packed in found.items()
        }

    def pdf(self, paper_id: str) -> Path | None:
        """Return the paper's PDF if it is still a plain file where it was indexed."""
        with self._lock:
            known = paper_id in self._pdfs
            name = self._pdfs.get(paper_id)
        if not known:
            card = stored(self._cluster, self._name, document_id(paper_id), "card")
            name = json.loads(card)["pdf"] if card else None
            self._remember({paper_id: name})
        if name is None:
            return None
        path = Path(name)
        return path if path.is_file() and path.resolve() == path else None

    def close(self) -> None:
        """Close the connections; no call may follow."""
        self._cluster.close()

    def _remember(self, pdfs: Mapping[str, str | None]) -> None:
        with self._lock:
            self._pdfs.update(pdfs)
            while len(self._pdfs) > REMEMBERED_PDFS:
                self._pdfs.popitem(last=False)


class OpenSearchEngine:
    """The distributed engine; see `indexer.engine.interface.SharedEngine`."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self._clusters: dict[str, Cluster] = {}

    def open(self, location: str) -> OpenSearchIndex:
        """Open the published generation. Raises `IndexNotFoundError`, `FingerprintError`."""
        generations = Generations(Cluster(parse(location), self._environment))
        found = generations.published(location)
        tables = get_tables(generations.cluster, found.name)
        if (
            found.fingerprint != own_fingerprint()
            or tables is None
            or tables.digest != found.meta.get("tables")
        ):
            raise FingerprintError(
                f"De index in {location} is met een andere versie van Kamerzoek gemaakt. "
                f"Maak hem opnieuw met: python -m indexer build MAP --index {location}"
            )
        count = generations.shards(found.name)
        return OpenSearchIndex(generations.cluster, found, tables, count)

    def tables(self, location: str) -> Tables | None:
        """Return the analysis tables of the published generation if they fit this program."""
        generations = self._generations(location)
        found = next((row for row in generations.every() if row.published), None)
        if found is None or found.fingerprint != own_fingerprint():
            return None
        return get_tables(generations.cluster, found.name)

    def writer(
        self, location: str, tables: Tables, workers: int = 1, *, fresh: bool = False
    ) -> OpenSearchWriter:
        """Start the next generation. Raises `LockedError` when another process is writing.

        Many processes write together by shares (`join`), so `workers` changes nothing here.
        """
        del workers
        generations = self._generations(location)
        shape = self._shape(generations.cluster)
        return OpenSearchWriter(generations, location, tables, shape, fresh=fresh)

    def current(self, location: str) -> str | None:
        """Return the name of the published generation: cheap, to see whether it moved on."""
        return self._generations(location).current()

    def check(self, location: str) -> tuple[str, ...]:
        """Return what is wrong with the published generation, a sentence each; empty is sound."""
        generations = self._generations(location)
        found = generations.published(location)
        health = generations.cluster.call("GET", f"/_cluster/health/{found.name}")
        missing = health["unassigned_shards"] + health["initializing_shards"]
        wrong = []
        if health["status"] == "red":
            wrong.append(f"Niet alle delen van {found.name} zijn er. Start de nodes die uit staan.")
        elif missing:
            wrong.append(f"Van {found.name} ontbreken {missing} kopieën: een node staat uit.")
        if wrong:
            return tuple(wrong)
        try:
            self.open(location).close()
        except EngineError as error:
            return (str(error),)
        really = counted(generations.cluster, found.name)
        return tuple(
            f"De index zegt {found.meta[name]} {name} te hebben en heeft er {number}."
            for name, number in really.items()
            if found.meta[name] != number
        )

    def generations(self, location: str) -> tuple[GenerationInfo, ...]:
        """Return the generations that are kept, the newest first."""
        return self._generations(location).infos()

    def roll_back(self, location: str) -> str:
        """Publish the generation before the published one again and return its name."""
        return self._generations(location).roll_back(location)

    def keep(self, location: str, name: str, data: bytes | None) -> None:
        """Keep a small file beside the index whatever its generation, or remove it (`None`)."""
        control = Control(self._generations(location).cluster)
        if data is None:
            control.delete(name)
            return
        control.prepare()
        control.replace(name, {"data": base64.b64encode(data).decode()}, None)

    def kept(self, location: str, name: str) -> bytes | None:
        """Return a file that is kept beside the index, `None` without it."""
        found = Control(self._generations(location).cluster).get(name)
        return None if found is None else base64.b64decode(found["_source"]["data"])

    # Many processes

    def draft_tables(self, location: str) -> Tables | None:
        """Return the tables of the generation that is being written together, if there is one."""
        return shares.draft_tables(self._generations(location))

    def join(self, location: str, tables: Tables, share: Share) -> ShareWriter:
        """Write a share of the next generation; the first to come decides on its tables."""
        generations = self._generations(location)
        count, _ = self._shape(generations.cluster)
        return shares.join(generations, location, tables, share, count)

    def publish(self, location: str, *, abandon: bool = False) -> str:
        """Publish what all shares wrote, or throw it away, and return its name."""
        generations = self._generations(location)
        if abandon:
            return shares.abandon(generations, location)
        _, replicas = self._shape(generations.cluster)
        return shares.publish(generations, location, replicas)

    def _generations(self, location: str) -> Generations:
        """Return the generations of a location, over one connection for all calls."""
        cluster = self._clusters.get(location)
        if cluster is None:
            cluster = self._clusters[location] = Cluster(parse(location), self._environment)
        return Generations(cluster)

    def _shape(self, cluster: Cluster) -> tuple[int, int]:
        """Return the number of shards and of copies: a shard a node, a copy when there are more."""
        nodes = int(cluster.call("GET", "/_cluster/health")["number_of_data_nodes"])
        return shape_settings(self._environment, nodes)


def shape_settings(environment: Mapping[str, str], nodes: int) -> tuple[int, int]:
    """Return shards and copies for so many nodes. Raises `EngineError` for a wrong setting."""
    shards = _number(environment, SHARDS, nodes, least=1)
    return shards, _number(environment, REPLICAS, min(1, nodes - 1), least=0)


def _number(environment: Mapping[str, str], name: str, otherwise: int, *, least: int) -> int:
    text = environment.get(name, "")
    if not text:
        return otherwise
    if not text.isdecimal() or not least <= int(text) <= 1024:
        raise EngineError(f"{name} moet een getal van {least} tot en met 1024 zijn.")
    return int(text)
