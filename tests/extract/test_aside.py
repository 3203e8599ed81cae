"""What stands beside the text and is not of it: margins, page numbers, names of chapters."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from indexer.extract.read import extract
from indexer.paper import Page
from tests.extract.test_read import Text, read

WIDE = (
    "Een brede regel van een bijlage, die onder de kantlijn van een brief doorloopt "
    "tot aan de rand van het blad."
)
LABELS = ("Directie Wonen", "Ons kenmerk", "2022-0000123456", "Datum van vandaag")


def _wide(count: int, top: float, size: float = 9.0) -> list[Text]:
    return [(70.0, top - 12 * n, size, f"{n + 1}. {WIDE}") for n in range(count)]


def _labels(top: float, size: float = 6.5) -> list[Text]:
    return [(440.0, top - 10 * n, size, label) for n, label in enumerate(LABELS)]


def test_a_margin_stands_over_lines_that_run_on_under_it(tmp_path: Path) -> None:
    """Input: the last page of a letter, an annex that is set wider than its first pages."""
    page = read(tmp_path, [[*_labels(760.0), *_wide(14, 690.0, 10.0)]]).pages[0]
    assert page.text.startswith("1. Een brede regel")
    assert page.furniture == LABELS


def test_the_last_column_of_a_table_is_no_margin(tmp_path: Path) -> None:
    """Input: a table in small type under wide lines, with words in its last column."""
    table = [
        (x, 760.0 - 10 * n, 6.5, text)
        for n, label in enumerate(LABELS)
        for x, text in ((70.0, f"Onderdeel {n}"), (440.0, label))
    ]
    page = read(tmp_path, [[*table, *_wide(14, 690.0, 10.0)]]).pages[0]
    assert [line for line in page.text.split("\n") if line.startswith("Onderdeel")] == [
        f"Onderdeel {n}  {label}" for n, label in enumerate(LABELS)
    ]


def test_a_margin_of_one_label_is_known_by_its_words(tmp_path: Path) -> None:
    label = (480.0, 702.0, 6.5, "Onze referentie")
    lines = [
        (70.0, 700.0 - 12 * n, 9.0, f"Regel {n} van de bijlage bij de brief") for n in range(9)
    ]
    page = read(tmp_path, [[label, *lines]]).pages[0]
    assert page.text.startswith("Regel 0 van de bijlage bij de brief\n")
    assert page.furniture == ("Onze referentie",)


def test_a_margin_beside_a_table_in_type_as_small(tmp_path: Path) -> None:
    """Input: the last page of a letter, a list; `Datum` stands higher than the head of the list."""
    rows = [
        ("Nr.", "Naam", "Beoordeling"),
        *((f"{n}", f"Verslag {n}", "Openbaar") for n in range(9)),
    ]
    table = [
        (x, 700.0 - 12 * n, 6.5, text)
        for n, row in enumerate(rows)
        for x, text in zip((70.0, 110.0, 250.0), row, strict=True)
    ]
    margin = [(480.0, 712.0, 6.5, "Datum"), (480.0, 701.0, 6.5, "1 juli 2021")]
    page = read(tmp_path, [[*margin, *table]]).pages[0]
    assert page.text.startswith("Nr.  Naam  Beoordeling\n0  Verslag 0  Openbaar")
    assert page.furniture == ("Datum", "1 juli 2021")


def test_a_column_of_dates_is_no_margin(tmp_path: Path) -> None:
    rows = [("Nr.", "Datum"), *((f"{n}", f"{n} juli 2021") for n in range(1, 10))]
    table = [
        (x, 700.0 - 12 * n, 6.5, text)
        for n, row in enumerate(rows)
        for x, text in zip((70.0, 480.0), row, strict=True)
    ]
    text = read(tmp_path, [table]).pages[0].text
    assert text.startswith("Nr.  Datum\n1  1 juli 2021")


def test_the_number_of_a_note_may_stand_before_its_text(tmp_path: Path) -> None:
    body = [(90.0, 700.0 - 12 * n, 10.0, "Een regel van de brief.") for n in range(12)]
    note = [(90.0, 122.0, 4.5, "2"), (104.0, 120.0, 7.0, "Wij wijzen op het advies."),
            (104.0, 111.0, 7.0, "Dat is openbaar.")]  # fmt: skip
    text = read(tmp_path, [[*body, *note]]).pages[0].text
    assert text.endswith("brief.\n\n2  Wij wijzen op het advies.\nDat is openbaar.")


def test_words_in_a_drawing_are_no_margin(tmp_path: Path) -> None:
    """Input: small words at the right, half way down a page of wide lines."""
    drawing = ("De telefoon stuurt", "een code naar de", "server van de dienst", "en wist hem")
    words = [(440.0, 500.0 - 10 * n, 6.5, text) for n, text in enumerate(drawing)]
    page = read(tmp_path, [[*_wide(14, 760.0, 10.0), *words]]).pages[0]
    assert all(text in page.text for text in drawing)


def test_a_page_number_beside_the_first_line_is_not_in_it(tmp_path: Path) -> None:
    number = (540.0, 700.0, 6.0, "11 / 24")
    page = read(tmp_path, [[number, *_wide(12, 700.0)]]).pages[0]
    assert page.text.startswith(f"1. {WIDE}\n")
    assert "11 / 24" in page.furniture


def test_a_share_in_the_text_is_no_page_number(tmp_path: Path) -> None:
    """Input: the same in the type of the text, in a cell of a table."""
    page = read(tmp_path, [[(540.0, 700.0, 9.0, "11 / 24"), *_wide(12, 700.0)]]).pages[0]
    assert "11 / 24" in page.text


def _with_side(path: Path, sides: list[str]) -> list[Page]:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    for side in sides:
        canvas.setFont("Times-Roman", 9)
        for x, y, _, text in _wide(12, 700.0):
            canvas.drawString(x, y, text)
        canvas.translate(575, 800)
        canvas.rotate(-90)
        canvas.drawString(0, 0, side)
        canvas.showPage()
    canvas.save()
    return list(extract(path, ocr="off").pages)


def test_a_chapter_along_the_side_is_furniture_when_it_returns(tmp_path: Path) -> None:
    sides = ["Een leefbare buurt"] * 2 + ["Zorg en welzijn"] * 2 + ["Eenmalig"] + [""] * 4
    pages = _with_side(tmp_path / "stuk.pdf", sides)
    assert [side for page in pages for side in page.furniture] == sides[:4]
    assert "Eenmalig" in pages[4].text


def test_the_session_above_an_appendix_is_furniture(tmp_path: Path) -> None:
    head: list[Text] = [(70.0, 780.0, 9.0, "Vergaderjaar 2023–2024"),
                        (300.0, 780.0, 9.0, "Aanhangsel van de Handelingen")]  # fmt: skip
    page = read(tmp_path, [[*head, *_wide(12, 700.0)]]).pages[0]
    assert page.furniture == ("Vergaderjaar 2023–2024  Aanhangsel van de Handelingen",)
