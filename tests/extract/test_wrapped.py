"""Tables without upright rules: cells of several lines are read whole where columns are clear."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.boxes import unpack
from indexer.extract.read import extract
from tests.conftest import SAMPLE

Cells = Sequence[Sequence[str]]
LEFTS, RIGHT, TOP, STEP = (60.0, 95.0, 250.0, 400.0), 520.0, 700.0, 11.0
INVENTORY: Sequence[Cells] = (
    (("1",), ("Verslag van het overleg over de", "dijk langs de grote rivier"),
     ("Waterschap van het", "zuidelijke deel"), ("deels openbaar",)),
    (("2",), ("Brief aan de commissie",), ("Provincie",), ("openbaar",)),
    (("3",), ("Nota over de kosten van de", "nieuwe sluis, met een bijlage", "en een kaart"),
     ("Ministerie van", "Infrastructuur"), ("niet openbaar",)),
    (("4",), ("Antwoord van de commissie op", "de brief"), ("Provincie",), ("openbaar",)),
)  # fmt: skip
READ = [
    "Verslag van het overleg over de dijk langs de grote rivier Waterschap van het zuidelijke deel",
    "2 Brief aan de commissie Provincie openbaar",
    "sluis, met een bijlage en een kaart Ministerie van Infrastructuur niet openbaar",
    "4 Antwoord van de commissie op de brief Provincie openbaar",
]


def made(path: Path, rows: Sequence[Cells], *, rules: str = "", middle: bool = False) -> str:
    """Return the text of a page with these rows: `between` rules, `around` the table, or none."""
    canvas = Canvas(str(path / "stuk.pdf"), pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 9)
    y = TOP
    levels = [y]
    for row in rows:
        most = max(map(len, row))
        for left, lines in zip(LEFTS, row, strict=False):
            at = y - STEP - (STEP * (most - len(lines)) / 2 if middle else 0)
            for number, line in enumerate(lines):
                canvas.drawString(left, at - STEP * number, line)
        y -= STEP * most + (5 if rules == "between" else STEP)
        levels.append(y)
    for level in {"between": levels, "around": [levels[0], levels[-1]], "": []}[rules]:
        canvas.line(LEFTS[0], level, RIGHT, level)
    canvas.save()
    (page,) = extract(path / "stuk.pdf", ocr="off").pages
    assert len(unpack(page.boxes)) == len(page.text.split())
    return " ".join(page.text.split())


@pytest.mark.parametrize(
    ("rules", "middle"), [("between", False), ("between", True), ("around", False), ("", False)]
)
def test_cells_are_read_whole(tmp_path: Path, rules: str, middle: bool) -> None:
    text = made(tmp_path, INVENTORY, rules=rules, middle=middle)
    assert [row for row in READ if row not in text] == []


def test_an_inventory_as_ministries_make_them() -> None:
    """Input: a paper of the sample, whose truth has each row cell by cell."""
    truth = json.loads((SAMPLE / "inventaris-kwelscherm.json").read_text("utf-8"))
    rows = truth["pages"][0]["text"].split("\n")
    (page,) = extract(SAMPLE / "inventaris-kwelscherm.pdf", ocr="off").pages
    text = " ".join(page.text.split())
    assert [row for row in rows if row not in text] == []
    assert len(rows) == 9


LABELS: Sequence[Cells] = (
    (("Datum",), ("18 juni 2024",)),
    (("Betreft",), ("Antwoorden op vragen over de dijk", "langs de grote rivier")),
    (("Kenmerk",), ("BSK-2024/11",)),
    (("Bijlagen",), ("2",)),
)
NAMES: Sequence[Cells] = tuple(
    ((str(n),), ("Jan Jansen", "Bo Pietersen", "Willem Alexander van Oranje"),
     ("lid", "voorzitter van de commissie", "lid"), ("ja", "nee", "ja"))
    for n in range(1, 5)
)  # fmt: skip
"""Rows of one line under a number of the whole: what stands beside each other is of one person."""
APART = [
    (LABELS, "", "Datum 18 juni 2024 Betreft Antwoorden op vragen"),
    (LABELS, "between", "rivier Kenmerk BSK-2024/11 Bijlagen 2"),
    (NAMES, "", "1 Jan Jansen lid ja Bo Pietersen voorzitter van de commissie nee Willem"),
    (NAMES, "between", "2 Jan Jansen lid ja Bo Pietersen voorzitter van de commissie nee Willem"),
    (INVENTORY[:2], "", "1 Verslag van het overleg over de Waterschap van het deels openbaar dijk"),
]
"""What is no table whose cells are wrapped, or not surely: its lines stay as they are printed."""


@pytest.mark.parametrize(("rows", "rules", "expected"), APART)
def test_what_is_not_sure_stays_in_rows(
    tmp_path: Path, rows: Sequence[Cells], rules: str, expected: str
) -> None:
    assert expected in made(tmp_path, rows, rules=rules)


def test_columns_of_prose_with_a_numbered_list_are_no_table(tmp_path: Path) -> None:
    """Input: at the left `1` and a sentence of two lines, at the right prose, on the same rows."""
    left = ("De commissie vraagt naar de kosten", "van de dijk en van de sluis.")
    right = ("De regering antwoordt dat het werk", "in het volgende jaar begint en dat")
    canvas = Canvas(str(tmp_path / "stuk.pdf"), pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 9)
    for number in range(20):
        y = TOP - 22 * number
        canvas.drawString(60, y, str(number + 1))
        for line in range(2):
            canvas.drawString(85, y - 11 * line, left[line])
            canvas.drawString(320, y - 11 * line, right[line])
    canvas.save()
    (page,) = extract(tmp_path / "stuk.pdf", ocr="off").pages
    assert page.text.index("van de sluis") < page.text.index("De regering")
    assert page.text.rindex("van de sluis") < page.text.index("De regering")
