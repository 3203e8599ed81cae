"""Whole papers in the layouts of print, as text: what is known of them afterwards."""

from __future__ import annotations

import pytest

from indexer.paper import Extraction, Page, Paper, Person, Source
from indexer.structure.assemble import assemble

ANNEX_HEAD = """\
Tweede Kamer der Staten-Generaal

2

Vergaderjaar 2023–2024  Aanhangsel van de Handelingen

Vragen gesteld door de leden der Kamer, met de daarop door de
regering gegeven antwoorden

2041

Vragen van de leden Elzakkers (D66) en Van der Meulen (SP) aan de Minister
van Justitie en Veiligheid over sloten op fietsen (ingezonden 30 mei
2024).

"""
ANSWERED = (
    ANNEX_HEAD
    + """\
Antwoord van Minister Verschuure (Justitie en Veiligheid) (ontvangen
(ontvangen 7 juni 2024).

Vraag 1
Kent u het bericht over sloten?

Antwoord 1
Ja.

Vraag 2
Hoeveel fietsen worden er gestolen?

Vraag 3
Wat doet u daaraan?
"""
)
ANSWERED_NEXT = """\
Antwoord vragen 2 en 3
Zie Kamerstuk 36 410 VI, nr. 14. Er worden minder fietsen gestolen dan
vorig jaar.

Vragen 4 en 5
Deelt u de mening dat dit te weinig is?
Komt er een plan?

Antwoord 4
Nee.

Antwoord 5
Zie het antwoord op vraag 2.
"""
LETTER = """\
> Retouradres Postbus 20011 2500 EA Den Haag

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Postbus 20018
2500 EA Den Haag

Datum  12 november 2020
Betreft  Voortgang van de aanpak van luchtkwaliteit rond
scholen

Geachte voorzitter,

Hierbij stuur ik u de voortgangsbrief.

De Minister van Infrastructuur en Waterstaat,

drs. M. Hoogeveen-Bakker
"""
PRINTED_LETTER = """\
Tweede Kamer der Staten-Generaal

2

Vergaderjaar 2022–2023

36 200 VII  Vaststelling van de begrotingsstaten van het Ministerie van
Binnenlandse Zaken en Koninkrijksrelaties (VII) voor het jaar 2023

Nr. 74  BRIEF VAN DE MINISTER VAN BINNENLANDSE ZAKEN EN
KONINKRIJKSRELATIES

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 13 december 2022

In antwoord op uw vraag (Kamerstuk 362 00 VII, nr. 12) stuur ik u de verslagen.

De Minister van Binnenlandse Zaken en Koninkrijksrelaties,
A.B. Verschuure
"""
MOTION = """\
Tweede Kamer der Staten-Generaal

2

Vergaderjaar 2024–2025

21 501-02  Raad Algemene Zaken en Raad Buitenlandse
Zaken

Nr. 2999  MOTIE VAN HET LID BOUHDAOUI

Voorgesteld 10 april 2025

De Kamer,

gehoord de beraadslaging,

verzoekt de regering iets te doen,

en gaat over tot de orde van de dag.

Bouhdaoui
"""
WORD_STYLE = """\
AH 604
2024Z18294

Antwoord van Minister Verschuure (Justitie en Veiligheid) (ontvangen 20 november 2024)

Vragen van het lid Elzakkers (D66) aan de Minister van Justitie en Veiligheid over fietsen
(ingezonden 1 november 2024).

1. Kunt u zeggen hoeveel fietsen er zijn?

Antwoord:
Veel.

2. Kunt u dat staven?

Antwoord:
Ja, zie de bijlage.
"""


DECISION = """
Beschikking op Woo-verzoek
Van de Minister van Sociale Zaken en Werkgelegenheid

Op 12 oktober 2023 is een verzoek ingediend om openbaarmaking van notities. Op dit verzoek
beslis ik hierbij op grond van de Wet open overheid.
"""
MEMO = """
Notitie

voor  Minister van Volksgezondheid, Welzijn en Sport
datum  12 augustus 2024
inzake  Juridische analyse van het voorstel voor
een meldpunt
zaaknr  11014

Samenvatting

De minister heeft gevraagd of het voorstel past binnen de verordening.
"""
LIST = """
Doc. nr.  Datum  Titel doc.  Beoordeling  Weigeringsgrond  Toelichting  ID
1  20-11-2023  Toezicht op kosten  Deels openbaar  10.2.e  989527
2  8-4-2024  Brief aan minister  Niet openbaar  11.1  989528
3  9-4-2024  Verslag overleg  Deels openbaar  10.2.e  989529
"""


