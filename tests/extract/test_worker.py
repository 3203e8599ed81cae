"""Children that fail in every way there is: the run goes on and says what happened."""

from __future__ import annotations

import os
import time
from pathlib import Path

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
