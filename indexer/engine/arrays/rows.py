"""Values that are made when they are asked for, so that they cost nothing to open.

In go how many there are and what makes one by its number, out come sequences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


KEPT = 1_000
"""Values that are kept ready: what is shown once is mostly shown again soon."""


class Rows(Sequence[T]):
    """So many values, each made by its number. Safe to share between threads if `make` is."""

    def __init__(self, count: int, make: Callable[[int], T]) -> None:
        self._count, self._make = count, make
        self._kept: dict[int, T] = {}

    def __len__(self) -> int:
        """Return the number of values."""
        return self._count

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        """Return a value, or those of a slice."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        found = self._kept.get(at)
        if found is None:
            if not 0 <= at < self._count:
                raise IndexError(at)
            found = self._make(at)
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[at] = found
        return found
