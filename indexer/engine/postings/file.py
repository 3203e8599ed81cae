"""Runs of postings ↔ one file of arrays, mapped into memory.

In go runs by field, out come the same: a token is found by its hash, those that begin alike by
bisection in the sorted vocabulary, and postings are slices of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from indexer.engine.arrays import buckets
from indexer.engine.arrays import file as arrays_file
from indexer.engine.arrays.buckets import Buckets
from indexer.engine.arrays.file import Numbers, narrow
from indexer.engine.arrays.vocabulary import Vocabulary, packed
from indexer.engine.postings.inversion import Run


def write(stream: BinaryIO, runs: Iterable[tuple[str, Run]]) -> None:
    """Write runs by field to a binary stream."""
    arrays_file.write(stream, ((name, _arrays(run)) for name, run in runs))


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
    }


def read(path: Path) -> dict[str, Run]:
    """Return the runs of a file by field. Raises `ArraysFileError`."""
    return {
        name: Run(
            tokens=Vocabulary(
                parts["vocabulary"],
                parts["ends"],
                # Segments written before 30 November have none: there bisection finds a token.
                Buckets(parts["buckets"], parts["hashed"]) if "buckets" in parts else None,
            ),
            first=parts["first"],
            ids=parts["ids"],
            counts=parts["counts"],
            first_place=parts["first_place"],
            places=parts["places"],
        )
        for name, parts in arrays_file.read(path).items()
    }
