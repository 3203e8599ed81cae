"""The word pieces of a question and of the opening of a passage → how much they are alike.

In go what the model makes of each piece with a letter or a digit in it, in the place where it
stands. The story: one vector of a whole text tells what it is about, and all answers of a paper are
about the same. So each piece of a question is compared with each of the opening of a passage, where
an answer takes up its question, and the best of each is averaged (Khattab and Zaharia 2020). Pieces
of a passage are kept as signs: one bit for each number, above or below the middle of all pieces,
since most of what two pieces share is what all share. Among more pieces the best is better by
chance, so that a short answer would lose; what it has less is added. What it brings is measured in
docs/decisions/0808.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Signs = npt.NDArray[np.uint8]

PIECES = 80
"""Pieces of a passage that are kept; beyond the opening more of them find less."""
DIMENSIONS = 384
WIDTH = DIMENSIONS // 8
"""Bytes of a piece."""
SIZE = PIECES * WIDTH
"""Bytes of a passage; where it has fewer pieces, the rest is zero."""
GROWTH = 0.037
"""How much more alike a question and a passage not meant for it are when that has e times as many
pieces: measured over all passages of each question."""
BLOCK = 32
"""Passages whose bits become floats at once: 4 MB."""
MIDDLES = Path(__file__).parent / "e5" / "middles.npy"
"""What pieces are on average, of passages and of questions: of the sample papers
(`tests/quality/middles.py`)."""


def of_passage(pieces: Floats) -> Signs:
    """Return the signs of the first pieces (n × 384) of a passage: `SIZE` bytes."""
    middle, _ = middles()
    kept = np.zeros((PIECES, WIDTH), np.uint8)
    first = np.packbits(pieces[:PIECES] > middle, axis=1)
    kept[: len(first)] = first
    return kept.reshape(-1)


def of_question(pieces: Floats) -> Floats:
    """Return the pieces (n × 384) of a question less the middle, each of length one."""
    _, middle = middles()
    moved = pieces - middle
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Floats = (moved / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def likeness(question: Floats, passages: Signs) -> Floats:
    """Return how much each passage (m × `SIZE`) is like a question: a mean of cosines.

    A passage of fewer pieces than `PIECES` has added what it has less by chance. It is 0 for a
    passage without pieces.
    """
    found = np.zeros(len(passages), np.float32)
    if not len(question):
        return found
    rows = passages.reshape(len(passages), PIECES, WIDTH)
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        found[part] = _of_block(question, rows[part])
    return found


def _of_block(question: Floats, passages: Signs) -> Floats:
    there = passages.any(axis=2)
    counts = there.sum(axis=1)
    found = np.zeros(len(passages), np.float32)
    some = np.flatnonzero(counts)
    if len(some):
        bits = np.unpackbits(passages[there], axis=1).astype(np.float32)
        begins = np.cumsum(counts[some]) - counts[some]
        best = np.maximum.reduceat(question @ bits.T, begins, axis=1)
        # a bit is 0 or 1 where a sign is -1 or 1
        signed = 2 * best - question.sum(axis=1, keepdims=True)
        found[some] = signed.mean(axis=0) / np.sqrt(np.float32(DIMENSIONS))
        found[some] -= GROWTH * np.log(counts[some] / PIECES)
    return found


@cache
def middles() -> tuple[Floats, Floats]:
    """Return what pieces are on average: of passages, and of questions."""
    passage, question = np.load(MIDDLES).astype(np.float32)
    return passage, question
