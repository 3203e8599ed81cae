"""Python's collector of circles, kept off an open generation while people search in it.

The story: all threads stand still while it walks over everything that is kept. With 100,000
passages and what was learned of their words that took .1 to .6 s, some times a minute, and made
the slowest hundredth of the answers (docs/benchmarks/load.md). It finds nothing there: a
generation holds no circles and goes by itself when nobody uses it any more, which a test holds.
"""

from __future__ import annotations

import gc

SELDOM = (10_000, 10, 20)
"""Objects between two sweeps of the youngest, and so on: a visit makes some thousands."""


def sweep_seldom() -> None:
    """Have the collector look less often than once every 700 objects."""
    gc.set_threshold(*SELDOM)


def leave_alone() -> None:
    """Have the collector walk over nothing that is there by now; what is young it sweeps first."""
    gc.collect(1)
    gc.freeze()
