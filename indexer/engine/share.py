"""A share of the files: what one of many processes does of a build.

In goes the name of a file or a paper, out comes whether it belongs to a share.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """One of `of` equal shares of the files, counted from 1: what one of many processes does."""

    number: int
    of: int

    def __str__(self) -> str:
        """Return it as it is typed."""
        return f"{self.number}/{self.of}"

    def holds(self, name: str) -> bool:
        """Return whether what is known by this name belongs to the share."""
        return self.holds_origin(origin_of(name))

    def holds_origin(self, origin: str) -> bool:
        """Return whether what has this origin (`origin_of`) belongs to the share."""
        return int(origin, 16) % self.of == self.number - 1


def origin_of(name: str) -> str:
    """Return eight hexadecimal digits that divide names evenly."""
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
