"""How many edits words are apart: see `loops` and `edits`."""

from __future__ import annotations

from typing import Any

from librt.vecs import vec
from mypy_extensions import i64, u8


def distances(letters: Any, bounds: Any, word: bytes) -> vec[i64]:
    """Return the edits between a word and each of others: `letters` from one bound to the next.

    The table of Levenshtein (1966), one row at a time.
    """
    text = vec[u8](letters)
    ends = vec[i64](bounds)
    wanted = vec[u8](word)
    size: i64 = i64(len(wanted))
    row = vec[i64]([0] * (size + 1))
    found = vec[i64]([0] * (i64(len(ends)) - 1))
    n: i64 = 0
    while n < i64(len(found)):
        k: i64 = 0
        while k <= size:
            row[k] = k
            k += 1
        at: i64 = ends[n]
        while at < ends[n + 1]:
            letter = text[at]
            slanting: i64 = row[0]
            row[0] = slanting + 1
            k = 0
            while k < size:
                least: i64 = slanting
                if wanted[k] != letter:
                    least += 1
                slanting = row[k + 1]
                least = min(least, slanting + 1)
                least = min(least, row[k] + 1)
                row[k + 1] = least
                k += 1
            at += 1
        found[n] = row[size]
        n += 1
    return found
