"""The store in a folder and elsewhere: the same papers come back, and damage is told."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.engine.share import Share, origin_of
from indexer.files import Files
from indexer.paper import Page, Paper, Passage
from indexer.paper_json import content_hash
from indexer.store import Store, StoreError

PAPER = Paper(
    "kst-1-2", pages=(Page(1, "één"),), passages=(Passage("kst-1-2#p1", "tekst", "p1", "één"),)
)
SHA = "ab" * 32


@pytest.fixture(params=["folder", "file address", "object store"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    places: dict[str, Path | str] = {
        "folder": tmp_path / "store",
        "file address": f"file://{tmp_path}/store",
        "object store": f"memory://{uuid.uuid4().hex}",
    }
    return places[request.param]


def test_a_paper_comes_back(place: Path | str) -> None:
    store = Store(place)
    assert not store.has(SHA, "k1")
    digest = store.save(PAPER, SHA, "k1")
    assert Store(place).has(SHA, "k1")
    assert Store(place).load(SHA, "k1") == PAPER
    assert content_hash(Store(place).load(SHA, "k1")) == digest == content_hash(PAPER)
    assert list(store.every()) == [PAPER]


def test_what_was_just_saved_is_not_read_again(
    place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.store.RECENT", 1_000)
    store = Store(place)
    store.save(PAPER, SHA, "k1")
    assert store.load(SHA, "k1") is PAPER
    store.save(PAPER, "cd" * 32, "k1")  # for which there is no room
    again = store.load("cd" * 32, "k1")
    assert again == PAPER
    assert again is not PAPER


def test_what_an_earlier_program_read_goes(place: Path | str) -> None:
    store = Store(place)
    store.save(PAPER, SHA, "k1")
    store.save(PAPER, SHA, "k2")
    assert (store.has(SHA, "k1"), store.has(SHA, "k2")) == (False, True)


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b\x08", b"geen gzip"])
def test_a_damaged_paper_is_thrown_away_and_told(place: Path | str, damage: bytes) -> None:
    Store(place).save(PAPER, SHA, "k1")
    store = Store(place)  # of a later build
    (name,) = store.files.names("papers/*/*.json.gz")
    store.files.write(name, damage)
    assert list(store.every()) == []
    with pytest.raises(StoreError, match="opnieuw"):
        store.load(SHA, "k1")
    assert not store.has(SHA, "k1")


def test_files_of_shares_are_apart(place: Path | str) -> None:
    assert Store(place, "3/8").failures.endswith("/failures-3of8.jsonl")
    assert Store(place).failures.endswith("/failures.jsonl")


def test_a_file_is_written_whole_or_not(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.write("a/b", b"1")
    files.write("a/b", b"22")
    assert (files.read("a/b"), files.size("a/b"), files.size("a/c")) == (b"22", 2, 0)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    files.delete("a/b")
    files.delete("a/b")
    with pytest.raises(OSError, match="b"):
        files.read("a/b")


@pytest.mark.parametrize("place", ["nergens://x/y", "gs+q://x"])
def test_an_address_without_a_file_system_is_told(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreError, match="Geef een map"):
        Store(place)
    (tmp_path / "een.jsonl").write_text('{"id":"a","text":"b"}\n')
    source, index = str(tmp_path / "een.jsonl"), str(tmp_path / "index")
    assert main(["build", source, "--index", index, "--store", place]) == 1
    assert "Geef een map" in capsys.readouterr().err


def test_build_reads_once_with_a_store_at_an_address(
    tmp_path: Path, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = sample / "ah-tk-20192020-812.pdf"
    store = f"file://{tmp_path}/store"
    for index, skipped in (("een", 0), ("twee", 1)):
        place = str(tmp_path / index)
        arguments = ["build", str(pdf), "--index", place, "--store", store, "--json"]
        assert main([*arguments, "--workers", "1", "--ocr", "off"]) == 0
        assert f'"skipped": {skipped}' in capsys.readouterr().out


def test_shares_divide_names_evenly_and_without_rest() -> None:
    names = [f"map/stuk-{n}.pdf" for n in range(4000)]
    shares = [Share(n, 8) for n in range(1, 9)]
    counts = [sum(share.holds(name) for name in names) for share in shares]
    assert sum(counts) == len(names)
    assert min(counts) > 400
    assert all(
        share.holds(name) == share.holds_origin(origin_of(name))
        for share in shares
        for name in names[:50]
    )
