"""SOURCEs → a published index; a generator that yields progress and prints nothing.

In go the sources and a location, out comes a `Report`. The story: everything is read into the
store first, because the analysis learns its words from the whole corpus (`tables`); then what the
index should hold is compared with what it holds, and only the difference is written, as one new
generation. When nothing changed there is none.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer import breaks, papers_jsonl, register
from indexer.analysis.tables import Tables, learn
from indexer.embedding_stage import embed, published_model, source_for
from indexer.engine.disk import Lock, explained
from indexer.engine.interface import (
    Engine,
    EngineError,
    IndexWriter,
    Share,
    SharedEngine,
    VectorEngine,
)
from indexer.engine.locate import engine_for
from indexer.folder import Sources, find
from indexer.ledger import Ledger, Listed, State
from indexer.paper import Failure, Paper
from indexer.progress import Progress
from indexer.reading import Gathered, How, gather, read_one
from indexer.sample import Sample
from indexer.store import Store, StoreError, suffix_of, texts
from indexer.vector_store import VectorStore
from indexer.wanted import FromList, FromPdf, Want, Wanted, choose

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


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. Papers, passages and pages are those of the index afterwards.

    `skipped` counts papers that were not read because they were known; `duplicates` files that
    are the same as another; `scans` papers without text and `unsplit` papers of questions in
    which none was found, by file name; `damage` what was wrong with the index before, which is why
    all of it was made anew; `embedding` is the model of the vectors.
    """

    papers: int
    passages: int
    pages: int
    failures: tuple[Failure, ...]
    skipped: int
    duplicates: int
    added: int
    removed: int
    generation: str
    seconds: float
    failures_file: str
    share: Share | None = None
    scans: tuple[str, ...] = ()
    unsplit: tuple[str, ...] = ()
    damage: tuple[str, ...] = ()
    embedding: str | None = None

    @property
    def reasons(self) -> Counter[str]:
        """Return how often each reason of failure occurs."""
        return Counter(failure.reason for failure in self.failures)


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


def _pdf(want: Want) -> Path | None:
    """Return the PDF of a paper, `None` when it comes from a list or from official XML alone."""
    path = want.origin.path if isinstance(want.origin, FromPdf) else None
    return path if path and path.suffix.lower() == ".pdf" else None


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
    engine = engine_for(settings.location)
    sources = find(settings.sources)
    if settings.share is not None:
        sources = _share_of(sources, settings.share)
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
    ledger: Ledger = field(init=False)
    forms: breaks.Forms = field(init=False)
    sample: Sample = field(default_factory=Sample)
    vectors: VectorStore | None = None
    written: str = ""
    damage: tuple[str, ...] = ()
    learned: bool = False

    def __post_init__(self) -> None:
        share = str(self.settings.share or "")
        self.store = Store(self.settings.store, share)
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
        try:
            gathered = yield from gather(sources, self.store, self.ledger, self.settings.how)
        except BaseException:
            self.ledger.save(whole=False)
            raise
        if self.settings.share is not None:
            gathered = _lines_of(gathered, self.settings.share)
        wanted = choose(gathered)
        self.store.write_failures(wanted.failures)
        self.ledger.save(whole=True)
        changes = yield from self._write(wanted)
        _keep_register(self.settings, self.engine)
        return self._report(gathered, wanted, changes)

    def _vector_store(self) -> VectorStore | None:
        asked = self.settings.embedding
        return source_for(self.engine, self.settings.location, self.store.files, asked=asked)

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
        wants = wanted.papers.values()
        census = breaks.Census(pair for want in wants for pair in want.facts.breaks)
        read = self.sample.seen(paper for paper, _ in self._stored(wants))
        tables = learn(text for paper in read for text in census.seen(paper, texts(paper)))
        self.forms = census.forms()
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
        for number, (paper, want) in enumerate(self._papers(new), 1):
            writer.add(paper, want.hash, _pdf(want))
            yield Progress("indexeren", number, len(new))
        for step in writer.publish():
            yield Progress(step, 0, 0)
        return len(new), len(gone)

    def _embed(self, new: Sequence[Want]) -> Iterator[Progress]:
        """Make the vectors of new texts, when the index is to have any."""
        if self.vectors is None:
            return
        total = sum(want.facts.passages for want in new)
        papers = (paper for paper, _ in self._papers(new))
        for done in embed(papers, self.vectors, self.settings.how.workers):
            yield Progress("vectoren maken", done, total)

    def _papers(self, wants: Iterable[Want]) -> Iterator[tuple[Paper, Want]]:
        """Load papers with the words that were broken at line ends as the corpus writes them."""
        for paper, want in self._stored(wants):
            yield breaks.settled(paper, self.forms), want

    def _stored(self, wants: Iterable[Want]) -> Iterator[tuple[Paper, Want]]:
        """Load papers as they were read, those of a list in one run over it."""
        lists: dict[Path, dict[int, Want]] = {}
        for want in wants:
            if isinstance(want.origin, FromList):
                lists.setdefault(want.origin.path, {})[want.origin.line] = want
            else:
                yield self._paper(want.origin, want.id), want
        for path, lines in lists.items():
            for line in papers_jsonl.read(path, lines):
                if line.number in lines and isinstance(line.paper, Paper):
                    yield line.paper, lines[line.number]

    def _paper(self, origin: FromPdf, paper_id: str) -> Paper:
        """Load a paper; one that is damaged in the store is read from its PDF again."""
        how = self.settings.how
        try:
            return origin.paper(self.store, how.key, paper_id)
        except StoreError:
            again = read_one(origin.path, how)
            if isinstance(again, Failure):
                raise
            self.store.save(again, origin.sha256, how.key)
            return origin.paper(self.store, how.key, paper_id)

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


def _share_of(sources: Sources, share: Share) -> Sources:
    """Return the PDFs of a share; lists are divided by line when they are read."""
    return Sources(tuple(pdf for pdf in sources.pdfs if share.holds(pdf.file)), sources.lists)


def _lines_of(gathered: Gathered, share: Share) -> Gathered:
    """Return what was gathered with only the papers of lists that belong to the share."""
    lists = {
        path: Listed(
            tuple(row for row in listed.papers if share.holds(row[1].id)),
            tuple(failure for failure in listed.failures if share.holds(failure.path)),
        )
        for path, listed in gathered.lists.items()
    }
    return replace(gathered, lists=lists)
