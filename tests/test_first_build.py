"""A first build hashes no file before it is read, and knows all of them by their hash after."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer import reading
from indexer.folder import find
from indexer.how import How
from indexer.ledger import Ledger
from indexer.reading import Gathered, gather
from indexer.store import Store, sha256_of
from tests.conftest import SAMPLE


def gathered(folder: Path, store: Path, heard: list[str]) -> Gathered:
    ledger = Ledger.open(store)
    steps = gather(
        find([str(folder)]),
        Store(store),
        ledger,
        How(ocr="off"),
        heard=lambda sha256, paper: heard.append(f"{sha256} {paper.id}"),
    )
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            found: Gathered = stop.value
            ledger.save(whole=True)
            return found


def test_files_are_known_by_their_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, store = tmp_path / "papers", tmp_path / "store"
    folder.mkdir()
    shutil.copy(SAMPLE / "kst-31409-398.pdf", folder / "a.pdf")
    shutil.copy(SAMPLE / "kst-31409-398.pdf", folder / "same.pdf")
    shutil.copy(SAMPLE / "kst-31409-402.pdf", folder / "b.pdf")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 en dan niets")
    hashed: list[str] = []

    def noted(path: Path) -> str:
        hashed.append(path.name)
        return sha256_of(path)

    monkeypatch.setattr(reading, "sha256_of", noted)
    heard: list[str] = []
    first = gathered(folder, store, heard)
    for pdf, entry in first.pdfs.items():
        assert entry.sha256 == sha256_of(pdf.path), pdf
    assert [failure.sha256 for failure in first.failures] == [sha256_of(folder / "broken.pdf")]
    assert len(set(heard)) == 2
    # Here and not by the child that reads: those of one size, and what could not be read.
    assert sorted(hashed) == ["a.pdf", "broken.pdf", "same.pdf"]
    (folder / "b.pdf").rename(folder / "c.pdf")
    again = gathered(folder, store, heard)
    assert len(again.unchanged) == 4
    assert len(set(heard)) == 2
