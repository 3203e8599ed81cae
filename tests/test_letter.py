"""The letter that the project began with is the first hit for what is known of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.cli import main
from search_app.cli import main as search
from tests.conftest import SHARED, typeset

pytestmark = pytest.mark.shared
LETTER = SHARED / "collection" / "letter-2022-12-13.txt"

QUERIES = (
    "begrotingsbehandeling concepten",  # broken in print: begrotings-/behandeling
    "per abuis weggevallen",  # wegge-/vallen
    "klankbordgroep IDOA",
    "antwoord op vraag 11 kamerstuk 36 200 VII nr. 12",  # printed as 362 00 VII
    "Bruins Slot 13 december 2022",  # its sender with its date
)


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the letter, set line by line as a PDF, among 8,041 motions."""
    folder = tmp_path_factory.mktemp("letter")
    typeset(folder / "letter.pdf", LETTER.read_text("utf-8").splitlines())
    sources = [str(folder / "letter.pdf"), str(LETTER.parent / "docs.jsonl")]
    assert main(["build", *sources, "--index", str(folder / "index"), "--workers", "1"]) == 0
    return folder / "index"


def first(capsys: pytest.CaptureFixture[str], location: Path, query: str) -> str:
    assert search(["search", "--index", str(location), query, "-n", "3", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["hits"], f"nothing found for {query}"
    return str(told["hits"][0]["id"])


@pytest.fixture(scope="module")
def letter_id(location: Path) -> str:
    """Return the id under which the letter was indexed: the only paper from a PDF."""
    ledger = json.loads((location / "store" / "ledger.json").read_text("utf-8"))
    ((*_, facts, _failure),) = ledger["files"].values()
    return str(facts[0])


@pytest.mark.parametrize("query", QUERIES)
def test_letter_is_the_first_hit(
    capsys: pytest.CaptureFixture[str], location: Path, letter_id: str, query: str
) -> None:
    assert first(capsys, location, query) == letter_id


def test_letter_is_the_first_hit_for_a_phrase_of_it(
    capsys: pytest.CaptureFixture[str], location: Path, letter_id: str
) -> None:
    lines = [line.split() for line in LETTER.read_text("utf-8").splitlines()]
    whole = [" ".join(words[1:7]) for words in lines if len(words) >= 9]
    others = (LETTER.parent / "docs.jsonl").read_text("utf-8")
    own = [phrase for phrase in whole if phrase not in others and "(" not in phrase]
    assert len(own) > 10
    for phrase in own[::4]:
        assert first(capsys, location, f'"{phrase}"') == letter_id, phrase
