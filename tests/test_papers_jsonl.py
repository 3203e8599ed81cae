"""Lists of papers: what a line may hold, and what is said of a line that is wrong."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from indexer.paper import Failure, Paper
from indexer.papers_jsonl import WORDS, cut, read


def one(tmp_path: Path, row: dict[str, Any]) -> Paper | Failure:
    path = tmp_path / "list.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    (line,) = read(path)
    return line.paper


def good(tmp_path: Path, row: dict[str, Any]) -> Paper:
    paper = one(tmp_path, row)
    assert isinstance(paper, Paper), paper
    return paper


def test_id_and_text_are_enough(tmp_path: Path) -> None:
    paper = good(tmp_path, {"id": "kst-1-2", "text": "Een regel.\nNog een."})
    assert (paper.id, paper.kind, paper.pages, paper.source) == ("kst-1-2", None, (), None)
    (passage,) = paper.passages
    assert (passage.id, passage.kind, passage.label) == ("kst-1-2#p1", "tekst", "p1")
    assert (passage.text, passage.page_first) == ("Een regel.\nNog een.", None)


def test_an_official_id_says_dossier_and_number(tmp_path: Path) -> None:
    paper = good(tmp_path, {"id": "kst-36410-VIII-47", "text": "x"})
    assert (paper.dossier, paper.number) == ("36410-VIII", "47")
    assert (paper.paper_ref, paper.house) == ("36 410 VIII, nr. 47", "TK")
    annex = good(tmp_path, {"id": "ah-tk-20222023-3276", "text": "x"})
    assert (annex.dossier, annex.number, annex.session_year) == (None, "3276", "2022-2023")
    assert annex.paper_ref == "Aanhangsel Handelingen II 2022/23, nr. 3276"
    stated = good(tmp_path, {"id": "kst-36410-VIII-47", "dossier": "36410", "text": "x"})
    assert (stated.dossier, stated.number, stated.paper_ref) == ("36410", None, None)
    for other in ("36410-VIII-47", "kst-36410-VIII-47#2", "brief-van-2023", "kst-36410"):
        assert good(tmp_path, {"id": other, "text": "x"}).dossier is None


def test_what_is_stated_is_kept(tmp_path: Path) -> None:
    row = {
        "id": "ah-tk-20232024-1#2",  # an id may hold #
        "kind": "eigen soort",
        "title": "Titel",
        "dossier": "36200-VII",
        "number": 12,  # a number in JSON is the same number
        "date": "2024-05-30",
        "ministry": "Financiën",
        "session_year": "2023-2024",
        "unknown": {"is": "ignored"},
        "text": "x",
    }
    paper = good(tmp_path, row)
    assert paper.id == row["id"]
    assert (paper.kind, paper.title, paper.dossier) == ("eigen soort", "Titel", "36200-VII")
    assert (paper.number, paper.date, paper.ministry) == ("12", "2024-05-30", "Financiën")
    assert paper.session_year == "2023-2024"
    assert paper.passages[0].id == "ah-tk-20232024-1#2#p1"


def test_the_head_of_a_text_says_what_it_replaces(tmp_path: Path) -> None:
    head = "28 165 Deelnemingen\nNr. 459 GEWIJZIGDE MOTIE VAN HET LID X TER VERVANGING VAN DIE"
    row = {"id": "kst-28165-459", "text": f"{head} GEDRUKT ONDER NR. 455\nDe Kamer,"}
    assert good(tmp_path, row).replaces == ("kst-28165-455",)
    assert good(tmp_path, row | {"dossier": "21501-33"}).replaces == ("kst-21501-33-455",)
    assert good(tmp_path, row | {"text": f"{'De Kamer. ' * 80}{head} NR. 455"}).replaces == ()


@pytest.mark.parametrize(("name", "value"), [("date", "30 mei 2024"), ("title", ["x"])])
def test_what_cannot_be_used_is_noted(tmp_path: Path, name: str, value: object) -> None:
    paper = good(tmp_path, {"id": "a", "text": "x", name: value})
    assert getattr(paper, name) is None
    assert name in paper.notes[0]


def test_pages_become_passages_with_their_page(tmp_path: Path) -> None:
    pages = [{"number": 1, "text": "een"}, {"number": 3, "text": "woord " * (WORDS * 2)}]
    paper = good(tmp_path, {"id": "a", "pages": pages})
    assert [page.number for page in paper.pages] == [1, 3]
    assert [p.label for p in paper.passages] == ["p1", "p3", "p3-2"]
    assert [p.page_first for p in paper.passages] == [1, 3, 3]


def test_passages_keep_their_ids(tmp_path: Path) -> None:
    passages = [
        {"id": "a#7", "question": "Waarom?", "answer": "Daarom.", "page": 2},
        {"question": "Nog een?"},
        {"text": "Tekst."},
    ]
    paper = good(tmp_path, {"id": "a", "passages": passages})
    assert [p.id for p in paper.passages] == ["a#7", "a#vraag-2", "a#p3"]
    assert [p.kind for p in paper.passages] == ["vraag", "vraag", "tekst"]
    assert [p.text for p in paper.passages] == ["Waarom?\nDaarom.", "Nog een?", "Tekst."]
    assert paper.passages[0].page_first == paper.passages[0].page_last == 2


def test_half_characters_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text('{"id": "a", "text": "x\\ud83d y\\u0000z"}')
    (line,) = read(path)
    assert isinstance(line.paper, Paper)
    assert line.paper.passages[0].text == "x\ufffd y z"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{", "geen JSON"),
        (b"[1]", "geen JSON-object"),
        (b'{"text": "x"}', "de id ontbreekt"),
        (b'{"id": 5, "text": "x"}', "de id ontbreekt of is geen tekst"),
        (b'{"id": "  ", "text": "x"}', "de id ontbreekt"),
        (b'{"id": "a"}', "de tekst (text) ontbreekt"),
        (b'{"id": "a", "text": 5}', "text is geen tekst"),
        (b'{"id": "a", "pages": "x"}', "pages is geen lijst"),
        (b'{"id": "a", "pages": [{"text": "x"}]}', "geen nummer"),
        (b'{"id": "a", "passages": [{"text": "x", "page": 0}]}', "page is geen getal vanaf 1"),
        (b'{"id": "a", "text": "\xff"}', "geen UTF-8"),
        (b"[" * 100_000, "geen JSON"),
    ],
)
def test_wrong_lines_are_failures(tmp_path: Path, line: bytes, sentence: str) -> None:
    path = tmp_path / "list.jsonl"
    path.write_bytes(b'{"id": "1", "text": "x"}\n\n' + line + b'\n{"id": "2", "text": "x"}\n')
    first, wrong, last = read(path)
    assert isinstance(first.paper, Paper)
    assert isinstance(last.paper, Paper)
    assert isinstance(wrong.paper, Failure)
    assert wrong.paper.path == f"{path}:3"
    assert sentence in wrong.paper.message
    assert "Regel 3" in wrong.paper.message


def test_a_broken_archive_ends_with_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl.gz"
    rows = b"".join(b'{"id": "%d", "text": "%d"}\n' % (n, n * n) for n in range(5000))
    path.write_bytes(gzip.compress(rows)[:-2000])
    lines = list(read(path))
    assert len(lines) > 10
    assert isinstance(lines[-1].paper, Failure)
    assert all(isinstance(line.paper, Paper) for line in lines[:-2])


def test_only_the_wanted_lines(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text("".join(f'{{"id": "{n}", "text": "x"}}\n' for n in range(1, 9)))
    assert [line.number for line in read(path, {3, 5})] == [3, 5]


LINES = "\n".join(["een regel van zes woorden samen"] * 300)
SENTENCES = "Dit is een zin van zeven woorden. " * 200
WORDS_ONLY = "woord " * 1000


@pytest.mark.parametrize("text", [LINES, SENTENCES, WORDS_ONLY])
def test_cut_loses_nothing_and_is_even(text: str) -> None:
    pieces = cut(text)
    assert " ".join(pieces).split() == text.split()
    sizes = [len(piece.split()) for piece in pieces]
    assert max(sizes) <= WORDS * 1.25
    assert min(sizes) > WORDS / 2


def test_cut_at_line_and_sentence_ends() -> None:
    assert all(piece.endswith("samen") for piece in cut(LINES))
    assert all(piece.endswith("woorden.") for piece in cut(SENTENCES))


@pytest.mark.parametrize(("text", "pieces"), [("", []), (" \n ", []), (" een ", ["een"])])
def test_cut_small(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces
