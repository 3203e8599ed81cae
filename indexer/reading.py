"""Files → papers in the store: what is new or changed is read, the rest is known.

In go the files that are meant, out comes what was read in each, while progress is yielded. The
story: a file that the ledger knows by its size and time is not opened; another is hashed, and when
its paper is in the store (it was moved, or the ledger was lost) it is not read either; what is
left goes through child processes, and each paper is in the store as soon as it is there.
"""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer import papers_jsonl
from indexer.beside import WITH_RECORDS, Listings, files_beside
from indexer.deferred import PDFMINER, deferred
from indexer.extract import worker
from indexer.folder import Pdf, Sources
from indexer.how import How
from indexer.ledger import Entry, Ledger, Listed, Stamp, stamp_of
from indexer.paper import Failure, Paper
from indexer.progress import Progress
from indexer.store import Facts, Store, StoreError, facts, sha256_of

EVERY = 500
"""Lines of a list between two reports of progress."""

UNHASHED = "/"
"""Before the path of a file, in the place of its hash: in a first build nothing is known by hashes,
and no other file has its size. Who reads it hashes it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read in every file. `unchanged` are the files that were known."""

    pdfs: dict[Pdf, Entry]
    lists: dict[Path, Listed]
    unchanged: frozenset[Path]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Return the files and lines that could not be read."""
        files = [entry.failure for entry in self.pdfs.values() if entry.failure]
        lines = [failure for listed in self.lists.values() for failure in listed.failures]
        return (*files, *lines)


def gather(
    sources: Sources,
    store: Store,
    ledger: Ledger,
    how: How,
    *,
    meanwhile: Callable[[], None] | None = None,
    heard: Callable[[str, Paper], None] | None = None,
) -> Generator[Progress, None, Gathered]:
    """Read what is new or changed in the sources and return what is known of all of it.

    `meanwhile` is done, when there are PDFs to read, while child processes read the first; `heard`
    is told of each paper that was read, under the hash of its file.
    """
    reader = _Reader(store, ledger, how, heard)
    fresh = yield from reader.look(sources.pdfs)
    yield from reader.read(fresh, meanwhile)
    lists = {}
    for path in sources.lists:
        lists[path] = yield from reader.read_list(path)
    entries = {pdf: reader.entries[pdf] for pdf in sources.pdfs}
    return Gathered(entries, lists, frozenset(reader.unchanged))


class _Reader:
    """One run over the files; `entries` grows until it has all PDFs."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        how: How,
        heard: Callable[[str, Paper], None] | None,
    ) -> None:
        self.entries: dict[Pdf, Entry] = {}
        self.unchanged: set[Path] = set()
        self._store, self._ledger, self._how, self._heard = store, ledger, how, heard
        self._listings = Listings()
        self._sizes: Counter[int] = Counter()
        self._good_keys = how.good_keys  # here, since each takes a hash
        self._try_key = how.try_key

    def look(self, pdfs: Sequence[Pdf]) -> Generator[Progress, None, dict[str, list[Pdf]]]:
        """Find out which PDFs must be read, and return them by their hash."""
        fresh: dict[str, list[Pdf]] = defaultdict(list)
        if self._ledger.is_empty and self._store.is_empty:
            self._sizes = Counter(_sizes(pdfs))
        for number, pdf in enumerate(pdfs, 1):
            try:
                self._look_at(pdf, fresh)
            except OSError as error:
                self.entries[pdf] = _unopened(pdf, error)
            if number % EVERY == 0:
                yield Progress("bekijken", number, len(pdfs))
        return fresh

    def _look_at(self, pdf: Pdf, fresh: dict[str, list[Pdf]]) -> None:
        entry = self._known(pdf)
        if entry is None:
            if self._sizes and self._sizes[pdf.path.stat().st_size] == 1:
                fresh[f"{UNHASHED}{pdf.path}"].append(pdf)
                return
            sha256 = sha256_of(pdf.path)
            beside = files_beside(pdf.path, self._listings)
            entry = None if beside else self._known_by_hash(pdf, sha256)
            if entry is None:
                fresh[sha256].append(pdf)
                return
            self._remember(pdf, entry)
        self.entries[pdf] = entry
        self.unchanged.add(pdf.path)

    def _known(self, pdf: Pdf) -> Entry | None:
        """Return what was read in a file that has the same size and time as then."""
        stamp = _stamp(pdf.path, "", self._listings)
        for key in self._good_keys:
            entry = self._ledger.find(pdf.path, stamp.under(key + stamp.key))
            if entry is not None and self._store.has(entry.sha256, self._good_keys[0]):
                return entry
        if self._how.retry_failed:
            return None
        return self._ledger.find(pdf.path, stamp.under(self._try_key + stamp.key))

    def _known_by_hash(self, pdf: Pdf, sha256: str) -> Entry | None:
        """Return what was read in a file with the same bytes, here or elsewhere."""
        how, ledger = self._how, self._ledger
        if self._store.has(sha256, how.key):
            for key in self._good_keys:
                known = ledger.find_hashed(pdf.path, sha256, key)
                if known is not None:
                    return known
            return self._stored(sha256)
        return None if how.retry_failed else ledger.find_hashed(pdf.path, sha256, how.try_key)

    def _stored(self, sha256: str) -> Entry | None:
        with contextlib.suppress(StoreError):
            paper = self._store.load(sha256, self._how.key)
            entry = Entry(sha256, facts(paper))
            tried = any(page.confidence is not None for page in paper.pages)
            plain = paper.source is None or not paper.source.extractor.endswith(WITH_RECORDS)
            if plain and (tried or self._how.key_of(entry) in self._how.good_keys):
                return entry
        return None

    def _remember(self, pdf: Pdf, entry: Entry) -> None:
        # A record that came since is not in the listings, so that the next build sees it as new.
        stamp = _stamp(pdf.path, self._how.key_of(entry), self._listings)
        self._ledger.put(pdf.path, stamp, entry)

    def read(
        self, fresh: dict[str, list[Pdf]], meanwhile: Callable[[], None] | None
    ) -> Generator[Progress, None, None]:
        """Read PDFs in child processes; the same file under two names is read once."""
        first = {pdfs[0].path: (sha256, pdfs) for sha256, pdfs in fresh.items()}
        if not first:
            return
        how, task = self._how, _task(self._how, self._store.ocr)
        found = worker.run(task, first, workers=how.workers, limits=how.limits, meanwhile=meanwhile)
        failed = 0
        yield Progress("lezen", 0, len(first))
        for number, (path, result) in enumerate(found, 1):
            sha256, pdfs = first[path]
            for pdf in pdfs:
                self.entries[pdf] = self._settle(pdf, sha256, result)
            failed += isinstance(result, Failure)
            yield Progress("lezen", number, len(first), failed)

    def _settle(self, pdf: Pdf, sha256: str, result: Paper | Failure) -> Entry:
        """Keep a result and remember it; a file that is gone by now is a failure too."""
        try:
            entry = self._keep(pdf, sha256, result)
            if entry.failure is None or entry.failure.reason != worker.OF_THE_MACHINE:
                self._remember(pdf, entry)
        except FileNotFoundError:
            told = "Het bestand verdween terwijl het gelezen werd."
            known = "" if sha256.startswith(UNHASHED) else sha256
            return Entry(known, failure=Failure(str(pdf.path), "onleesbaar", told, known or None))
        except PermissionError as error:
            return _unopened(pdf, error)
        return entry

    def _keep(self, pdf: Pdf, sha256: str, result: Paper | Failure) -> Entry:
        if isinstance(result, Failure):
            size = pdf.path.stat().st_size
            sha256 = sha256_of(pdf.path) if sha256.startswith(UNHASHED) else sha256
            failure = replace(result, path=str(pdf.path), sha256=sha256, size=size)
            return Entry(sha256, failure=failure)
        # A file that changed while it was read is known by what was read.
        sha256 = result.source.sha256 if result.source else sha256
        digest = self._store.save(result, sha256, self._how.key)
        if self._heard is not None:
            self._heard(sha256, result)
        return Entry(sha256, facts(result, digest))

    def read_list(self, path: Path) -> Generator[Progress, None, Listed]:
        """Read a list of papers, unless it is known."""
        stamp = stamp_of(path, papers_jsonl.VERSION)
        known = self._ledger.find_list(path, stamp)
        if known is not None:
            self.unchanged.add(path)
            return known
        papers: list[tuple[int, Facts]] = []
        failures: list[Failure] = []
        for line in papers_jsonl.read(path):
            if isinstance(line.paper, Failure):
                failures.append(line.paper)
            else:
                papers.append((line.number, facts(line.paper, line.hash)))
            if line.number % EVERY == 0:
                yield Progress(f"lezen van {path.name}", line.number, 0, len(failures))
        listed = Listed(tuple(papers), tuple(failures))
        self._ledger.put_list(path, stamp, listed)
        return listed


