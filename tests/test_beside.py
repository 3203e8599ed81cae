"""A record beside a PDF is read with it, and read again when it changes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.beside import Listings, files_beside
from indexer.folder import find
from indexer.how import How
from indexer.ledger import Ledger
from indexer.reading import Gathered, gather
from indexer.store import Store
from tests.conftest import SAMPLE

RECORD = """<metadata_gegevens>
<metadata name="DC.identifier" content="kst-36200-VII-{}"/>
<metadata name="OVERHEIDop.vergaderjaar" content="2022-2023"/></metadata_gegevens>"""


def read(folder: Path, store: Path) -> Gathered:
    ledger = Ledger.open(store)
    steps = gather(find([str(folder)]), Store(store), ledger, How())
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            ledger.save(whole=True)
            found: Gathered = stop.value
            return found


def ids(found: Gathered) -> list[str]:
    return [entry.facts.id for entry in found.pdfs.values() if entry.facts]


def test_a_record_beside_a_pdf(tmp_path: Path) -> None:
    folder, store = tmp_path / "papers", tmp_path / "store"
    folder.mkdir()
    pdf = folder / "brief.pdf"
    shutil.copy(SAMPLE / "brief-droogte-grondwater.pdf", pdf)
    assert ids(read(folder, store))[0].startswith("pdf-")
    beside = folder / "brief.xml"
    for number in (91, 92):  # it comes, and then it changes
        beside.write_text(RECORD.format(number))
        os.utime(beside, ns=(number * 10**12, number * 10**12 + 10**18))
        assert ids(read(folder, store)) == [f"kst-36200-VII-{number}"]
    beside.unlink()
    assert ids(read(folder, store))[0].startswith("pdf-")


def test_what_a_fetch_keeps_for_itself_is_no_paper(tmp_path: Path) -> None:
    (tmp_path / ".kamerzoek").mkdir()
    for place in (tmp_path, tmp_path / ".kamerzoek"):
        shutil.copy(SAMPLE / "brief-droogte-grondwater.pdf", place)
    assert [pdf.file for pdf in find([str(tmp_path)]).pdfs] == ["brief-droogte-grondwater.pdf"]


BESIDE = [
    (["a.xml"], ["a.xml"]),
    (["a.metadata.xml", "a.json", "a.xml"], ["a.metadata.xml", "a.xml", "a.json"]),
    (["metadata.xml"], ["metadata.xml"]),
    (["metadata.xml", "b.pdf"], []),  # of which of the two?
    (["metadata.xml", "b.PDF"], []),
    (["b.xml", "a.txt", "a", "xa.json"], []),
]


@pytest.mark.parametrize(("others", "expected"), BESIDE)
def test_a_folder_that_is_listed_once_gives_the_same_files(
    tmp_path: Path, others: Sequence[str], expected: list[str]
) -> None:
    pdf = tmp_path / "a.pdf"
    for name in ("a.pdf", *others):
        (tmp_path / name).touch()
    for listings in (None, Listings()):
        assert [path.name for path in files_beside(pdf, listings)] == expected


def test_a_folder_that_cannot_be_listed_may_have_anything(tmp_path: Path) -> None:
    assert Listings().may_have(str(tmp_path / "none"), "a.xml")
    assert not Listings().may_have(str(tmp_path), "a.xml")
    (tmp_path / "A.XML").touch()  # which a disk that does not tell them apart finds as `a.xml`
    assert Listings().may_have(str(tmp_path), "a.xml")


def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out.pdf"
    (inside / "deep").mkdir(parents=True)
    for path in (outside, inside / "deep" / "one.PDF", inside / ".pdf", inside / "two.txt"):
        path.touch()
    (inside / "out.pdf").symlink_to(outside)
    (inside / "one.pdf").symlink_to(inside / "deep" / "one.PDF")
    (inside / "gone.pdf").symlink_to(inside / "nothing.pdf")
    (inside / "folder.pdf").mkdir()
    found = find([str(inside)]).pdfs
    assert [pdf.path.relative_to(inside).as_posix() for pdf in found] == ["deep/one.PDF"]


def test_an_unchanged_folder_leaves_the_ledger_as_it_is(tmp_path: Path) -> None:
    folder, store = tmp_path / "papers", tmp_path / "store"
    folder.mkdir()
    pdf = folder / "brief.pdf"
    shutil.copy(SAMPLE / "brief-droogte-grondwater.pdf", pdf)
    os.utime(pdf, ns=(10**18, 10**18))
    read(folder, store)
    ledger = store / "ledger.json"
    written = ledger.stat().st_ino
    assert read(folder, store).unchanged == {pdf}
    assert ledger.stat().st_ino == written
    os.utime(pdf, ns=(10**18, 10**18 + 1))  # as if it was written again, with the same size
    assert read(folder, store).unchanged == {pdf}  # its bytes are the same
    assert ledger.stat().st_ino != written
