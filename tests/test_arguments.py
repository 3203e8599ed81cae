"""Wrong use of a command is told in Dutch, with where to read more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from indexer.arguments import in_dutch
from indexer.cli import main as index
from search_app.cli import main as search
from tests.conftest import Built

ROWS: tuple[tuple[Callable[[Sequence[str]], int], str, str], ...] = (
    (index, "", "er ontbreekt: OPDRACHT. Meer: kamerzoek-index --help"),
    (index, "biuld", "bij OPDRACHT: ‘biuld’ kan niet; kies uit"),
    (index, "build map", "er ontbreekt: --index. Meer: kamerzoek-index build --help"),
    (index, "build map --index i --ocr ja", "bij --ocr: ‘ja’ kan niet; kies uit"),
    (index, "build map --index", "bij --index: er moet één waarde achter staan"),
    (index, "build map --index i --workers 0", "bij --workers: geef een getal van 1 tot en met"),
    (index, "build map --index i --embedding --no-embedding --nieuw", "niet bekend: --nieuw"),
    (index, "fetch", "er ontbreekt: FOLDER. Meer"),
    (search, "search --index i", "er ontbreekt: ZOEKVRAAG"),
    (search, "serve --index i --port foo", "bij --port: ‘foo’ is geen heel getal"),
    (search, "serve --index i --po=", "bij --port: ‘’ is geen heel getal"),
    (search, "evaluate --index i --topics t --qrels q --mode x", "bij --mode: ‘x’ kan niet"),
)


@pytest.mark.parametrize(("command", "typed", "told"), ROWS, ids=[row[1] for row in ROWS])
def test_wrong_use(
    command: Callable[[Sequence[str]], int],
    typed: str,
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stop:
        command(typed.split())
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("gebruik: kamerzoek")
    assert told in said.splitlines()[-1]


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["fetch", "--help"]])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        index(words)
    assert stop.value.code == 0
    said = capsys.readouterr().out
    assert "toon deze hulp en stop" in said
    assert not {"usage:", "options:", "positional"} & set(said.split())


def test_what_is_not_known_stays_as_python_says_it() -> None:
    assert in_dutch("argument -x: something new") == "bij -x: something new"


def test_a_file_that_cannot_be_written_is_no_traceback(
    sample_index: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.tsv").write_text("qid\tquery\n1\tbegroting\n", "utf-8")
    (tmp_path / "r.tsv").write_text("1 0 kst-36200-VII-12 1\n", "utf-8")
    files = ["--topics", str(tmp_path / "q.tsv"), "--qrels", str(tmp_path / "r.tsv")]
    assert (
        search(
            ["evaluate", "--index", str(sample_index.location), *files, "--run-out", str(tmp_path)]
        )
        == 1
    )
    assert capsys.readouterr().err.startswith(f"Lezen of schrijven lukt niet: {tmp_path}: ")
