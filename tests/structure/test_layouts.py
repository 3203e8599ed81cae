"""Answers as ministries number them: each row was once split wrongly or not at all."""

from __future__ import annotations

import pytest

from tests.structure.test_assemble import paper

LETTER = """
> Retouradres Postbus 20350 2500 EJ Den Haag

De Voorzitter van de Tweede Kamer
der Staten-Generaal

Datum 14 april 2023
Betreft {}

Geachte voorzitter,

{}

De minister van Volksgezondheid, Welzijn en Sport,

J.C. Oldenkamp
"""
ANSWERS = LETTER.format(
    "Beantwoording Kamervragen over lange wachtlijsten",
    "Hierbij stuur ik u de antwoorden op de vragen die zijn gesteld door het lid Elzakkers (D66) "
    "over lange wachtlijsten (2023Z04321).",
)

Pairs = list[tuple[str, str, str | None]]
SHARED: Pairs = [
    ("1", "Kent u het bericht?", "Ja."),
    ("2", "Klopt dit? Hoe vaak?", "Vijf keer."),
    ("3", "Klopt dit? Hoe vaak?", "Vijf keer."),
]
TWO: Pairs = [("1", "Kent u het bericht?", "Ja."), ("2", "Klopt dit?", "Dat klopt.")]
LAYOUTS: list[tuple[str, str, Pairs]] = [
    # (what is odd, the page behind the letter, its questions with their answers)
    (
        "several numbers on a line above bare answers",  # the answer to 1 swallowed the rest
        """
1
Kent u het bericht?

Antwoord
Ja.

2 en 3
Klopt dit? Hoe vaak?

Antwoord
Vijf keer.
""",
        SHARED,
    ),
    (
        "several numbers below an answer with a list of its own",
        """
1. Kent u het bericht?
Antwoord:
Ja:
1. Het staat in de krant.
2. Het staat op internet.

2 t/m 3
Klopt dit? Hoe vaak?
Antwoord:
Vijf keer.
""",
        [
            (
                "1",
                "Kent u het bericht?",
                "Ja:\n1. Het staat in de krant.\n2. Het staat op internet.",
            ),
            *SHARED[1:],
        ],
    ),
    (
        "numbers that come back stand above the answers",
        """
1
Kent u het bericht?

2
Klopt dit?

3
Hoe vaak?

1, 2 en 3
Ja. Vijf keer.

4
Wat kost dit?

4
Twee euro.
""",
        [
            ("1", "Kent u het bericht?", "Ja. Vijf keer."),
            ("2", "Klopt dit?", "Ja. Vijf keer."),
            ("3", "Hoe vaak?", "Ja. Vijf keer."),
            ("4", "Wat kost dit?", "Twee euro."),
        ],
    ),
    (
        "numbers alone, and from question 3 on labels",
        """
1
Kent u het bericht?

2
Klopt dit?

1 en 2
Ja.

Vraag 3
Wat kost dit?

Antwoord op vraag 3
Twee euro.
""",
        [
            ("1", "Kent u het bericht?", "Ja."),
            ("2", "Klopt dit?", "Ja."),
            ("3", "Wat kost dit?", "Twee euro."),
        ],
    ),
    (
        "numbered, and nothing above the answers",
        """
1. Kent u het bericht?

Ja.

2. Klopt dit?

Dat klopt.
""",
        TWO,
    ),
    (
        "labelled questions, and nothing above the answers",
        """
Vraag 1
Kent u het bericht?

Ja.

Vraag 2
Klopt dit?

Dat klopt.
""",
        TWO,
    ),
    (
        "labels without a number",
        """
Vraag:
Kent u het bericht?

Antwoord:
Ja.

Vraag:
Klopt dit?

Antwoord:
Dat klopt.
""",
        TWO,
    ),
    (
        "small labels",
        """
vraag 1
Kent u het bericht?

antwoord op vraag 1
Ja.

vraag 2
Klopt dit?

antwoord op vraag 2:
Dat klopt.
""",
        TWO,
    ),
    (
        "a bracket behind the number",
        """
1) Kent u het bericht?

Antwoord op vraag 1)
Ja.

2) Klopt dit?

Antwoord op vraag 2)
Dat klopt.
""",
        TWO,
    ),
    (
        "an annex and a signature are no answer",
        """
Vraag 1
Kent u het bericht?

Antwoord op vraag 1
Ja.

Vraag 2
Klopt dit?

Antwoord op vraag 2
Dat klopt.

Bijlage 1: wachtlijsten per gemeente

Utrecht 120
""",
        TWO,
    ),
    (
        "numbers in brackets behind the labels",
        """
Vraag (1)
Kent u het bericht?

Antwoord (1)
Ja.

Vraag (2): Klopt dit?

Antwoord (2): Dat klopt.
""",
        TWO,
    ),
    (
        "labels of one letter",
        """
V1: Kent u het bericht?
A1: Ja.

V2: Klopt dit?
A2: Dat klopt.
""",
        TWO,
    ),
    (
        "labels of one letter without a number",
        """
V: Kent u het bericht?
A: Ja.

V: Klopt dit?
A: Dat klopt.
""",
        TWO,
    ),
    (
        "Roman numerals above the questions, and a list with other numbers in an answer",
        """
I. Kent u het bericht?

Antwoord
Ja:
1. Het staat in de krant.
2. Het staat op internet.

II. Klopt dit?

Antwoord
Dat klopt.
""",
        [
            (
                "1",
                "Kent u het bericht?",
                "Ja:\n1. Het staat in de krant.\n2. Het staat op internet.",
            ),
            ("2", "Klopt dit?", "Dat klopt."),
        ],
    ),
    (
        "questions and answers in running sentences",
        """
Vraag 1: Kent u het bericht? Antwoord: Ja. Vraag 2: Klopt dit? Antwoord:
Dat klopt.
""",
        TWO,
    ),
    (
        "a list in an answer that nothing stands above",
        """
1. Kent u het bericht?

Ja:
1. Het staat in de krant.
2. Het staat op internet.

2. Klopt dit?

Dat klopt.
""",
        [
            (
                "1",
                "Kent u het bericht?",
                "Ja:\n1. Het staat in de krant.\n2. Het staat op internet.",
            ),
            ("2", "Klopt dit?", "Dat klopt."),
        ],
    ),
    (
        "answers that are called a reaction",
        """
Vraag 1
Kent u het bericht?

Reactie
Ja.

Vraag 2
Klopt dit?

Reactie op vraag 2
Dat klopt.
""",
        TWO,
    ),
    (
        "the heading of whose questions follow",
        """
Vraag 1
Kent u het bericht?

Antwoord 1
Ja.

Vragen van de leden van de
VVD-fractie

Vraag 2
Klopt dit?

Antwoord 2
Dat klopt.
""",
        [
            ("1", "Kent u het bericht?", "Ja."),
            ("2", "Vragen van de leden van de VVD-fractie\nKlopt dit?", "Dat klopt."),
        ],
    ),
    (
        "a heading above questions that count from one again",
        """
Vraag 1
Kent u het bericht?

Antwoord 1
Ja.

Gevolgen voor de jeugdzorg

Vraag 1
Klopt dit?

Antwoord 1
Dat klopt.
""",
        [
            ("1", "Kent u het bericht?", "Ja."),
            ("1-2", "Gevolgen voor de jeugdzorg\nKlopt dit?", "Dat klopt."),
        ],
    ),
    (
        "the last item of a list is no heading",
        """
Vraag 1
Kent u het bericht?

Antwoord 1
Ja, uit:

de krant

Het journaal

Vraag 2
Klopt dit?

Antwoord 2
Dat klopt.
""",
        [
            ("1", "Kent u het bericht?", "Ja, uit:\nde krant\nHet journaal"),
            ("2", "Klopt dit?", "Dat klopt."),
        ],
    ),
]


