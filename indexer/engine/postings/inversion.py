"""Tokens of documents → postings by token: inversion by arrays, without an object per token.

In go documents, by field: words by number (`Lexicon`), or Whoosh's own postings. Out come, by
field, sorted tokens with runs of documents, counts and positions (`Run`). The story: token,
document and position are put into one number for each place, the numbers are sorted, and taken
apart again. Numbers are what numpy sorts quickest, and nothing has to be fetched in another order.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from indexer.engine.arrays.file import Numbers
from indexer.engine.arrays.ids import Ids, Mask, changes, ranges
from indexer.engine.postings.lexicon import Lexicon

Item = tuple[str, bytes, int, float, bytes]
"""A posting as Whoosh hands it over: field, token, document, weight, packed positions."""


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of a field, sorted by token (bytes), document and position.

    Token `t` has documents `ids[first[t]:first[t + 1]]`, each with `counts` positions, which lie
    together in `places[first_place[t]:first_place[t + 1]]`. Those of a file also have how many
    places lie `before` some postings (`postings.file`), and by token how many documents have it in
    this field or `together` with others.
    """

    tokens: Sequence[bytes]
    first: Numbers
    ids: Numbers
    counts: Numbers
    first_place: Numbers
    places: Numbers
    before: Numbers | None = None
    together: Numbers | None = None


PORTION = 1 << 20
"""Words that are turned into tokens at a time."""
WIDTH = 64
"""Bits of a number."""

Portion = tuple[Numbers, Numbers, Numbers]
"""Tokens, documents and positions, one of each for a place."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words by number: `numbers` has those of one row after another.

    A row is of one document, from a position on, and has so many words.
    """

    numbers: Numbers
    documents: Numbers
    starts: Numbers
    sizes: Numbers


def _numbers() -> array[int]:
    return array("I")


@dataclass(slots=True)
class _Rows:
    """What `Words` holds, growing."""

    numbers: array[int] = field(default_factory=_numbers)
    documents: array[int] = field(default_factory=_numbers)
    starts: array[int] = field(default_factory=_numbers)
    sizes: array[int] = field(default_factory=_numbers)


@dataclass(slots=True)
class _Field:
    numbers: dict[bytes, int] = field(default_factory=dict)
    tokens: array[int] = field(default_factory=_numbers)
    documents: array[int] = field(default_factory=_numbers)
    positions: array[int] = field(default_factory=_numbers)
    words: _Rows = field(default_factory=_Rows)


class Inversion:
    """Collects the postings of one segment. Also what Whoosh calls a pool of postings."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or Lexicon()
        self._fields: dict[str, _Field] = {}
        self.size = 0

    def add_words(self, name: str, words: Words) -> None:
        """Add words of a field."""
        into = self._fields.setdefault(name, _Field()).words
        for rows, more in (
            (into.numbers, words.numbers),
            (into.documents, words.documents),
            (into.starts, words.starts),
            (into.sizes, words.sizes),
        ):
            rows.frombytes(more.astype(np.uint32, copy=False).tobytes())
        self.size += len(words.numbers)

    def add_document(self, name: str, document: int, tokens: Iterable[tuple[str, int]]) -> None:
        """Add a document's tokens of a field."""
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
        """Add one posting (Whoosh's protocol)."""
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
            words = self.lexicon.tokens(name) if collected.words.numbers else ()
            yield name, _inverted(collected, words)

    def iter_postings(self) -> Inversion:
        """Return itself: the field writer takes it as a whole (Whoosh's protocol)."""
        return self

    def cleanup(self) -> None:
        """Forget everything (Whoosh's protocol)."""
        self._fields.clear()


