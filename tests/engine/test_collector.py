"""The collector of circles waits while it is asked to, and is left as it was found."""

from __future__ import annotations

import gc

import pytest

from indexer.engine import collector


@pytest.mark.parametrize("before", [True, False])
def test_it_is_left_as_it_was_also_after_a_fault(before: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if before else gc.disable)()
        with pytest.raises(ZeroDivisionError), collector.paused():
            1 / gc.isenabled()
        assert gc.isenabled() == before
    finally:
        (gc.enable if was else gc.disable)()


def test_what_came_meanwhile_is_walked_over_when_all_is_done() -> None:
    was = gc.isenabled()
    try:
        gc.enable()
        frozen = gc.get_freeze_count()
        with collector.paused():
            kept = [[number] for number in range(1000)]
        assert gc.get_freeze_count() >= frozen + len(kept)
        collector.resumed()
        assert gc.get_freeze_count() == 0
    finally:
        (gc.enable if was else gc.disable)()
