"""The masthead of a printed paper is no text, and the number of the first question is."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.extract.read import extract

HEAD = [
    "Tweede Kamer der Staten-Generaal",
    "2",
    "Vergaderjaar 2023-2024",
]
TEXT = ["Vragen van het lid Elzakkers (D66) over reclames", "1", "Kent u het bericht?"]


@pytest.mark.parametrize("rows", [13, 20])
def test_a_question_high_on_the_page_keeps_its_number(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "vragen.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for number, line in enumerate([*HEAD, *TEXT]):
        canvas.drawString(70, A4[1] - 60 - rows * number, line)
    canvas.save()
    (page,) = extract(path).pages
    assert [line for line in page.text.split("\n") if line] == TEXT
    assert set(page.furniture) == set(HEAD)
