"""PDFium may crash or hang on a damaged file: what pdfminer had read of it stays."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.extract import read, rescue
from indexer.extract.limits import Limits
from indexer.extract.reader import Opened, RawPage, read_pages
from indexer.how import How
from indexer.paper import Extraction, Failure, Paper
from indexer.reading import read_one

HOW = How(limits=Limits(seconds=3, memory_mb=512), ocr="off")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a PDF of two pages of which the second cannot be read."""

    def breaking_off(opened: Opened, limits: Limits) -> Iterator[RawPage]:
        yield next(read_pages(opened, limits))
        raise ValueError("damaged")

    monkeypatch.setattr(read, "read_pages", breaking_off)
    canvas = Canvas(str(tmp_path / "stuk.pdf"), invariant=1)
    for number in (1, 2):
        canvas.drawString(90, 700, f"De tekst van bladzijde {number}.")
        canvas.showPage()
    canvas.save()
    return tmp_path / "stuk.pdf"


def crash(path: Path, limits: Limits) -> list[RawPage]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def hang(path: Path, limits: Limits) -> list[RawPage]:
    time.sleep(60)
    return []


def fill(path: Path, limits: Limits) -> list[RawPage]:
    raise MemoryError


@pytest.mark.parametrize("rescuing", [crash, hang, fill])
def test_what_was_read_survives_the_rescue(
    path: Path, monkeypatch: pytest.MonkeyPatch, rescuing: object
) -> None:
    monkeypatch.setattr(rescue, "read_pages", rescuing)
    paper = read_one(path, HOW)
    assert isinstance(paper, Paper)
    assert [page.text for page in paper.pages] == ["De tekst van bladzijde 1."]
    assert paper.source is not None
    assert paper.source.extractor == "pdfminer.six"
    assert any("beschadigd" in note for note in paper.notes)


def test_a_rescue_that_ends_well_gives_all(path: Path) -> None:
    paper = read_one(path, HOW)
    assert isinstance(paper, Paper)
    assert [page.number for page in paper.pages] == [1, 2]


def test_without_a_page_a_crash_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(opened: Opened, limits: Limits) -> Iterator[RawPage]:
        raise ValueError("damaged")
        yield

    monkeypatch.setattr(read, "read_pages", nothing)
    monkeypatch.setattr(rescue, "read_pages", crash)
    failure = read_one(path, HOW)
    assert isinstance(failure, Failure)
    assert failure.reason == "afgebroken"


def test_what_was_read_is_given_once_before_the_rescue(path: Path) -> None:
    kept: list[Extraction] = []
    found = read.extract(path, ocr="off", before_rescue=kept.append)
    assert (len(kept), len(kept[0].pages), len(found.pages)) == (1, 1, 2)
