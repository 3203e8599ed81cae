"""How much two texts share by runs of five letters, which no rule of stems or compounds limits.

In go texts and the words of the corpus, out come scores; whole words are compared in the same way.
Runs of five letters within words see
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
SIEVE = 1 << 16
"""Places of the table that tells at once most of what a question does not have."""


@cache
def _alphabet() -> npt.NDArray[np.int64]:
    """Return 1 to 36 for the letters and digits of Latin-1, great or small, accents apart.

    0 separates words.
    """
    table = np.zeros(256, np.int64)
    places = {sign: n for n, sign in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", 1)}
    for code in range(256):
        table[code] = places.get(fold(chr(code))[:1], 0) if chr(code).isalnum() else 0
    return table


@cache
def _powers() -> Codes:
    """Return what the letters of a word count by their place; long words go round."""
    powers = np.ones(64, np.int64)
    powers[1:] = BASE
    return np.cumprod(powers)  # beyond twelve letters modulo 2 to the 64th


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared of a text: its runs and its words as numbers, in order.

    `opening` is how many of the runs lie in its beginning.
    """

    runs: Codes
    words: Codes
    opening: int


def compared(text: str, opens: int = 0) -> Compared:
    """Return what is compared of a text; its beginning are so many characters."""
    letters, places = _letters(text)
    runs, offsets = _runs(letters, places)
    opening = int(np.searchsorted(offsets, opens - RUN, side="right"))
    return Compared(runs, _words(letters, places), opening)


def codes(text: str) -> Codes:
    """Return the runs of five letters of a text in order, each as a number."""
    return _runs(*_letters(text))[0]


def _letters(text: str) -> tuple[Codes, Codes]:
    """Return the letters and digits of a text as numbers, and their places in it."""
    raw = np.frombuffer(text.encode("latin-1", "replace"), np.uint8)
    letters = _alphabet()[raw]
    places = np.flatnonzero(letters)
    return letters[places], places


def _runs(letters: Codes, places: Codes) -> tuple[Codes, Codes]:
    """Return runs as numbers, and the offset of each in the text."""
    if len(letters) < RUN:
        return NO_CODES, NO_CODES
    last = len(letters) - RUN + 1
    values = letters[:last].copy()
    for step in range(1, RUN):
        values *= BASE
        values += letters[step : last + step]
    inside = places[RUN - 1 :] - places[:last] == RUN - 1  # nothing between them
    return values[inside], places[:last][inside]


def _words(letters: Codes, places: Codes) -> Codes:
    """Return words as numbers; two long words could have the same, which has not been seen."""
    if not len(letters):
        return NO_CODES
    begins = np.concatenate(([0], np.flatnonzero(places[1:] - places[:-1] > 1) + 1))
    lengths = np.concatenate((begins[1:], [len(letters)])) - begins
    place = np.arange(len(letters)) - np.repeat(begins, lengths)
    return np.add.reduceat(letters * _powers().take(place, mode="wrap"), begins)


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
    values, offsets = _runs(*_letters(" ".join(names)))
    ends = np.cumsum([len(name) + 1 for name in names]) if names else NO_CODES
    counts = np.array([*words.values()], np.float64)
    weight = counts[np.searchsorted(ends, offsets, side="right")] if len(offsets) else counts[:0]
    unique, place = np.unique(values, return_inverse=True)
    summed: Floats = np.bincount(place, weight, len(unique)).astype(np.float64)
    return RunTable(unique, summed, float(counts.sum()))


@dataclass(frozen=True)
class Wanted:
    """The runs of a question, or its words: each once and sorted, with what each weighs."""

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


@dataclass(frozen=True, slots=True)
class Hits:
    """Where passages have what a question has.

    Of each hit: the passage, which of what is wanted, and the place in the passage.
    """

    passages: Codes
    wanted: Codes
    places: Codes

    def before(self, ends: Codes) -> Hits:
        """Return the hits that lie before a place, given by passage."""
        kept = self.places < ends[self.passages]
        return Hits(self.passages[kept], self.wanted[kept], self.places[kept])


def hits(question: Wanted, passages: Sequence[Codes]) -> Hits:
    """Return where passages have runs, or words, of a question."""
    if not len(question.codes) or not passages:
        return Hits(NO_CODES, NO_CODES, NO_CODES)
    everything = np.concatenate(passages)
    sieve = np.zeros(SIEVE, np.bool_)
    sieve[question.codes & (SIEVE - 1)] = True
    at = np.flatnonzero(sieve[everything & (SIEVE - 1)])
    which = np.searchsorted(question.codes, everything[at])
    which = np.minimum(which, len(question.codes) - 1)
    true = question.codes[which] == everything[at]
    at, which = at[true], which[true]
    ends = np.cumsum([len(passage) for passage in passages])
    rows = np.searchsorted(ends, at, side="right")
    begins = ends - [len(passage) for passage in passages]
    return Hits(rows, which, at - begins[rows])


def weighed(question: Wanted, found: Hits, sizes: Sequence[int], mean: float) -> Floats:
    """Return how much each passage shares with a question, by hits.

    `sizes` are how many runs or words passages have, `mean` the usual number.
    """
    width = len(question.codes)
    if not width:
        return np.zeros(len(sizes))
    flat = np.bincount(found.passages * width + found.wanted, minlength=len(sizes) * width)
    counts = flat.reshape(len(sizes), width)
    scaled = counts / (1 - B + B * np.array(sizes, np.float64) / max(mean, 1.0))[:, None]
    result: Floats = (question.weights * scaled * (K1 + 1) / (scaled + K1)).sum(axis=1)
    return result


def scores(question: Wanted, passages: Sequence[Codes], mean: float) -> Floats:
    """Return how much each passage shares with a question; `mean` is the usual number of runs."""
    return weighed(question, hits(question, passages), [len(p) for p in passages], mean)
