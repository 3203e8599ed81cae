"""A Python without our packages, or too old, is told how to run the program: no traceback."""

from __future__ import annotations

import subprocess
import sys

import pytest

from indexer.installed import end_without, refuse_old_python
from tests.conftest import ROOT


@pytest.mark.parametrize("program", ["indexer", "search_app"])
def test_without_packages(program: str) -> None:
    command = [sys.executable, "-S", "-m", program, "--help"]  # `-S`: nothing of site-packages
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Het pakket ")
    assert (
        f"Installeer Kamerzoek met make install en gebruik daarna .venv/bin/python -m {program}"
        in (done.stderr)
    )
    assert len(done.stderr.splitlines()) == 1


def test_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_old_python("indexer")
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    with pytest.raises(SystemExit, match=r"Python 3.11 of nieuwer nodig; dit is 3.10"):
        refuse_old_python("indexer")


def test_a_part_of_ours_that_is_not_there_is_a_fault() -> None:
    error = ModuleNotFoundError("No module named 'indexer.weg'", name="indexer.weg")
    with pytest.raises(ModuleNotFoundError, match="weg"):
        end_without(error, "indexer")
