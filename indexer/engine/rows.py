"""Values in a mapped file, each kept as its JSON and made when it is asked for.

In go values or the bytes of a file, out come sequences of values that cost nothing to open.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, overload

from indexer.engine.cards import Card, Label
from indexer.engine.vocabulary import Vocabulary, packed

T = TypeVar("T")


KEPT = 1_000
"""Values that are kept ready: what is shown once is mostly shown again soon."""


class Rows(Sequence[T]):
    """Values made of `words`, the JSON of each, by `make`. Safe to share between threads."""

    def __init__(self, words: Vocabulary, make: Callable[[Any], T]) -> None:
        self.words, self._make = words, make
        self._kept: dict[int, T] = {}

    def __len__(self) -> int:
        """Return the number of values."""
        return len(self.words)

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
            found = self._make(json.loads(self.words[at].decode()))
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[at] = found
        return found


def packed_rows(values: Iterable[Any]) -> Vocabulary:
    """Return the JSON of values; that of `Rows` is there already."""
    if isinstance(values, Rows):
        return values.words
    plain = (_fields(value) if is_dataclass(value) else value for value in values)
    return packed([json.dumps(value, ensure_ascii=False).encode() for value in plain])


def _fields(value: Any) -> list[Any]:
    """Return the fields of a card in order, without their names, which are a third of its JSON."""
    return [getattr(value, row.name) for row in fields(value)]


def as_card(row: list[Any]) -> Card:
    """Return a card from its JSON."""
    return Card(*row)


def as_label(row: list[Any]) -> Label:
    """Return a label from its JSON."""
    return Label(*row)
