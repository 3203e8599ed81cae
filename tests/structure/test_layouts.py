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


ALONE = """
Antwoorden op de vragen van het lid Elzakkers (D66) over lange
wachtlijsten (2023Z04321, ingezonden 3 juni 2023)

Datum 28 juni 2023

Vraag 1
Klopt het dat de wachtlijst langer wordt?

Antwoord op vraag 1
Ja, dat klopt.

De staatssecretaris van Financiën,
T.R. Oldenkamp
"""


def test_answers_without_a_letter() -> None:
    found = paper(ALONE)
    assert found.kind == "antwoord"
    assert found.title == (
        "Antwoorden op de vragen van het lid Elzakkers (D66) over lange wachtlijsten"
    )
    assert [(p.label, p.answer) for p in found.passages] == [
        ("inleiding", None),
        ("vraag-1", "Ja, dat klopt."),
        ("slot", None),
    ]
    assert found.date == "2023-06-28"
    assert [p.name for p in found.people] == ["Elzakkers", "T.R. Oldenkamp"]


DELAYS = [
    # (subject, sentence): a letter that only says that the answer comes later
    (
        "Uitstel beantwoording Kamervragen over wachtlijsten",
        (
            "De vragen van het lid Elzakkers (D66) over wachtlijsten (2023Z04321) kunnen tot mijn\n"
            "spijt niet binnen de gebruikelijke termijn worden beantwoord."
        ),
    ),
    (
        "Kamervragen van het lid Elzakkers over wachtlijsten",
        (
            "Hierbij deel ik u mede dat het niet mogelijk is de schriftelijke vragen van het lid\n"
            "Elzakkers (D66) over wachtlijsten binnen de gestelde termijn te beantwoorden."
        ),
    ),
]


@pytest.mark.parametrize(("subject", "sentence"), DELAYS, ids=[row[0] for row in DELAYS])
def test_a_letter_of_delay_is_no_answer(subject: str, sentence: str) -> None:
    found = paper(LETTER.format(subject, sentence))
    assert found.kind == "uitstel"
    assert [p.name for p in found.people if p.role == "indiener"] == ["Elzakkers"]
    assert found.ministry == "Volksgezondheid, Welzijn en Sport"
    assert [p.label for p in found.passages] == ["briefhoofd", "p1", "ondertekening"]


def test_an_answer_that_came_late_is_an_answer() -> None:
    late = ANSWERS + "\nDe vragen konden niet binnen de termijn worden beantwoord.\n"
    assert paper(late, LAYOUTS[0][1]).kind == "antwoord"


def test_a_sheet_before_a_letter_is_not_its_head() -> None:
    letter = LETTER.format("Voortgang mestbeleid", "Hierbij de stand van zaken.")
    found = paper("TER BESPREKING\n\nAanbiedingsformulier\n\nZaaknummer 2023Z09999", letter)
    assert (found.kind, found.date, found.title) == ("brief", "2023-04-14", "Voortgang mestbeleid")
    assert found.ministry == "Volksgezondheid, Welzijn en Sport"


@pytest.mark.parametrize("said", ["unspecified", "Untitled", "anonymous", "onbekend"])
def test_what_a_program_writes_for_no_title_is_none(said: str) -> None:
    text = "Den Haag, 13 december 2022\n\nDe commissie heeft een aantal vragen voorgelegd."
    assert paper(text, Title=said, Subject=said).title is None


def test_a_chapter_said_in_words_is_the_dossier() -> None:
    found = paper("Zie Kamerstuk 36 200 hoofdstuk VII, nr. 45 en Kamerstuk 36 410-VIII, nr. 21.")
    assert [c.target for c in found.citations] == ["kst-36200-VII-45", "kst-36410-VIII-21"]


def test_the_foot_with_a_straight_quote() -> None:
    foot = "'s-Gravenhage 2023 Tweede Kamer, vergaderjaar 2022–2023, 36 410 VIII, nr. 2"
    found = paper(f"36 410 VIII Vaststelling\n\nNr. 2 BRIEF VAN DE MINISTER\n\nIets.\n\n{foot}")
    assert "Gravenhage" not in " ".join(p.text for p in found.passages)


TWO_DOSSIERS = """
36 200 VII Vaststelling van de begrotingsstaten van het Ministerie van
Binnenlandse Zaken en Koninkrijksrelaties (VII) voor het jaar 2023

30 950 Racisme en Discriminatie

Nr. 101 MOTIE VAN HET LID ELZAKKERS
Voorgesteld 7 december 2022

De Kamer,

gehoord de beraadslaging,
"""


def test_a_paper_of_two_dossiers_names_the_second() -> None:
    found = paper(TWO_DOSSIERS)
    assert (found.dossier, found.number) == ("36200-VII", "101")
    (also,) = found.citations
    assert (also.text, also.target, also.page) == ("30 950", "30950", 1)
    assert also.relation == "ook in dossier"
