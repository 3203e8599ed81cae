"""What the engine knows of every document without opening it: lengths, paper, date, facet values.

In go columns of the index, out come arrays by document (a passage) and by paper. A document's
number is its place in these arrays; a paper's ordinal follows the order of paper ids, so that
ties in a ranking break alike everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from indexer.engine import native
from indexer.engine.arrays.bits import WORD, Bits, counted, unpacked
from indexer.engine.arrays.bits import packed as packed_bits
from indexer.engine.arrays.file import Numbers, narrow
from indexer.engine.arrays.ids import Floats, Ids, Mask, changes, ranges
from indexer.engine.arrays.vocabulary import Names, Vocabulary, names, packed
from indexer.engine.fields import BY_NAME

NO_DATE = 0
FEW_VALUES = 64
"""Up to so many values of a field, the papers of each are kept as bits to count them by."""

AS_ONE = 2
"""Words of 64 bits that are counted in the time that one paper takes."""


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

    def are_few_for(self, papers: int, count: int) -> bool:
        """Tell whether so many papers, of `count`, are sooner counted one by one than as bits."""
        few = len(self.names) <= FEW_VALUES
        words = len(self.names) * count // WORD if few else len(self.owners)
        return papers * AS_ONE <= words

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

    def counted_as_bits(self, papers: Bits, count: int) -> Ids:
        """Return the same of papers as bits."""
        if len(self.names) <= FEW_VALUES:
            found: Ids = counted(self._papers(count) & papers)
            return found
        matched = unpacked(papers, count)
        return np.bincount(self.codes[matched[self.owners]], minlength=len(self.names))

    def frequent(self, counts: Ids, most: int) -> list[tuple[str, int]]:
        """Return the most frequent values, then by name; absent ones are left out."""
        there = np.flatnonzero(counts)
        order = there[np.argsort(-counts[there], kind="stable")[:most]]
        texts = self._texts if len(self.names) <= FEW_VALUES else self.names
        return [
            (texts[code], number)
            for code, number in zip(order.tolist(), counts[order].tolist(), strict=True)
        ]

    def _papers(self, count: int) -> Bits:
        """Return by value the papers that have it, of `count`."""
        found = self._kept.get(count)
        if found is None:
            table = np.zeros((len(self.names), count), np.bool_)
            table[self.codes, self.owners] = True
            found = self._kept[count] = packed_bits(table)
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


@dataclass(frozen=True)
class Documents:
    """All documents of a generation. `live` is false for deleted ones."""

    live: Mask
    paper: Ids
    paper_ids: Names
    lengths: Mapping[str, Floats]
    dates: Ids
    values: Mapping[str, Values]

    @cached_property
    def count(self) -> int:
        """Return the number of documents that are not deleted."""
        return int(self.live.sum())

    @cached_property
    def whole(self) -> bool:
        """Tell whether no document was deleted."""
        return self.count == len(self.live)

    @cached_property
    def are_runs(self) -> bool:
        """Tell whether the documents of each paper follow one another, as they are written."""
        living = self.paper if self.whole else self.paper[self.live]
        return int(np.count_nonzero(changes(living))) == len(self.paper_ids)

    @cached_property
    def plain_owners(self) -> Any:
        """Return by document its paper as the compiled loops take it."""
        return native.LOOPS.owners(self.paper.astype(np.int32))

    @cached_property
    def dead(self) -> Ids:
        """Return the documents that were deleted."""
        return np.flatnonzero(~self.live)

    @cached_property
    def one_each(self) -> bool:
        """Tell whether no paper has more than one document that was not deleted."""
        counts = np.bincount(self.paper[self.live], minlength=1)
        return bool((counts <= 1).all())

    @cached_property
    def first_of_papers(self) -> Ids:
        """Return by paper its first document that was not deleted."""
        numbers = np.flatnonzero(self.live)[::-1]
        found = np.zeros(len(self.paper_ids), np.int64)
        found[self.paper[numbers]] = numbers  # of several the last counts, which comes first
        return found

    def of_papers(self, papers: Ids) -> Ids:
        """Return the documents of some papers, one paper's after another's."""
        order, first, counts = self._by_paper
        return order[ranges(first[papers], counts[papers])]

    def are_single(self, papers: Ids) -> bool:
        """Tell whether each of some papers is one document."""
        return bool((self._by_paper[2].take(papers) == 1).all())

    @cached_property
    def _by_paper(self) -> tuple[Ids, Ids, Ids]:
        order = np.argsort(self.paper, kind="stable")
        counts = np.bincount(self.paper, minlength=len(self.paper_ids))
        return order, np.cumsum(counts) - counts, counts

    def mean_length(self, field: str) -> float:
        """Return the mean number of positions of a field, over the documents that have it."""
        return self._means[field]

    @cached_property
    def _means(self) -> dict[str, float]:
        filled = {name: row[row > 0] for name, row in self.lengths.items()}
        return {name: float(row.mean()) if len(row) else 1.0 for name, row in filled.items()}

    def weights(self, field: str, b: float) -> Floats:
        """Return by document what one occurrence weighs in a field: its boost over its length."""
        found = self._weights.get((field, b))
        if found is None:
            lengths = np.maximum(self.lengths[field], 1)
            norm = 1 - b + b * lengths / self.mean_length(field)
            found = self._weights[field, b] = (BY_NAME[field].boost or 1.0) / norm
        return found

    def plain_weights(self, field: str, b: float) -> Any:
        """Return the same as the compiled loops take it; memory is not taken twice."""
        found = self._plain_weights.get((field, b))
        if found is None:
            found = self._plain_weights[field, b] = native.LOOPS.weights(self.weights(field, b))
            self._weights[field, b] = np.frombuffer(found, np.float64)
        return found

    @cached_property
    def _weights(self) -> dict[tuple[str, float], Floats]:
        return {}

    @cached_property
    def _plain_weights(self) -> dict[tuple[str, float], Any]:
        return {}

    def papers_with(self, field: str, values: Sequence[str]) -> Mask:
        """Return by paper whether it has one of the values of a keyword field."""
        rows = self.values[field]
        return rows.papers_with(rows.named(values), len(self.paper_ids))


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


def date_number(date: str | None) -> int:
    """Return an ISO date as a number that sorts (`20221213`); unknown is 0."""
    digits = (date or "").replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdigit() else NO_DATE


def date_bounds(low: str | None, high: str | None) -> tuple[int, int]:
    """Return both ends of a period as numbers; a year or month stands for all its days."""
    first = date_number(low) if low else 1
    last = int(high.replace("-", "").ljust(8, "9")) if high else 99_999_999
    return first, last
