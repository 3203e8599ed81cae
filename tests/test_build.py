"""From files to a published index by the commands of the contract, end to end."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main
from indexer.engine import whoosh_engine
from indexer.engine.locate import engine_for
from indexer.engine.publishing.disk import Lock
from indexer.engine.query import Term
from indexer.engine.results import SearchRequest
from indexer.paper import Paper
from tests.conftest import SAMPLE, Built, typeset

KEYS = {"papers", "passages", "pages", "failed", "skipped", "seconds", "generation"}
KST = (
    "Tweede Kamer der Staten-Generaal",
    "Vergaderjaar 2022–2023",
    "36 200 VII    Vaststelling van de begrotingsstaten voor het jaar 2023",
    "Nr. 12    BRIEF VAN DE MINISTER",
    "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
    "Den Haag, 13 december 2022",
)
KST_FOOT = (*[""] * 47, "kst-36200-VII-12", "ISSN 0921 - 7371", "’s-Gravenhage 2022")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two papers and a file that is no PDF."""
    folder = tmp_path / "papers"
    (folder / "sub").mkdir(parents=True)
    typeset(folder / "a.pdf", ["Over de dijkverzwaring bij Lobith."])
    typeset(folder / "sub" / "b.PDF", ["Over stikstof en de visserij.", "Tweede regel."])
    (folder / "c.pdf").write_text("dit is geen pdf")
    (folder / "notes.txt").write_text("geen stuk")
    return folder


