"""How many threads do slow work at once: the others stay free for who is answered in an instant.

In goes the number of threads of a server, out comes a `with` to do slow work in, or a `BusyError`.
The story: files of questions, pages drawn, exports and expensive searches each let a few through
and have the others wait a while; those who wait hold a thread too. With as many of them as there
are threads nobody else would be answered, `/readyz` neither. So all slow work together, waiting
included, gets all threads but some.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from search_app.errors import BusyError

SPARE = 2
"""Threads that never do slow work, when there are more than these."""
RETRY_SECONDS = 5
_inside: ContextVar[bool] = ContextVar("inside", default=False)


class Crowd:
    """Lets all slow work together take all threads but `SPARE`. Safe under threads."""

    def __init__(self, threads: int) -> None:
        self._room = threading.BoundedSemaphore(max(1, threads - SPARE))

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Do slow work within; what is slow within that takes no second place.

        Raises `BusyError` when there is no thread left for it.
        """
        if _inside.get():
            yield
            return
        if not self._room.acquire(blocking=False):
            raise BusyError(RETRY_SECONDS)
        token = _inside.set(True)
        try:
            yield
        finally:
            _inside.reset(token)
            self._room.release()
