"""Papers → an index that nobody reads yet.

In go papers, out come documents, weighed and sent. `Draft` is what one process does, alone or as
one of many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.analysis.tables import Tables
from indexer.engine.opensearch.bulk import Sender
from indexer.engine.opensearch.client import Cluster, ClusterError
from indexer.engine.opensearch.contents import (
    held_papers,
    means,
    origin_of_document,
    settle_means,
)
from indexer.engine.opensearch.documents import (
    Analysed,
    Origin,
    Reader,
    document,
    document_id,
    mean_lengths,
)
from indexer.engine.share import Share, origin_of
from indexer.paper import Paper

FIRST_PAPERS = 200
"""Without a sample (`expect`) the mean lengths come from so many; once for all of a generation."""


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
        self._reader = Reader(tables)
        self._sender = Sender(cluster, name)
        self._means = means(cluster, name)
        self._first: list[Analysed] = []
        self.held = {
            claimed: Held(row_hash, paper_id)
            for claimed, row_hash, paper_id, origin in held_papers(cluster, name)
            if share is None or share.holds_origin(origin)
        }

    def expect(self, papers: Sequence[Paper]) -> None:
        """Settle the mean lengths by these papers, if they were not."""
        if self._means is None and papers:
            told = Origin("", None, "", "")
            lengths = mean_lengths([self._reader.read(paper, told) for paper in papers])
            self._means = settle_means(self._cluster, self.name, lengths)

    def add(self, paper: Paper, content_hash: str, pdf: Path | None) -> None:
        """Take a paper on."""
        claimed, origin = paper.id, _origin(paper)
        if self._share is not None:
            paper = self._own(paper, content_hash, origin)
        self.held[claimed] = Held(content_hash, paper.id)
        told = Origin(content_hash, str(pdf) if pdf else None, origin, claimed)
        given = self._reader.read(paper, told)
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
            self._first = [given for given in self._first if given.origin.claimed != claimed]
            self._sender.send("delete", document_id(held.id), None)

    def flush(self) -> None:
        """Wait until everything is acknowledged."""
        self._weigh()
        self._sender.flush()

    def close(self) -> None:
        """Stop sending; what was not acknowledged is given up."""
        self._sender.close()

    def _send(self, given: Analysed, means: Mapping[str, float]) -> None:
        self._sender.send(
            "index", document_id(given.paper.id), document(given, self._reader, means)
        )

    def _weigh(self) -> None:
        """Settle the mean lengths, or take those that another process settled."""
        if self._means is None:
            if not self._first:
                return
            self._means = settle_means(self._cluster, self.name, mean_lengths(self._first))
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
