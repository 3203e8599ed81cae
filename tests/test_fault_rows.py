"""The rows of a long run, and the table that is made of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults import table, tell


def test_rows_become_a_table_in_which_the_last_run_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.jsonl"
    monkeypatch.setenv("FAULTS", str(rows))
    tell("Kills", bar="0 lost", done="10 kills", effective="4 inside", seed=7)
    tell("Flips", bar="all found", done="5 flips", effective="5")
    tell("Kills", bar="0 lost", done="1000 kills", effective="400 inside", seed=8)
    assert "seed 7: Kills: 10 kills; 4 inside" in capsys.readouterr().out
    lines = table(rows.read_text("utf-8").splitlines()).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("| Test | Bar | Done |")
    assert lines[2].startswith("| Kills | 0 lost | 1000 kills | 400 inside | 8 | ")
    assert lines[3].startswith("| Flips | all found | 5 flips | 5 | none | ")


def test_nothing_is_kept_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAULTS", raising=False)
    tell("Kills", bar="0 lost", done="10 kills", effective="4 inside")


def test_the_tests_that_the_page_names_are_there() -> None:
    page = (ROOT / "docs" / "benchmarks" / "faults.md").read_text("utf-8")
    named = re.findall(r"tests/[\w/]+(?:\.py)?|\btest_\w+\.py", page)
    assert len(named) > 20
    for name in named:
        found = (ROOT / name).exists() if "/" in name else list((ROOT / "tests").rglob(name))
        assert found, name
