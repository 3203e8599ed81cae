"""Who asked, who answered and in what office, who moved and who signed."""

from __future__ import annotations

import pytest

from indexer.structure.ministries import find_ministry, is_ministry, ministry_name
from indexer.structure.people import find_askers, find_movers, find_reply
from indexer.structure.signatures import find_signatories, find_writer

ASKERS = [
    # (as printed, names with their parties)
    ("van het lid Van der Meulen (SP) aan de Minister", [("Van der Meulen", "SP")]),
    ("van de leden Stokmans (PvdD), Feddema (BBB) en Ter Braake (ChristenUnie) aan de Ministers",
     [("Stokmans", "PvdD"), ("Feddema", "BBB"), ("Ter Braake", "ChristenUnie")]),
    ("van de leden Stokmans en Feddema (beiden BBB) aan de Minister",
     [("Stokmans", "BBB"), ("Feddema", "BBB")]),
    ("van de leden Stokmans en Feddema(beiden BBB) aan de Minister",  # a space left out
     [("Stokmans", "BBB"), ("Feddema", "BBB")]),
    ("van de leden Stokmans (PvdD) en Van⏎der Meulen (SP) aan de Minister",  # wrapped
     [("Stokmans", "PvdD"), ("Van der Meulen", "SP")]),
    ("van het Kamerlid Stokmans (PvdD) aan de minister", [("Stokmans", "PvdD")]),
    ("van het lid Stokmans (PvdD) over fietsen aan de Minister", [("Stokmans", "PvdD")]),
    ("van het lid Stokmans (Groep Stokmans) aan de Minister", [("Stokmans", "Groep Stokmans")]),
    ("van het lid Feddema´ (BBB) aan de Minister", [("Feddemá", "BBB")]),  # a loose accent
    ("van het lid Stokmans aan de Minister", [("Stokmans", None)]),
    ("van het lid Els vanDuin (BBB) aan de Minister", [("Els van Duin", "BBB")]),  # glued
]  # fmt: skip


@pytest.mark.parametrize(("printed", "people"), ASKERS, ids=[row[0] for row in ASKERS])
def test_askers(printed: str, people: list[tuple[str, str | None]]) -> None:
    head = f"Vragen {printed} over fietsen (ingezonden 1 mei 2024).".replace("⏎", "\n")
    assert [(p.name, p.party) for p in find_askers(head)] == people


REPLIES = [
    # (as printed, names with their offices, the ministry)
    ("Minister Oldenkamp (Financiën)", [("Oldenkamp", "Minister van Financiën")], "Financiën"),
    ("Minister Oldenkamp (Financiën), mede namens de Minister van Defensie",
     [("Oldenkamp", "Minister van Financiën")], "Financiën"),
    ("Minister Oldenkamp (Klimaat en Energie)",  # a task inside a ministry
     [("Oldenkamp", "Minister voor Klimaat en Energie")], "Economische Zaken en Klimaat"),
    ("Staatssecretaris Oldenkamp (Financiën – Fiscaliteit en Belastingdienst)",
     [("Oldenkamp", "Staatssecretaris van Financiën – Fiscaliteit en Belastingdienst")],
     "Financiën"),
    ("Ministers Oldenkamp (Financiën) en Van Kempenaer (Defensie)",
     [("Oldenkamp", "Minister van Financiën"), ("Van Kempenaer", "Minister van Defensie")],
     "Financiën"),
    ("Minister Oldenkamp (Financiën) en Staatssecretaris Verschuure (Defensie)",
     [("Oldenkamp", "Minister van Financiën"), ("Verschuure", "Staatssecretaris van Defensie")],
     "Financiën"),
    ("minister-president Oldenkamp (Algemene Zaken)",
     [("Oldenkamp", "Minister-president")], "Algemene Zaken"),
    ("Minister-President Oldenkamp, Minister van Algemene Zaken",
     [("Oldenkamp", "Minister van Algemene Zaken")], "Algemene Zaken"),
    ("de Minister van Financiën", [], "Financiën"),
    ("Minister Van den Berg - De Wit (Asiel en Migratie)",
     [("Van den Berg - De Wit", "Minister van Asiel en Migratie")], "Asiel en Migratie"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "people", "ministry"), REPLIES, ids=[r[0] for r in REPLIES])
def test_replies(printed: str, people: list[tuple[str, str]], ministry: str | None) -> None:
    reply = find_reply(f"Antwoord van {printed} (ontvangen 7 juni 2024).", 2024)
    assert reply is not None
    assert [(p.name, p.office) for p in reply.people] == people
    assert reply.ministry == ministry
    assert not reply.delay


def test_a_notice_of_delay() -> None:
    reply = find_reply("Mededeling van Minister Oldenkamp (Financiën) (ontvangen 7 juni 2024).")
    assert reply is not None
    assert reply.delay


