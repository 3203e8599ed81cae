"""The weights of the model → what is computed of a text, as a model file for onnxruntime.

In go the vectors of the pieces of one text (pieces × 384), out come those after all layers and
their mean (384). It is the encoder of BERT (Devlin et al. 2019): attention of each piece to all,
and a network on each, twice added to what went in and brought to one scale.

Products with weights, most of the work, are of whole numbers, four times as fast as of floats
on a processor with VNNI. Weights have one scale for each output and seven bits: with eight, a
processor without VNNI would add pairs of products past 16 bits and cut them off. What they are
multiplied with has eight bits and one scale for each piece; one for all pieces would be a step
less, and costs .01 MRR@10 (docs/decisions/0806). One text at a time: so its vector hangs on
nothing else, and nothing is padded.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indexer.analysis.e5.onnx_file import FLOAT, UINT8, Graph
from indexer.analysis.e5.weights import Floats, Weights

WEIGHT_STEPS = 63
STEPS = 127
MIDDLE = 128
"""What stands for 0 in bytes without a sign."""
EPSILON = 1e-12
GIVEN = "pieces"


def model_of(weights: Weights) -> bytes:
    """Return the model file."""
    encoder = _Encoder(weights)
    hidden = encoder.normal(GIVEN, "emb.ln")
    for layer in range(weights.layers):
        hidden = encoder.layer(hidden, f"l{layer}.")
    mean = encoder.graph.add("ReduceMean", hidden, encoder.first, keepdims=0)
    results: dict[str, list[str | int]] = {mean: [weights.width], hidden: ["n", weights.width]}
    return encoder.graph.model(GIVEN, ["n", weights.width], results)


class _Encoder:
    """Adds parts of the encoder to a graph; each takes a name and returns one."""

    def __init__(self, weights: Weights) -> None:
        self.graph = Graph()
        self._weights = weights
        constant = self.graph.constant
        self.first = constant(np.array([0], np.int64))
        self._last = constant(np.array([-1], np.int64))
        self._step = constant(np.float32(1 / STEPS))
        self._none = constant(np.float32(0))
        self._half = constant(np.float32(MIDDLE))
        self._middle = constant(np.uint8(MIDDLE))

    def layer(self, given: str, name: str) -> str:
        """Return a layer of the encoder."""
        seen = self._attention(given, name)
        taken = self.normal(self.graph.add("Add", given, seen), f"{name}aln")
        inner = self.graph.add("Gelu", self._product(taken, [f"{name}fi"]))
        outer = self._product(inner, [f"{name}fo"])
        return self.normal(self.graph.add("Add", taken, outer), f"{name}oln")

    def normal(self, given: str, name: str) -> str:
        """Return each row with mean 0 and deviation 1, times and plus what was learned."""
        scale, shift = (self.graph.constant(self._weights.vector(f"{name}.{w}")) for w in "wb")
        return self.graph.add("LayerNormalization", given, scale, shift, epsilon=EPSILON)

    def _attention(self, given: str, name: str) -> str:
        add = self.graph.add
        whole = self._product(given, [f"{name}q", f"{name}k", f"{name}v"])
        one = add("Unsqueeze", whole, self.first)
        parts = self.graph.add_many(3, "Split", one, axis=2, num_outputs=3)
        heads = self._weights.heads
        seen = add("MultiHeadAttention", *parts, domain="com.microsoft", num_heads=heads)
        return self._product(add("Squeeze", seen, self.first), [f"{name}ao"])

    def _product(self, given: str, names: list[str]) -> str:
        """Return rows times the weights of some names side by side, and what is added to them."""
        add, constant = self.graph.add, self.graph.constant
        added = np.concatenate([self._weights.vector(f"{name}.b") for name in names])
        each = len(added) // len(names)
        codes, scales = _in_steps(
            np.concatenate([self._weights.matrix(f"{name}.w", each) for name in names])
        )
        rows, row_scales = self._rows_in_steps(given)
        whole = add("MatMulInteger", rows, constant(codes.T), self._middle)
        scaled = add("Mul", add("Cast", whole, to=FLOAT), constant(scales))
        return add("Add", add("Mul", scaled, row_scales), constant(added))

    def _rows_in_steps(self, given: str) -> tuple[str, str]:
        """Return rows in bytes, and what a step of each is worth, n × 1."""
        add = self.graph.add
        most = add("ReduceMax", add("Abs", given), self._last, keepdims=0)
        scales = add("Mul", most, self._step)
        middles = add("Add", add("Mul", scales, self._none), self._half)
        as_bytes = add("Cast", middles, to=UINT8)
        rows = add("QuantizeLinear", given, scales, as_bytes, axis=0)
        return rows, add("Unsqueeze", scales, self._last)


def _in_steps(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return weights (outputs × inputs) in whole steps, and what a step of each output is worth."""
    largest: Floats = np.abs(weights).max(axis=1)
    scales = (largest / WEIGHT_STEPS).astype(np.float32)
    steps = np.where(scales > 0, scales, 1)[:, None]
    return np.rint(weights / steps).astype(np.int8), scales
