"""Tokens of documents → postings by token: inversion by arrays, without an object per token.

In go documents one after another, by field: words by number (`Lexicon`), or Whoosh's own postings.
Out come, by field, sorted tokens with runs of documents, counts and positions (`Run`). One sort of
token numbers does it: documents come in ascending order, so they stay so within a token.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays import changes, ranges
from indexer.engine.arrays_file import Numbers
from indexer.engine.lexicon import Lexicon

Item = tuple[str, bytes, int, float, bytes]
"""A posting as Whoosh hands it over: field, token, document, weight, packed positions."""


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of a field, sorted by token (bytes), document and position.

    Token `t` has documents `ids[first[t]:first[t + 1]]`, each with `counts` positions, which lie
    together in `places[first_place[t]:first_place[t + 1]]`.
    """

    tokens: Sequence[bytes]
    first: Numbers
    ids: Numbers
    counts: Numbers
    first_place: Numbers
    places: Numbers


PORTION = 1 << 20
"""Words that are turned into tokens at a time."""


def _numbers() -> array[int]:
    return array("I")


@dataclass(slots=True)
class _Words:
    """Words by number: those of a document from a position on, one row of `spans` for each."""

    words: array[int] = field(default_factory=_numbers)
    documents: array[int] = field(default_factory=_numbers)
    starts: array[int] = field(default_factory=_numbers)
    sizes: array[int] = field(default_factory=_numbers)


@dataclass(slots=True)
class _Field:
    numbers: dict[bytes, int] = field(default_factory=dict)
    tokens: array[int] = field(default_factory=_numbers)
    documents: array[int] = field(default_factory=_numbers)
    positions: array[int] = field(default_factory=_numbers)
    words: _Words = field(default_factory=_Words)


class Inversion:
    """Collects the postings of one segment. Also what Whoosh calls a pool of postings."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or Lexicon()
        self._fields: dict[str, _Field] = {}
        self.size = 0

    def add_words(self, name: str, document: int, words: Numbers, start: int = 0) -> None:
        """Add words of a document, the first at position `start`; documents ascend."""
        into = self._fields.setdefault(name, _Field()).words
        into.words.frombytes(words.tobytes())
        into.documents.append(document)
        into.starts.append(start)
        into.sizes.append(len(words))
        self.size += len(words)

    def add_document(self, name: str, document: int, tokens: Iterable[tuple[str, int]]) -> None:
        """Add a document's tokens of a field; documents come in ascending order."""
        into = self._fields.setdefault(name, _Field())
        numbers = into.numbers
        before = len(into.tokens)
        for text, position in tokens:
            into.tokens.append(numbers.setdefault(text.encode(), len(numbers)))
            into.positions.append(position)
        added = len(into.tokens) - before
        into.documents.extend([document] * added)
        self.size += added

    def add(self, item: Item) -> None:
        """Add one posting (Whoosh's protocol); those of a token come by ascending document."""
        name, token, document, _, packed = item
        positions = np.frombuffer(packed, "<u4").tolist() if packed else [0]
        into = self._fields.setdefault(name, _Field())
        number = into.numbers.setdefault(token, len(into.numbers))
        into.tokens.extend([number] * len(positions))
        into.documents.extend([document] * len(positions))
        into.positions.extend(positions)
        self.size += len(positions)

    def add_run(self, name: str, run: Run, renumbered: Numbers) -> None:
        """Add the postings of another segment; `renumbered[old]` is the new number, or -1."""
        into = self._fields.setdefault(name, _Field())
        if into.words.words:  # these documents come before those of the other segment
            _expand(into, self.lexicon.tokens(name))
        numbers = into.numbers
        ours = np.array([numbers.setdefault(t, len(numbers)) for t in run.tokens], np.uint32)
        tokens = np.repeat(ours, np.diff(run.first_place))
        documents = np.repeat(renumbered[run.ids], run.counts)
        kept = documents >= 0
        for into_, values in (
            (into.tokens, tokens),
            (into.documents, documents),
            (into.positions, run.places),
        ):
            into_.frombytes(values[kept].astype(np.uint32).tobytes())
        self.size += int(kept.sum())

    def runs(self) -> Iterator[tuple[str, Run]]:
        """Yield each field with its postings, and forget them."""
        for name in sorted(self._fields):
            collected = self._fields.pop(name)
            if collected.words.words:
                _expand(collected, self.lexicon.tokens(name))
            yield name, _inverted(collected)

    def iter_postings(self) -> Inversion:
        """Return itself: the field writer takes it as a whole (Whoosh's protocol)."""
        return self

    def cleanup(self) -> None:
        """Forget everything (Whoosh's protocol)."""
        self._fields.clear()


