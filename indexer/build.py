"""SOURCEs → a published index; a generator that yields progress and prints nothing.

In go the sources and a location, out comes a `Report`. The story: everything is read into the
store first, because the analysis learns its words from the whole corpus (`tables`); then what the
index should hold is compared with what it holds, and only the difference is written, as one new
generation. When nothing changed there is none.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import breaks, register, shares
from indexer.analysis.tables import Tables
from indexer.engine.embedded import published_model
from indexer.engine.errors import EngineError
from indexer.engine.interface import Engine, IndexWriter, SharedEngine, VectorEngine
from indexer.engine.locate import engine_for, load_writer
from indexer.engine.publishing.disk import Lock, explained
from indexer.engine.share import Share
from indexer.folder import Sources, find
from indexer.how import How
from indexer.learning import Heard, learned
from indexer.ledger import Ledger, State
from indexer.progress import Progress
from indexer.reading import Gathered, gather
from indexer.report import Report
from indexer.sample import Sample
from indexer.store import Store, suffix_of
from indexer.stored import Stored, pdf_of
from indexer.wanted import Want, Wanted, choose

if TYPE_CHECKING:
    from indexer.vector_store import VectorStore

GROWTH = 1.25
"""The words are learned again when the corpus is this many times what they were learned from."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What to build, from what, where and how. `fresh` starts again from the store.

    `embedding`: with vectors or without; `None` as the published index is.

    With a `share` this process does its part of the files only; `Engine.publish` ends the build.
    """

    sources: tuple[str, ...]
    location: str
    store: Path | str
    how: How = field(default_factory=How)
    fresh: bool = False
    share: Share | None = None
    embedding: bool | None = None


def default_store(location: str) -> Path:
    """Return where read papers are kept when the user does not say it."""
    return Path(".kamerzoek-store") if "://" in location else Path(location) / "store"


def _keep_register(settings: Settings, engine: Engine) -> None:
    """Put what the sources' registers say beside the index; without any, there is none."""
    folders = (Path(source, register.HIDDEN, register.FILE) for source in settings.sources)
    found = register.merged(map(register.read, folders))
    data = register.packed(found) if found else None
    if engine.kept(settings.location, register.FILE) != data:
        engine.keep(settings.location, register.FILE, data)


def shared(engine: Engine, location: str) -> SharedEngine:
    """Return the engine as one that many processes can write to. Raises `EngineError`."""
    if not isinstance(engine, SharedEngine):
        raise EngineError(
            f"In {location} kan maar één proces tegelijk schrijven. Bouwen in delen (--share) kan "
            "met een index in OpenSearch: opensearch+https://host:poort/naam."
        )
    return engine


def build(settings: Settings) -> Generator[Progress, None, Report]:
    """Bring the index up to date with the sources and return what was done.

    Raises `SourceError`, `StoreError` and `EngineError`, each with a sentence that says what to do.
    """
    start = time.monotonic()
    engine = engine_for(settings.location, lean=True)
    sources = find(settings.sources)
    if settings.share is not None:
        sources = shares.files_of(sources, settings.share)
    run = _Build(settings, engine, start)
    with run.locked():
        return (yield from run.run(sources))


