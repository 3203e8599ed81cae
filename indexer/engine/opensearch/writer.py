"""Papers → the next generation in OpenSearch, by one process or by many.

In go papers, out comes a published generation. `OpenSearchWriter` owns the index that is written;
`ShareWriter` is one of many processes that write to the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from indexer.analysis.tables import Tables
from indexer.engine.errors import EngineError
from indexer.engine.fields import digests
from indexer.engine.opensearch.contents import counted, put_tables
from indexer.engine.opensearch.control import Control, WriterLock, refuse_draft
from indexer.engine.opensearch.draft import Draft
from indexer.engine.opensearch.generations import Generation, Generations
from indexer.engine.opensearch.mapping import own_fingerprint
from indexer.engine.share import Share
from indexer.paper import Paper


class DraftWriter:
    """What both writers do with the index that is being written."""

    damage: tuple[str, ...] = ()
    _draft: Draft

    @property
    def generation(self) -> str:
        """Return the name of the generation being written."""
        return self._draft.name

    def contents(self) -> Mapping[str, str]:
        """Return the papers that this writer put in so far: id → content hash."""
        return {claimed: held.hash for claimed, held in self._draft.held.items()}

    def expect(self, papers: Sequence[Paper]) -> None:
        """Settle the mean lengths by papers that stand for the corpus, unless that was done."""
        self._draft.expect(papers)

    def add(self, paper: Paper, content_hash: str, pdf: Path | None = None) -> None:
        """Add a paper, in the place of one with the same id."""
        self._draft.add(paper, content_hash, pdf)

    def delete(self, paper_id: str) -> None:
        """Remove a paper."""
        self._draft.delete(paper_id)


class OpenSearchWriter(DraftWriter):
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
            self._drop()
            raise

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
        self._draft.close()
        self._drop()

    def _drop(self) -> None:
        if self._name is not None and not self._published:
            with contextlib.suppress(EngineError):
                self._generations.drop(self._name)
            self._name = None
        self._lock.release()


class ShareWriter(DraftWriter):
    """A share of the next generation; `publish` ends the share, not the build."""

    def __init__(self, generations: Generations, draft: Draft, share: Share) -> None:
        self._draft, self._share = draft, share
        self._control = Control(generations.cluster)
        self._mark(done=False)

    def publish(self) -> Iterator[str]:
        """Wait until the share is acknowledged, and write down that it is done."""
        yield "schrijven"
        self._draft.flush()
        self._mark(done=True)
        self._draft.close()

    def abandon(self) -> None:
        """Leave what is written: the same share, started again, goes on with it."""
        self._draft.close()

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
    said = {"fingerprint": own_fingerprint(), "fields": digests(), "tables": tables}
    generations.seal(name, said | {"built": built, **meta}, replicas)


# What stands in an index
