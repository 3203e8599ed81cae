"""A pasted text → its sub-questions: every way in which questions are numbered."""

from __future__ import annotations

import pytest

from search_app.answers.subquestions import split

PRINTED = """Tweede Kamer der Staten-Generaal2
Vraag 1
Klopt het
1Krant, 3 mei 2024, «Bericht»
kv-tk-2024Z18436
’s-Gravenhage 2024 Tweede Kamer, vergaderjaar 2024–2025, Vragen 1
bericht?
Vraag 2
En nu?"""
ROWS: tuple[tuple[str, str, list[tuple[str, str]]], ...] = (
    ("one question", "Deelt u die mening? Zo nee, waarom niet?", [
        ("1", "Deelt u die mening? Zo nee, waarom niet?")]),
    ("labels, with a mark of a footnote", "Vraag 1\nKlopt dit?\n1\nVraag 2\nWat doet u?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u?")]),
    ("answers are left out", "Vraag 1\nKlopt dit?\nAntwoord 1\nJa.\nVraag 2\nEn dat?", [
        ("1", "Klopt dit?"), ("2", "En dat?")]),
    ("a shared label is one", "Vragen 4 en 5\nKlopt dit? En wat dan?", [
        ("4-5", "Klopt dit? En wat dan?")]),
    ("a label within a sentence is none", "Vraag 1\nKent u het antwoord op\nVraag 3 uit 2020?", [
        ("1", "Kent u het antwoord op Vraag 3 uit 2020?")]),
    ("a list in an answer", (
        "1. Klopt dit?\nAntwoord:\nJa:\n1. de krant;\n2. Het journaal.\n\n"
        "2. Wat doet u?\nAntwoord:\nDit:\n1. Niets.\n2. Iets.\n3. Veel.\n\n3. En dan?"), [
        ("1", "Klopt dit?"), ("2", "Wat doet u?"), ("3", "En dan?")]),
    ("a list in the last answer", "1. Klopt?\nAntwoord\nJa.\n2. En?\nAntwoord\n3. Ja.\n4. Nee.", [
        ("1", "Klopt?"), ("2", "En?")]),
    ("numbers that come back above answers", "1\nKlopt dit?\n1\nJa.\n2\nEn dat?\n2\nNee.", [
        ("1", "Klopt dit?"), ("2", "En dat?")]),
    ("brackets behind labels", "Vraag (1)\nKlopt dit?\nAntwoord (1)\nJa.\nVraag (2): En?", [
        ("1", "Klopt dit?"), ("2", "En?")]),
    ("labels of one letter", "V1: Klopt dit?\nA1: Ja.\nV2: En dat?\nA2: Nee.", [
        ("1", "Klopt dit?"), ("2", "En dat?")]),
    ("Roman numerals", "I. Klopt dit?\nII. Wat doet u?\nIII. En dan?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u?"), ("3", "En dan?")]),
    ("small labels", "vraag 1\nKlopt dit?\n\nantwoord\nJa.\n\nvraag 2\nEn?", [
        ("1", "Klopt dit?"), ("2", "En?")]),
    ("labels in Markdown", "**Vraag 1**\nKlopt dit?\n\n### Vraag 2\nEn?", [
        ("1", "Klopt dit?"), ("2", "En?")]),
    ("answers on the same line", "Vraag 1: Klopt dit? Antwoord: Ja. Vraag 2: En? Antwoord: Nee.", [
        ("1", "Klopt dit?"), ("2", "En?")]),
    ("numbers with a point", "1. Klopt dit?\n2. Wat doet u?\n3. Zo ja, wanneer?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u?"), ("3", "Zo ja, wanneer?")]),
    ("numbers with brackets", "(1) Klopt dit?\n(2) Wat doet u?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u?")]),
    ("numbers alone, as in Word", "1\nKlopt dit?\n\nAntwoord\nJa.\n\n2\nWat doet u?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u?")]),
    ("a year and an amount begin no question", "1. Kost dit\n2 miljoen euro?\n2. Wat doet u?", [
        ("1", "Kost dit 2 miljoen euro?"), ("2", "Wat doet u?")]),
    ("letters, with what stands before them", "1. Kunt u aangeven:\na. hoe?\nb. wanneer?\n2. Ja?", [
        ("1a", "Kunt u aangeven: hoe?"), ("1b", "Kunt u aangeven: wanneer?"), ("2", "Ja?")]),
    ("letters on one line", "1. Kunt u zeggen a) hoe, b) wanneer en c) waar?\n2. Klopt dit?", [
        ("1a", "Kunt u zeggen hoe,"), ("1b", "Kunt u zeggen wanneer en"),
        ("1c", "Kunt u zeggen waar?"), ("2", "Klopt dit?")]),
    ("one letter is no list", "1. Geldt artikel 3 a. hier?\n2. Klopt dit?", [
        ("1", "Geldt artikel 3 a. hier?"), ("2", "Klopt dit?")]),
    ("Zo ja on a line of its own", "1. Klopt het?\nZo ja, wat dan?\nZo nee, waarom niet?\n2. En?", [
        ("1", "Klopt het? Zo ja, wat dan? Zo nee, waarom niet?"), ("2", "En?")]),
    ("bullets", "- Klopt dit?\n- Wat doet u?\n  Zo ja, wanneer?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u? Zo ja, wanneer?")]),
    ("paragraphs that ask", "Dit is ernstig.\n\nKlopt dit?\n\nZo nee, waarom niet?\n\nEn nu?", [
        ("1", "Klopt dit? Zo nee, waarom niet? En nu?")]),
    ("a statement goes with what follows", "Klopt dit?\n\nDe brug is dicht.\n\nWat doet u?", [
        ("1", "Klopt dit?"), ("2", "De brug is dicht. Wat doet u?")]),
    ("many questions in one paragraph",
     "Klopt dit? Zo nee, waarom niet? Wat doet u? Hoe lang duurt het? Wie betaalt dat?", [
        ("1", "Klopt dit? Zo nee, waarom niet?"), ("2", "Wat doet u?"),
        ("3", "Hoe lang duurt het?"), ("4", "Wie betaalt dat?")]),
    ("words broken at line ends", "1. Gaat het om gezond-\nheid en in-\nen uitvoer?\n2. Ja?", [
        ("1", "Gaat het om gezondheid en in- en uitvoer?"), ("2", "Ja?")]),
    ("heads, feet and notes of print",
     PRINTED, [("1", "Klopt het bericht?"), ("2", "En nu?")]),
    ("Windows line ends and hard spaces", "1.\u00a0Klopt dit?\r\n2.\u00a0Wat doet u?\r\n", [
        ("1", "Klopt dit?"), ("2", "Wat doet u?")]),
    ("notes in brackets", (
        "Vraag 1\nKlopt «Geen stroom»? 1)\nVraag 2\nWaarom niet?[2]\n\n"
        "1) NRC, 10 november 2026\n[2] https://example.org/wie-betaalt"),
        [("1", "Klopt «Geen stroom»?"), ("2", "Waarom niet?")]),
    ("a mark before the question mark", (
        "Kent u het bericht over de school (1)?\n\nWat vindt u daarvan?\n\n(1) NRC, 3 mei 2026"),
        [("1", "Kent u het bericht over de school (1)?"), ("2", "Wat vindt u daarvan?")]),
    ("a list that is no notes", "1) Klopt dit?\n2) Geef een overzicht van 2019 tot 2026.",
        [("1", "Klopt dit?"), ("2", "Geef een overzicht van 2019 tot 2026.")]),
    ("numbers on one line", "1. Klopt dit? 2. Wat doet u? Zo ja, hoe? 3. En?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u? Zo ja, hoe?"), ("3", "En?")]),
    ("numbers on one line, behind an introduction", "De brug is dicht. (1) Klopt dit? (2) En?", [
        ("1", "Klopt dit?"), ("2", "En?")]),
    ("two lines of numbers", "1) Klopt dit? 2) Wat doet u?\n3) En? 4) Wanneer?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u?"), ("3", "En?"), ("4", "Wanneer?")]),
    ("labels on one line", "Vraag 1 Klopt dit? Antwoord 1 Ja. Vraag 2 Wat doet u?", [
        ("1", "Klopt dit?"), ("2", "Wat doet u?")]),
    ("a point behind a number within a line", "1. Telt artikel 1. De wet zegt ja?\n2. En nu?", [
        ("1", "Telt artikel 1. De wet zegt ja?"), ("2", "En nu?")]),
    ("a note of another form behind a question", "1. Klopt «dit»? 2) Zo ja, hoe?\n2. En nu?", [
        ("1", "Klopt «dit»? Zo ja, hoe?"), ("2", "En nu?")]),
    ("nothing", " \n\n", []),
)  # fmt: skip


