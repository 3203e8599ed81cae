"""Python's collector of circles, put off where many objects come that stay and make none.

It would walk over all words that are known again and again: a fifth of the CPU time of a build.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """Let the collector wait, unless it waits already."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
