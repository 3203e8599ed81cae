"""What a paper's text is cut into: headings, letters, parts of a question, links and doubts."""

from __future__ import annotations

import pytest

from indexer.structure.outline import is_heading
from tests.structure.test_assemble import ANNEX_HEAD, LETTER, PRINTED_LETTER, paper

HEADINGS = [
    # (a paragraph, is it a heading)
    ("Omvang van het probleem", True),
    ("2.1 Een overheid die er is voor mensen", True),
    ("B. BEGROTINGSTOELICHTING", True),
    ("Artikel 1 Openbaar bestuur en democratie", True),
    ("Begroting voor het jaar 2023", True),  # a year is no cell
    ("Personeel 22.918", False),  # a cell of a table
    ("Extrapolatie – – – 28.288", False),
    ("Dat is de vraag.", False),  # a sentence
    ("Vraag 3", False),  # a label
    ("Geachte Voorzitter,", False),
    ("De heer Kleiweg (CDA):", False),  # a speaker
    ("T.R. Oldenkamp", False),  # who signed
    ("13 december 2022", False),
]


@pytest.mark.parametrize(("text", "wanted"), HEADINGS, ids=[row[0] for row in HEADINGS])
def test_headings(text: str, wanted: bool) -> None:
    assert is_heading(text) == wanted


def test_a_letter_in_its_parts() -> None:
    body = LETTER.replace(
        "Hierbij stuur ik u de voortgangsbrief.",
        "Hierbij stuur ik u de brief.\n\nWat er gemeten is\n\nEr is op twaalf plaatsen gemeten. "
        * 3,
    )
    found = paper(body, furniture=("Ons kenmerk", "IENW/BSK-2020/32819"))
    assert [p.label for p in found.passages] == ["briefhoofd", "p1", "ondertekening"]
    assert found.passages[1].text.startswith("Geachte voorzitter,")
    assert found.passages[2].text.startswith("De Minister van Infrastructuur")
    assert found.references == ("IENW/BSK-2020/32819",)
    assert found.addressee == "Voorzitter van de Tweede Kamer der Staten-Generaal"
    assert found.subject == "Voortgang van de aanpak van luchtkwaliteit rond scholen"
    assert [h.text for h in found.outline][:1] == ["Wat er gemeten is"]
    assert found.dates.sent == found.date == "2020-11-12"


QUESTIONS = """\
Antwoord van Minister Verschuure (Justitie en Veiligheid) (ontvangen 7 juni 2024).

Vraag 1
Kent u het bericht?

Antwoord 1
Ja. Zie Kamerstuk 36 200 VII, nr. 12, antwoord op vraag 2.

Vraag 2
De gemeente heeft een plan gemaakt.

Vraag 2a
Kent u dat plan?

Antwoord 2a
Ik verwijs u naar mijn antwoord op vraag 1.

Vraag 2b
Wat vindt u ervan?

Antwoord 2b
Zie het antwoord op de vragen 1 en 2a.
"""


def test_an_introduction_belongs_to_each_part_of_its_question() -> None:
    pairs = [p for p in paper(ANNEX_HEAD + QUESTIONS).passages if p.kind == "vraag"]
    plan = "De gemeente heeft een plan gemaakt.\n"
    assert [(p.label, p.question) for p in pairs] == [
        ("vraag-1", "Kent u het bericht?"),
        ("vraag-2a", f"{plan}Kent u dat plan?"),
        ("vraag-2b", f"{plan}Wat vindt u ervan?"),
    ]


def test_an_answer_links_to_the_answers_it_names() -> None:
    pairs = [p for p in paper(ANNEX_HEAD + QUESTIONS).passages if p.kind == "vraag"]
    assert [p.links for p in pairs] == [(), ("vraag-1",), ("vraag-1", "vraag-2a")]


def test_days_to_answer() -> None:
    dates = paper(ANNEX_HEAD + QUESTIONS).dates
    assert (dates.asked, dates.answered, dates.days) == ("2024-05-30", "2024-06-07", 8)


def test_a_sure_split_and_an_unsure_one() -> None:
    assert paper(ANNEX_HEAD + QUESTIONS).confidence == 1.0
    holes = QUESTIONS.replace("Vraag 2\n", "Vraag 12\n").replace("2a", "19").replace("2b", "40")
    unsure = paper(ANNEX_HEAD + holes.replace("?", "."))
    assert unsure.confidence is not None
    assert unsure.confidence < 0.6
    assert "De vragen en antwoorden in dit stuk zijn niet met zekerheid" in " ".join(unsure.notes)


