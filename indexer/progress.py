"""How far a step is: what every long step yields and the console shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is: a Dutch word for it, how many of how many (0: unknown) and failures."""

    step: str
    done: int
    total: int
    failed: int = 0