@dataclass
class _Build:
    """One build, from the files to the report."""

    settings: Settings
    engine: Engine
    start: float
    store: Store = field(init=False)
    stored: Stored = field(init=False)
    ledger: Ledger = field(init=False)
    forms: breaks.Forms = field(init=False)
    sample: Sample = field(default_factory=Sample)
    heard: Heard = field(default_factory=Heard)
    vectors: VectorStore | None = None
    written: str = ""
    damage: tuple[str, ...] = ()
    learned: bool = False

    def __post_init__(self) -> None:
        share = str(self.settings.share or "")
        self.store = Store(self.settings.store, share)
        self.stored = Stored(self.store, self.settings.how)
        self.ledger = Ledger.open(self.settings.store, share)
        self.forms = breaks.load(self.store.files)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other builds from the store, when it is on a disk; each share has its own lock.

        An object store has no locks: papers there are whole and known by their hash, so that two
        builds at once only do work twice.
        """
        local, what = self.store.files.local, f"De opslag in {self.settings.store}"
        if local is None:
            yield
            return
        with explained(f"{what} kan niet worden gebruikt"):
            lock = Lock(local / f"lock{suffix_of(str(self.settings.share or ''))}", what)
        try:
            self.store.files.sweep()
            yield
        finally:
            lock.release()

    def run(self, sources: Sources) -> Generator[Progress, None, Report]:
        """Read, choose, write, publish."""
        self.vectors = self._vector_store()
        load = partial(load_writer, self.settings.location)
        first = self.settings.fresh or not self.ledger.state.generation
        try:
            gathered = yield from gather(
                sources,
                self.store,
                self.ledger,
                self.settings.how,
                meanwhile=load,
                heard=self.heard.take if first else None,
            )
        except BaseException:
            self.ledger.save(whole=False)
            raise
        if self.settings.share is not None:
            gathered = shares.lines_of(gathered, self.settings.share)
        wanted = choose(gathered)
        self.store.write_failures(wanted.failures)
        self.ledger.save(whole=True)
        changes = yield from self._write(wanted)
        _keep_register(self.settings, self.engine)
        return self._report(gathered, wanted, changes)

    def _vector_store(self) -> VectorStore | None:
        """Return the vectors; asked with `None` an index goes on as it is."""
        asked, location = self.settings.embedding, self.settings.location
        if asked is False or (asked is None and published_model(self.engine, location) is None):
            return None
        # Imported where there are vectors: with numpy it takes a tenth of a second.
        from indexer.embedding_stage import source_for  # noqa: PLC0415

        return source_for(self.engine, self.store.files)

    def _write(self, wanted: Wanted) -> Generator[Progress, None, tuple[int, int]]:
        tables, words = yield from self._tables(wanted)
        location = self.settings.location
        state = State(location, self._current() or "", wanted.digest, tables.digest, words)
        state = replace(state, embedding=self.vectors.model if self.vectors else "")
        same = state == replace(self.ledger.state, words=words) and not self.learned
        if same and not self.settings.fresh and self.settings.share is None:
            return 0, 0
        writer = self._writer(tables)
        self.written, self.damage = writer.generation, writer.damage
        try:
            changes = yield from self._change(writer, wanted)
        finally:
            writer.abandon()
        self.ledger.state = replace(state, generation=self._current() or "")
        self.ledger.save(whole=True)
        return changes

    def _writer(self, tables: Tables) -> IndexWriter:
        location, share = self.settings.location, self.settings.share
        workers, fresh = self.settings.how.workers, self.settings.fresh
        if self.vectors and isinstance(self.engine, VectorEngine):
            return self.engine.vector_writer(location, tables, workers, self.vectors, fresh=fresh)
        if share is None:
            return self.engine.writer(location, tables, workers, fresh=fresh)
        return shared(self.engine, location).join(location, tables, share)

    def _tables(self, wanted: Wanted) -> Generator[Progress, None, tuple[Tables, int]]:
        """Return the published tables or newly learned ones, and the words they come from."""
        location, share = self.settings.location, self.settings.share
        draft = shared(self.engine, location).draft_tables(location) if share else None
        if draft is not None:
            self.forms = breaks.load(self.store.files)  # of the share that made the draft
            return draft, wanted.words
        published = None if self.settings.fresh else self.engine.tables(location)
        if published is not None:
            known = self.ledger.state.tables == published.digest
            words = self.ledger.state.words if known else published.learned_from
            if wanted.words <= GROWTH * words:
                return published, words if known else wanted.words
        self.learned = True  # so that what is published does not fit, though its words may be these
        yield Progress("woorden leren", 0, len(wanted.papers))
        wants = tuple(wanted.papers.values())
        rows = self.stored.as_read(wants)
        tables, self.forms = learned(rows, wants, self.heard, self.sample)
        self.heard = Heard()  # its words are many
        breaks.save(self.store.files, self.forms)
        return tables, wanted.words

    def _change(
        self, writer: IndexWriter, wanted: Wanted
    ) -> Generator[Progress, None, tuple[int, int]]:
        """Write the difference and publish it; return how many papers were added and removed."""
        has = dict(writer.contents())
        gone = [name for name in has if name not in wanted.papers]
        fresh = self.settings.fresh
        new = [w for w in wanted.papers.values() if fresh or has.get(w.id) != w.hash]
        drops = not self.vectors and published_model(self.engine, self.settings.location)
        unchanged = not new and not gone and not drops and self._current() is not None
        if unchanged and self.settings.share is None:
            return 0, 0
        yield from self._embed(new)
        for name in gone:
            writer.delete(name)
        writer.expect(self.sample.papers)
        for number, (paper, want) in enumerate(self.stored.papers(new, self.forms), 1):
            writer.add(paper, want.hash, pdf_of(want))
            yield Progress("indexeren", number, len(new))
        for step in writer.publish():
            yield Progress(step, 0, 0)
        return len(new), len(gone)

    def _embed(self, new: Sequence[Want]) -> Iterator[Progress]:
        """Make the vectors of new texts, when the index is to have any."""
        if self.vectors is None:
            return
        from indexer.embedding_stage import embed  # noqa: PLC0415 - as above

        total = sum(want.facts.passages for want in new)
        papers = (paper for paper, _ in self.stored.papers(new, self.forms))
        for done in embed(papers, self.vectors, self.settings.how.workers):
            yield Progress("vectoren maken", done, total)

    def _current(self) -> str | None:
        """Return the published generation; one that cannot be read is none for a fresh build."""
        try:
            return self.engine.current(self.settings.location)
        except EngineError:
            if not self.settings.fresh:
                raise
            return None

    def _report(self, gathered: Gathered, wanted: Wanted, changes: tuple[int, int]) -> Report:
        wants = wanted.papers.values()
        rows = [(want.facts, want.origin.name) for want in wants]
        return Report(
            papers=len(rows),
            passages=sum(facts.passages for facts, _ in rows),
            pages=sum(facts.pages for facts, _ in rows),
            failures=wanted.failures,
            skipped=sum(want.origin.path in gathered.unchanged for want in wants),
            duplicates=wanted.duplicates,
            added=changes[0],
            removed=changes[1],
            generation=self.written if self.settings.share else self._current() or "",
            seconds=round(time.monotonic() - self.start, 3),
            failures_file=self.store.failures,
            share=self.settings.share,
            scans=tuple(name for facts, name in rows if facts.scan),
            unsplit=tuple(name for facts, name in rows if facts.unsplit),
            damage=self.damage,
            embedding=self.vectors.model if self.vectors else None,
        )
