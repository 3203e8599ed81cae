"""The words of a segment that is being written: what each number is indexed by.

In go the entries of encoders (one for each process that analyses), out come numbers that are the
same for all of them, and for a field the tokens of each number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.analysis.encode import Entry
from indexer.engine.fields import BY_NAME

Numbers = npt.NDArray[np.uint32]


class Lexicon:
    """Words by number. An encoder's entries come in its own order, `more` at a time."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._numbers: dict[Entry, int] = {}
        self._known: dict[int, Numbers] = {}

    def learn(self, encoder: int, more: Sequence[Entry]) -> Numbers:
        """Take the next entries of an encoder; return our number for each of its numbers."""
        ours = [self._number(entry) for entry in more]
        known = self._known.get(encoder)
        if known is None or ours:
            rows = [] if known is None else [known]
            known = np.concatenate([*rows, np.array(ours, np.uint32)])
            self._known[encoder] = known
        return known

    def _number(self, entry: Entry) -> int:
        found = self._numbers.get(entry)
        if found is None:
            found = self._numbers[entry] = len(self.entries)
            self.entries.append(entry)
        return found

    def tokens(self, field: str) -> list[tuple[str, ...]]:
        """Return by number the tokens of a word in a field."""
        if BY_NAME[field].analyzer == "exact":
            return [(entry.exact,) for entry in self.entries]
        return [entry.forms for entry in self.entries]
