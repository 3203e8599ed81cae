"""Runs of text as they stand on the page, and the matrices by which they are placed.

In go nothing, out come the values that a page is read into. A matrix is that of ISO 32000-1, 8.3.3.
"""

from __future__ import annotations

from typing import NamedTuple

from indexer.extract.fonts import Font

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Fragment(NamedTuple):
    """A run of text: its baseline from `(x0, y0)` to `(x1, y1)`, in points, type size, font."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    text: str
    font: Font
    hidden: bool
    white: bool


def multiplied(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does the first and then the second."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