def paper(*texts: str, furniture: tuple[str, ...] = (), **properties: str) -> Paper:
    pages = tuple(
        Page(number, text.strip("\n"), furniture if number == 1 else ())
        for number, text in enumerate(texts, 1)
    )
    source = Source("stuk.pdf", "ab12" * 16, len(pages), "test")
    return assemble(Extraction(pages, "test", properties), source)


ANNEX = paper(ANSWERED, ANSWERED_NEXT, furniture=("ah-tk-20232024-2041", "ISSN 0921 - 7398"))
OF_2009 = paper(
    ANSWERED, furniture=("KST137189", "0910tkkst30012-19", "ISSN 0921 - 7371", "Sdu Uitgevers")
)

ASKED = (
    "Vragen van de leden Elzakkers (D66) en Van der Meulen (SP) "
    "aan de Minister van Justitie en Veiligheid over sloten op fietsen"
)
OFFICE = "Minister van Infrastructuur en Waterstaat"
SENDER = Person("drs. M. Hoogeveen-Bakker", "afzender", office=OFFICE)
FACTS = [
    # (paper, field, value)
    (ANNEX, "id", "ah-tk-20232024-2041"),
    (ANNEX, "kind", "antwoord"),
    (ANNEX, "number", "2041"),
    (ANNEX, "references", ()),
    (OF_2009, "id", "kst-30012-19"),
    (OF_2009, "references", ("KST137189",)),  # the printer's number
    (ANNEX, "dossier", None),
    (ANNEX, "paper_ref", "Aanhangsel Handelingen II 2023/24, nr. 2041"),
    (ANNEX, "date", "2024-06-07"),
    (ANNEX, "session_year", "2023-2024"),
    (ANNEX, "house", "TK"),
    (ANNEX, "ministry", "Justitie en Veiligheid"),
    (
        ANNEX,
        "title",
        ASKED,
    ),
    (
        ANNEX,
        "people",
        (
            Person("Elzakkers", "indiener", "D66"),
            Person("Van der Meulen", "indiener", "SP"),
            Person("Verschuure", "beantwoorder", office="Minister van Justitie en Veiligheid"),
        ),
    ),
    (paper(LETTER), "kind", "brief"),
    (paper(LETTER), "id", "pdf-ab12ab12ab12"),
    (paper(LETTER), "date", "2020-11-12"),
    (paper(LETTER), "title", "Voortgang van de aanpak van luchtkwaliteit rond scholen"),
    (paper(LETTER), "ministry", "Infrastructuur en Waterstaat"),
    (paper(LETTER), "people", (SENDER,)),
    (paper(LETTER), "paper_ref", None),
    (paper(PRINTED_LETTER), "id", "kst-36200-VII-74"),
    (paper(PRINTED_LETTER), "kind", "brief"),
    (paper(PRINTED_LETTER), "dossier", "36200-VII"),
    (paper(PRINTED_LETTER), "paper_ref", "36 200 VII, nr. 74"),
    (paper(PRINTED_LETTER), "date", "2022-12-13"),
    (paper(PRINTED_LETTER), "session_year", "2022-2023"),
    (paper(PRINTED_LETTER), "ministry", "Binnenlandse Zaken en Koninkrijksrelaties"),
    (paper(MOTION), "id", "kst-21501-02-2999"),
    (paper(MOTION), "kind", "motie"),
    (paper(MOTION), "date", "2025-04-10"),
    (paper(MOTION), "title", "Motie van het lid Bouhdaoui"),
    (paper(MOTION), "people", (Person("Bouhdaoui", "indiener"),)),
    (paper(WORD_STYLE), "kind", "antwoord"),
    (paper(WORD_STYLE), "id", "ah-tk-20242025-604"),
    (paper("Zomaar een tekst."), "kind", "overig"),
    (paper("Zomaar een tekst."), "date", None),
    (paper("Zomaar een tekst.", Title="Microsoft Word - x.doc"), "title", None),
    (paper("Zomaar een tekst.", Subject="Een onderwerp"), "title", "Een onderwerp"),
    (paper(DECISION), "title", "Beschikking op Woo-verzoek"),
    (paper(MEMO), "title", "Juridische analyse van het voorstel voor een meldpunt"),
    (paper(LIST), "kind", "inventaris"),
    (paper(LIST), "title", None),  # the head of its table is no title
]


