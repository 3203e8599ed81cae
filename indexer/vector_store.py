"""Vectors in the store, by the text that they are made of: no text is given to the model twice.

In go keys of texts (`embedding.key_of`) with their vectors, out come the same later. Each save is a
file of its own, written whole; when there are many they become one. Two texts with one key would
share a vector: at a million texts that is once in 37 million times, and costs one wrong place.

    DIR/vectors/<model>/<name>.kza    rows of keys, codes, scales and signs
"""

from __future__ import annotations

import hashlib
import io
import re

import numpy as np

from indexer.analysis import signs
from indexer.analysis.embedding import DIMENSIONS, Keys, Packed, joined
from indexer.engine.arrays import file as arrays_file
from indexer.engine.vectors import GROUP, group_of, rows_of
from indexer.files import Files

MOST_FILES = 32


class VectorStore:
    """The vectors that one model made of the passages of a store; a source for the engine."""

    def __init__(self, files: Files, model: str) -> None:
        """Read what is kept; a file that is damaged is left out, and costs time only."""
        self.model = model
        self._files = files
        self._folder = f"vectors/{re.sub(r'[^A-Za-z0-9.]+', '-', model)}"
        self._names = files.names(f"{self._folder}/*.kza")
        # not joined to one: signs of 100,000 passages are 400 MB
        self._parts = [part for name in self._names if (part := self._read(name))]
        self._known = {key for keys, _ in self._parts for key in keys.tolist()}

    def has(self, key: int) -> bool:
        """Tell whether the vector of a text is there; a text without letters needs none."""
        return key == 0 or key in self._known

    def rows(self, keys: Keys) -> Packed:
        """Return the vectors by key; all zeros where there is none."""
        made = Packed(
            np.zeros((len(keys), DIMENSIONS), np.int8),
            np.zeros(len(keys), np.float32),
            np.zeros((len(keys), signs.SIZE), np.uint8),
        )
        for kept, packed in self._parts:
            _, here, there = np.intersect1d(keys, kept, return_indices=True)
            made.codes[here] = packed.codes[there]
            made.scales[here] = packed.scales[there]
            made.signs[here] = packed.signs[there]
        # a text may stand in several places, and the line above finds the first
        _, first, same = np.unique(keys, return_index=True, return_inverse=True)
        again = np.flatnonzero(first[same] != np.arange(len(keys)))
        for values in (made.codes, made.scales, made.signs):
            values[again] = values[first[same[again]]]
        return made

    def add(self, keys: Keys, packed: Packed) -> None:
        """Keep vectors, on disk at once. Raises `OSError`."""
        if not len(keys):
            return
        self._known.update(keys.tolist())
        self._parts.append((keys, packed))
        if len(self._names) < MOST_FILES:
            self._names.append(self._write(keys, packed))
            return
        self._parts = [self._together()]
        old, self._names = self._names, [self._write(*self._parts[0])]
        for name in old:
            if name not in self._names:
                self._files.delete(name)

    def _together(self) -> tuple[Keys, Packed]:
        """Return all rows in the order of their keys, each key once."""
        keys, first = np.unique(np.concatenate([k for k, _ in self._parts]), return_index=True)
        rows = joined([packed for _, packed in self._parts])
        return keys, Packed(rows.codes[first], rows.scales[first], rows.signs[first])

    def _write(self, keys: Keys, packed: Packed) -> str:
        stream = io.BytesIO()
        arrays_file.write(stream, [(GROUP, group_of(keys, packed))])
        data = stream.getvalue()
        check = hashlib.sha256(data).hexdigest()
        name = f"{self._folder}/{check[:24]}.kza"
        self._files.write(name, data)
        return name

    def _read(self, name: str) -> tuple[Keys, Packed] | None:
        """Return the rows of a file; its name is the beginning of its checksum."""
        try:
            data = self._files.read(name)
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest()[:24] != name.rpartition("/")[2].removesuffix(".kza"):
            return None
        return rows_of(arrays_file.parse(data)[GROUP])
