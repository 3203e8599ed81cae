"""What papers have of a keyword field: which values there are, and how many papers have each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.bits import WORD, Bits, counted, unpacked
from indexer.engine.arrays.bits import packed as packed_bits
from indexer.engine.arrays.file import Numbers, narrow
from indexer.engine.arrays.ids import Ids, Mask, changes, ranges
from indexer.engine.arrays.vocabulary import Names, Vocabulary, names, packed

FEW_VALUES = 64
"""Up to so many values of a field, the papers of each are kept as bits to count them by."""

AS_ONE, BY_LOOPS = 2, 1
"""Words of 64 bits that are counted in the time that one paper takes, by numpy and by the loops."""


@dataclass(frozen=True)
class Values:
    """A keyword field: sorted distinct `names`; `owners[i]` (a paper) has value `codes[i]`.

    Owners are in order. `keys` are the names squeezed (no capitals, no spaces), sorted, `key_codes`
    their values.
    """

    names: Names
    owners: Ids
    codes: Ids
    keys: Vocabulary
    key_codes: Ids

    def papers_with(self, codes: Sequence[int], papers: int) -> Mask:
        """Return by paper whether it has one of the values."""
        wanted = np.zeros(len(self.names) + 1, np.bool_)
        wanted[list(codes)] = True
        found = np.zeros(papers, np.bool_)
        found[self.owners[wanted[self.codes]]] = True
        return found

    @property
    def are_few(self) -> bool:
        """Tell whether there are so few values that what has each is kept as bits."""
        return len(self.names) <= FEW_VALUES

    def are_few_for(self, papers: int, count: int) -> bool:
        """Tell whether so many papers, of `count`, are sooner counted one by one than as bits."""
        words = len(self.names) * count // WORD if self.are_few else len(self.owners)
        return papers * (AS_ONE if native.LOOPS is None else BY_LOOPS) <= words

    def counted(self, papers: Ids, count: int) -> Ids:
        """Return by value how many of some papers, of `count`, have it."""
        codes = self._single(count)
        if codes is not None:
            found = np.bincount(codes.take(papers), minlength=len(self.names) + 1)
            return found[: len(self.names)]  # behind it are those without
        first = self._firsts(count)
        starts = first.take(papers)
        rows = ranges(starts, first.take(papers + 1) - starts)
        return np.bincount(self.codes.take(rows), minlength=len(self.names))

    def tallied(self, papers: Any, count: int) -> Ids:
        """Return the same of papers as the compiled loops tell them."""
        column = self._columns.get(count)
        if column is None:
            column = self._columns[count] = self._column(count)
        return np.frombuffer(column.counted(papers), np.int64)[: len(self.names)]

    def _column(self, count: int) -> Any:
        """Return what papers have, of `count`, as the compiled loops take it."""
        size, nothing = len(self.names), b""
        codes = self._single(count)
        if codes is None:
            firsts = self._firsts(count).astype(np.int32)
            return native.LOOPS.Column(size, nothing, self.codes.astype(np.int32), firsts)
        if codes.dtype == np.uint8:
            return native.LOOPS.Column(size, codes, nothing, nothing)
        return native.LOOPS.Column(size, nothing, codes.astype(np.int32), nothing)

    def counted_as_bits(self, papers: Bits, count: int) -> Ids:
        """Return the same of papers as bits."""
        if self.are_few:
            found: Ids = counted(self._papers(count) & papers)
            return found
        matched = unpacked(papers, count)
        return np.bincount(self.codes[matched[self.owners]], minlength=len(self.names))

    def frequent(self, counts: Ids, most: int) -> list[tuple[str, int]]:
        """Return the most frequent values, then by name; absent ones are left out."""
        if native.LOOPS is not None and self.are_few:
            found: list[tuple[str, int]] = native.LOOPS.frequent(counts, self._texts)
            return found[:most]
        there = np.flatnonzero(counts)
        order = there[np.argsort(-counts[there], kind="stable")[:most]]
        texts = self._texts if self.are_few else self.names
        return [
            (texts[code], number)
            for code, number in zip(order.tolist(), counts[order].tolist(), strict=True)
        ]

    def by_value(self, count: int) -> Mask:
        """Return by value which papers have it, of `count`."""
        found = np.zeros((len(self.names), count), np.bool_)
        found[self.codes, self.owners] = True
        return found

    def _papers(self, count: int) -> Bits:
        """Return the same as bits."""
        found = self._kept.get(count)
        if found is None:
            found = self._kept[count] = packed_bits(self.by_value(count))
        return found

    def _single(self, count: int) -> Numbers | None:
        """Return by paper its value, behind the last where it has none; `None` if one has more."""
        if count not in self._singles:
            codes = None
            if not len(self.owners) or changes(self.owners).all():
                table = np.full(count, len(self.names), np.int64)
                table[self.owners] = self.codes
                codes = narrow(table)
            self._singles[count] = codes
        return self._singles[count]

    def _firsts(self, count: int) -> Ids:
        """Return by paper where its values begin, and where those of the last end."""
        found = self._starts.get(count)
        if found is None:
            found = self._starts[count] = self.owners.searchsorted(np.arange(count + 1))
        return found

    @cached_property
    def _kept(self) -> dict[int, Bits]:
        return {}

    @cached_property
    def _columns(self) -> dict[int, Any]:
        return {}

    @cached_property
    def _singles(self) -> dict[int, Numbers | None]:
        return {}

    @cached_property
    def _starts(self) -> dict[int, Ids]:
        return {}

    @cached_property
    def _texts(self) -> list[str]:
        return list(self.names)

    def named(self, texts: Sequence[str]) -> list[int]:
        """Return the values that are one of the texts to the letter."""
        found = (self.names.find(text) for text in texts)
        return [code for code in found if code is not None]

    def like(self, text: str, *, begins: bool = False) -> Iterator[int]:
        """Yield the values that are the text, or begin with it, capitals and spaces apart."""
        key = squeezed(text)
        if key:
            for at in self.keys.beginning(key) if begins else self.keys.same(key):
                yield int(self.key_codes[at])

    def holding(self, text: str) -> Iterator[int]:
        """Yield the values in which the text stands as whole words."""
        words = text.casefold().split()
        for code in self._by_word.get(words[0], ()) if words else ():
            if f" {' '.join(words)} " in f" {self.names[code].casefold()} ":
                yield code

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for code, name in enumerate(self.names):
            for word in set(name.casefold().split()):
                found[word].append(code)
        return dict(found)


def make_values(rows: Sequence[tuple[int, str]]) -> Values:
    """Return the values of pairs (paper ordinal, value)."""
    unique = sorted(set(rows))
    texts = sorted({value for _, value in unique})
    code = {text: i for i, text in enumerate(texts)}
    keys = sorted((squeezed(text), i) for text, i in code.items())
    return Values(
        names=names(texts),
        owners=np.array([owner for owner, _ in unique], np.int64),
        codes=np.array([code[value] for _, value in unique], np.int64),
        keys=packed([key for key, _ in keys]),
        key_codes=np.array([i for _, i in keys], np.int64),
    )


def squeezed(value: str) -> bytes:
    """Return a value as it is compared: without capitals and spaces, each dash a hyphen."""
    return "".join(value.casefold().replace("–", "-").split()).encode("utf-8", "replace")
