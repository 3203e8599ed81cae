"""Papers → the next generation of a Whoosh index.

In go papers, out comes a published generation. Segments of the published one are taken over as
they are when it was made with the same fields and tables; Whoosh never writes to a segment again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from indexer.analysis.tables import Tables
from indexer.engine import collector, merging
from indexer.engine.card_columns import names_of
from indexer.engine.documents import shelf
from indexer.engine.documents.cards import TEXTS
from indexer.engine.documents.crew import Crew
from indexer.engine.documents.ready import Batch
from indexer.engine.errors import EngineError
from indexer.engine.fields import digests
from indexer.engine.interface import VectorSource
from indexer.engine.passages import passages_of
from indexer.engine.postings.lexicon import Lexicon
from indexer.engine.publishing import generation
from indexer.engine.publishing.contents import FOLDER, Contents, Held
from indexer.engine.publishing.disk import Disk, explained
from indexer.engine.restock import documents_of
from indexer.engine.segment_writer import ArrayWriter
from indexer.engine.vectors import VectorWriter
from indexer.engine.whoosh_format import TABLES
from indexer.engine.whoosh_schema import CARD, PAPER, PAPER_ID, PASSAGE, make_schema
from indexer.engine.whoosh_storage import DiskStorage
from indexer.paper import Paper

WHOOSH = "whoosh"
SEGMENT_TOKENS = 20_000_000
"""A segment is closed at this many tokens, so that memory is bounded (1.2 GB for 100,000)."""


class WhooshWriter:
    """The next generation; see `indexer.engine.interface.IndexWriter`."""

    def __init__(
        self,
        location: Path,
        tables: Tables,
        fingerprint: str,
        workers: int = 1,
        *,
        fresh: bool = False,
        disk: Disk | None = None,
        vectors: VectorSource | None = None,
    ) -> None:
        """Take over the published generation, unless `fresh`, and when it is whole and fits."""
        self._location = location
        self._tables = tables
        self._fingerprint = fingerprint
        self._lexicon = Lexicon()
        self._waiting: set[str] = set()
        self.damage: tuple[str, ...] = ()
        fitting = None if fresh else _fitting(location, tables, fingerprint, vectors)
        self._previous = previous = self._whole(fitting)
        keep = (lambda name: name.startswith((f"{WHOOSH}/", f"{FOLDER}/"))) if previous else None
        self._draft = generation.begin(location, adopt=keep, disk=disk)
        self._crew = Crew(tables, workers, self._lexicon)
        try:
            with self._writing():
                self._contents = Contents(previous)
                self._vectors = VectorWriter(vectors, previous, _names) if vectors else None
                self._whoosh = self._start(previous)
        except BaseException:
            self._crew.close()
            self._draft.abandon()
            raise

    def _whole(self, previous: Path | None) -> Path | None:
        """Return a generation that has no damage: what is taken over is never summed anew."""
        self.damage = generation.verify(previous) if previous else ()
        return None if self.damage else previous

    def _start(self, previous: Path | None) -> ArrayWriter:
        folder = self._draft.path / WHOOSH
        self._draft.disk.make(folder)
        self._storage = storage = DiskStorage(folder, self._draft.disk)
        if previous is None:
            storage.create_index(make_schema())
        writer = self._segment()
        self._segments_before = [(s.segment_id(), s.doc_count_all()) for s in writer.segments]
        return writer

    def _writing(self) -> contextlib.AbstractContextManager[None]:
        return explained(f"De nieuwe index in {self._location} kan niet worden geschreven")

    def _segment(self) -> ArrayWriter:
        return ArrayWriter(self._storage.open_index(schema=make_schema()), self._lexicon)

    @property
    def generation(self) -> str:
        """Return the name of the generation being written."""
        return self._draft.name

    def contents(self) -> Mapping[str, str]:
        """Return the papers that the new generation holds so far: id → content hash."""
        return self._contents.hashes()

    def expect(self, papers: Sequence[Paper]) -> None:
        """Do nothing: words are weighed when they are searched."""

    def add(self, paper: Paper, content_hash: str, pdf: Path | None = None) -> None:
        """Add a paper, in the place of one with the same id."""
        if paper.id in self._contents:
            self.delete(paper.id)
        pages = paper.source.pages if paper.source else len(paper.pages)
        self._contents.put(paper.id, Held(content_hash, len(passages_of(paper)), pages))
        self._waiting.add(paper.id)
        if self._vectors:
            self._vectors.add(paper)
        with self._writing():
            for batch in self._crew.add(paper, pdf):
                self._write(batch)

    @collector.paused()
    def _write(self, batch: Batch) -> None:
        self._whoosh.add_words(batch.words)
        for passage in batch.passages:
            stored = {PASSAGE: passage.stored}
            if passage.paper is not None:
                stored[PAPER] = passage.paper
            self._whoosh.add_ready(
                {PAPER_ID: [(passage.paper_id, 0)]},
                dict(zip(TEXTS, passage.lengths, strict=True)),
                stored,
                {CARD: passage.card},
            )
            self._waiting.discard(passage.paper_id)
        if self._whoosh.pool.size > SEGMENT_TOKENS:
            self._whoosh.commit(merge=False)
            self._whoosh = self._segment()

    def _write_rest(self) -> None:
        for batch in self._crew.rest():
            self._write(batch)

    def delete(self, paper_id: str) -> None:
        """Remove a paper."""
        if paper_id in self._waiting:
            with self._writing():
                self._write_rest()
        self._whoosh.delete_named(paper_id)
        self._contents.drop(paper_id)

    def publish(self) -> Iterator[str]:
        """Write, verify and publish; yields a word for each step, for progress."""
        try:
            yield "schrijven"
            with self._writing():
                self._write_rest()
                self._crew.close()
                with collector.paused():
                    self._whoosh.commit(mergetype=merging.policy)
                    self._write_tables()
                    self._write_shelf()
                if self._vectors:
                    self._vectors.write(self._draft.path, self._draft.disk)
            yield "verzegelen"
            self._draft.seal(
                fingerprint=self._fingerprint,
                counts=self._contents.counts(),
                built=datetime.now(UTC).isoformat(timespec="seconds"),
                extra={
                    "tables": self._tables.digest,
                    "embedding": self._vectors and self._vectors.model,
                    "fields": digests(),
                },
            )
            yield "publiceren"
            self._probe()
            self._draft.publish()
            collector.resumed()
        except BaseException:
            self.abandon()
            raise

    def _write_tables(self) -> None:
        folder = self._draft.path
        tables = json.dumps(self._tables.to_json(), ensure_ascii=False)
        self._draft.disk.write(folder / TABLES, tables.encode())
        self._contents.write(folder, self._draft.disk)

    def _write_shelf(self) -> None:
        """Keep what a reader needs of every document as arrays, so that it opens at once."""
        with _opened(self._draft.path) as reader:
            before = shelf.read(self._previous / shelf.FILE) if self._previous else None
            made = documents_of(reader, before, self._segments_before)
            with self._draft.disk.create(self._draft.path / shelf.FILE) as stream:
                shelf.write(stream, made)

    def _probe(self) -> None:
        """Open what was written as a reader would, and count it."""
        index = FileStorage(str(self._draft.path / WHOOSH)).open_index(schema=make_schema())
        found, said = index.doc_count(), self._contents.counts()["passages"]
        index.close()
        if found != said:
            raise EngineError(
                f"De nieuwe index heeft {found} passages in plaats van {said} en is niet "
                "gepubliceerd. Probeer het nog eens met --fresh."
            )

    def abandon(self) -> None:
        """Throw the unpublished generation away; harmless after `publish`."""
        collector.resumed()
        self._crew.close()
        if not self._whoosh.is_closed:
            # Whoosh writes what it holds before it lets go; after a fault that may fail again.
            with contextlib.suppress(Exception):
                self._whoosh.cancel()
        self._draft.abandon()


@contextlib.contextmanager
def _opened(generation: Path) -> Iterator[Any]:
    index = FileStorage(str(generation / WHOOSH)).open_index(schema=make_schema())
    reader = index.reader()
    try:
        yield reader
    finally:
        reader.close()
        index.close()


def _names(generation: Path) -> list[tuple[str, str]]:
    """Return paper and passage id of each document of a generation, in order."""
    with _opened(generation) as reader:
        return list(names_of(reader, shelf.read(generation / shelf.FILE)))


def _fitting(
    location: Path, tables: Tables, fingerprint: str, vectors: VectorSource | None
) -> Path | None:
    """Return the published generation if this writer can go on from it, damaged or not.

    One without the vectors that are asked for does not say which texts its passages have.
    """
    try:
        if generation.current(location) is None:
            return None
        path = generation.current_path(location)
        manifest = generation.read_manifest(path)
    except EngineError:
        return None  # nothing can be taken over; who reads it is told why
    fits = manifest.fingerprint == fingerprint and manifest.extra.get("tables") == tables.digest
    fits &= vectors is None or manifest.extra.get("embedding") == vectors.model
    return path if fits else None
