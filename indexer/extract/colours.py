"""Operators that set the colour of what is painted → whether it shows on paper."""

from __future__ import annotations

COLOURS = (b"g", b"rg", b"k", b"sc", b"scn")


def is_white(operator: bytes, numbers: list[float]) -> bool:
    """Tell a colour that does not show on paper; one value of `scn` may be of any ink: not told."""
    if operator == b"g":
        return numbers[-1] > 0.98
    if operator == b"k" or len(numbers) == 4:
        return max(numbers[-4:]) < 0.02
    return len(numbers) == 3 and min(numbers) > 0.98
