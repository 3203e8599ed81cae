"""Headings in large type beside their text: each is read before it, and whole."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from indexer.extract.read import extract

QUESTIONS = (
    ("Waarom moet de dijk", "worden verhoogd en", "wie betaalt dat?"),
    ("Wanneer begint het", "werk?"),
)
ANSWER = [f"Regel {n} van het antwoord, dat lang genoeg is om tekst te zijn" for n in range(24)]


def made(path: Path, *, leading: float, size: float, lift: float) -> list[str]:
    """Return the lines of a page with questions at the left and answers at the right."""
    canvas = Canvas(str(path / "stuk.pdf"), pagesize=(595, 842), invariant=1)
    for number, question in enumerate(QUESTIONS):
        top = 700 - 160 * number
        canvas.setFont("Helvetica", size)
        for row, line in enumerate(question):
            canvas.drawString(40, top - leading * row, line)
        canvas.setFont("Helvetica", 8)
        for row, line in enumerate(ANSWER[12 * number : 12 * number + 12]):
            canvas.drawString(260, top + lift - 10 * row, line)
    canvas.save()
    (page,) = extract(path / "stuk.pdf", ocr="off").pages
    return page.text.replace("\n\n", "\n").split("\n")


def test_each_heading_comes_before_its_text(tmp_path: Path) -> None:
    assert made(tmp_path, leading=13.5, size=12, lift=3) == [
        *QUESTIONS[0], *ANSWER[:12], *QUESTIONS[1], *ANSWER[12:]
    ]  # fmt: skip


def test_rows_of_one_type_stay_rows(tmp_path: Path) -> None:
    """Input: a table of two columns: the same type at both sides, on the same baselines."""
    rows = made(tmp_path, leading=10, size=8, lift=0)
    assert rows[0].startswith(QUESTIONS[0][0])
    assert rows[0].endswith(ANSWER[0])
