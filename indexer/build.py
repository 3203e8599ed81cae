"""SOURCEs → a published index; a generator that yields progress and prints nothing.

In go the sources and a location, out comes a `Report`. The story: everything is read into the
store first, because the analysis learns its words from the whole corpus (`tables`); then what the
index should hold is compared with what it holds, and only the difference is written, as one new
generation. When nothing changed there is none.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer import breaks, papers_jsonl, register
from indexer.analysis.tables import Tables, learn
from indexer.engine.disk import Lock, explained
from indexer.engine.interface import Engine, IndexWriter
from indexer.engine.locate import engine_for
from indexer.folder import Sources, find
from indexer.ledger import Ledger, State
from indexer.paper import Failure, Paper
from indexer.progress import Progress
from indexer.reading import Gathered, How, gather, read_one
from indexer.store import Store, StoreError, texts, write_whole
from indexer.wanted import FromList, FromPdf, Want, Wanted, choose

GROWTH = 1.25
"""The words are learned again when the corpus is this many times what they were learned from."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What to build, from what, where and how. `fresh` starts again from the store."""

    sources: tuple[str, ...]
    location: str
    store: Path
    how: How = field(default_factory=How)
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. Papers, passages and pages are those of the index afterwards.

    `skipped` counts papers that were not read because they were known; `duplicates` files that
    are the same as another; `scans` papers without text and `unsplit` papers of questions in
    which none was found, by file name.
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
    failures_file: Path
    scans: tuple[str, ...] = ()
    unsplit: tuple[str, ...] = ()

    @property
    def reasons(self) -> Counter[str]:
        """Return how often each reason of failure occurs."""
        return Counter(failure.reason for failure in self.failures)


def default_store(location: str) -> Path:
    """Return where read papers are kept when the user does not say it."""
    return Path(".kamerzoek-store") if "://" in location else Path(location) / "store"


def _keep_register(settings: Settings) -> None:
    """Put what the sources' registers say beside the index; without any, there is none."""
    if "://" in settings.location:
        return
    target = Path(settings.location, register.FILE)
    folders = (Path(source, register.HIDDEN, register.FILE) for source in settings.sources)
    found = register.merged(map(register.read, folders))
    if not found:
        target.unlink(missing_ok=True)
    elif register.read(target) != found:
        write_whole(target, register.packed(found))


def _pdf(want: Want) -> Path | None:
    """Return the PDF of a paper, `None` when it comes from a list or from official XML alone."""
    path = want.origin.path if isinstance(want.origin, FromPdf) else None
    return path if path and path.suffix.lower() == ".pdf" else None


def build(settings: Settings) -> Generator[Progress, None, Report]:
    """Bring the index up to date with the sources and return what was done.

    Raises `SourceError`, `StoreError` and `EngineError`, each with a sentence that says what to do.
    """
    start = time.monotonic()
    engine = engine_for(settings.location)
    sources = find(settings.sources)
    with explained(f"De opslag in {settings.store} kan niet worden gebruikt"):
        lock = Lock(settings.store / "lock", f"De opslag in {settings.store}")
    try:
        return (yield from _Build(settings, engine, start).run(sources))
    finally:
        lock.release()


@dataclass
class _Build:
    """One build, from the files to the report."""

    settings: Settings
    engine: Engine
    start: float
    store: Store = field(init=False)
    ledger: Ledger = field(init=False)
    forms: breaks.Forms = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store(self.settings.store)
        self.ledger = Ledger.open(self.settings.store)
        self.forms = breaks.load(self._forms_file)

    def run(self, sources: Sources) -> Generator[Progress, None, Report]:
        """Read, choose, write, publish."""
        try:
            gathered = yield from gather(sources, self.store, self.ledger, self.settings.how)
        except BaseException:
            self.ledger.save(whole=False)
            raise
        wanted = choose(gathered)
        self.store.write_failures(wanted.failures)
        self.ledger.save(whole=True)
        changes = yield from self._write(wanted)
        _keep_register(self.settings)
        return self._report(gathered, wanted, changes)

    def _write(self, wanted: Wanted) -> Generator[Progress, None, tuple[int, int]]:
        tables, words = yield from self._tables(wanted)
        location = self.settings.location
        state = State(location, self._current() or "", wanted.digest, tables.digest, words)
        if state == replace(self.ledger.state, words=words) and not self.settings.fresh:
            return 0, 0
        writer = self.engine.writer(location, tables, self.settings.how.workers)
        try:
            changes = yield from self._change(writer, wanted)
        finally:
            writer.abandon()
        self.ledger.state = replace(state, generation=self._current() or "")
        self.ledger.save(whole=True)
        return changes

    def _tables(self, wanted: Wanted) -> Generator[Progress, None, tuple[Tables, int]]:
        """Return the published tables or newly learned ones, and the words they come from."""
        published = None if self.settings.fresh else self.engine.tables(self.settings.location)
        if published is not None:
            known = self.ledger.state.tables == published.digest
            words = self.ledger.state.words if known else published.learned_from
            if wanted.words <= GROWTH * words:
                return published, words if known else wanted.words
        yield Progress("woorden leren", 0, len(wanted.papers))
        wants = wanted.papers.values()
        census = breaks.Census(pair for want in wants for pair in want.facts.breaks)
        read = self._stored(wants)
        tables = learn(text for paper, _ in read for text in census.seen(paper, texts(paper)))
        self.forms = census.forms()
        breaks.save(self._forms_file, self.forms)
        return tables, wanted.words

    @property
    def _forms_file(self) -> Path:
        return self.settings.store / "breaks.json"

    def _change(
        self, writer: IndexWriter, wanted: Wanted
    ) -> Generator[Progress, None, tuple[int, int]]:
        """Write the difference and publish it; return how many papers were added and removed."""
        has = dict(writer.contents())
        gone = [name for name in has if name not in wanted.papers]
        fresh = self.settings.fresh
        new = [w for w in wanted.papers.values() if fresh or has.get(w.id) != w.hash]
        if not new and not gone and self._current() is not None:
            return 0, 0
        for name in gone:
            writer.delete(name)
        for number, (paper, want) in enumerate(self._papers(new), 1):
            writer.add(paper, want.hash, _pdf(want))
            yield Progress("indexeren", number, len(new))
        for step in writer.publish():
            yield Progress(step, 0, 0)
        return len(new), len(gone)

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
        return self.engine.current(self.settings.location)

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
            generation=self._current() or "",
            seconds=round(time.monotonic() - self.start, 3),
            failures_file=self.store.failures,
            scans=tuple(name for facts, name in rows if facts.scan),
            unsplit=tuple(name for facts, name in rows if facts.unsplit),
        )
