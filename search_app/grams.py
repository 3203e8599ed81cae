"""How much two texts share by runs of five letters, which no rule of stems or compounds limits.

In go texts and the words of the corpus, out come scores. Runs of five letters within words see
what words alone do not: `vergunningverlening` and `vergunningen`, `bijhet` that lost its space, a
name spelled in two ways. Each run weighs as much as it is rare, and counts saturate as in BM25
(Robertson and Zaragoza 2009); McNamee and Mayfield (2004) found that such runs rank Dutch at
least as well as stems do. Fusing the two is better than each: docs/decisions/0802.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from indexer.analysis.filters import fold

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

RUN = 5
BASE = 37
K1 = 1.2
B = 0.9
USUAL_WORDS = 100
"""Words of a usual passage: what a run weighs is how surprising it is to find it in one."""
UNSEEN = 0.5
"""Occurrences that a run is given which the corpus's words do not have."""
NO_CODES: Codes = np.zeros(0, np.int64)


@cache
def _alphabet() -> npt.NDArray[np.int64]:
    """Return 1 to 36 for the letters and digits of Latin-1, accents apart; 0 separates words."""
    table = np.zeros(256, np.int64)
    places = {sign: n for n, sign in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", 1)}
    for code in range(256):
        table[code] = places.get(fold(chr(code))[:1], 0) if chr(code).isalnum() else 0
    return table


def codes(text: str) -> Codes:
    """Return the runs of five letters of a text in order, each as a number."""
    return _runs(text)[0]


def opening(text: str, size: int) -> tuple[Codes, int]:
    """Return the runs of a text, and how many of them lie in its first `size` characters."""
    values, offsets = _runs(text)
    return values, int(np.searchsorted(offsets, size - RUN, side="right"))


def _runs(text: str) -> tuple[Codes, Codes]:
    """Return runs as numbers, and the offset of each in the text."""
    raw = np.frombuffer(text.lower().encode("latin-1", "replace"), np.uint8)
    letters = _alphabet()[raw]
    if len(letters) < RUN:
        return NO_CODES, NO_CODES
    windows = np.lib.stride_tricks.sliding_window_view(letters, RUN)
    inside = np.flatnonzero(windows.all(axis=1))
    powers = BASE ** np.arange(RUN - 1, -1, -1, dtype=np.int64)
    return windows[inside] @ powers, inside.astype(np.int64)


@dataclass(frozen=True)
class RunTable:
    """What runs weigh: sorted `codes` and how often each occurs among `total` words."""

    codes: Codes
    counts: Floats
    total: float

    def weights(self, wanted: Codes) -> Floats:
        """Return the weight of each run: minus the logarithm of its chance in a passage."""
        at = np.clip(np.searchsorted(self.codes, wanted), 0, max(len(self.codes) - 1, 0))
        known = self.codes[at] == wanted if len(self.codes) else np.zeros(len(wanted), np.bool_)
        counts = np.where(known, self.counts[at] if len(self.codes) else 0.0, UNSEEN)
        return self.chances(counts)

    def chances(self, counts: Floats) -> Floats:
        """Return the weight of what the corpus has so many times."""
        rate = np.maximum(counts, UNSEEN) / max(self.total, 1.0)
        chance: Floats = -np.log(-np.expm1(-rate * USUAL_WORDS))
        return chance


def run_table(words: Mapping[str, int]) -> RunTable:
    """Return the table of runs of a corpus, from its words with their counts."""
    names = [word.lower() for word in words]
    values, offsets = _runs(" ".join(names))
    ends = np.cumsum([len(name) + 1 for name in names]) if names else NO_CODES
    counts = np.array([*words.values()], np.float64)
    weight = counts[np.searchsorted(ends, offsets, side="right")] if len(offsets) else counts[:0]
    unique, place = np.unique(values, return_inverse=True)
    summed: Floats = np.bincount(place, weight, len(unique)).astype(np.float64)
    return RunTable(unique, summed, float(counts.sum()))


@dataclass(frozen=True)
class Wanted:
    """The runs of a question, each once and sorted, with what each weighs."""

    codes: Codes
    weights: Floats

    @property
    def most(self) -> float:
        """Return the sum of the weights."""
        return float(self.weights.sum())


def wanted(text: str, table: RunTable) -> Wanted:
    """Return the runs to look for."""
    unique = np.unique(codes(text))
    return Wanted(unique, table.weights(unique))


def scores(question: Wanted, passages: Sequence[Codes], mean: float) -> Floats:
    """Return how much each passage shares with a question; `mean` is the usual number of runs."""
    found = np.zeros(len(passages))
    if not len(question.codes):
        return found
    for place, runs in enumerate(passages):
        at = np.clip(np.searchsorted(question.codes, runs), 0, len(question.codes) - 1)
        hits = at[question.codes[at] == runs]
        counts = np.bincount(hits, minlength=len(question.codes))
        scaled = counts / (1 - B + B * len(runs) / max(mean, 1.0))
        found[place] = float((question.weights * scaled * (K1 + 1) / (scaled + K1)).sum())
    return found