def build(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    code = main(["build", *map(str, arguments), "--workers", "1", "--ocr", "off", "--json"])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def found(location: Path, word: str) -> list[str]:
    index = engine_for(str(location)).open(str(location))
    try:
        hits = index.search(SearchRequest(Term(word))).hits
        return [hit.paper_id for hit in hits]
    finally:
        index.close()


def paper(location: Path, paper_id: str) -> Paper | None:
    index = engine_for(str(location)).open(str(location))
    try:
        return index.paper(paper_id)
    finally:
        index.close()


def failures(location: Path) -> list[dict[str, Any]]:
    lines = (location / "store" / "failures.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def age(folder: Path) -> None:
    """Set the times of all files back, so that the ledger trusts them."""
    for path in folder.rglob("*"):
        os.utime(path, (time.time() - 100, time.time() - 100))


def test_sample_is_searchable_and_failures_are_listed(sample_index: Built) -> None:
    files = [path for path in SAMPLE.rglob("*") if path.suffix.lower() == ".pdf"]
    told, listed = sample_index.told, failures(sample_index.location)
    assert set(told) == KEYS
    assert told["papers"] == len(files) - len(listed)
    assert told["failed"] == len(listed)
    assert sample_index.code == (3 if listed else 0)
    for failure in listed:
        assert set(failure) == {"path", "reason", "message", "sha256", "size", "time"}
        assert failure["reason"]
        assert failure["message"].endswith(".")
    assert main(["check", str(sample_index.location)]) == 0


def test_first_run(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = build(capsys, folder, "--index", tmp_path / "index")
    assert code == 3
    assert (told["papers"], told["pages"], told["failed"], told["skipped"]) == (2, 2, 1, 0)
    (failure,) = failures(tmp_path / "index")
    assert failure["path"] == str(folder / "c.pdf")
    assert len(found(tmp_path / "index", "visserij")) == 1


@pytest.mark.parametrize("trusted", [True, False])
def test_unchanged_run_makes_no_generation(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], trusted: bool
) -> None:
    if trusted:
        age(folder)
    _, first = build(capsys, folder, "--index", tmp_path / "index")
    code, told = build(capsys, folder, "--index", tmp_path / "index")
    assert code == 3
    assert told | {"seconds": 0} == first | {"seconds": 0, "skipped": 2}


def test_an_index_of_another_version_is_made_anew(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = tmp_path / "index"
    _, first = build(capsys, folder, "--index", index)
    monkeypatch.setattr(whoosh_engine, "VERSION", "next")
    assert main(["check", str(index)]) == 1
    capsys.readouterr()
    _, second = build(capsys, folder, "--index", index)
    assert second["generation"] != first["generation"]
    assert main(["check", str(index)]) == 0


def test_removed_file_leaves(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(capsys, folder, "--index", tmp_path / "index")
    (folder / "a.pdf").unlink()
    _, told = build(capsys, folder, "--index", tmp_path / "index")
    assert told["papers"] == 1
    assert found(tmp_path / "index", "dijkverzwaring") == []
    assert len(found(tmp_path / "index", "stikstof")) == 1


def test_changed_file_is_updated(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    age(folder)
    build(capsys, folder, "--index", tmp_path / "index")
    typeset(folder / "a.pdf", ["Over de woningbouw in Almere."])
    _, told = build(capsys, folder, "--index", tmp_path / "index")
    assert (told["papers"], told["skipped"]) == (2, 1)
    assert found(tmp_path / "index", "dijkverzwaring") == []
    assert len(found(tmp_path / "index", "woningbouw")) == 1


def test_a_mended_file_is_no_failure_any_more(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(capsys, folder, "--index", tmp_path / "index")
    typeset(folder / "c.pdf", ["Nu wel een stuk."])
    code, told = build(capsys, folder, "--index", tmp_path / "index")
    assert (code, told["failed"], told["papers"]) == (0, 0, 3)
    assert failures(tmp_path / "index") == []


def test_moved_file_is_not_read_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(capsys, folder, "--index", tmp_path / "index")
    (folder / "a.pdf").rename(folder / "moved.pdf")
    _, told = build(capsys, folder, "--index", tmp_path / "index")
    assert told["skipped"] == 2
    (hit,) = found(tmp_path / "index", "dijkverzwaring")
    moved = paper(tmp_path / "index", hit)
    assert moved is not None
    assert moved.source is not None
    assert moved.source.file == "moved.pdf"


def test_same_file_twice_is_one_paper(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(folder / "a.pdf", folder / "z.pdf")
    _, told = build(capsys, folder, "--index", tmp_path / "index")
    assert told["papers"] == 2
    (hit,) = found(tmp_path / "index", "dijkverzwaring")
    one = paper(tmp_path / "index", hit)
    assert one is not None
    assert any("z.pdf" in note for note in one.notes)


def test_two_papers_with_one_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    typeset(folder / "1.pdf", [*KST, "Over de eerste zaak.", *KST_FOOT])
    typeset(folder / "2.pdf", [*KST, "Over de tweede kwestie.", *KST_FOOT])
    _, told = build(capsys, folder, "--index", tmp_path / "index")
    assert told["papers"] == 2
    (first,) = found(tmp_path / "index", "zaak")
    (second,) = found(tmp_path / "index", "kwestie")
    assert first == "kst-36200-VII-12"
    assert second.startswith("kst-36200-VII-12~")
    for name, other in ((first, "2.pdf"), (second, "1.pdf")):
        one = paper(tmp_path / "index", name)
        assert one is not None
        assert any(other in note for note in one.notes)
        assert all(passage.id.startswith(f"{name}#") for passage in one.passages)


def test_links_that_lead_out_are_not_followed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = typeset(tmp_path / "secret.pdf", ["Over het geheim."])
    (folder / "link.pdf").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    _, told = build(capsys, folder, "--index", tmp_path / "index")
    assert told["papers"] == 2


@pytest.mark.parametrize(
    ("name", "pack"),
    [("l.jsonl", bytes), ("l.jsonl.gz", gzip.compress), ("l.jsonl.xz", lzma.compress)],
)
def test_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, pack: Any) -> None:
    lines = [
        b'{"id": "kst-1-2", "text": "Over de dijkverzwaring."}',
        b"no json",
        b'{"id": "x#1", "kind": "eigen", "text": "Over de visserij."}',
        b'{"id": "kst-1-2", "text": "Dezelfde id."}',
    ]
    source = tmp_path / name
    source.write_bytes(pack(b"\n".join(lines)))
    code, told = build(capsys, source, "--index", tmp_path / "index")
    assert (code, told["papers"], told["failed"]) == (3, 2, 2)
    where = [failure["path"] for failure in failures(tmp_path / "index")]
    assert where == [f"{source}:2", f"{source}:4"]
    assert found(tmp_path / "index", "visserij") == ["x#1"]
    code, told = build(capsys, source, "--index", tmp_path / "index")
    assert (code, told["skipped"], told["failed"]) == (3, 2, 2)


def test_one_changed_line_is_updated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "l.jsonl"
    rows = [{"id": f"p{n}", "text": f"Stuk nummer {n} over water."} for n in range(20)]
    source.write_text("\n".join(map(json.dumps, rows)))
    build(capsys, source, "--index", tmp_path / "index")
    rows[7]["text"] = "Stuk over de woningbouw."
    source.write_text("\n".join(map(json.dumps, rows)))
    build(capsys, source, "--index", tmp_path / "index")
    assert found(tmp_path / "index", "woningbouw") == ["p7"]
    assert len(found(tmp_path / "index", "water")) == 10


WRONG = (
    (["build", "nergens", "--index", "i"], 2, "nergens bestaat niet"),
    (["build", "leeg", "--index", "i"], 2, "staat geen PDF"),
    (["build", "x.txt", "--index", "i"], 2, "is geen PDF en geen lijst"),
    (["build", "x.jsonl", "--index", "ftp://x/y"], 1, "geef een map op"),
    (["build", "x.jsonl", "--index", "x.txt"], 1, "opslag"),
    (["show", "nergens.pdf"], 2, "bestaat niet"),
    (["show", "x.txt"], 1, "is niet te lezen"),
    (["check", "nergens"], 1, "Er is geen index in nergens"),
)


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_explained(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    case: tuple[list[str], int, str],
) -> None:
    arguments, code, sentence = case
    monkeypatch.chdir(tmp_path)
    Path("leeg").mkdir()
    Path("x.txt").write_text("x")
    Path("x.jsonl").write_text('{"id": "a", "text": "b"}')
    assert main(arguments) == code
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told


def test_second_build_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = Lock(tmp_path / "index" / "store" / "lock", "x")
    try:
        assert main(["build", str(folder), "--index", str(tmp_path / "index")]) == 1
    finally:
        lock.release()
    assert f"in gebruik door proces {os.getpid()}" in capsys.readouterr().err


def test_damage_is_found_by_check(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(capsys, folder, "--index", tmp_path / "index")
    victim = next((tmp_path / "index" / "generations").glob("*/tables.json"))
    victim.write_bytes(victim.read_bytes().replace(b"0", b"1") + b" ")
    assert main(["check", str(tmp_path / "index")]) == 1
    assert "tables.json" in capsys.readouterr().err


@pytest.mark.parametrize("keep_ledger", [True, False])
def test_damaged_store_mends_itself(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], keep_ledger: bool
) -> None:
    age(folder)
    build(capsys, folder, "--index", tmp_path / "index")
    for path in (tmp_path / "index" / "store").rglob("*.json.gz"):
        path.write_bytes(b"broken")
    if not keep_ledger:
        (tmp_path / "index" / "store" / "ledger.json").write_text("[")
    code, told = build(capsys, folder, "--index", tmp_path / "index", "--fresh")
    assert (code, told["papers"]) == (3, 2)
    assert len(found(tmp_path / "index", "dijkverzwaring")) == 1


def test_show_and_extract(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["show", str(folder / "a.pdf")]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert "dijkverzwaring" in shown["pages"][0]["text"]
    assert shown["source"]["file"] == "a.pdf"
    monkeypatch.chdir(tmp_path)
    assert main(["extract", str(folder), "--workers", "1", "--json"]) == 3
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(told) == {"files", "pages", "failed", "seconds", "cpu_seconds"}
    assert (told["files"], told["pages"], told["failed"]) == (3, 2, 1)


def test_interrupted_build_keeps_what_was_read(folder: Path, tmp_path: Path) -> None:
    for number in range(40):
        typeset(folder / f"{number}.pdf", [f"Stuk {number} over water."] * 100)
    command = [sys.executable, "-m", "indexer", "build", str(folder), "--workers", "1"]
    command += ["--index", str(tmp_path / "index"), "--ocr", "off"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    papers = tmp_path / "index" / "store" / "papers"
    while run.poll() is None and not any(papers.rglob("*.json.gz")):
        time.sleep(0.01)
    run.send_signal(2)
    _, told = run.communicate(timeout=30)
    assert run.returncode == 130, told
    assert "Gestopt." in told
    assert "Traceback" not in told
    assert any(papers.rglob("*.json.gz"))