@pytest.mark.parametrize(("case", "text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_questions(case: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(row.number, row.text) for row in split(text).questions] == expected


OPENING = (
    "Vragen van het lid De Wit (D66) aan de Minister van Financiën over de brug (ingezonden 4 juli "
    "2023).\n\nDe brug bij Dorp is al een jaar dicht.\n\n1. Klopt dit?\n2. Wat doet u?\n"
    "Toelichting:\nDeze vragen vullen eerdere vragen aan."
)


def test_a_note_in_brackets_is_no_introduction() -> None:
    asked = split("Kent u dit (1)?\n\nWat vindt u daarvan?\n\n(1) De Gelderlander, 3 mei 2026")
    assert asked.introduction == ""


def test_title_and_introduction_are_shared() -> None:
    asked = split(OPENING)
    assert asked.title.startswith("Vragen van het lid De Wit (D66) aan de Minister van Financiën")
    assert asked.introduction.splitlines() == [
        "De brug bij Dorp is al een jaar dicht.",
        "Toelichting: Deze vragen vullen eerdere vragen aan.",
    ]
    assert [row.text for row in asked.questions] == ["Klopt dit?", "Wat doet u?"]


@pytest.mark.parametrize(
    ("text", "procedural"),
    [
        ("Kunt u deze vragen afzonderlijk beantwoorden?", True),
        ("Bent u bereid deze vragen ieder afzonderlijk en binnen een week te beantwoorden?", True),
        ("Zou u ieder van deze vragen kunnen beantwoorden voor het notaoverleg van 25 mei?", True),
        ("Kunt u aangeven waarom eerdere vragen niet zijn beantwoord door de gemeente?", False),
        ("Deelt u de mening dat de brug open moet?", False),
        ("Welke vragen stelt de inspectie aan scholen?", False),
    ],
)
def test_questions_about_answering_are_told_apart(text: str, procedural: bool) -> None:
    assert split(text).questions[0].procedural is procedural


def test_two_sets_pasted_together_have_numbers_of_their_own() -> None:
    """A second `1` could not be left out without the first."""
    text = "Vraag 1\nKlopt dit?\nVraag 2\nEn dit?\nVraag 1\nIs dat waar?"
    assert [row.number for row in split(text).questions] == ["1", "2", "1 (2)"]


@pytest.mark.parametrize(
    ("pasted", "wanted"),
    [
        # A full stop before a number is no end of a sentence, and the number no mark of a note
        ("Kent u artikel 2.1 van de Woo?", "Kent u artikel 2.1 van de Woo?"),
        ("Kent u 36 200 VII, nr. 12 over dit?", "Kent u 36 200 VII, nr. 12 over dit?"),
        ("Kent u de brief d.d. 3 maart?", "Kent u de brief d.d. 3 maart?"),
        ("Geldt art. 68 Grondwet hier?", "Geldt art. 68 Grondwet hier?"),
        # … and here they are
        ("Het ligt op schema. 3 Klopt dit?", "Het ligt op schema. Klopt dit?"),
        ("Klopt dit? 1", "Klopt dit?"),
    ],
)
def test_numbers_behind_a_full_stop(pasted: str, wanted: str) -> None:
    (question,) = split(f"1. {pasted}").questions
    assert question.text == wanted


def test_a_letterhead_says_nothing_of_the_matter() -> None:
    asked = split(
        "> Retouradres Postbus 20350 2500 EJ Den Haag\n\nDe Voorzitter van de Tweede Kamer\n"
        "Datum 14 april 2023\nBetreft Vragen over wachtlijsten\n\nGeachte voorzitter,\n\n"
        "Hierbij de vragen van het lid Elzakkers (D66).\n\n"
        "1. Kent u het bericht?\n2. Wat doet u?"
    )
    opening = f"{asked.title} {asked.introduction}"
    assert "wachtlijsten" in opening
    assert "Elzakkers" in opening
    assert not {"Retouradres", "Postbus", "Geachte", "Datum"} & set(opening.split())
    assert [question.text for question in asked.questions] == [
        "Kent u het bericht?",
        "Wat doet u?",
    ]
    plain = split("Geachte minister,\n\n1. Kent u dit?\n2. Wat doet u?")
    assert len(plain.questions) == 2