def _expand(into: _Field, tokens_of: Sequence[tuple[str, ...]]) -> None:
    """Turn a field's words into tokens, several for a word that has parts; a portion at a time."""
    rows, into.words = into.words, _Words()
    words = np.frombuffer(rows.words, np.uint32)
    sizes = np.frombuffer(rows.sizes, np.uint32).astype(np.int64)
    used = np.zeros(len(tokens_of), np.bool_)
    used[words] = True
    texts = [tokens_of[number] for number in np.flatnonzero(used).tolist()]
    numbers = into.numbers
    flat = np.array(
        [numbers.setdefault(t.encode(), len(numbers)) for t in chain.from_iterable(texts)],
        np.uint32,
    )
    counts = np.zeros(len(tokens_of), np.int64)
    counts[used] = list(map(len, texts))
    firsts = np.cumsum(counts) - counts
    starts = np.frombuffer(rows.starts, np.uint32).astype(np.int64)
    documents = np.frombuffer(rows.documents, np.uint32)
    ends = np.cumsum(sizes)
    row = 0
    while row < len(sizes):
        start = int(ends[row] - sizes[row])
        last = max(row + 1, int(np.searchsorted(ends, start + PORTION, side="right")))
        mine, part = words[start : int(ends[last - 1])], slice(row, last)
        each = counts[mine]
        places = ranges(starts[part], sizes[part]).astype(np.uint32)
        owners = np.repeat(documents[part], sizes[part])
        for kept, values in (
            (into.tokens, flat[ranges(firsts[mine], each)]),
            (into.documents, np.repeat(owners, each)),
            (into.positions, np.repeat(places, each)),
        ):
            kept.frombytes(values.data.cast("B"))
        row = last


def _inverted(collected: _Field) -> Run:
    """Return the postings of a field, and forget what was collected as soon as it was used."""
    tokens = sorted(collected.numbers)
    rank = np.empty(len(tokens), np.uint32)
    rank[[collected.numbers[token] for token in tokens]] = np.arange(len(tokens))
    ranks: Numbers = rank[np.frombuffer(collected.tokens, np.uint32)]
    collected.tokens = _numbers()
    ranks, order = _in_order(ranks)
    documents = np.frombuffer(collected.documents, np.uint32)[order]
    collected.documents = _numbers()
    places = np.frombuffer(collected.positions, np.uint32)[order]
    collected.positions = _numbers()
    del order
    new_posting = changes(ranks) | changes(documents)
    fresh = new_posting | changes(places)  # one token twice in one place is there once
    if not fresh.all():
        ranks, documents, places = ranks[fresh], documents[fresh], places[fresh]
        new_posting = new_posting[fresh]
    starts = np.flatnonzero(new_posting)
    bounds = np.arange(len(tokens) + 1)
    return Run(
        tokens=tokens,
        first=np.searchsorted(ranks[starts], bounds),
        ids=documents[starts],
        counts=np.diff(starts, append=len(ranks)),
        first_place=np.searchsorted(ranks, bounds),
        places=places,
    )


def _in_order(ranks: Numbers) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Return the ranks sorted, and the order that does it and keeps equal ones as they come.

    Rank and place go into one number, because numbers are sorted quicker than an order is found.
    """
    bits = max(1, len(ranks)).bit_length()
    packed = ranks.astype(np.int64)
    packed <<= bits
    packed |= np.arange(len(ranks))
    packed.sort()
    found = (packed >> bits).astype(np.uint32)
    packed &= (1 << bits) - 1
    return found, packed
