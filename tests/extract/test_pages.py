"""Pages set for the purpose: where words stand, what is hidden, pages on their side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.colors import blue, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from indexer.boxes import Box, unpack
from indexer.extract.read import extract
from indexer.paper import Extraction, Page
from tests.conftest import ROOT

WIDTH, HEIGHT = 595.0, 842.0
LINE = "De minister stuurt de Kamer een brief over de voortgang van het programma."


def read(folder: Path, paint: Callable[[Canvas], None], **options: object) -> Extraction:
    path = folder / "stuk.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    paint(canvas)
    canvas.showPage()
    canvas.save()
    return extract(path, ocr="off")


def boxes(page: Page) -> dict[str, tuple[Box, ...]]:
    words = page.text.split()
    found = unpack(page.boxes)
    assert len(words) == len(found)
    return dict(zip(words, found, strict=True))


def test_a_box_lies_where_the_word_is(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(90, 700, LINE)

    found = boxes(read(tmp_path, paint).pages[0])
    for word in ("minister", "brief", "programma."):
        start = 90 + stringWidth(LINE[: LINE.index(word)], "Times-Roman", 11)
        end = start + stringWidth(word, "Times-Roman", 11)
        ((left, top, right, bottom),) = found[word]
        assert left * WIDTH == pytest.approx(start, abs=0.3)
        assert right * WIDTH == pytest.approx(end, abs=0.3)
        assert (1 - bottom) * HEIGHT < 700 < (1 - top) * HEIGHT < 711


def test_a_broken_word_has_two_boxes(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "De behandeling van de begrotings-")
        canvas.drawString(90, 686, "staten begint morgen.")

    found = boxes(read(tmp_path, paint).pages[0])
    first, second = found["begrotingsstaten"]
    assert second.top > first.top
    assert second.left < first.left
    assert len(found["morgen."]) == 1


def test_white_text_is_hidden_on_paper_and_read_on_a_bar(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(90, 700, LINE)
        canvas.setFillColor(blue)
        canvas.rect(80, 590, 400, 30, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(90, 600, "Kop op een balk")
        canvas.drawString(90, 500, "Verborgen trefwoorden")

    found = read(tmp_path, paint)
    assert "Kop op een balk" in found.pages[0].text
    assert "Verborgen" not in found.pages[0].text
    assert any("Onzichtbare tekst" in note for note in found.notes)


def test_a_layer_of_recognised_text_is_said_to_be_another_programs(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, WIDTH, HEIGHT)
        words = canvas.beginText(90, 700)
        words.setTextRenderMode(3)
        words.textLine(LINE)
        canvas.drawText(words)

    found = read(tmp_path, paint)
    assert found.pages[0].text == LINE
    assert (found.pages[0].ocr, found.pages[0].confidence) == (True, None)
    assert any("door een ander programma" in note for note in found.notes)
    assert not any("Onzichtbare" in note for note in found.notes)


@pytest.mark.parametrize("place", [(-300, 700), (90, -50), (900, 300)])
def test_text_off_the_page_is_hidden(tmp_path: Path, place: tuple[int, int]) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(90, 700, LINE)
        canvas.drawString(*place, "Verborgen trefwoorden")

    found = read(tmp_path, paint)
    assert found.pages[0].text == LINE
    assert any("Onzichtbare tekst" in note for note in found.notes)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_what_is_cropped_is_hidden_and_boxes_follow_what_is_shown(
    tmp_path: Path, turned: int
) -> None:
    path = tmp_path / "stuk.pdf"
    canvas = Canvas(str(path), pagesize=(900, 900), invariant=1, cropBox=(50, 100, 500, 800))
    canvas.setPageRotation(turned)
    canvas.drawString(60, 700, LINE)
    canvas.drawString(60, 50, "Snijtekens en kleurbalk")
    canvas.showPage()
    canvas.save()
    page = extract(path, ocr="off").pages[0]
    assert page.text == LINE
    ((left, top, right, bottom),) = boxes(page)["De"]
    across, along = (60 - 50) / 450, (800 - 700) / 700
    expected = {0: (across, along), 90: (1 - along, across), 180: (1 - across, 1 - along),
                270: (along, 1 - across)}[turned]  # fmt: skip
    assert left - 0.02 <= expected[0] <= right + 0.02
    assert top - 0.02 <= expected[1] <= bottom + 0.02


def test_a_page_on_its_side_is_read_as_a_page(tmp_path: Path) -> None:
    rows = [("Project", "2022", "2023"), ("Dijkversterking bij Ameland", "10", "20")]

    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.rotate(90)
        for n, row in enumerate(rows * 6):
            for x, text in zip((90, 400, 500), row, strict=True):
                canvas.drawString(x, -100 - 14 * n, text)

    page = read(tmp_path, paint).pages[0]
    lines = [" ".join(line.split()) for line in page.text.split("\n") if line]
    assert lines == [" ".join(row) for row in rows * 6]
    found = boxes(page)["Dijkversterking"][-1]
    assert found.bottom - found.top > 4 * (found.right - found.left)  # it runs up the page


def test_letters_set_wide_are_a_word(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "B e s l u i t")
        for n, letter in enumerate("VERSLAG"):
            canvas.drawString(90 + 14 * n, 660, letter)
        for n, letter in enumerate("NADER"):
            canvas.drawString(210 + 14 * n, 660, letter)
        canvas.drawString(90, 620, "a b c zijn de onderdelen")

    page = read(tmp_path, paint).pages[0]
    assert page.text.split("\n\n")[:2] == ["Besluit", "VERSLAG NADER"]
    assert "a b c zijn" in page.text
    assert len(boxes(page)["Besluit"]) == 1


def test_columns_within_columns(tmp_path: Path) -> None:
    def text(part: str, n: int) -> str:
        return f"{part} kolom regel nummer {n:02}"

    parts = ("eerste", "tweede", "derde", "vierde")

    def paint(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 7)
        for n in range(24):
            for x, part in zip((40, 170, 310, 440), parts, strict=True):
                canvas.drawString(x, 700 - 9 * n, text(part, n))

    lines = read(tmp_path, paint).pages[0].text.replace("\n\n", "\n").split("\n")
    assert lines == [text(part, n) for part in parts for n in range(24)]


def test_a_narrow_gutter_between_ragged_cells(tmp_path: Path) -> None:
    rows = [(f"Onderdeel {n} van het plan dat lang is", f"{n} mei 2022") for n in range(10, 24)]

    def paint(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        for n, (left, right) in enumerate(rows):
            canvas.drawString(90, 700 - 13 * n, left)
            canvas.drawString(
                90 + stringWidth(rows[0][0], "Times-Roman", 10) + 6.5, 700 - 13 * n, right
            )

    lines = read(tmp_path, paint).pages[0].text.split("\n")
    assert lines == [f"{left}  {right}" for left, right in rows]


@pytest.mark.ocr
def test_a_scan_has_boxes_and_a_confidence_and_is_read_once(tmp_path: Path) -> None:
    path = ROOT / "corpus/sample/gescande-brief-dijkversterking.pdf"
    first = extract(path, kept=tmp_path / "ocr")
    assert all(page.ocr and page.confidence and page.confidence > 0.7 for page in first.pages)
    assert all(len(page.text.split()) == len(unpack(page.boxes)) for page in first.pages)
    kept = sorted((tmp_path / "ocr").iterdir())
    assert len(kept) == len(first.pages)
    before = [entry.stat().st_mtime_ns for entry in kept]
    assert extract(path, kept=tmp_path / "ocr") == first
    assert [entry.stat().st_mtime_ns for entry in kept] == before


def test_every_word_of_the_sample_has_its_box() -> None:
    for path in sorted((ROOT / "corpus/sample").glob("*.json")):
        pdf = path.with_suffix(".pdf")
        if '"failure"' not in path.read_text("utf-8"):
            for page in extract(pdf, ocr="off").pages:
                assert len(page.text.split()) == len(unpack(page.boxes)), pdf.name
