"""Labels of questions and answers, and references between answers, in all their forms."""

from __future__ import annotations

import pytest

from indexer.question_labels import find_references, numbers_in
from indexer.structure.body import Line
from indexer.structure.labels import read_label

LABELS = [
    # (a line, is it of a question, the numbers it names, the text behind it)
    ("Vraag 1", True, ("1",), ""),
    ("Vraag 12:", True, ("12",), ""),
    ("VRAAG 3. Kunt u dat toelichten?", True, ("3",), "Kunt u dat toelichten?"),
    ("Vragen 4 en 5", True, ("4", "5"), ""),
    ("Vraag 3, 4 en 5", True, ("3", "4", "5"), ""),
    ("Vragen 1 t/m 4", True, ("1", "2", "3", "4"), ""),
    ("Vragen 2 tot en met 4:", True, ("2", "3", "4"), ""),
    ("Vraag 2a", True, ("2a",), ""),
    ("Antwoord 1", False, ("1",), ""),
    ("Antwoord op vraag 1:", False, ("1",), ""),
    ("Antwoord vragen 1 en 2", False, ("1", "2"), ""),
    ("Antwoord op de vragen 5,6 en 7", False, ("5", "6", "7"), ""),
    ("Antwoord op vraag 4 en vraag 5", False, ("4", "5"), ""),
    ("Antwoorden 3 en 4", False, ("3", "4"), ""),
    ("Antwoord 7, 8, 9 en 10", False, ("7", "8", "9", "10"), ""),
    ("Antwoord 2 Ja, dat klopt.", False, ("2",), "Ja, dat klopt."),
    ("Antwoord:", False, (), ""),
    ("Antwoord: Ja.", False, (), "Ja."),
    ("Vraag (1)", True, ("1",), ""),
    ("Vraag nr. 3: Klopt dit?", True, ("3",), "Klopt dit?"),
    ("Vraag 2 – Klopt dit?", True, ("2",), "Klopt dit?"),
    ("Antwoord 2: -3 procent", False, ("2",), "-3 procent"),
    ("Vraag IV.", True, ("4",), ""),
    ("Reactie op vraag 3", False, ("3",), ""),
    ("antwoord:", False, (), ""),
]


@pytest.mark.parametrize(
    ("text", "question", "numbers", "rest"), LABELS, ids=[r[0] for r in LABELS]
)
def test_labels(text: str, question: bool, numbers: tuple[str, ...], rest: str) -> None:
    label = read_label(Line(text, 0, 1))
    assert label is not None
    assert (label.question, label.numbers, text[label.end :]) == (question, numbers, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Vraag 3 gaat over de kosten.",  # a sentence
        "Vragen van het lid Feddema (BBB)",
        "Vraagstelling",
        "Antwoord van Minister Oldenkamp (Klimaat en Energie)",
        "Antwoord op de motie van het lid Stokmans",
        "Antwoorden op Kamervragen",
        "De antwoorden 1 en 2",
        "Reactie van de minister",
        "Vraag IVA",
        "Vraag (1 gaat",
    ],
)
def test_no_labels(text: str) -> None:
    assert read_label(Line(text, 0, 1)) is None


REFERENCES = [
    # (an answer, the questions it points to)
    ("Zie het antwoord op vraag 22.", ["22"]),
    ("Zie antwoord vraag 3.", ["3"]),
    ("Zie mijn antwoord op de vragen 2, 6 en 8.", ["2", "6", "8"]),
    ("Hiervoor verwijs ik u naar het antwoord op vraag 5.", ["5"]),
    ("Zoals in antwoord 4 is gemeld, klopt dat.", ["4"]),
    ("Zie vraag 1 t/m 3.", ["1", "2", "3"]),
    ("Zie de beantwoording van vraag 7.", ["7"]),
    ("(Kamerstuk 36 200 VII, nr. 12, antwoord op vraag 11)", []),  # another paper's
    ("In antwoord op vragen van het lid Feddema", []),
    ("Het antwoord is 42 procent.", []),
]


@pytest.mark.parametrize(("text", "numbers"), REFERENCES, ids=[row[0] for row in REFERENCES])
def test_references(text: str, numbers: list[str]) -> None:
    assert [n for found in find_references(text) for n in found.numbers] == numbers


def test_ranges() -> None:
    assert numbers_in("1, 3-5 en 9") == ("1", "3", "4", "5", "9")
    assert numbers_in("9-1") == ("9", "1")  # no range
