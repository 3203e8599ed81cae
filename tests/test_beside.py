"""A record beside a PDF is read with it, and read again when it changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from indexer.folder import find
from indexer.ledger import Ledger
from indexer.reading import Gathered, How, gather
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
