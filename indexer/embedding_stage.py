"""Passages → vectors in the store, by several processes: a step of a build.

In go papers, out comes progress; what the store has already costs nothing. Each process loads the
model for itself (150 MB) and uses one core: texts differ in length, so that processes side by side
leave less idle than threads within one text. They are started afresh (`spawn`), so that nothing of
the libraries that the build has loaded comes with them half.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

import numpy as np

from indexer.analysis.embedding import (
    PASSAGE_LETTERS,
    EmbeddingError,
    Packed,
    joined,
    key_of,
    model_name,
    passages_packed,
)
from indexer.engine.errors import EngineError
from indexer.engine.interface import Engine, VectorEngine
from indexer.engine.passages import passages_of
from indexer.files import Files
from indexer.paper import Paper
from indexer.vector_store import VectorStore

TOGETHER = 16
"""Passages that a process is given at once."""
WAITING = 3
"""Of those, how many may wait for each process."""
SAVED = 1024
"""Vectors that are saved at once: some minutes of work."""

Made = tuple[list[int], Future[Packed]]


def source_for(engine: Engine, files: Files) -> VectorStore:
    """Return the vectors for an index that is to have them. Raises `EngineError`."""
    if not isinstance(engine, VectorEngine):
        raise EngineError(
            "Vectoren (--embedding) zijn er alleen in een index in een map, niet in OpenSearch. "
            "Laat --embedding weg, of bouw een index met --index MAP."
        )
    name = model_name()
    if name is None:
        raise EngineError(str(EmbeddingError()))
    return VectorStore(files, name)


@dataclass
class _Kept:
    store: VectorStore
    keys: list[int] = field(default_factory=list)
    rows: list[Packed] = field(default_factory=list)

    def take(self, made: Made) -> int:
        """Keep a batch; returns how many vectors it has. Raises `EngineError`."""
        keys, future = made
        try:
            rows = future.result()
        except EmbeddingError as error:
            raise EngineError(str(error)) from None
        except BrokenProcessPool:
            raise EngineError(
                "Een proces dat vectoren maakt is weggevallen, waarschijnlijk door gebrek aan "
                "geheugen. Probeer het nog eens met --workers 1; wat klaar is wordt bewaard."
            ) from None
        self.keys += keys
        self.rows.append(rows)
        if len(self.keys) >= SAVED:
            self.save()
        return len(keys)

    def save(self) -> None:
        if self.keys:
            self.store.add(np.array(self.keys, np.uint64), joined(self.rows))
        self.keys, self.rows = [], []


def embed(papers: Iterable[Paper], store: VectorStore, workers: int) -> Iterator[int]:
    """Make the vectors that the store does not have; yields how many passages are done."""
    kept, sent, done = _Kept(store), deque[Made](), 0
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context)
    try:
        for batch, passed in _batches(papers, store):
            done += passed
            if batch:
                texts = [text[:PASSAGE_LETTERS] for _, text in batch]
                sent.append(([key for key, _ in batch], pool.submit(passages_packed, texts)))
            while len(sent) > workers * WAITING:
                done += kept.take(sent.popleft())
            yield done
        while sent:
            done += kept.take(sent.popleft())
            yield done
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        kept.save()


def _batches(
    papers: Iterable[Paper], store: VectorStore
) -> Iterator[tuple[list[tuple[int, str]], int]]:
    """Yield texts without a vector, each once, and how many passages went by that have one."""
    batch: dict[int, str] = {}
    asked: set[int] = set()
    passed = 0
    for paper in papers:
        for passage in passages_of(paper):
            key = key_of(passage.text)
            if key in asked or store.has(key):
                passed += 1
                continue
            asked.add(key)
            batch[key] = passage.text
            if len(batch) == TOGETHER:
                yield list(batch.items()), passed
                batch, passed = {}, 0
    yield list(batch.items()), passed