def read_one(path: Path, how: How) -> Paper | Failure:
    """Read one PDF in a child process, nothing kept."""
    task = _task(how, None)
    for _, result in worker.run(task, [path], workers=1, limits=how.limits):
        return result
    return Failure(str(path), "onleesbaar", "De PDF is niet gelezen.")


def _task(how: How, kept: Path | None) -> Callable[[Path], Paper]:
    """Return what reads a PDF in a child process."""
    # Imported here, before the children are made: an unchanged folder does without.
    with deferred(*PDFMINER):
        from indexer.read_paper import ReadPaper  # noqa: PLC0415

    return ReadPaper(how.limits, how.ocr, kept)


def _stamp(path: Path, key: str, listings: Listings) -> Stamp:
    """Return the stamp of a PDF together with the records beside it. Raises `OSError`.

    Its key is another when there are any, so that the paper is not taken for the PDF's alone.
    """
    stamp = stamp_of(path, key)
    for beside in files_beside(path, listings):
        other = stamp_of(beside, key)
        stamp = replace(
            stamp,
            key=key + WITH_RECORDS,
            size=stamp.size + other.size,
            mtime_ns=max(stamp.mtime_ns, other.mtime_ns),
            settled=stamp.settled and other.settled,
        )
    return stamp


def _sizes(pdfs: Sequence[Pdf]) -> Iterator[int]:
    for pdf in pdfs:
        with contextlib.suppress(OSError):
            yield pdf.path.stat().st_size


def _unopened(pdf: Pdf, error: OSError) -> Entry:
    """Return that a file cannot be opened; it is looked at again in the next build."""
    told = f"Het bestand is niet te openen: {error.strerror}. Controleer de rechten."
    return Entry("", failure=Failure(str(pdf.path), "onleesbaar", told))
