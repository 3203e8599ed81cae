"""Expressions that were compiled before are those that `re` would make, or there are none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer import expressions
from tests import of_no_use

MAKE = "import sys, pathlib; from indexer.expressions import make; make(pathlib.Path(sys.argv[1]))"
USE = """
import pathlib, re, sys
from indexer.expressions import MODULES, remember
count = remember(pathlib.Path(sys.argv[1]))
known = dict(re._cache)
import re._compiler
made, compiled = [], re._compiler.compile
re._compiler.compile = lambda pattern, flags: made.append(pattern) or compiled(pattern, flags)
for name in MODULES:
    __import__(name)
same = all(compiled(key[1], key[2]) == found for key, found in known.items())
print(count, same, sum((type(each), each) in {key[:2] for key in known} for each in made))
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("expressions") / "re"
    run(MAKE, made)
    return made


def run(code: str, file: Path) -> str:
    command = [sys.executable, "-c", code, str(file)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_they_are_what_re_makes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAMERZOEK_SOURCE", raising=False)
    count, same, again = run(USE, file).split()
    assert int(count) > 200
    assert (same, again) == ("True", "0")


def test_the_source_runs_without(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERZOEK_SOURCE", "1")
    assert expressions.remember(file) == 0


@pytest.mark.parametrize("way", of_no_use.WAYS)
def test_a_file_that_is_of_no_use(
    way: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAMERZOEK_SOURCE", raising=False)
    of_no_use.write(way, file, tmp_path / "re", [("a+", 0, 32, [1, 2, 3], 0, {}, (None,))])
    assert expressions.remember(tmp_path / "re") == 0
