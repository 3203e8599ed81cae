"""Which reading of a number is meant, given the dossiers that are known.

In go readings and dossiers, out come the readings that are left.
"""

from __future__ import annotations

from collections.abc import Collection

from indexer.numbers.values import Number


def settled(readings: tuple[Number, ...], known: Collection[str]) -> tuple[Number, ...]:
    """Return the readings with those of a known dossier first, and alone when only one is.

    `known` has dossiers in their normal form: `35510-21` is paper 21 of 35510, unless there is a
    dossier 35510-21.
    """
    if len(readings) < 2:
        return readings
    there = tuple(number for number in readings if number.dossier in known)
    longest = max((len(number.dossier or "") for number in there), default=0)
    surest = tuple(number for number in there if len(number.dossier or "") == longest)
    return surest or readings
