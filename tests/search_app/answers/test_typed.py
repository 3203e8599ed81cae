"""Labels and headings as people type them → questions told apart."""

from __future__ import annotations

import pytest

from search_app.answers.subquestions import split

TWO = [("1", "Klopt dit?"), ("2", "Wat doet u?")]
ROWS: tuple[tuple[str, str, list[tuple[str, str]]], ...] = (
    ("numbers in words", "Vraag een\nKlopt dit?\nVraag twee\nWat doet u?", TWO),
    ("with an accent", "Vraag één: Klopt dit?\nVraag twee: Wat doet u?", TWO),
    ("in words on one line", "Vraag een: Klopt dit? Vraag twee: Wat doet u?", TWO),
    ("two in words under one label", "Vragen een en twee\nKlopt dit? En dan?\nVraag drie\nHoe?", [
        ("1-2", "Klopt dit? En dan?"), ("3", "Hoe?")]),
    ("a question that asks for something", "Vraag een paspoort aan, zegt u. Waar kan dat?", [
        ("1", "Vraag een paspoort aan, zegt u. Waar kan dat?")]),
    ("of how many", "Vraag 1 van 2\nKlopt dit?\nVraag 2 van 2\nWat doet u?", TWO),
    ("answers in words", "Vraag een\nKlopt dit?\nAntwoord een\nJa.\nVraag twee\nWat doet u?", TWO),
    ("small letters behind a label", "vraag 1: klopt dit?\nvraag 2: wat doet u?", [
        ("1", "klopt dit?"), ("2", "wat doet u?")]),
    ("a label within a sentence", "Vraag 1\nKlopt dit, zie\nvraag twee\nin mei?\nVraag 2\nHoe?", [
        ("1", "Klopt dit, zie vraag twee in mei?"), ("2", "Hoe?")]),
    ("no space before the number", "Vraag1\nKlopt dit?\nVraag2\nWat doet u?", TWO),
    ("questions in parts", "Deelvraag 1: Klopt dit?\nDeelvraag 2: Wat doet u?", TWO),
    ("shortened", "Vr. 1 Klopt dit?\nVr. 2 Wat doet u?", TWO),
    ("in English", "Q1: Klopt dit?\nQ2: Wat doet u?", TWO),
    ("by rank", "Eerste vraag: Klopt dit?\n2e vraag: Wat doet u?", TWO),
    ("keycaps", "1️⃣ Klopt dit?\n2️⃣ Wat doet u?", TWO),
    ("quoted in a mail", "> 1. Klopt dit?\n>\n> 2. Wat doet u?", TWO),
    ("small letters behind numbers", "1. klopt dit?\n2. wat doet u?", [
        ("1", "klopt dit?"), ("2", "wat doet u?")]),
    ("a number of an article that is typed small", "1. Telt artikel\n2. van de wet?\n2. En nu?", [
        ("1", "Telt artikel 2. van de wet?"), ("2", "En nu?")]),
    ("the last of a set", "5. Klopt dit?\n6. Wat doet u?", [
        ("5", "Klopt dit?"), ("6", "Wat doet u?")]),
    ("a number that begins no set", "Dit kost veel.\n5. Klopt dit?\n9. Een feit.", [
        ("1", "Dit kost veel. 5. Klopt dit? 9. Een feit.")]),
    ("letters alone", "Er is iets mis.\na. Klopt dit?\nb. Wat doet u?", [
        ("a", "Klopt dit?"), ("b", "Wat doet u?")]),
    ("letters that share an opening", "Kunt u zeggen\na. hoe dit komt?\nb. wie betaalt?", [
        ("1", "Kunt u zeggen a. hoe dit komt? b. wie betaalt?")]),
    ("a letter behind each number", "1a. Klopt dit?\n1b. Hoe?\n2. Wat doet u?", [
        ("1a", "Klopt dit?"), ("1b", "Hoe?"), ("2", "Wat doet u?")]),
    ("sets by who asks", (
        "Vragen van het lid De Wit (VVD)\n1. Klopt dit?\n2. Wat doet u?\n\n"
        "Vragen van het lid Kat (D66)\n1. Hoe?\n2. Wie?\n3. Waar?"), [
        *TWO, ("1 (2)", "Hoe?"), ("2 (2)", "Wie?"), ("3", "Waar?")]),
    ("sets under labels", "Vraag 1\nKlopt dit?\nVraag 2\nWat doet u?\nFractie D66\nVraag 1\nHoe?", [
        *TWO, ("1 (2)", "Hoe?")]),
    ("a heading between questions", "1. Klopt dit?\n\nDe uitvoering\n\n2. Wat doet u?", TWO),
    ("an order that is no heading", "1. Klopt dit?\n\nGraag met cijfers\n\n2. Wat doet u?", [
        ("1", "Klopt dit? Graag met cijfers"), ("2", "Wat doet u?")]),
    ("a list in a question", "1. Klopt:\n1. dat?\n2. Dit feit.\n3. Dit ook.\n2. Wat doet u?", [
        ("1", "Klopt: 1. dat?"), ("2", "Dit feit."), ("3", "Dit ook. 2. Wat doet u?")]),
)  # fmt: skip


@pytest.mark.parametrize(("case", "text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_questions(case: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(row.number, row.text) for row in split(text).questions] == expected


def test_a_heading_of_paragraphs_is_no_question() -> None:
    text = (
        "Vragen van de VVD-fractie\n\nWat kost dit?\n\nInbreng van de fractie van D66\n\nHoe lang?"
    )
    assert [row.text for row in split(text).questions] == ["Wat kost dit?", "Hoe lang?"]
