"""Time, so that a test need not wait for it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Seconds that only go up, waiting, and the time of day."""

    def seconds(self) -> float:
        """Return seconds since some moment."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...

    def now(self) -> datetime:
        """Return the time of day, UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def seconds(self) -> float:
        """Return seconds since some moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def now(self) -> datetime:
        """Return the time of day, UTC."""
        return datetime.now(UTC)


SYSTEM = SystemClock()