def test_an_unsplit_paper_says_so() -> None:
    told = (
        ANNEX_HEAD + "Antwoord van Minister Verschuure (Justitie en Veiligheid)\n\nWat nu? Niets."
    )
    found = paper(told)
    assert (found.kind, found.confidence) == ("antwoord", 0.0)
    assert found.notes == (
        "De vragen en antwoorden in dit stuk konden niet van elkaar worden gescheiden.",
    )


def test_a_slip_in_a_reference_is_told() -> None:
    found = paper(PRINTED_LETTER)
    assert found.citations[-1].repaired
    assert (
        "Verwijzing „Kamerstuk 362 00 VII, nr. 12” is gelezen als kst-36200-VII-12." in found.notes
    )


CITING = [
    # (text, target, relation)
    ("Zie ook Aanhangsel Handelingen, vergaderjaar 2022–2023, nr. 3276.", "ah-tk-20222023-3276",
     "zie ook"),
    ("(bijlage bij Kamerstuk 27 625, nr. 571)", "kst-27625-571", "bijlage bij"),
    ("ter vervanging van die gedrukt onder nr. 31", "kst-36200-VII-31", "vervangt"),
    ("(Kamerstuk 27 625, nr. 571)", "kst-27625-571", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "target", "relation"), CITING)
def test_what_a_reference_is(text: str, target: str, relation: str | None) -> None:
    body = PRINTED_LETTER.replace("(Kamerstuk 362 00 VII, nr. 12)", text)
    (found,) = paper(body).citations
    assert (found.target, found.relation, found.passage) == (target, relation, "p1")


def test_the_evidence_of_the_kind_and_the_address() -> None:
    found = paper(PRINTED_LETTER)
    assert found.evidence is not None
    assert found.evidence.startswith("BRIEF VAN DE MINISTER")
    assert found.url == "https://zoek.officielebekendmakingen.nl/kst-36200-VII-74.html"


def test_committee_and_budget_day() -> None:
    text = """\
36 200 VII  Vaststelling van de begrotingsstaten van het Ministerie van Binnenlandse
Zaken en Koninkrijksrelaties (VII) voor het jaar 2023

Nr. 2  MEMORIE VAN TOELICHTING

Deze memorie gaat over de begroting.
"""
    found = paper(text)
    assert (found.date, found.dates.received) == ("2022-09-20", "2022-09-20")
    assert found.notes[-1].startswith("De datum staat niet in het stuk")
    report = text.replace("Nr. 2  MEMORIE VAN TOELICHTING", "Nr. 9  VERSLAG").replace(
        "Deze memorie",
        "De vaste commissie voor Onderwijs, Cultuur\nen Wetenschap heeft; deze memorie",
    )
    assert paper(report).committee == "vaste commissie voor Onderwijs, Cultuur en Wetenschap"


OLD_STYLE = """\
2060

Vragen van het lid Elzakkers (D66) aan de minister van Justitie over sloten op
fietsen. (Ingezonden 12 maart 2008)

1
Kent u het bericht over sloten?

2
Hoeveel fietsen worden er gestolen?

3
Wat doet u daaraan?
"""
OLD_ANSWERS = """\
Antwoord

Antwoord van minister Verschuure (Justitie). (Ontvangen 4 april 2008)

1
Ja.

2 en 3
Dat zijn er:
12
per dag.
"""


@pytest.mark.parametrize("furniture", [("ah-tk-20072008-2060",), ()])
def test_all_questions_before_all_answers(furniture: tuple[str, ...]) -> None:
    found = paper(OLD_STYLE, OLD_ANSWERS, furniture=furniture)
    assert found.id == "ah-tk-20072008-2060"
    pairs = [(p.label, p.question, p.answer) for p in found.passages if p.kind == "vraag"]
    shared = "Dat zijn er: 12 per dag."
    assert pairs == [
        ("vraag-1", "Kent u het bericht over sloten?", "Ja."),
        ("vraag-2", "Hoeveel fietsen worden er gestolen?", shared),
        ("vraag-3", "Wat doet u daaraan?", shared),
    ]
    assert (found.kind, found.date, found.dates.asked) == ("antwoord", "2008-04-04", "2008-03-12")
    assert [person.name for person in found.people] == ["Elzakkers", "Verschuure"]
    assert (found.ministry, found.dates.days) == ("Justitie", 23)