def _inverted(collected: _Field, tokens_of: Sequence[tuple[str, ...]]) -> Run:
    """Return the postings of a field, `tokens_of` by word; forgets what was collected."""
    table = _table(collected, tokens_of)
    given = list(collected.numbers)
    order = sorted(range(len(given)), key=given.__getitem__)
    rank = np.empty(len(given), np.uint64)
    rank[order] = np.arange(len(given), dtype=np.uint64)
    keys, places, bits = _sorted(collected, table, rank)
    starts = np.flatnonzero(changes(keys))
    heads = keys[starts]
    bounds = np.arange(len(given) + 1, dtype=np.uint64)
    first = np.searchsorted(heads >> np.uint64(bits), bounds)
    return Run(
        tokens=[given[at] for at in order],
        first=first,
        ids=(heads & np.uint64((1 << bits) - 1)).astype(np.uint32),
        counts=np.diff(starts, append=len(keys)),
        first_place=np.append(starts, len(keys))[first],
        places=places,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """By word its tokens: `flat[firsts[w]:firsts[w] + counts[w]]`; `total` of all that stand."""

    flat: Numbers
    firsts: Ids
    counts: Ids
    total: int


def _table(collected: _Field, tokens_of: Sequence[tuple[str, ...]]) -> _Table:
    """Return the tokens of the words that a field has, and number them."""
    words = np.frombuffer(collected.words.numbers, np.uint32)
    times = np.bincount(words, minlength=len(tokens_of))
    used = times > 0
    texts = [tokens_of[number] for number in np.flatnonzero(used).tolist()]
    numbers = collected.numbers
    flat = np.array(
        [numbers.setdefault(t.encode(), len(numbers)) for t in chain.from_iterable(texts)],
        np.uint32,
    )
    counts = np.zeros(len(tokens_of), np.int64)
    counts[used] = list(map(len, texts))
    return _Table(flat, np.cumsum(counts) - counts, counts, int(times @ counts))


def _sorted(collected: _Field, table: _Table, rank: Numbers) -> tuple[Numbers, Numbers, int]:
    """Return rank and document of each place in one number, in order, and the places.

    Last, how many bits of that number are the document's. A token twice in one place is there once.
    """
    for_document = _bits(collected.documents, collected.words.documents)
    for_place = _bits(collected.positions, _ends(collected.words))
    fits = len(rank).bit_length() + for_document + for_place <= WIDTH
    count = len(collected.tokens) + table.total
    keys: Numbers = np.empty(count, np.uint64)
    apart: Numbers = np.empty(0 if fits else count, np.uint32)
    shift, at = np.uint64(for_document), 0
    for tokens, documents, places in _portions(collected, table):
        part = slice(at, at + len(tokens))
        at = part.stop
        key = rank[tokens]
        key <<= shift
        key |= documents
        if fits:
            key <<= np.uint64(for_place)
            key |= places
        else:
            apart[part] = places
        keys[part] = key
    if fits:
        keys.sort()
        keys = _distinct(keys, changes(keys))
        apart = (keys & np.uint64((1 << for_place) - 1)).astype(np.uint32)
        keys >>= np.uint64(for_place)
        return keys, apart, for_document
    order = np.lexsort((apart, keys))
    keys, apart = keys[order], apart[order]
    fresh = changes(keys) | changes(apart)
    return _distinct(keys, fresh), _distinct(apart, fresh), for_document


def _distinct(values: Numbers, fresh: Mask) -> Numbers:
    return values if fresh.all() else values[fresh]


def _bits(*rows: array[int] | Numbers) -> int:
    """Return the bits that the largest of some numbers takes."""
    return max(int(np.frombuffer(row, np.uint32).max(initial=0)).bit_length() for row in rows)


def _ends(rows: _Rows) -> Numbers:
    """Return a position behind the last of each row."""
    return np.frombuffer(rows.starts, np.uint32) + np.frombuffer(rows.sizes, np.uint32)


def _portions(collected: _Field, table: _Table) -> Iterator[Portion]:
    """Yield all that was collected, token by token, and forget it."""
    if collected.tokens:
        yield (
            np.frombuffer(collected.tokens, np.uint32),
            np.frombuffer(collected.documents, np.uint32),
            np.frombuffer(collected.positions, np.uint32),
        )
    rows, collected.words = collected.words, _Rows()
    words = np.frombuffer(rows.numbers, np.uint32)
    sizes = np.frombuffer(rows.sizes, np.uint32).astype(np.int64)
    starts = np.frombuffer(rows.starts, np.uint32).astype(np.int64)
    documents = np.frombuffer(rows.documents, np.uint32)
    ends = np.cumsum(sizes)
    row = 0
    while row < len(sizes):
        start = int(ends[row] - sizes[row])
        last = max(row + 1, int(np.searchsorted(ends, start + PORTION, side="right")))
        mine, part = words[start : int(ends[last - 1])], slice(row, last)
        each = table.counts[mine]
        places = ranges(starts[part], sizes[part]).astype(np.uint32)
        owners = np.repeat(documents[part], sizes[part])
        yield (
            table.flat[ranges(table.firsts[mine], each)],
            np.repeat(owners, each),
            np.repeat(places, each),
        )
        row = last
