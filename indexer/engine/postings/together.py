"""How many documents of a segment have a word in any of the fields that are searched together.

In go the tokens of these fields with their documents, out comes that number by token, for all
fields but the largest: a word that two of them have is in another than that. To count it when a
word is looked up takes another pass over its postings (docs/decisions/0615).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from indexer.engine.arrays.file import Group, narrow
from indexer.engine.arrays.ids import Mask
from indexer.engine.fields import TEXT_FIELDS
from indexer.engine.postings.inversion import Run

Keys = npt.NDArray[np.int64]
DOCUMENT_BITS = 32
"""A key has the number of a token above that of a document."""


class Together:
    """Takes the fields of a segment one by one; those that are not searched together are left."""

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}

    def add(self, name: str, run: Run) -> None:
        """Take a field; only its tokens and documents are kept."""
        if name in TEXT_FIELDS:
            nothing = run.ids[:0]
            self._runs[name] = Run(
                run.tokens, narrow(run.first), narrow(run.ids), nothing, nothing, nothing
            )

    def counts(self) -> Group:
        """Return by field, the largest left out, how many documents have each of its tokens."""
        if len(self._runs) < 2:
            return {}
        largest = max(self._runs, key=lambda name: len(self._runs[name].ids))
        others = {name: run for name, run in self._runs.items() if name != largest}
        tokens = sorted({token for run in others.values() for token in run.tokens})
        numbers = {token: number for number, token in enumerate(tokens)}
        known = _keys(self._runs[largest], numbers)
        found = np.bincount(known >> DOCUMENT_BITS, minlength=len(tokens))
        for nth, run in enumerate(others.values(), 1):
            keys = _keys(run, numbers)
            fresh = keys[~_are_in(known, keys)]
            found += np.bincount(fresh >> DOCUMENT_BITS, minlength=len(tokens))
            if nth < len(others):
                known = np.sort(np.concatenate([known, fresh]), kind="stable")
        return {
            name: narrow(found[[numbers[token] for token in run.tokens]])
            for name, run in others.items()
        }


def _keys(run: Run, numbers: Mapping[bytes, int]) -> Keys:
    """Return a sorted key for each document of those tokens that have numbers."""
    ours = np.array([numbers.get(token, -1) for token in run.tokens], np.int64)
    bounds = run.first.astype(np.int64)
    each = bounds[1:] - bounds[:-1]
    keys = np.repeat(ours << DOCUMENT_BITS, each)
    keys |= run.ids
    return keys[np.repeat(ours >= 0, each)]


def _are_in(known: Keys, keys: Keys) -> Mask:
    """Tell for each of some sorted keys whether it is one of others."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    at = known.searchsorted(keys)
    found: Mask = known[np.minimum(at, len(known) - 1)] == keys
    return found
