"""What the compiled loops are handed is let go of when nobody holds it any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indexer.engine import native

pytestmark = pytest.mark.compiled
SIZE, TIMES = 1 << 17, 60
IDS = np.arange(SIZE, dtype=np.int64)
SCORES = np.ones(SIZE)


def page() -> None:
    owners = native.LOOPS.Owners(IDS.astype(np.int32), True)
    passes = native.LOOPS.Passes(np.ones(SIZE, np.uint8))
    native.LOOPS.best([(IDS, SCORES)], owners, passes, 0, 10)


def facet() -> None:
    owners = native.LOOPS.Owners(IDS.astype(np.int32), True)
    column = native.LOOPS.Column(1, np.zeros(SIZE, np.uint8), b"", b"")
    column.counted(native.LOOPS.Papers(IDS, owners, native.LOOPS.ALL))


def common_words() -> None:
    slots = native.LOOPS.no_bits(SIZE)
    slots.put(IDS, IDS)
    native.LOOPS.Common(slots, 0)
    np.frombuffer(slots.numbers, np.uint64)


def sums() -> None:
    table = native.LOOPS.Table(SIZE)
    table.add(IDS, SCORES, 1.0)
    np.frombuffer(table.sums, np.float64)


def few() -> None:
    table = native.LOOPS.Sparse(SIZE)
    table.add(IDS, SCORES, 1.0)
    np.frombuffer(table.taken()[0], np.int64)


def bounds() -> None:
    weights = native.LOOPS.Weights(np.zeros(SIZE, np.int16), np.ones(1))
    part = IDS.astype(np.int32), 4, np.ones(SIZE, np.uint8), 1, 0
    word = native.LOOPS.Listed([(0, SIZE, None, [(weights, part)])], 1.2, 1.0, SIZE, SIZE)
    word.meet(IDS, SCORES)
    groups = [native.LOOPS.Group([(word, 1.0)])]
    bits = np.asarray(native.LOOPS.union(groups, SIZE))
    np.frombuffer(native.LOOPS.numbered(bits), np.int64)
    found = native.LOOPS.Search(groups, native.LOOPS.NO_BITS, SIZE, 10, 0.0).run(IDS[:10], 1.0)
    np.frombuffer(found[0], np.int64)


def resident() -> int:
    """Return the bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096


@pytest.mark.parametrize("look", [page, facet, common_words, sums, few, bounds])
def test_let_go(look: Callable[[], None]) -> None:
    """A megabyte each time, and more, would stay; the allocator keeps a few."""
    for _ in range(5):
        look()
    before = resident()
    for _ in range(TIMES):
        look()
    assert resident() - before < TIMES * SIZE // 4
