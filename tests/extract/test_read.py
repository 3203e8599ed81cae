"""Whole PDFs, set for the purpose: order, columns, furniture, notes, and what cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from indexer.boxes import unpack
from indexer.extract.limits import ExtractionError, Limits
from indexer.extract.read import extract
from indexer.paper import Extraction

Text = tuple[float, float, float, str]  # x, y, type size, text


def make(path: Path, pages: list[list[Text]], **rest: object) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1, **rest)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return path


def read(path: Path, pages: list[list[Text]]) -> Extraction:
    return extract(make(path / "stuk.pdf", pages), ocr="off")


def test_lines_blocks_and_broken_words(tmp_path: Path) -> None:
    page = [
        (90.0, 700.0, 10.0, "De behandeling van de begrotings-"),
        (90.0, 688.0, 10.0, "staten begint morgen."),
        (90.0, 664.0, 10.0, "Een tweede alinea."),
    ]
    text = read(tmp_path, [page]).pages[0].text
    assert text == "De behandeling van de begrotingsstaten\nbegint morgen.\n\nEen tweede alinea."


BOLD = [
    # A sentence with many numbers in bold: real letters refuse documents so.
    (("geweigerd: in de documenten met", "*nummers 1, 4, 5 en 6,", "bleef er niets over."), 1),
    (("Tevens is er een besluit.", "*Overwegingen", "De minister heeft besloten"), 3),
    (("Zie hieronder:", "*nummers 1 en 4", "Deze zijn geweigerd."), 3),
]


@pytest.mark.parametrize(("printed", "blocks"), BOLD)
def test_bold_lines_are_a_block_unless_a_sentence_goes_on(
    tmp_path: Path, printed: tuple[str, ...], blocks: int
) -> None:
    path = tmp_path / "stuk.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    for number, line in enumerate(printed):
        canvas.setFont("Helvetica-Bold" if line.startswith("*") else "Helvetica", 10)
        canvas.drawString(70, 700 - 12 * number, line.lstrip("*"))
    canvas.save()
    (page,) = extract(path, ocr="off").pages
    assert page.text.split("\n\n") == (
        ["\n".join(printed).replace("*", "")] if blocks == 1 else [s.lstrip("*") for s in printed]
    )


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"linker kolom regel nummer {n:02}" for n in range(20)]
    right = [f"rechter kolom regel nummer {n:02}" for n in range(20)]
    page = []
    for n in range(20):  # painted row by row
        page.append((60.0, 700.0 - 12 * n, 9.0, left[n]))
        page.append((310.0, 700.0 - 12 * n, 9.0, right[n]))
    text = read(tmp_path, [page]).pages[0].text
    assert text.replace("\n\n", "\n").split("\n") == left + right


def test_a_row_whose_cells_stand_a_little_apart_is_read_from_left_to_right(tmp_path: Path) -> None:
    page = [(60.0, 700.0, 9.0, "8"), (300.0, 701.2, 9.0, "niet openbaar"),
            (120.0, 700.4, 9.0, "bijlage"), (450.0, 699.6, 9.0, "11.1")]  # fmt: skip
    assert read(tmp_path, [page]).pages[0].text == "8  bijlage  niet openbaar  11.1"


def test_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [("Uitgaven", "2022", "2023"), ("Ontvangsten", "10", "20"), ("Saldo", "5", "7")]
    page = [
        (x, 700.0 - 14 * n, 9.0, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((60.0, 250.0, 350.0), row, strict=True)
    ]
    text = read(tmp_path, [page]).pages[0].text
    assert [" ".join(line.split()) for line in text.split("\n") if line] == [
        " ".join(r) for r in rows
    ]


def test_furniture_is_apart(tmp_path: Path) -> None:
    pages = [
        [
            (90.0, 600.0, 10.0, f"De tekst van bladzijde {n}."),
            (90.0, 588.0, 10.0, "Met nog een regel erbij, en niet meer."),
            (90.0, 40.0, 7.0, f"Tweede Kamer, vergaderjaar 2022–2023, 36 200 VII, nr. 74   {n}"),
        ]
        for n in (1, 2, 3)
    ]
    found = read(tmp_path, pages)
    assert all("vergaderjaar" not in page.text for page in found.pages)
    assert all(page.furniture for page in found.pages)
    assert [page.number for page in found.pages] == [1, 2, 3]


def test_note_mark_is_not_glued_and_note_comes_last(tmp_path: Path) -> None:
    page = [
        (90.0, 700.0, 10.0, "Dit staat in het akkoord"),
        (183.5, 704.0, 6.0, "1"),
        (190.0, 700.0, 10.0, "van vorig jaar."),
        (90.0, 688.0, 10.0, "En zo gaat de tekst nog even verder."),
        (90.0, 120.0, 7.0, "1 Hoofdlijnenakkoord, bladzijde 3"),
    ]
    text = read(tmp_path, [page]).pages[0].text
    assert "akkoord 1 van" in " ".join(text.split())
    assert text.endswith("1 Hoofdlijnenakkoord, bladzijde 3")


def test_margin_of_a_letter_is_apart(tmp_path: Path) -> None:
    body = [(70.0, 700.0 - 12 * n, 9.0, f"Regel {n} van de brief aan de Kamer") for n in range(12)]
    names = ("Directie Wonen", "Ons kenmerk", "2022-0000", "Contactpersoon", "Postbus")
    margin = [(455.0, 700.0 - 12 * n, 6.5, text) for n, text in enumerate(names)]
    mixed = [item for pair in zip(body, margin, strict=False) for item in pair] + body[5:]
    page = read(tmp_path, [mixed]).pages[0]
    assert "Ons kenmerk" not in page.text
    assert list(page.furniture)[:5] == list(names)


def test_rotated_text_comes_after_the_body(tmp_path: Path) -> None:
    path = tmp_path / "stuk.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.drawString(90, 700, "Gewone tekst")
    canvas.rotate(90)
    canvas.drawString(300, -30, "Langs de rand")
    canvas.showPage()
    canvas.save()
    text = extract(path, ocr="off").pages[0].text
    assert text.split("\n")[0] == "Gewone tekst"
    assert "Langs de rand" in text


def test_hidden_text_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "stuk.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.drawString(90, 700, "Wat iedereen ziet, staat hier.")
    hidden = canvas.beginText(90, 600)
    hidden.setTextRenderMode(3)
    hidden.textLine("verborgen")
    canvas.drawText(hidden)
    canvas.showPage()
    canvas.save()
    found = extract(path, ocr="off")
    assert "verborgen" not in found.pages[0].text
    assert any("Onzichtbare" in note for note in found.notes)


def test_properties(tmp_path: Path) -> None:
    path = tmp_path / "stuk.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.setSubject("Brief over één onderwerp")
    canvas.setTitle("None")
    canvas.drawString(90, 700, "tekst")
    canvas.save()
    properties = extract(path, ocr="off").properties
    assert properties["Subject"] == "Brief over één onderwerp"
    assert "Title" not in properties


def reason(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(ExtractionError) as error:
        extract(path, limits=limits, ocr="off")
    assert error.value.message.endswith(".")
    return error.value.reason


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    page = [[(90.0, 700.0, 10.0, "tekst")]]
    good = make(tmp_path / "goed.pdf", page)
    locked = make(tmp_path / "slot.pdf", page, encrypt=StandardEncryption("geheim", "eigenaar"))
    assert reason(locked) == "versleuteld"
    half = tmp_path / "half.pdf"
    half.write_bytes(good.read_bytes()[: good.stat().st_size // 3])
    assert reason(half) == "beschadigd"
    html = tmp_path / "geen.pdf"
    html.write_text("<html>404</html>")
    assert reason(html) == "geen-pdf"
    empty = tmp_path / "leeg.pdf"
    empty.write_bytes(b"")
    assert reason(empty) == "geen-pdf"
    assert reason(good, Limits(file_mb=0)) == "te-groot"


DAMAGE = [
    # (what is broken of the second of three pages, the pages that are kept)
    (
        "its place in the list of pages",
        rb"/Kids \[ (\d+ 0 R) \d+ 0 R",
        rb"/Kids [ \1 99 0 R",
        {1, 3},
    ),
    ("its kind", rb"(/Contents 11 0 R.*?)/Type /Page\b", rb"\1/Type /Pige", {1, 3}),
    ("its end", rb"(/Contents 11 0 R.*?)/Rotate 0", rb"\1/Rotate [", {1, 2}),
]


@pytest.mark.parametrize(("what", "old", "new", "kept"), DAMAGE, ids=[row[0] for row in DAMAGE])
def test_a_damaged_paper_keeps_the_pages_it_has_and_says_so(
    tmp_path: Path, what: str, old: bytes, new: bytes, kept: set[int]
) -> None:
    texts = [f"Dit staat op bladzijde {number} en nergens anders." for number in (1, 2, 3)]
    path = make(tmp_path / "stuk.pdf", [[(90.0, 700.0, 10.0, text)] for text in texts])
    assert extract(path, ocr="off").notes == ()
    data, count = re.subn(old, new, path.read_bytes(), count=1, flags=re.DOTALL)
    assert count == 1
    path.write_bytes(data)
    found = extract(path, ocr="off")
    read_ = [page.text for page in found.pages if page.text]
    assert [text for text in texts if text in read_] == read_
    assert len(read_) >= len(kept), what
    assert any("beschadigd" in note for note in found.notes), what


def test_more_pages_than_allowed_are_refused_by_name(tmp_path: Path) -> None:
    three = make(tmp_path / "drie.pdf", [[(90.0, 700.0, 10.0, "tekst")]] * 3)
    assert reason(three, Limits(pages=2)) == "te-groot"
    assert len(extract(three, limits=Limits(pages=3), ocr="off").pages) == 3


BODY: list[Text] = [(90.0, 700.0 - 12 * n, 10.0, "Een regel van de brief.") for n in range(12)]


def test_a_mark_before_a_stop_stands_apart_from_the_word_alone(tmp_path: Path) -> None:
    page = [*BODY, (90.0, 500.0, 10.0, "Zie de brief"), (144.0, 504.0, 6.0, "7"),
            (147.5, 500.0, 10.0, ". Daarna volgt meer.")]  # fmt: skip
    assert "Zie de brief 7. Daarna" in read(tmp_path, [page]).pages[0].text


def test_a_footnote_in_the_type_of_the_body_begins_with_a_raised_number(tmp_path: Path) -> None:
    page = [*BODY, (90.0, 124.0, 6.0, "1"), (94.0, 120.0, 10.0, "Kamerstuk 32 336, nr. 27.")]
    text = read(tmp_path, [page]).pages[0].text
    assert text.endswith("brief.\n\n1 Kamerstuk 32 336, nr. 27.")


def test_a_table_in_small_type_is_no_footnote(tmp_path: Path) -> None:
    table = [
        (x, 300.0 - 11 * n, 8.0, cell)
        for n in range(3)
        for x, cell in ((90.0, f"{n} Groep"), (250.0, "12"), (350.0, "30"))
    ]
    last = (90.0, 120.0, 8.0, "2 Zie de bijlage bij de brief.")
    text = read(tmp_path, [[*BODY, *table, last]]).pages[0].text
    assert text.endswith("2 Groep  12  30\n\n2 Zie de bijlage bij de brief.")


def test_a_note_that_returns_with_another_number_is_no_foot(tmp_path: Path) -> None:
    pages = [
        [*BODY, (90.0, 60.0, 8.0, f"{n} Kamerstukken II 2019/20, 25 295, nr. 96.")]
        for n in (1, 2, 3)
    ]
    for n, page in enumerate(read(tmp_path, pages).pages, 1):
        assert page.text.endswith(f"{n} Kamerstukken II 2019/20, 25 295, nr. 96.")


def test_what_stands_over_a_page_number_on_top_is_the_head(tmp_path: Path) -> None:
    head = [(90.0, 800.0, 9.0, "Gemeente  Datum 25 januari 2021"), (90.0, 788.0, 9.0, "Kenmerk 9"),
            (90.0, 776.0, 9.0, "Pagina 2 van 2")]  # fmt: skip
    found = read(tmp_path, [BODY, [*head, *BODY]]).pages[1]
    assert found.text.startswith("Een regel")
    assert len(found.furniture) == 3


def test_a_lowered_digit_belongs_to_its_word(tmp_path: Path) -> None:
    """Input: `CO2-uitstoot` with a small, low 2, at the end of a line that breaks a word."""
    page = [
        (90.0, 700.0, 10.0, "Naast CO"), (128.3, 697.0, 6.0, "2"),
        (131.3, 700.0, 10.0, "-uitstoot is er de verbrandings-"),
        (90.0, 688.0, 10.0, "motor van een schip."),
    ]  # fmt: skip
    text = read(tmp_path, [page]).pages[0].text
    assert text == "Naast CO2-uitstoot is er de verbrandingsmotor\nvan een schip."


def test_a_word_that_is_broken_in_a_wide_heading_is_joined(tmp_path: Path) -> None:
    head = [(90.0, 780.0, 30.0, "Een recht-"), (90.0, 735.0, 30.0, "vaardige wet")]
    text = read(tmp_path, [[*head, *BODY]]).pages[0].text
    assert text.startswith("Een rechtvaardige\nwet\n")


def test_a_word_that_begins_a_line_settles_how_it_is_written(tmp_path: Path) -> None:
    page = [
        (90.0, 700.0, 10.0, "Dit gaat over het wob-"),
        (90.0, 688.0, 10.0, "verzoek van vorig jaar."),
        (90.0, 676.0, 10.0, "Wob-verzoek en besluit."),
    ]
    assert "het wob-verzoek\n" in read(tmp_path, [page]).pages[0].text


BROKEN_OVER_PAGES = [
    # (last line of a page, first of the next, what these become)
    ("De behandeling van de begrotings-", "staten begint morgen.",
     "De behandeling van de begrotingsstaten", "begint morgen."),
    ("naar de minister-", "president en de", "naar de minister-president", "en de"),
    ("de in-", "en uitvoer van", "de in-", "en uitvoer van"),
    ("in het hoofdlijnen-", "akkoord,", "in het hoofdlijnenakkoord,", ""),
    ("van de begrotings-", "b. de raming", "van de begrotings-", "b. de raming"),  # of a list
    ("van de begrotings-", "iii) de raming", "van de begrotings-", "iii) de raming"),
    ("van de begrotings-", "Bijlage bij de brief", "van de begrotings-", "Bijlage bij de brief"),
    ("een gedachte -", "streepje na", "een gedachte -", "streepje na"),
    ("zonder streepje", "hierna", "zonder streepje", "hierna"),
]  # fmt: skip


@pytest.mark.parametrize(("last", "first", "one", "other"), BROKEN_OVER_PAGES)
def test_a_word_broken_between_pages_is_whole_where_it_begins(
    tmp_path: Path, last: str, first: str, one: str, other: str
) -> None:
    foot = "Tweede Kamer, vergaderjaar 2022–2023, 36 200 VII, nr. 12"
    pages = [
        [
            (90.0, 712.0, 10.0, "Een zin op bladzijde 1 van dit stuk."),
            (90.0, 700.0, 10.0, last),
            (90.0, 110.0, 7.0, "1 Zie Kamerstuk 32 336, nr. 27."),
            (90.0, 50.0, 7.0, f"{foot}   1"),
        ],
        [
            (90.0, 700.0, 10.0, first),
            (90.0, 688.0, 10.0, "Daarna volgt de rest."),
            (90.0, 50.0, 7.0, f"{foot}   2"),
        ],
    ]
    found = read(tmp_path, pages).pages
    assert found[0].text == (
        f"Een zin op bladzijde 1 van dit stuk.\n{one}\n\n1 Zie Kamerstuk 32 336, nr. 27."
    )
    assert found[1].text == f"{other}\nDaarna volgt de rest.".lstrip("\n")
    for page in found:
        assert len(unpack(page.boxes)) == len(page.text.split())
