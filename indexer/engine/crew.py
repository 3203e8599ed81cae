"""Papers made ready by one process or several, in the order in which they came.

In go papers one by one, out come batches. A batch holds about as much text for each process, and
only a few wait at any time, so that memory stays flat.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from indexer.analysis.tables import Tables
from indexer.engine.errors import EngineError
from indexer.engine.ready import Batch, Preparer
from indexer.orphans import die_with
from indexer.paper import Paper

LETTERS, SHARED = 400_000, 100_000
"""Of text in a batch, and in one for several processes, so that all begin and end together."""
WAITING = 2
"""Batches that may wait for each process."""

_mine: list[Preparer] = []


class Crew:
    """Makes papers ready; with one worker in this process itself."""

    def __init__(self, tables: Tables, workers: int) -> None:
        self._preparer = Preparer(tables)
        self._pool: ProcessPoolExecutor | None = None
        if workers > 1:
            self._pool = ProcessPoolExecutor(
                workers,
                multiprocessing.get_context("fork"),
                _start,
                (self._preparer, os.getpid()),
            )
        self._most = workers * WAITING
        self._enough = SHARED if self._pool else LETTERS
        self._papers: list[tuple[Paper, Path | None]] = []
        self._letters = 0
        self._sent: deque[Future[Batch]] = deque()

    def add(self, paper: Paper, pdf: Path | None) -> Iterator[Batch]:
        """Take a paper; yield the batches that are ready."""
        self._papers.append((paper, pdf))
        self._letters += sum(len(passage.text) for passage in paper.passages)
        if self._letters >= self._enough:
            yield from self._send()

    def rest(self) -> Iterator[Batch]:
        """Yield everything that was taken and not yet given back."""
        yield from self._send()
        while self._sent:
            yield self._next()

    def close(self) -> None:
        """Let the processes go; what was not given back is lost."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _send(self) -> Iterator[Batch]:
        papers, self._papers, self._letters = self._papers, [], 0
        if not papers:
            return
        if self._pool is None:
            yield self._preparer.batch(papers)
            return
        self._sent.append(self._pool.submit(_batch, papers))
        while len(self._sent) > self._most:
            yield self._next()

    def _next(self) -> Batch:
        try:
            return self._sent.popleft().result()
        except BrokenProcessPool:
            raise EngineError(
                "Een proces dat stukken voor de index klaarmaakt is weggevallen, waarschijnlijk "
                "door gebrek aan geheugen. Probeer het nog eens met --workers 1."
            ) from None


def _start(preparer: Preparer, parent: int) -> None:
    die_with(parent)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops us
    _mine.append(preparer)


def _batch(papers: Sequence[tuple[Paper, Path | None]]) -> Batch:
    return _mine[0].batch(papers)
