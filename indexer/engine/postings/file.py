"""Runs of postings ↔ one file of arrays, mapped into memory.

In go runs by field, out come the same: a token is found by its hash, those that begin alike by
bisection in the sorted vocabulary, and postings are slices of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from indexer.engine.arrays import buckets
from indexer.engine.arrays import file as arrays_file
from indexer.engine.arrays.buckets import Buckets
from indexer.engine.arrays.file import Group, Numbers, narrow
from indexer.engine.arrays.vocabulary import Vocabulary, packed
from indexer.engine.postings.inversion import Run
from indexer.engine.postings.together import Together

TOGETHER = "together"
"""The group of what is known of tokens of several fields; no field has that name."""
EVERY = 32
"""Of so many postings the places before them are known, so that few are counted to find others'.
`loops.reads.SHIFT` is the same number, as the compiled loops take it."""


def write(stream: BinaryIO, runs: Iterable[tuple[str, Run]]) -> None:
    """Write runs by field to a binary stream."""
    arrays_file.write(stream, _groups(runs))


def _groups(runs: Iterable[tuple[str, Run]]) -> Iterator[tuple[str, Group]]:
    together = Together()
    for name, run in runs:
        together.add(name, run)
        yield name, _arrays(run)
    yield TOGETHER, together.counts()


def _arrays(run: Run) -> dict[str, Numbers]:
    vocabulary = packed(run.tokens)
    by_hash = buckets.of_words(run.tokens)
    return {
        "vocabulary": vocabulary.packed,
        "ends": vocabulary.ends,
        "buckets": by_hash.firsts,
        "hashed": by_hash.numbers,
        "first": narrow(run.first),
        "ids": narrow(run.ids),
        "counts": narrow(run.counts),
        "first_place": narrow(run.first_place),
        "places": narrow(run.places),
        "before": before(run.counts),
    }


def before(counts: Numbers) -> Numbers:
    """Return how many places lie before the first posting, and before each `EVERY`th from it on."""
    each = np.add.reduceat(counts, np.arange(0, len(counts), EVERY), dtype=np.uint64)
    return np.concatenate([[0], np.cumsum(each)]).astype("<u4")


def read(path: Path) -> dict[str, Run]:
    """Return the runs of a file by field. Raises `ArraysFileError`.

    Segments that were written before 30 November have no buckets of tokens, and bisection finds
    these; nor have they what is known `before` and `together`, which is counted then.
    """
    groups = arrays_file.read(path)
    together = groups.pop(TOGETHER, {})
    return {
        name: Run(
            tokens=Vocabulary(
                parts["vocabulary"],
                parts["ends"],
                Buckets(parts["buckets"], parts["hashed"]) if "buckets" in parts else None,
            ),
            first=parts["first"],
            ids=parts["ids"],
            counts=parts["counts"],
            first_place=parts["first_place"],
            places=parts["places"],
            before=parts.get("before"),
            together=together.get(name),
        )
        for name, parts in groups.items()
    }
