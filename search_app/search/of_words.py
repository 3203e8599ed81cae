"""What is made of the words of a corpus: once for all generations with the same words.

In goes an open index, out comes what was made of its words. Making it takes seconds for a large
corpus, and a generation that only has some papers more was made with the words of the one before
(`Summary.words`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from indexer.engine.interface import Index

KEPT = 2
"""The generation that answers and the one that takes over may have other words."""

T = TypeVar("T")


class OfWords(Generic[T]):
    """Keeps what `make` makes of words with their counts. Threads may share it: one makes it."""

    def __init__(self, make: Callable[[Mapping[str, int]], T]) -> None:
        self._make = make
        self._made: dict[str, T] = {}
        self._lock = threading.Lock()

    def of(self, index: Index) -> T:
        """Return what is made of the words of an index."""
        name = index.summary.words
        with self._lock:
            if name not in self._made:
                made = self._make(index.words())
                while len(self._made) >= KEPT:
                    del self._made[next(iter(self._made))]
                self._made[name] = made
            return self._made[name]
