"""A command loads what it needs: the rest would cost it half a second before it begins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLE

OF_OTHERS = {
    "extract": ("numpy", "whoosh", "opensearchpy", "httpx", "fsspec", "pypdfium2", "requests"),
    "show": ("numpy", "whoosh", "opensearchpy", "httpx", "fsspec", "pypdfium2", "requests"),
    "build": (
        "numpy",
        "pdfminer",
        "indexer.structure.assemble",
        "whoosh",
        "opensearchpy",
        "httpx",
        "fsspec",
        "pypdfium2",
        "requests",
    ),
    "check": ("whoosh", "opensearchpy", "httpx", "fsspec", "pypdfium2", "requests"),
    "fetch": ("whoosh", "opensearchpy", "fsspec", "pypdfium2", "requests"),
}
"""By command, what is not loaded before its work begins; Whoosh comes with an index in a folder."""
TOLD = """
import sys
from indexer.cli import main
try:
    main([sys.argv[1], "--help"])
except SystemExit:
    print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("command", OF_OTHERS)
def test_a_command_does_not_load_what_others_need(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD, command], capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert {"indexer.cli", "argparse"} <= loaded
    assert not loaded.intersection(OF_OTHERS[command])


def test_help_names_all_commands() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "--help"], capture_output=True, text=True, check=True
    )
    for command in ("build", "fetch", "rollback", "doctor", "extract", "citations", "tables"):
        assert f"    {command}" in done.stdout


def test_a_build_in_which_nothing_changed_loads_no_reader_and_no_engine(tmp_path: Path) -> None:
    command = ["build", str(SAMPLE / "kst-36489-2.pdf"), "--index", str(tmp_path), "--json"]
    told = TOLD.replace('[sys.argv[1], "--help"]', "sys.argv[1:]").replace(
        "except SystemExit:", "finally:"
    )
    for loaded_before in (True, False):
        done = subprocess.run(
            [sys.executable, "-c", told, *command], capture_output=True, text=True, check=True
        )
        loaded = set(done.stderr.split())
        assert {"pdfminer", "whoosh", "numpy"}.issubset(loaded) == loaded_before
        assert bool(loaded.intersection({"pdfminer", "whoosh", "numpy"})) == loaded_before
