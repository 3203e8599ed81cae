"""Children that fail in every way there is: the run goes on and says what happened."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from indexer.extract import worker
from indexer.extract.limits import ExtractionError, Limits
from indexer.extract.worker import run
from indexer.paper import Failure

LIMITS = Limits(seconds=1.5, memory_mb=256)


def task(path: Path) -> str:
    name = path.name
    if name.startswith("slaap"):
        time.sleep(60)
    if name.startswith("geheugen"):
        return "x" * (1 << 31)
    if name.startswith("weg"):
        os._exit(7)
    if name.startswith("fout"):
        raise ValueError("zomaar")
    if name.startswith("versleuteld"):
        raise ExtractionError("versleuteld", "Er is een wachtwoord.")
    return f"klaar {name}"


def outcomes(names: list[str], workers: int) -> dict[str, str]:
    rows = run(task, [Path(name) for name in names], workers=workers, limits=LIMITS)
    return {p.name: r.reason if isinstance(r, Failure) else r for p, r in rows}


def test_every_file_has_an_outcome() -> None:
    names = ["a", "slaap", "b", "geheugen", "c", "weg", "d", "fout", "versleuteld", "e"]
    expected = {name: f"klaar {name}" for name in "abcde"}
    expected |= {"slaap": "tijd", "geheugen": "geheugen", "weg": "afgebroken"}
    expected |= {"fout": "fout", "versleuteld": "versleuteld"}
    for workers in (1, 2):
        assert outcomes(names, workers) == expected


def test_last_file_may_hang() -> None:
    assert outcomes(["a", "slaap"], 1) == {"a": "klaar a", "slaap": "tijd"}


def test_nothing_to_do() -> None:
    assert outcomes([], 2) == {}


def test_the_parent_does_something_meanwhile() -> None:
    done: list[str] = []

    def meanwhile() -> None:
        time.sleep(0.3)  # the children have finished by then, and wait to be heard
        done.append("geladen")

    names = [Path(name) for name in "abc"]
    rows = run(task, names, workers=2, limits=Limits(seconds=0.2), meanwhile=meanwhile)
    for path, result in rows:
        done.append(str(path))
        assert result == f"klaar {path.name}"
    assert done[0] == "geladen"
    assert sorted(done[1:]) == ["a", "b", "c"]


def test_closing_the_run_leaves_no_child() -> None:
    rows = run(pid, [Path("a"), Path("b")], workers=1, limits=LIMITS)
    _, number = next(rows)
    rows.close()  # type: ignore[attr-defined]
    time.sleep(0.1)
    assert isinstance(number, int)
    assert not Path(f"/proc/{number}").exists()


def pid(path: Path) -> int:
    del path
    return os.getpid()


def test_a_file_is_begun_while_the_parent_is_at_a_result(tmp_path: Path) -> None:
    def begun(path: Path) -> str:
        path.touch()
        return path.name

    names = [tmp_path / name for name in "abcd"]
    rows = run(begun, names, workers=1, limits=LIMITS)
    next(rows)
    until = time.monotonic() + 20
    while not names[1].exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert names[1].exists()  # though nobody asked for its result
    assert [name for _, name in rows] == ["b", "c", "d"]


def slow(path: Path) -> str:
    time.sleep(1.2)
    return path.name


def test_the_time_of_a_file_begins_when_the_one_before_it_is_done() -> None:
    names = [Path(name) for name in "abc"]
    rows = dict(run(slow, names, workers=1, limits=Limits(seconds=2)))
    assert sorted(path.name for path in rows) == list("abc")
    assert not [row for row in rows.values() if isinstance(row, Failure)]


def test_what_waits_with_a_child_that_dies_is_read_by_another() -> None:
    names = ["a", "weg1", "b", "slaap1", "c", "weg2", "d", "weg3", "weg4", "e"]
    expected = {name: f"klaar {name}" for name in "abcde"}
    expected |= {name: "afgebroken" for name in names if name.startswith("weg")}
    expected |= {"slaap1": "tijd"}
    for workers in (1, 2, 3):
        assert outcomes(names, workers) == expected


def test_a_child_is_replaced_when_it_did_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "FILES_PER_CHILD", 3)
    rows = list(run(pid, [Path(str(n)) for n in range(8)], workers=1, limits=LIMITS))
    assert [path.name for path, _ in rows] == list("01234567")
    numbers = [number for _, number in rows]
    assert [len({*numbers[at : at + 3]}) for at in (0, 3, 6)] == [1, 1, 1]
    assert len({*numbers}) == 3
