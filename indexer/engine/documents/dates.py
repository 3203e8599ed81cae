"""Dates as numbers that sort: `20221213`."""

from __future__ import annotations

NO_DATE = 0


def date_number(date: str | None) -> int:
    """Return an ISO date as a number that sorts (`20221213`); unknown is 0."""
    digits = (date or "").replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdigit() else NO_DATE


def date_bounds(low: str | None, high: str | None) -> tuple[int, int]:
    """Return both ends of a period as numbers; a year or month stands for all its days."""
    first = date_number(low) if low else 1
    last = int(high.replace("-", "").ljust(8, "9")) if high else 99_999_999
    return first, last
