"""Ruled tables: each row cell by cell, however the rules are drawn and the cells are set."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.boxes import unpack
from indexer.extract.fragments import IDENTITY
from indexer.extract.read import extract
from indexer.extract.rules import MOST, Rule, rules

LEFTS, RIGHT = (60.0, 120.0, 300.0), 500.0
LEVELS = (700.0, 660.0, 634.0, 608.0)
ROWS = (
    (("1",), ("Verslag van het overleg", "over de dijk langs de", "rivier"), ("deels", "openbaar")),
    (("2",), ("Brief aan de begrotings-", "commissie"), ("openbaar",)),
    (("3",), ("Nota",), ("niet openbaar",)),
)
READ = (
    "1  Verslag van het overleg\nover de dijk langs de\nrivier  deels\nopenbaar\n"
    "2  Brief aan de begrotingscommissie\nopenbaar\n3  Nota  niet openbaar"
)
"""The rest of a broken word is moved up, so that what follows it begins a line."""


def text(canvas: Canvas, *, centred: bool = False) -> None:
    """Set the cells, from the head of each or in its middle."""
    canvas.setFont("Helvetica", 9)
    for row, top, bottom in zip(ROWS, LEVELS, LEVELS[1:], strict=False):
        for left, lines in zip(LEFTS, row, strict=True):
            y = (top + bottom) / 2 + 6 * (len(lines) - 1) - 3 if centred else top - 10
            for line in lines:
                canvas.drawString(left + 4, y, line)
                y -= 12


def by_lines(canvas: Canvas) -> None:
    for y in LEVELS:
        canvas.line(LEFTS[0], y, RIGHT, y)
    for x in (*LEFTS, RIGHT):
        canvas.line(x, LEVELS[-1], x, LEVELS[0])


def by_bars(canvas: Canvas) -> None:
    """Draw what Word draws: a bar for each side of each cell, and what joins them."""
    for y in LEVELS:
        for left, right in zip(LEFTS, (*LEFTS[1:], RIGHT), strict=True):
            canvas.rect(left, y, 0.5, 0.5, stroke=0, fill=1)
            canvas.rect(left + 0.5, y, right - left - 0.5, 0.5, stroke=0, fill=1)
    for top, bottom in pairwise(LEVELS):
        for x in (*LEFTS, RIGHT):
            canvas.rect(x, bottom + 0.5, 0.5, top - bottom - 0.5, stroke=0, fill=1)


def by_boxes(canvas: Canvas) -> None:
    for top, bottom in pairwise(LEVELS):
        for left, right in zip(LEFTS, (*LEFTS[1:], RIGHT), strict=True):
            canvas.rect(left, bottom, right - left, top - bottom)


def made(path: Path, *painters: Callable[[Canvas], None], turned: int = 0) -> str:
    canvas = Canvas(str(path / "stuk.pdf"), pagesize=(595, 842), invariant=1)
    if turned == 90:  # set up the page, so that it is read by who turns it clockwise
        canvas.translate(595, 0)
        canvas.rotate(90)
    elif turned == 270:
        canvas.translate(0, 842)
        canvas.rotate(270)
    for paint in painters:
        paint(canvas)
    canvas.showPage()
    canvas.save()
    (page,) = extract(path / "stuk.pdf", ocr="off").pages
    assert len(unpack(page.boxes)) == len(page.text.split())
    return page.text


@pytest.mark.parametrize("draw", [by_lines, by_bars, by_boxes])
def test_a_row_is_read_cell_by_cell(tmp_path: Path, draw: Callable[[Canvas], None]) -> None:
    assert made(tmp_path, draw, text) == READ


def test_cells_may_be_set_in_the_middle_of_their_row(tmp_path: Path) -> None:
    shown = made(tmp_path, by_lines, lambda canvas: text(canvas, centred=True))
    assert shown.replace("\n\n", "\n") == READ


@pytest.mark.parametrize("turned", [90, 270])
def test_a_table_may_lie_on_its_side(tmp_path: Path, turned: int) -> None:
    def lower(canvas: Canvas) -> None:
        canvas.translate(0, -250)

    assert made(tmp_path, lower, by_bars, text, turned=turned) == READ


def test_text_around_a_table_stays_there(tmp_path: Path) -> None:
    def around(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 730, "Hierbij de inventaris van de stukken.")
        canvas.drawString(60, 560, "Met vriendelijke groet,")

    assert made(tmp_path, around, by_bars, text) == (
        f"Hierbij de inventaris van de stukken.\n\n{READ}\n\nMet vriendelijke groet,"
    )


def test_words_close_to_an_upright_rule_are_of_their_own_cell(tmp_path: Path) -> None:
    def close(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        full = "deels openbaar en deels daarbuiten"
        canvas.drawString(298 - canvas.stringWidth(full, "Helvetica", 9), 690, full)
        canvas.drawString(302, 690, "10.2.e")
        canvas.drawString(302, 678, "10.2.g")
        for x in (64, 124, 304):
            canvas.drawString(x, 650, "en")
            canvas.drawString(x, 624, "of")

    shown = made(tmp_path, by_lines, close).split("\n")
    assert shown[:2] == ["deels openbaar en deels daarbuiten  10.2.e", "10.2.g"]
    assert "en  en  en" in shown


def test_a_paragraph_in_a_cell_is_a_block(tmp_path: Path) -> None:
    def prose(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y in (700, 600):
            canvas.line(60, y, 500, y)
        for x in (60, 150, 500):
            canvas.line(x, 600, x, 700)
        for x, y, line in (
            (64, 690, "4 september"), (154, 690, "1."), (170, 690, "De dijk"),
            (154, 678, "is nu een meter hoger en"), (154, 666, "daarmee hoog genoeg."),
            (154, 642, "Er waren geen vragen."), (64, 678, "2019"), (64, 666, "Lelystad"),
        ):  # fmt: skip
            canvas.drawString(x, y, line)

    assert made(tmp_path, prose) == (
        "4 september\n2019\nLelystad  1. De dijk\nis nu een meter hoger en\ndaarmee hoog genoeg."
        "\n\nEr waren geen vragen."
    )


def test_a_cell_over_several_rows_goes_before_them(tmp_path: Path) -> None:
    def painted(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y in (700, 600):
            canvas.line(60, y, 500, y)
        canvas.line(200, 650, 500, 650)  # parts the cells at the right alone
        for x in (60, 200, 350, 500):
            canvas.line(x, 600, x, 700)
        for x, y, line in (
            (64, 690, "Het hele"), (64, 678, "onderwerp"), (204, 690, "eerste"), (354, 690, "een"),
            (354, 678, "of twee"), (204, 640, "tweede"), (204, 628, "keer"), (354, 640, "drie"),
            (64, 640, "in een cel"),
        ):  # fmt: skip
            canvas.drawString(x, y, line)

    assert made(tmp_path, painted).replace("\n\n", "\n") == (
        "Het hele\nonderwerp\nin een cel  eerste  een\nof twee\ntweede\nkeer  drie"
    )


def test_a_rule_that_is_broken_beside_the_first_cell_parts_rows(tmp_path: Path) -> None:
    def painted(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y in (700, 650):
            canvas.line(60, y, 500, y)
        canvas.line(60, 675, 250, 675)  # what lay over the rest was taken out
        for x in (60, 200, 350, 500):
            canvas.line(x, 650, x, 700)
        for x, y, line in (
            (64, 690, "een"), (204, 690, "a"), (204, 679, "b"), (354, 690, "c"),
            (64, 665, "twee"), (204, 665, "d"), (354, 665, "e"), (354, 654, "f"),
        ):  # fmt: skip
            canvas.drawString(x, y, line)

    shown = made(tmp_path, painted).replace("\n\n", "\n")
    assert shown == "een  a\nb  c\ntwee  d  e\nf"


def test_columns_of_text_between_two_rules_are_no_table(tmp_path: Path) -> None:
    def painted(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y in (720, 500):
            canvas.line(60, y, 500, y)
        for x, y, line in (
            (60, 690, "Datum"), (200, 690, "12 mei 2022"), (60, 670, "Betreft"), (200, 670, "dijk"),
            (60, 650, "Kenmerk"), (200, 650, "2022-12"), (60, 630, "Bijlage"), (200, 630, "geen"),
        ):  # fmt: skip
            canvas.drawString(x, y, line)

    assert "Datum  12 mei 2022\n" in made(tmp_path, painted)


RULES = [
    (b"10 700 100 .5 re f", [Rule(True, 700.25, 10.0, 110.0)]),
    (b"10 700 .5 -100 re f*", [Rule(False, 10.25, 600.0, 700.0)]),
    (b"10 700 100 50 re f", []),  # a colour under text
    (b"10 700 100 .5 re W n", []),  # a clip
    (b"(10 700 100 .5 re f) Tj", []),
    (b"<10> Tj 10 700 m 110 700 l S", [Rule(True, 700.0, 10.0, 110.0)]),
    (b"10 700 m 110 740 l S", []),
    (b"10 700 m 110 700 l 110 701 l 10 701 l h f", [Rule(True, 700.5, 10.0, 110.0)]),
    (b"q 2 0 0 2 5 0 cm 10 300 50 0 re S Q 1 2 m 1 9 l s", [
        Rule(True, 600.0, 25.0, 125.0), Rule(False, 1.0, 2.0, 9.0),
    ]),
    (b"q q Q Q Q 1 2 m S n", []),
    (b"1 2 l S 1 2 3 re f 1 .. 0 0 re f", []),
    (b"Q q 2 0 0 2 0 0 cm Q q 9 9 1 2 m 9 2 l S", [Rule(True, 2.0, 1.0, 9.0)]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "found"), RULES)
def test_rules(content: bytes, found: list[Rule]) -> None:
    assert rules(content, IDENTITY) == found


@pytest.mark.parametrize(
    "piece", [b"1", b"1 ", b"( ", b"<a", b"/A<<", b"BT ", b"BT(", b"re ", b"l  ", b" ", b"q cm "]
)
def test_no_content_takes_more_than_its_length(piece: bytes) -> None:
    line = b"0 0 m 9 0 l S "
    found = rules(line + piece * (1 << 18), IDENTITY)  # hours, if each letter looked at the rest
    assert found == [Rule(True, 0.0, 0.0, 9.0)]


def test_a_drawing_of_very_many_lines_is_cut_off() -> None:
    assert MOST < len(rules(b"1 2 m 9 2 l S " * (2 * MOST), IDENTITY)) <= MOST + 4
