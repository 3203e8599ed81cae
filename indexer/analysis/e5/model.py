"""Texts → vectors of length one, by onnxruntime on one thread.

A text that is longer than the model takes is cut into windows of 510 pieces, and its vector is the
mean of theirs by how many pieces each has, as the package has it that the weights come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from indexer.analysis.e5 import graph, weights
from indexer.analysis.e5.pieces import Pieces
from indexer.analysis.e5.weights import Floats, unpacked

QUERY = "query: "
PASSAGE = "passage: "
ERRORS_ONLY = 3


class E5:
    """The model, loaded; threads may use it at once, each for itself."""

    def __init__(self, path: Path) -> None:
        """Load the model: half a second. Raises `WeightsError` when the file is not one."""
        read = weights.read(path)
        self._words = read.words()
        places = read.vector("emb.pos").reshape(read.longest, read.width)
        self._places = places + read.vector("emb.type")[: read.width]
        self._ends = read.vocabulary.first, read.vocabulary.last
        self._window = read.longest - 2
        self._pieces = Pieces(read.vocabulary)
        self._session = _session(graph.model_of(read))

    def passages(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of texts that may answer a question, n × 384."""
        return self._vectors(texts, PASSAGE)

    def questions(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of questions, n × 384."""
        return self._vectors(texts, QUERY)

    def _vectors(self, texts: Sequence[str], before: str) -> Floats:
        width = self._places.shape[1]
        rows = [self._vector(self._pieces.of(before + text)) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), width)

    def _vector(self, pieces: list[int]) -> Floats:
        """Return the vector of a text, which has one piece at least: the word before it."""
        means = [len(part) * self._mean(part) for part in self._windows(pieces)]
        total = np.sum(means, axis=0)
        vector: Floats = total / np.linalg.norm(total)
        return vector

    def _windows(self, pieces: list[int]) -> Iterator[list[int]]:
        for begin in range(0, len(pieces), self._window):
            yield pieces[begin : begin + self._window]

    def _mean(self, pieces: list[int]) -> Floats:
        first, last = self._ends
        numbers = [first, *pieces, last]
        given = unpacked(self._words[numbers]) + self._places[: len(numbers)]
        mean: Floats = self._session.run(None, {graph.GIVEN: given})[0]
        return mean


def _session(model: bytes) -> onnxruntime.InferenceSession:
    """Return the graph, ready to run on the thread that asks."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = ERRORS_ONLY
    # Above "basic", onnxruntime 1.32 joins operators that only seem to be joinable: with the scales
    # in another order (`graph._product`) it gave vectors with a cosine of .7 to the right ones.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
