"""Methods of dataclasses that were compiled before are those that `dataclasses` would compile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer import generated
from tests import of_no_use

MAKE = "import sys, pathlib; from indexer.generated import make; make(pathlib.Path(sys.argv[1]))"
USE = """
import dataclasses, marshal, pathlib, sys
from indexer import generated
file = pathlib.Path(sys.argv[1])
count = generated.remember(file)
texts, execute = [], dataclasses.exec
dataclasses.exec = lambda text, *names: texts.append(text) or execute(text, *names)
for name in generated.MODULES:
    __import__(name)
from indexer.paper import Failure
one, other = Failure("a.pdf", "leeg", "Zo."), Failure("a.pdf", "leeg", "Zo.")
assert one == other and hash(one) == hash(other) and repr(one).startswith("Failure(path='a.pdf'")
known = marshal.loads(file.read_bytes())[1]
made = [compile(text, "<string>", "exec", dont_inherit=True) == known.get(text) for text in texts]
print(count, len(texts) > 80, all(made))

@dataclasses.dataclass
class Unknown:
    number: list[int]
print(Unknown.__init__.__annotations__, Unknown([3]))
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("generated") / "methods"
    run(MAKE, made)
    return made


def run(code: str, file: Path) -> str:
    command = [sys.executable, "-c", code, str(file)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_they_are_what_dataclasses_makes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAMERZOEK_SOURCE", raising=False)
    known, unknown = run(USE, file).splitlines()
    count, many, same = known.split()
    assert int(count) > 80  # 3.13 writes the methods of a class in one text
    assert (many, same) == ("True", "True")
    assert unknown == "{'number': list[int], 'return': None} Unknown(number=[3])"


def test_the_source_runs_without(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERZOEK_SOURCE", "1")
    assert generated.remember(file) == 0


@pytest.mark.parametrize("way", of_no_use.WAYS)
def test_a_file_that_is_of_no_use(
    way: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAMERZOEK_SOURCE", raising=False)
    of_no_use.write(way, file, tmp_path / "methods", 3)
    assert generated.remember(tmp_path / "methods") == 0
