"""A wish → papers in a folder: opens what is needed, runs the sources, leaves the state behind.

In goes a `Wish`, out comes a `Report`, while progress is yielded. One fetch at a time works on a
folder. What a source could not give is in `FOLDER/.kamerzoek/failures.jsonl`, what exists by its
word in `register.json` beside it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from indexer.engine.publishing.disk import Lock
from indexer.files import write_whole
from indexer.progress import Progress
from indexer.register import FILE, HIDDEN, packed
from indexer.sources.client import Client
from indexer.sources.clock import SYSTEM, Clock
from indexer.sources.collect import Collector
from indexer.sources.complete import register_of
from indexer.sources.corpus import Corpus
from indexer.sources.endpoints import Endpoints
from indexer.sources.errors import FetchError, StopError
from indexer.sources.ids import Ids, asked
from indexer.sources.local import Folder, LocalFiles
from indexer.sources.manners import Manners
from indexer.sources.odata import OData
from indexer.sources.odata_names import V4, Names
from indexer.sources.rules import Fetcher, Report, Rules, Source
from indexer.sources.selection import Selection
from indexer.sources.sru import Sru
from indexer.sources.state import State
from indexer.sources.syncfeed import SyncFeed
from indexer.sources.transport import Trace

SOURCES = ("auto", "sru", "odata", "syncfeed")
STATE = "fetched.sqlite3"
WIDE = (
    "Er is niet gezegd wat op te halen. Kies bijvoorbeeld --dossier 36200-VII, --session-year "
    "2023-2024 of een nummer van een stuk; of geef --everything voor alles."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to fetch, from where, and into which folder.

    `words` are identifiers, numbers and addresses; `local` is a folder of PDFs. `full` lists
    everything again; `everything` says that an empty selection is meant.
    """

    folder: Path
    source: str = "auto"
    rules: Rules = field(default_factory=Rules)
    words: tuple[str, ...] = ()
    local: Path | None = None
    full: bool = False
    everything: bool = False
    names: Names = V4
    endpoints: Endpoints = field(default_factory=Endpoints)
    manners: Manners = field(default_factory=Manners)

    @property
    def selection(self) -> Selection:
        """Return what of the source is wanted."""
        return self.rules.selection


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder with its state, while nobody else fetches into it."""

    corpus: Corpus
    state: State


@contextmanager
def opened(folder: Path) -> Iterator[Opened]:
    """Open a folder of papers. Raises `StopError`, and `LockedError` when another is at it."""
    corpus = Corpus(folder)
    corpus.hidden.mkdir(parents=True, exist_ok=True)
    lock = Lock(corpus.hidden / "lock", f"De map {folder}")
    try:
        corpus.open()
        state = State(corpus.hidden / STATE)
        try:
            yield Opened(corpus, state)
        finally:
            state.close()
    finally:
        lock.release()


@contextmanager
def looking(folder: Path) -> Iterator[Opened]:
    """Open a folder to look at what is known of it, also while a fetch runs."""
    corpus = Corpus(folder)
    state = State(corpus.hidden / STATE)
    try:
        yield Opened(corpus, state)
    finally:
        state.close()


def fetch(
    wish: Wish, clock: Clock = SYSTEM, trace: Trace | None = None
) -> Generator[Progress, None, Report]:
    """Fetch one round; `stopped` in the report says why it did not come to its end.

    Raises `StopError` of a wish that cannot be, and `LockedError`.
    """
    _refuse_too_wide(wish)
    yield Progress("bron vragen", 0, 0)  # one that cannot be reached is asked for half a minute
    with opened(wish.folder) as here, Client(wish.endpoints, wish.manners, clock, trace) as client:
        total = Report()
        try:
            for fetcher, source in _sources(wish, here, client):
                yield from _round(wish, here, fetcher, source, total)
        except (FetchError, StopError) as error:
            total.stopped = str(error)
        except sqlite3.Error as error:
            raise StopError(
                f"De stand in {here.corpus.hidden / STATE} is niet te schrijven ({error}). "
                "Controleer of de schijf vol is; wat er al was is bewaard."
            ) from error
        leave_behind(here)
        return total


def leave_behind(here: Opened) -> None:
    """Write what failed and what exists, for people and for a build."""
    rows = [
        {"key": f.key, "name": f.name, "reason": f.reason, "message": f.message, "tries": f.tries}
        for f in here.state.failed()
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_whole(here.corpus.hidden / "failures.jsonl", lines.encode("utf-8", "backslashreplace"))
    _write_changed(here.corpus.hidden / FILE, packed(register_of(here.state)))


def failures_file(folder: Path) -> Path:
    """Return where the papers are listed that could not be fetched."""
    return folder / HIDDEN / "failures.jsonl"


def _round(
    wish: Wish, here: Opened, fetcher: Fetcher, source: Source, total: Report
) -> Generator[Progress, None, None]:
    collector = Collector(fetcher, here.state, here.corpus, wish.rules, uuid4().hex)
    try:
        yield from collector.run(source)
    finally:
        total.add(collector.report)


def _sources(wish: Wish, here: Opened, client: Client) -> Iterator[tuple[Fetcher, Source]]:
    """Yield the sources of a wish, each with what brings its files."""
    selection = wish.selection
    if wish.local is not None:
        yield LocalFiles(wish.local, client.clock), Folder(wish.local, selection)
    if wish.words:
        found = asked(wish.words, wish.endpoints)
        if found.items:
            yield client, Ids(found.items)
        if found.numbers:
            yield (
                client,
                OData(client, here.state, selection, names=wish.names, numbers=found.numbers),
            )
    if wish.words or wish.local is not None:
        return
    full = wish.full or wish.rules.dry
    if wish.source == "syncfeed":
        yield client, SyncFeed(client, here.state, selection)
    elif wish.source == "odata" or (wish.source == "auto" and selection.ministries):
        yield client, OData(client, here.state, selection, names=wish.names, full=full)
    else:
        yield client, Sru(client, here.state, selection, full=full)


def _refuse_too_wide(wish: Wish) -> None:
    named = wish.words or wish.local is not None or not wish.selection.is_empty
    if not named and not wish.everything:
        raise StopError(WIDE)


def _write_changed(path: Path, data: bytes) -> None:
    """Write a file unless it is the same, so that its time says when it changed."""
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
