"""A bounded memory of what was worked out before, shared by threads; the least used goes first."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Values by key, at most `limit` bytes of them by what `size` says of a value."""

    def __init__(self, limit: int, size: Callable[[V], int]) -> None:
        self._limit = limit
        self._size_of = size
        self._held = 0
        self._rows: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """Return what is kept for the key."""
        with self._lock:
            found = self._rows.get(key)
            if found is None:
                return None
            self._rows.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V) -> None:
        """Keep a value, and forget others when they are too large together."""
        row = value, self._size_of(value)
        with self._lock:
            if self._rows.setdefault(key, row) is row:
                self._held += row[1]
            self._forget()

    def weigh(self, key: K) -> None:
        """Weigh a value anew that has grown since it was put here."""
        with self._lock:
            found = self._rows.get(key)
            if found is not None:
                size = self._size_of(found[0])
                self._held += size - found[1]
                self._rows[key] = found[0], size
            self._forget()

    def _forget(self) -> None:
        """Forget the least used values, as long as all are too large together."""
        while self._held > self._limit and len(self._rows) > 1:
            _, (_, old) = self._rows.popitem(last=False)
            self._held -= old

    def clear(self) -> None:
        """Forget all values."""
        with self._lock:
            self._rows.clear()
            self._held = 0


class Growing:
    """A value that grows when more is asked of it, and tells the memory that it is kept in."""

    _memory: tuple[weakref.ref[Cache[Any, Any]], object] | None = None

    def kept_in(self, memory: Cache[Any, Any], key: object) -> None:
        """Tell in which memory this is."""
        self._memory = weakref.ref(memory), key

    def grown(self) -> None:
        """Tell that memory to weigh this anew."""
        if self._memory is not None:
            memory, key = self._memory[0](), self._memory[1]
            if memory is not None:
                memory.weigh(key)
