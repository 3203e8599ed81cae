"""How long the search that is going on may still take.

In goes a number of seconds for the work within a `with`, out comes a `DeadlineError` from the first
`check` after they are over. The story: Whoosh stops a search by a signal, which works in the main
thread only. Here the thread that searches looks at the clock itself, between steps that are each
short: before every node of the query, every word that is fetched, every passage that is read. So
it holds alike in the main thread, in a pool of threads and in a forked process. An engine that asks
another machine tells it how much time is `left`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from indexer.engine.errors import DeadlineError

_until: ContextVar[float] = ContextVar("until", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let the work inside take so long; an earlier deadline around it stays."""
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)


def left() -> float:
    """Return the seconds that are left, infinite without a limit. Raises `DeadlineError`."""
    check()
    return _until.get() - time.monotonic()


def check() -> None:
    """Raise `DeadlineError` when the time is over."""
    if time.monotonic() > _until.get():
        raise DeadlineError
