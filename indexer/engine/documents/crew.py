"""Papers made ready by one process or several, in the order in which they came.

In go papers one by one, out come batches, their words in the numbers of one lexicon. A batch holds
about as much text for each process, and only so many wait at any time, so that memory stays flat.
Of those that wait large ones are made first, so that no process is still at one when the others
are done.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

from indexer.analysis.tables import Tables
from indexer.engine.documents.ready import Batch, Preparer
from indexer.engine.errors import EngineError
from indexer.engine.postings.lexicon import Lexicon
from indexer.orphans import die_with
from indexer.paper import Paper

LETTERS, SHARED = 400_000, 100_000
"""Of text in a batch, and in one for several processes, so that all begin and end together."""
HELD = 2_000_000
"""Letters in the batches that are held back, to be sent large ones first."""
WAITING = 2
"""Batches that may still wait for each process when the next ones are sent."""

_Papers = list[tuple[Paper, Path | None]]
_mine: list[Preparer] = []


class Crew:
    """Makes papers ready; with one worker in this process itself."""

    def __init__(self, tables: Tables, workers: int, lexicon: Lexicon) -> None:
        self._preparer = Preparer(tables)
        self._lexicon = lexicon
        self._pool: ProcessPoolExecutor | None = None
        if workers > 1:
            self._pool = ProcessPoolExecutor(
                workers,
                multiprocessing.get_context("fork"),
                _start,
                (self._preparer, os.getpid()),
            )
        self._workers, self._most = workers, workers * WAITING
        self._enough = SHARED if self._pool else LETTERS
        self._papers: _Papers = []
        self._letters = 0
        self._held: list[tuple[int, _Papers]] = []
        self._sent: deque[Future[Batch]] = deque()
        self._numbered: dict[Future[Batch], Batch] = {}
        self._taken: dict[int, int] = {}

    def add(self, paper: Paper, pdf: Path | None) -> Iterator[Batch]:
        """Take a paper; yield the batches that are ready."""
        self._papers.append((paper, pdf))
        self._letters += sum(len(passage.text) for passage in paper.passages)
        if self._letters >= self._enough:
            yield from self._hold()
            if self._held and sum(not each.done() for each in self._sent) < self._workers:
                self._send()  # a process has nothing to do
        if sum(letters for letters, _ in self._held) >= HELD:
            self._send()
            while len(self._sent) > self._most:
                yield self._next()

    def rest(self) -> Iterator[Batch]:
        """Yield everything that was taken and not yet given back."""
        yield from self._hold()
        self._send()
        while self._sent:
            yield self._next()

    def close(self) -> None:
        """Let the processes go, without waiting for it; what was not given back is lost."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _hold(self) -> Iterator[Batch]:
        """Make a batch of the papers that were taken: to be sent, or at once when there is none."""
        papers, letters = self._papers, self._letters
        self._papers, self._letters = [], 0
        if papers and self._pool is None:
            yield self._in_our_numbers(self._preparer.batch(papers))
        elif papers:
            self._held.append((letters, papers))

    def _send(self) -> None:
        """Send what is held back, large ones first; it is given back in its own order."""
        held, self._held = self._held, []
        sent: dict[int, Future[Batch]] = {}
        for at in _order([letters for letters, _ in held]):
            if self._pool is not None:
                sent[at] = self._pool.submit(_batch, held[at][1])
        self._sent.extend(sent[at] for at in range(len(held)))

    def _next(self) -> Batch:
        try:
            self._number()
            while self._sent[0] not in self._numbered:
                wait([each for each in self._sent if not each.done()], None, FIRST_COMPLETED)
                self._number()
        except BrokenProcessPool:
            raise EngineError(
                "Een proces dat stukken voor de index klaarmaakt is weggevallen, waarschijnlijk "
                "door gebrek aan geheugen. Probeer het nog eens met --workers 1."
            ) from None
        return self._numbered.pop(self._sent.popleft())

    def _number(self) -> None:
        """Give our numbers to what came, while others are made.

        What a process made before a batch comes before it, but may come while we look.
        """
        came = [each for each in self._sent if each not in self._numbered and each.done()]
        for each in sorted(came, key=lambda each: each.result().told):
            batch = each.result()
            if batch.told <= self._taken.get(batch.encoder, 0):
                self._taken[batch.encoder] = batch.told + len(batch.entries)
                self._numbered[each] = self._in_our_numbers(batch)

    def _in_our_numbers(self, batch: Batch) -> Batch:
        numbers = self._lexicon.learn(batch.encoder, batch.entries)
        words = {
            name: replace(row, numbers=numbers[row.numbers]) for name, row in batch.words.items()
        }
        return replace(batch, words=words, entries=())


def _order(letters: Sequence[int]) -> list[int]:
    """Return in which order batches are sent.

    First what is much larger than others, so that no process is still at it when the others are
    done; the rest as it came, so that what is ready can be written while others are made.
    """
    places = range(len(letters))
    large = [at for at in places if letters[at] > 2 * SHARED]
    large.sort(key=letters.__getitem__, reverse=True)
    return [*large, *(at for at in places if letters[at] <= 2 * SHARED)]


def _start(preparer: Preparer, parent: int) -> None:
    die_with(parent)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops us
    _mine.append(preparer)


def _batch(papers: Sequence[tuple[Paper, Path | None]]) -> Batch:
    return _mine[0].batch(papers)
