"""The words of a bag together: documents with any of them, those with all of them far ahead.

In go the matches of each word and where it stands in the question, out come matches whose best
documents are lifted where neighbouring words stand near each other (`proximity`).
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engine.arrays.ids import NO_IDS, Ids
from indexer.engine.matching import proximity
from indexer.engine.matching.bounded import Bounded
from indexer.engine.matching.combining import all_full, any_of
from indexer.engine.matching.matches import Head, Matches
from indexer.engine.matching.proximity import Lift, Placed
from indexer.engine.matching.raised import Raised
from indexer.engine.matching.sums import Summed


def gathered(items: Sequence[Matches], placed: Sequence[Placed], lift: float) -> Matches:
    """Return the documents of any of the items; those of all gain `lift`."""
    if len(items) == 1 and len(placed) < 2 and items[0].is_all_full:
        return items[0]
    full = all_full(items)
    lifted = full if len(items) > 1 else NO_IDS
    loose = any_of(items, lifted=lifted, lift=lift)
    near = Lift(placed) if len(placed) > 1 and loose.having else None
    is_ours = loose not in items
    if is_ours and isinstance(loose, Bounded) and (near is None or near.for_loops):
        return loose.led(full, near, lambda sums: _led(sums, full, near))
    if is_ours and isinstance(loose, Summed):
        return _led(loose, full, near)
    ids, scores = loose.whole
    if near is not None:
        best = proximity.best(scores)
        scores = scores.copy()
        scores[best] += near.gains(ids[best])
    return Matches(ids, scores, full, loose.parts or (loose,))


def _led(loose: Summed, full: Ids, lift: Lift | None) -> Matches:
    """Return the same with its best documents at hand, to be lifted; its sums are our own."""
    best, scores = loose.best(proximity.best)
    bound = float(scores.min()) if len(best) < loose.having else 0.0
    if lift is not None and lift.for_loops:
        return loose.known(full, Raised((best, scores), bound, lift))
    if lift is not None:
        gains = lift.gains(best)
        loose.lift(best, gains)
        scores = scores + gains
    return loose.known(full, Head(best, scores, bound))