@pytest.mark.parametrize(("found", "name", "value"), FACTS)
def test_facts(found: Paper, name: str, value: object) -> None:
    assert getattr(found, name) == value


def pairs(found: Paper) -> list[tuple[str, str | None, str | None]]:
    return [(p.label, p.question, p.answer) for p in found.passages if p.kind == "vraag"]


def test_questions_with_their_answers() -> None:
    shared = "Zie Kamerstuk 36 410 VI, nr. 14. Er worden minder fietsen gestolen dan vorig jaar."
    together = "Deelt u de mening dat dit te weinig is? Komt er een plan?"
    assert pairs(ANNEX) == [
        ("vraag-1", "Kent u het bericht over sloten?", "Ja."),
        ("vraag-2", "Hoeveel fietsen worden er gestolen?", shared),
        ("vraag-3", "Wat doet u daaraan?", shared),
        ("vraag-4", together, "Nee."),
        ("vraag-5", together, "Zie het antwoord op vraag 2."),
    ]


def test_pages_of_a_pair_that_spans_two() -> None:
    passage = next(p for p in ANNEX.passages if p.label == "vraag-2")
    assert (passage.id, passage.page_first, passage.page_last) == (f"{ANNEX.id}#vraag-2", 1, 2)
    assert passage.page_at(0) == 1
    assert passage.page_at(passage.text.index("Kamerstuk")) == 2


def test_questions_as_word_writes_them() -> None:
    assert pairs(paper(WORD_STYLE)) == [
        ("vraag-1", "Kunt u zeggen hoeveel fietsen er zijn?", "Veel."),
        ("vraag-2", "Kunt u dat staven?", "Ja, zie de bijlage."),
    ]


def test_notice_of_delay_is_no_answer() -> None:
    text = ANNEX_HEAD + "Mededeling van Minister Verschuure (Justitie en Veiligheid) (ontvangen\n"
    found = paper(text + "20 juni 2024).\n\nVraag 1\nKent u het bericht?\n\nMededeling\nLater.")
    assert found.kind == "uitstel"
    assert found.date == "2024-06-20"
    assert all(p.answer is None for p in found.passages)


def test_list_of_questions_and_answers() -> None:
    text = """\
36 200 VII  Vaststelling van de begrotingsstaten

Nr. 12  VERSLAG HOUDENDE EEN LIJST VAN VRAGEN EN ANTWOORDEN

Vastgesteld 7 oktober 2022

1
Wat kost het programma?

Dat kost 2 miljoen euro.

2
Wie betaalt dat?

Het ministerie.

3
Is er een stuurgroep?

Ja, die is er.
"""
    found = paper(text)
    assert (found.kind, found.id, found.date) == ("vragenlijst", "kst-36200-VII-12", "2022-10-07")
    assert pairs(found)[1] == ("vraag-2", "Wie betaalt dat?", "Het ministerie.")
    assert len(pairs(found)) == 3


def test_citations_name_target_and_page() -> None:
    assert [(c.target, c.page) for c in ANNEX.citations] == [("kst-36410-VI-14", 2)]
    assert paper(PRINTED_LETTER).citations[-1].target == "kst-36200-VII-12"


def test_no_text_is_lost() -> None:
    texts = [f"Alinea {n} van de brief met wat woorden erbij.\n\n" * 40 for n in range(6)]
    found = paper(*texts)
    held = " ".join(" ".join(p.text.split()) for p in found.passages)
    assert held == " ".join(" ".join(text.split()) for text in texts)
    assert all(len(p.text.split()) < 450 for p in found.passages)
    assert len({p.id for p in found.passages}) == len(found.passages)


def test_paper_without_text_has_no_passages() -> None:
    assert paper("", "").passages == ()