@pytest.mark.parametrize(("odd", "page", "wanted"), LAYOUTS, ids=[row[0] for row in LAYOUTS])
def test_layouts_of_answers(odd: str, page: str, wanted: Pairs) -> None:
    found = paper(ANSWERS, page)
    assert found.kind == "antwoord", odd
    pairs = [p for p in found.passages if p.kind == "vraag"]
    assert [(p.label.removeprefix("vraag-"), p.question, p.answer) for p in pairs] == wanted
    assert [(p.name, p.party) for p in found.people if p.role == "indiener"] == [
        ("Elzakkers", "D66")
    ]


def test_answers_whose_beginning_was_guessed_are_less_sure() -> None:
    said = "Vraag 1\nKlopt dit?\n\n{}Ja.\n\nVraag 2\nHoe vaak?\n\n{}Vijf keer.\n"
    assert paper(ANSWERS, said.format("Antwoord 1\n", "Antwoord 2\n")).confidence == 1.0
    assert paper(ANSWERS, said.format("", "")).confidence == 0.87


def test_a_text_that_only_looks_like_labels_stays_whole() -> None:
    found = paper(ANSWERS, "Vraag 1-60\n" * 200)
    assert {p.kind for p in found.passages} == {"tekst"}


def test_a_road_is_no_label_of_an_answer() -> None:
    page = "Vraag 1\nKlopt dit?\n\nAntwoord 1\nOp de weg\nA1: ja.\nV1: nee.\n"
    (pair,) = (p for p in paper(ANSWERS, page).passages if p.kind == "vraag")
    assert pair.answer == "Op de weg A1: ja.\nV1: nee."


def test_a_line_of_a_sentence_is_no_small_label() -> None:
    page = """
Vraag 1
Kent u het bericht?

Antwoord 1
Ja, ik verwijs u daarvoor naar het antwoord op
vraag 2
van het lid Bouhdaoui.

Vraag 2
Klopt dit?

Antwoord 2
Nee.
"""
    pairs = [p for p in paper(ANSWERS, page).passages if p.kind == "vraag"]
    assert [p.label for p in pairs] == ["vraag-1", "vraag-2"]
    assert pairs[0].answer is not None
    assert pairs[0].answer.endswith("vraag 2 van het lid Bouhdaoui.")


def test_a_numbered_letter_is_no_list_of_questions() -> None:
    page = (
        "1. Wij bouwen meer huizen.\n\n2. Wij bouwen meer wegen.\n\n3. Wij doen meer onderzoek.\n"
    )
    assert {p.kind for p in paper(ANSWERS, page).passages} == {"tekst"}
