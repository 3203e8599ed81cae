"""What an index learned, as files; and that it is part of what an index is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.analysis.exported import export
from indexer.analysis.tables import EMPTY, learn
from indexer.cli import main
from tests.conftest import Built

LEARNED = learn(["wiskunde onderwijs taalonderwijs wiskundeles taal les wiskundeonderwijs"] * 9)


def test_the_tables_are_written_with_a_head(tmp_path: Path) -> None:
    files = {path.name: path.read_text("utf-8") for path in export(LEARNED, tmp_path / "new")}
    assert files["woorden.tsv"].startswith("woord\taantal\n")
    assert "onderwijs\t9\n" in files["woorden.tsv"]
    assert files["helften.tsv"].startswith("helft\tlos\tvooraan\tachteraan\n")
    assert all(row.count("\t") == 3 for row in files["helften.tsv"].splitlines())
    for name in ("afkortingen.tsv", "stammen.tsv", "spelling.tsv", "stopwoorden.txt"):
        assert files[name]


def test_the_command_tells_and_writes(
    sample_index: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["tables", str(sample_index.location), "--to", str(tmp_path), "--json"]
    assert main(command) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["words"] + 1 == len((tmp_path / "woorden.tsv").read_text("utf-8").splitlines())
    assert told["learned_from"] > told["words"] > told["halves"] > 0
    assert len(told["digest"]) == 16


def test_no_index_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(tmp_path)]) == 2
    assert "build" in capsys.readouterr().err


def test_the_digest_changes_with_what_was_learned() -> None:
    other = learn(["geheel andere woorden"])
    assert len({LEARNED.digest, other.digest, EMPTY.digest}) == 3
