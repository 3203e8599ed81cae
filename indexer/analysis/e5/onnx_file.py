"""A computation → a model file in the format ONNX, which onnxruntime runs.

What is written is protobuf (protobuf.dev/programming-guides/encoding), with the field numbers of
onnx.proto3 (github.com/onnx/onnx): a field is its number with its kind, then a number, or a length
and bytes. The package onnx would do this too, in 31 MB with a library of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Value = int | float | Sequence[int]

IR_VERSION = 9
OPERATORS = (("", 20), ("com.microsoft", 1))
"""Sets of operators with their versions: those of ONNX, and those of onnxruntime itself."""
FLOAT = 1
UINT8 = 2
INT8 = 3
INT64 = 7
KINDS = {"float32": FLOAT, "uint8": UINT8, "int8": INT8, "int64": INT64}


class Graph:
    """Collects the nodes and constants of a computation; each result has a name."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._made = 0

    def constant(self, values: npt.ArrayLike) -> str:
        """Add an array; returns its name."""
        array = np.asarray(values)
        name = self._name()
        shape: tuple[int, ...] = array.shape
        dims = b"".join(_number(1, size) for size in shape)
        kind = _number(2, KINDS[array.dtype.name])
        self._constants.append(_bytes(5, dims + kind + _text(8, name) + _bytes(9, array.tobytes())))
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **values: Value) -> str:
        """Add an operator with one result; returns the name of that."""
        return self.add_many(1, operator, *inputs, domain=domain, **values)[0]

    def add_many(
        self, results: int, operator: str, *inputs: str, domain: str = "", **values: Value
    ) -> list[str]:
        """Add an operator; returns the names of its results."""
        names = [self._name() for _ in range(results)]
        node = b"".join(_text(1, name) for name in inputs)
        node += b"".join(_text(2, name) for name in names)
        node += _text(4, operator) + _text(7, domain)
        node += b"".join(_bytes(5, _attribute(name, value)) for name, value in values.items())
        self._nodes.append(_bytes(1, node))
        return names

    def model(
        self, given: str, shape: Sequence[str | int], results: Mapping[str, Sequence[str | int]]
    ) -> bytes:
        """Return the file. Each size of what is given or made is a number, or a name: it varies."""
        graph = b"".join(self._nodes) + _text(2, "e5") + b"".join(self._constants)
        graph += _bytes(11, _floats(given, shape))
        graph += b"".join(_bytes(12, _floats(name, made)) for name, made in results.items())
        sets = (_text(1, domain) + _number(2, version) for domain, version in OPERATORS)
        imports = b"".join(_bytes(8, one) for one in sets)
        return _number(1, IR_VERSION) + _bytes(7, graph) + imports

    def _name(self) -> str:
        self._made += 1
        return f"v{self._made}"


def _floats(name: str, shape: Sequence[str | int]) -> bytes:
    """Return a name with what it stands for: floats of a shape."""
    sizes = (_number(1, size) if isinstance(size, int) else _text(2, size) for size in shape)
    tensor = _number(1, FLOAT) + _bytes(2, b"".join(_bytes(1, size) for size in sizes))
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _attribute(name: str, value: Value) -> bytes:
    """Return a setting of an operator: a float, a whole number, or several of those."""
    if isinstance(value, float):
        return _text(1, name) + _tag(2, 5) + struct.pack("<f", value) + _number(20, 1)
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, 2)
    return _text(1, name) + b"".join(_number(8, one) for one in value) + _number(20, 7)


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _tag(field, 2) + _varint(len(value)) + value


def _number(field: int, value: int) -> bytes:
    return _tag(field, 0) + _varint(value)


def _tag(field: int, kind: int) -> bytes:
    return _varint(field << 3 | kind)


def _varint(value: int) -> bytes:
    """Return a whole number in groups of seven bits, the lowest first; negative ones in 64 bits."""
    value &= (1 << 64) - 1
    groups = bytearray()
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    return bytes([*groups, value])
