"""The vectors of a generation: a row of bytes for every document, in the order of the documents.

In go papers and a source of vectors, out comes a file beside the shelf; when it is read it is
mapped into memory. Searching is exact: the cosines with all documents are one product of matrices,
made in blocks, since a block of bytes must become floats first. There is nothing to train or tune;
at 100,000 documents it takes some tens of milliseconds, for twenty questions hardly more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.analysis import signs
from indexer.analysis.embedding import DIMENSIONS, Bytes, Floats, Keys, Packed, key_of
from indexer.engine import deadline
from indexer.engine.arrays import file as arrays_file
from indexer.engine.arrays.file import Group
from indexer.engine.arrays.ids import Ids
from indexer.engine.interface import VectorSource
from indexer.engine.passages import passages_of
from indexer.engine.publishing.disk import Disk
from indexer.paper import Paper

FILE = "vectors.kza"
GROUP = "vectors"
Name = tuple[str, str]
"""The id of a paper and of one of its passages: a document."""
BLOCK = 4096
"""Documents that are turned into floats at once: 6 MB."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of all documents: `codes` of n × 384, scales (0: no vector), keys of texts.

    `signs` are those of the pieces of each opening, n × `signs.SIZE`.
    """

    codes: Bytes
    scales: Floats
    keys: Keys
    signs: signs.Signs

    def cosines(self, wanted: Floats) -> Floats:
        """Return the cosine of each of some vectors (m × 384) with each document: m × n."""
        found = np.empty((len(wanted), len(self.scales)), np.float32)
        for start in range(0, len(self.scales), BLOCK):
            deadline.check()
            part = slice(start, start + BLOCK)
            found[:, part] = wanted @ self.codes[part].T.astype(np.float32)
        return found * self.scales

    def cosines_with(self, wanted: Floats, documents: Ids) -> Floats:
        """Return the cosine of one vector with each of some documents."""
        rows: Floats = self.codes[documents].astype(np.float32) @ wanted
        return rows * self.scales[documents]

    def likeness(self, pieces: Floats, documents: Ids) -> Floats:
        """Return how much the opening of each of some documents is like a question, by pieces."""
        return signs.likeness(pieces, self.signs[documents])


def read(path: Path) -> Vectors | None:
    """Return the vectors of a generation, `None` when it has none. Raises `ArraysFileError`."""
    if not (path / FILE).exists():
        return None
    keys, packed = rows_of(arrays_file.read(path / FILE)[GROUP])
    return Vectors(packed.codes, packed.scales, keys, packed.signs)


def group_of(keys: Keys, packed: Packed) -> Group:
    """Return vectors by the keys of their texts as arrays of a file."""
    codes, scales = packed.codes.reshape(-1).view(np.uint8), packed.scales.view(np.uint32)
    return {"keys": keys, "codes": codes, "scales": scales, "signs": packed.signs.reshape(-1)}


def rows_of(group: Group) -> tuple[Keys, Packed]:
    """Return what `group_of` was given; files of before pieces were compared have no signs."""
    codes = group["codes"].view(np.int8).reshape(-1, DIMENSIONS)
    scales = group["scales"].view(np.float32)
    if "signs" in group:
        kept = group["signs"].view(np.uint8).reshape(-1, signs.SIZE)
    else:
        kept = np.broadcast_to(np.zeros(1, np.uint8), (len(scales), signs.SIZE))
    return group["keys"].view(np.uint64), Packed(codes, scales, kept)


class VectorWriter:
    """Keeps which text each passage has, and writes the vectors when the documents are known."""

    def __init__(
        self, source: VectorSource, previous: Path | None, names: Callable[[Path], Sequence[Name]]
    ) -> None:
        """Take over what the generation before has; `names` are those of its documents."""
        self._source, self._names = source, names
        self._keys: dict[Name, int] = {}
        before = read(previous) if previous else None
        if previous and before is not None:
            named = zip(names(previous), before.keys, strict=True)
            self._keys = {name: int(key) for name, key in named if key}

    @property
    def model(self) -> str:
        """Return the name of the model that made the vectors."""
        return self._source.model

    def add(self, paper: Paper) -> None:
        """Remember the texts of a paper."""
        for passage in passages_of(paper):
            self._keys[paper.id, passage.id] = key_of(passage.text)

    def write(self, path: Path, disk: Disk) -> None:
        """Write the vectors beside the shelf that was written there."""
        keys = np.array([self._keys.get(name, 0) for name in self._names(path)], np.uint64)
        with disk.create(path / FILE) as stream:
            arrays_file.write(stream, [(GROUP, group_of(keys, self._source.rows(keys)))])