SIGNED = "en gaat over tot de orde van de dag.\nStokmans\nVan der Meulen\nkst-1\n"
MOVERS = [
    # (heading, who moved it: first those of the heading, then who signed with them)
    ("MOTIE VAN HET LID STOKMANS C.S.", ["Stokmans", "Van der Meulen"]),
    ("GEWIJZIGDE MOTIE VAN DE LEDEN STOKMANS EN VAN DER MEULEN TER VERVANGING VAN DIE",
     ["Stokmans", "Van der Meulen"]),
    ("Motie van het lid Van der Meulen over fietsen", ["Van der Meulen", "Stokmans"]),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "names"), MOVERS, ids=[row[0][:40] for row in MOVERS])
def test_movers(heading: str, names: list[str]) -> None:
    found = find_movers(heading, SIGNED)
    assert [(p.name, p.role) for p in found] == [(name, "indiener") for name in names]


SIGNATURES = [
    # (the end of a letter, who signed)
    ("De Minister van Financiën,\n\nE.J. Verschuure", "E.J. Verschuure"),
    ("DE MINISTER VAN FINANCIEN,\nnamens deze,\n\nmr. drs. E.J. Verschuure\nHoofd",
     "mr. drs. E.J. Verschuure"),
    ("De Minister van Financiën,\nnamens deze,\nDirecteur Wetgeving\n\nE.J. Verschuure",
     "E.J. Verschuure"),  # past the function
    ("De Minister van Financiën,\nnamens deze,\n[Wegens de regels zonder naam.]\nEva Feddema",
     "Eva Feddema"),
    ("E.J. Verschuure\nMinister van Financiën", "E.J. Verschuure"),  # the name above
    ("de Minister van Volksgezondheid,\nWelzijn en Sport,\nEvelien Verschuure",
     "Evelien Verschuure"),
]  # fmt: skip


@pytest.mark.parametrize(("end", "name"), SIGNATURES, ids=[row[0][:50] for row in SIGNATURES])
def test_signatures(end: str, name: str) -> None:
    people, ministry = find_signatories(
        f"Ik hoop u zo te hebben geïnformeerd.\n\n{end}\n", "afzender"
    )
    assert [person.name for person in people] == [name]
    assert ministry in {"Financiën", "Volksgezondheid, Welzijn en Sport"}


def test_a_letter_without_a_minister() -> None:
    text = "Hoogachtend,\nnamens hen,\n\nE.J. Verschuure\nDirecteur"
    assert [p.name for p in find_writer(text)] == ["E.J. Verschuure"]


YEARS = [
    # (as printed, year, the ministry)
    ("LNV", 2001, "Landbouw, Natuurbeheer en Visserij"),
    ("LNV", 2008, "Landbouw, Natuur en Voedselkwaliteit"),
    ("EZK", 2020, "Economische Zaken en Klimaat"),
    ("VenJ", 2012, "Veiligheid en Justitie"),
    ("JUSTITIE EN VEILIGHEID", 2020, "Justitie en Veiligheid"),
    ("Ministerie van Financien", None, "Financiën"),
    ("Financiën – Toeslagen en Douane", 2023, "Financiën"),
    ("Toverkunst en Zaken", 2020, "Toverkunst en Zaken"),  # not in the table: as printed
]


@pytest.mark.parametrize(("printed", "year", "name"), YEARS)
def test_names_of_ministries(printed: str, year: int | None, name: str) -> None:
    assert ministry_name(printed, year) == name


def test_a_task_that_became_a_ministry() -> None:
    named = "De Minister voor Volkshuisvesting en Ruimtelijke Ordening"
    assert find_ministry(named, 2023) == "Binnenlandse Zaken en Koninkrijksrelaties"
    assert find_ministry(named, 2025) == "Volkshuisvesting en Ruimtelijke Ordening"
    assert not is_ministry("Klimaat en Energie", 2023)


TASKS = [
    # (as printed, year, the ministry that the minister works in)
    ("De Minister voor Klimaat en Energie", 2023, "Economische Zaken en Klimaat"),
    ("de Minister voor Rechtsbescherming", None, "Justitie en Veiligheid"),
    ("Minister voor Langdurige Zorg en Sport", 2022, "Volksgezondheid, Welzijn en Sport"),
    # the ministry whose name is on the paper goes before the task
    ("De Minister voor Medische Zorg, Ministerie van Financiën", 2019, "Financiën"),
]


@pytest.mark.parametrize(("text", "year", "ministry"), TASKS)
def test_ministers_without_a_ministry(text: str, year: int | None, ministry: str) -> None:
    assert find_ministry(text, year) == ministry
