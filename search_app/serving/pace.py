"""A connection in the middle of something moves on, or it is closed.

In go the bytes that a connection received and sent, out comes whether it hardly moved. The story:
Waitress closes a connection that was silent for a while, but a byte now and then keeps it, and one
that is being answered is never closed. So a reader who takes nothing of a large answer keeps the
thread that writes to him for ever, and as many of them as there are threads stop the server. Here
what was begun must move `LEAST_BYTES` in `WINDOW_SECONDS`; who has nothing half done may be silent.
"""

from __future__ import annotations

import time
from collections.abc import Callable

WINDOW_SECONDS = 30.0
LEAST_BYTES = 32 * 1024
"""About 1 KB a second: any line that a page can be read over is faster."""


class Pace:
    """How fast a connection moves, looked at now and then."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self._moved = self._before = 0

    def move(self, count: int) -> None:
        """Count bytes that were received or sent."""
        self._moved += count

    def is_stuck(self, *, is_busy: bool) -> bool:
        """Tell whether it hardly moved for a window, with something half received or half sent."""
        now = self._clock()
        if is_busy and now - self._since < WINDOW_SECONDS:
            return False
        stuck = is_busy and self._moved - self._before < LEAST_BYTES
        self._since, self._before = now, self._moved
        return stuck
