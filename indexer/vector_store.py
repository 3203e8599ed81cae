"""Vectors in the store, by the text that they are made of: no text is given to the model twice.

In go keys of texts (`embedding.key_of`) with their vectors, out come the same later. Each save is a
file of its own, written whole; when there are many they become one. Two texts with one key would
share a vector: at a million texts that is once in 37 million times, and costs one wrong place.

    DIR/vectors/<model>/<name>.kza    rows of keys, codes and scales
"""

from __future__ import annotations

import hashlib
import io
import re

import numpy as np

from indexer.analysis.embedding import DIMENSIONS, Floats, Keys, Packed, pack
from indexer.engine import arrays_file
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
        parts = [part for name in self._names if (part := self._read(name))]
        self._take(parts)

    def has(self, key: int) -> bool:
        """Tell whether the vector of a text is there; a text without letters needs none."""
        return key == 0 or bool(self._places(np.array([key], np.uint64))[0] >= 0)

    def rows(self, keys: Keys) -> Packed:
        """Return the vectors by key; all zeros where there is none."""
        places = self._places(keys)
        known = places >= 0
        codes = np.zeros((len(keys), DIMENSIONS), np.int8)
        scales = np.zeros(len(keys), np.float32)
        codes[known], scales[known] = (
            self._packed.codes[places[known]],
            self._packed.scales[places[known]],
        )
        return Packed(codes, scales)

    def add(self, keys: Keys, vectors: Floats) -> None:
        """Keep vectors, on disk at once. Raises `OSError`."""
        if not len(keys):
            return
        packed = pack(vectors)
        self._take([(self._keys, self._packed), (keys, packed)])
        if len(self._names) < MOST_FILES:
            self._names.append(self._write(keys, packed))
            return
        old, self._names = self._names, [self._write(self._keys, self._packed)]
        for name in old:
            if name not in self._names:
                self._files.delete(name)

    def _take(self, parts: list[tuple[Keys, Packed]]) -> None:
        """Hold rows in the order of their keys, each key once."""
        keys = np.concatenate([np.zeros(0, np.uint64), *(keys for keys, _ in parts)])
        none = np.zeros((0, DIMENSIONS), np.int8)
        codes = np.concatenate([none, *(packed.codes for _, packed in parts)])
        scales = np.concatenate([np.zeros(0, np.float32), *(packed.scales for _, packed in parts)])
        self._keys, first = np.unique(keys, return_index=True)
        self._packed = Packed(codes[first], scales[first])

    def _places(self, keys: Keys) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return the row of each key, -1 where there is none."""
        if not len(self._keys):
            return np.full(len(keys), -1)
        at = np.clip(np.searchsorted(self._keys, keys), 0, len(self._keys) - 1)
        return np.where(self._keys[at] == keys, at, -1)

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
