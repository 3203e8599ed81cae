"""Python's collector of circles, put off where many objects come that stay and make none.

It would walk over all words that are known again and again: a fifth of the CPU time of a build.
What came while it waited it does not walk over either, until `resumed`: else it would catch up at
once, a tenth of that time.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """Let the collector wait, unless it waits already; it leaves alone what there is by then."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.freeze()
            gc.enable()


def resumed() -> None:
    """Let the collector walk over everything again: what was made is done with."""
    gc.unfreeze()
