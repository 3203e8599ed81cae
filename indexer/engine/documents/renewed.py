"""What is known of documents from what was known before: only new documents are read.

In go the documents of the generation before, which of them stay and where, and the new ones; out
comes the same as if all cards had been read again (`tests/engine/documents/test_renewed.py`).
Names are copied in runs of bytes and numbers by arrays, so that a changed paper costs no
look at the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays.ids import Ids, Mask
from indexer.engine.arrays.vocabulary import Names, Vocabulary, taken
from indexer.engine.documents.table import Documents
from indexer.engine.documents.values import Values

Row = TypeVar("Row", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Woven:
    """Rows of two sources in one order: which source (0 old, 1 new), and which row of it.

    `old` and `new` say where the rows of each went; -1 for those that were left out.
    """

    which: Ids
    rows: Ids
    old: Ids
    new: Ids

    def words(self, old: Vocabulary, new: Vocabulary) -> Vocabulary:
        """Return the words of both in this order."""
        return taken([old, new], self.which, self.rows)

    def numbers(self, old: npt.NDArray[Row], new: npt.NDArray[Row]) -> npt.NDArray[Row]:
        """Return the numbers of both in this order."""
        found = np.empty(len(self.rows), old.dtype)
        found[self.which == 0] = old[self.rows[self.which == 0]]
        found[self.which == 1] = new[self.rows[self.which == 1]]
        return found


def renewed(old: Documents, came: Ids, live: Mask, new: Documents) -> Documents:
    """Return the documents of which number `n` was `came[n]` before, or is new (-1).

    `new` holds the new ones in their order; `live` is of all of them.
    """
    kept = np.zeros(len(old.paper_ids), np.bool_)
    kept[old.paper[came[(came >= 0) & live]]] = True
    papers = merged(old.paper_ids.words, kept, new.paper_ids.words)
    rows = _by_document(came, len(old.live))
    owners = rows.numbers(
        papers.old[old.paper], papers.new[new.paper] if len(papers.new) else new.paper
    )
    return Documents(
        live=live,
        paper=np.maximum(owners, 0),  # of deleted documents it says nothing
        paper_ids=Names(papers.words(old.paper_ids.words, new.paper_ids.words)),
        lengths={name: rows.numbers(row, new.lengths[name]) for name, row in old.lengths.items()},
        dates=rows.numbers(old.dates, new.dates),
        values={name: _values(row, new.values[name], papers) for name, row in old.values.items()},
    )


def _by_document(came: Ids, olds: int) -> Woven:
    fresh = came < 0
    old = np.full(olds, -1, np.int64)
    old[came[~fresh]] = np.flatnonzero(~fresh)
    rows = np.where(fresh, np.cumsum(fresh) - 1, came)
    return Woven(fresh.astype(np.int64), rows, old, np.flatnonzero(fresh))


def merged(old: Vocabulary, kept: Mask, new: Vocabulary) -> Woven:
    """Weave the words of `old` that are kept with those of `new`; one in both is the old."""
    found = [old.find(word) for word in new]
    same = {number: at for number, at in enumerate(found) if at is not None and kept[at]}
    fresh = [number for number in range(len(new)) if number not in same]
    woven = _woven(kept, fresh, [old.place(new[number]) for number in fresh], len(new))
    for number, at in same.items():
        woven.new[number] = woven.old[at]
    return woven


def _woven(kept: Mask, fresh: list[int], before: list[int], news: int) -> Woven:
    """Weave the kept rows with fresh ones, each before a row of the old; both in order."""
    rows = np.flatnonzero(kept)
    at = np.searchsorted(rows, np.array(before, np.int64))
    which = np.insert(np.zeros(len(rows), np.int64), at, 1)
    old, new = np.full(len(kept), -1, np.int64), np.full(news, -1, np.int64)
    old[rows] = np.flatnonzero(which == 0)
    new[fresh] = np.flatnonzero(which == 1)
    return Woven(which, np.insert(rows, at, fresh), old, new)


def _values(old: Values, new: Values, papers: Woven) -> Values:
    owners = papers.old[old.owners]
    stays = owners >= 0
    used = np.zeros(len(old.names), np.bool_)
    used[old.codes[stays]] = True
    codes = merged(old.names.words, used, new.names.words)
    pairs = np.concatenate(
        [
            owners[stays] * len(codes.rows) + codes.old[old.codes[stays]],
            papers.new[new.owners] * len(codes.rows) + codes.new[new.codes],
        ]
    )
    pairs.sort()
    width = max(1, len(codes.rows))
    keys, key_codes = _keys(old, new, codes)
    names = Names(codes.words(old.names.words, new.names.words))
    return Values(names, pairs // width, pairs % width, keys, key_codes)


def _keys(old: Values, new: Values, codes: Woven) -> tuple[Vocabulary, Ids]:
    """Return the squeezed names in order, those that are the same by code, and their codes."""
    fresh = [n for n, code in enumerate(new.key_codes) if codes.which[codes.new[code]] == 1]
    before = []
    for number in fresh:
        code = int(codes.new[new.key_codes[number]])
        same = old.keys.same(new.keys[number])
        later = (at for at in same if codes.old[old.key_codes[at]] > code)
        before.append(next(later, same.stop))
    kept = codes.old[old.key_codes] >= 0
    woven = _woven(kept, fresh, before, len(new.keys))
    found = woven.numbers(codes.old[old.key_codes], codes.new[new.key_codes])
    return woven.words(old.keys, new.keys), found
