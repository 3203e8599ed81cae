"""Letters with answers and what stands beside them: delays, sheets before them, titles, feet."""

from __future__ import annotations

import pytest

from tests.structure.test_assemble import paper
from tests.structure.test_layouts import ANSWERS, LAYOUTS, LETTER

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
