"""Texts → vectors of length one, and those of their pieces, by onnxruntime on one thread.

A text that is longer than the model takes is cut into windows of 510 pieces, and its vector is the
mean of theirs by how many pieces each has, as the package has it that the weights come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from indexer.analysis.e5 import graph, weights
from indexer.analysis.e5.pieces import Pieces
from indexer.analysis.e5.weights import Floats, unpacked

QUERY = "query: "
PASSAGE = "passage: "
ERRORS_ONLY = 3


@dataclass(frozen=True, slots=True)
class Read:
    """What the model makes of a text: its vector, and those of its pieces (n × 384).

    They are the pieces of the first window that have a letter or a digit.
    """

    vector: Floats
    pieces: Floats


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

    def passages(self, texts: Sequence[str]) -> list[Read]:
        """Read texts that may answer a question."""
        return [self._read(text, PASSAGE) for text in texts]

    def questions(self, texts: Sequence[str]) -> list[Read]:
        """Read questions."""
        return [self._read(text, QUERY) for text in texts]

    def _read(self, text: str, before: str) -> Read:
        """Read a text, which has one piece at least: the word before it."""
        numbers = self._pieces.of(before + text)
        windows = list(self._windows(numbers))
        read = [self._run(part) for part in windows]
        total = np.sum(
            [len(part) * mean for part, (mean, _) in zip(windows, read, strict=True)], axis=0
        )
        begin = len(self._pieces.of(before.strip()))
        says = [n for n, piece in enumerate(windows[0]) if n >= begin and self._pieces.says(piece)]
        _, first = read[0]
        return Read(total / np.linalg.norm(total), first[1:-1][says])

    def _windows(self, pieces: list[int]) -> Iterator[list[int]]:
        for begin in range(0, len(pieces), self._window):
            yield pieces[begin : begin + self._window]

    def _run(self, pieces: list[int]) -> tuple[Floats, Floats]:
        """Return the mean of the pieces of a window, and each, with begin and end."""
        first, last = self._ends
        numbers = [first, *pieces, last]
        given = unpacked(self._words[numbers]) + self._places[: len(numbers)]
        mean, each = self._session.run(None, {graph.GIVEN: given})
        return mean, each


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
