"""A fault at each step of a real publication, and a power cut there: old or new, never neither.

Every write of Whoosh and of ours is a step (`tests.engine.faulty`). After each fault the old
generation answers, or the new one when the fault came after the pointer; the next build works and
leaves no garbage.
"""

from __future__ import annotations

import errno
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from indexer.engine.errors import EngineError
from tests.engine.faulty import FaultyDisk, PowerCutError, let_go
from tests.engine.published import generations, publish, told
from tests.faults import tell

SEED = 20261125
FAULTS = {
    errno.ENOSPC: "schijf is vol",
    errno.EDQUOT: "quotum",
    errno.EACCES: "chown",
    errno.EIO: "Controleer de schijf",
    errno.EROFS: "alleen te lezen",
    errno.EFBIG: "ulimit -f",
}
FEW, ALL = [errno.ENOSPC], [number for number in FAULTS for _ in range(2)]


@pytest.fixture(name="two", scope="module")
def made_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a place where two generations are published; the third will throw one away."""
    location = tmp_path_factory.mktemp("two") / "index"
    publish(location, 1)
    publish(location, 2)
    return location


def steps_of_a_publication(two: Path, location: Path) -> int:
    shutil.copytree(two, location)
    disk = FaultyDisk()
    publish(location, 3, disk)
    return disk.steps


@pytest.mark.parametrize("numbers", [FEW, pytest.param(ALL, marks=pytest.mark.soak)])
def test_fault_at_each_step_leaves_old_or_new(
    two: Path, tmp_path: Path, numbers: list[int]
) -> None:
    count = steps_of_a_publication(two, tmp_path / "count")
    ends = Counter[str]()
    for round_, number in enumerate(numbers):
        for step in range(1, count + 1):
            location = tmp_path / f"{round_}-{step}"
            shutil.copytree(two, location)
            ends[refuse(location, step, number, sticky=round_ % 2 == 0)] += 1
    done = f"{count} steps x {len(numbers)} kinds of fault"
    tell(
        "Fault at each I/O step",
        bar="old or new, never neither",
        done=done,
        effective=told_of(ends),
    )
    assert sum(ends.values()) == count * len(numbers)
    assert ends["old"] > count * len(numbers) // 2
    assert ends["new"] > 0


def refuse(location: Path, step: int, number: int, *, sticky: bool) -> str:
    """Refuse a step, and say which generation answers after it."""
    disk = FaultyDisk(step, OSError(number, "refused"), sticky=sticky)
    try:
        publish(location, 3, disk)
    except EngineError as error:
        assert FAULTS[number] in str(error)  # noqa: PT017 - a fault in clearing up is no error
        assert str(location) in str(error)  # noqa: PT017
    assert disk.failed
    end = {2: "old", 3: "new"}[told(location)]
    publish(location, 4, FaultyDisk())
    assert told(location) == 4
    assert len(generations(location)) <= 2
    return end


@pytest.mark.parametrize("tries", [1, pytest.param(12, marks=pytest.mark.soak)])
def test_power_cut_at_each_step_leaves_old_or_new(two: Path, tmp_path: Path, tries: int) -> None:
    chance = random.Random(SEED)
    count = steps_of_a_publication(two, tmp_path / "count")
    ends = Counter[str]()
    for try_ in range(tries):
        for step in range(1, count + 1):
            location = tmp_path / f"{try_}-{step}"
            shutil.copytree(two, location)
            disk = FaultyDisk(step, PowerCutError())
            with pytest.raises(PowerCutError):
                publish(location, 3, disk)
            disk.cut(chance)
            let_go()
            ends[{2: "old", 3: "new"}[told(location)]] += 1
            publish(location, 4, FaultyDisk())
            assert told(location) == 4
            assert len(generations(location)) <= 2
    done = f"{count} steps x {tries} outcomes of lost writes"
    tell(
        "Power cut", bar="old or new, never neither", done=done, effective=told_of(ends), seed=SEED
    )
    assert sum(ends.values()) == count * tries
    assert ends["old"] > count * tries // 2
    assert ends["new"] > 0


def told_of(ends: Counter[str]) -> str:
    return f"{sum(ends.values())} (then {ends['old']} old, {ends['new']} new)"


def test_what_was_acknowledged_survives_a_power_cut_right_after(tmp_path: Path) -> None:
    for number in range(10):
        location = tmp_path / f"{number}"
        disk = FaultyDisk()
        publish(location, 1, disk)
        disk.cut(random.Random(number))
        assert told(location) == 1
