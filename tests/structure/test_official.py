"""Official records beside a PDF: what they say, and how it goes before what was read."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from indexer.beside import files_beside
from indexer.paper import Paper
from indexer.records import records_beside
from indexer.structure.official import QuestionPair, Record, read_record
from indexer.structure.settled import prefer
from tests.structure.test_assemble import ANNEX, MOTION, paper

METADATA = """<metadata_gegevens>
  <metadata name="DC.identifier" content="https://zoek.officielebekendmakingen.nl/ah-tk-20232024-2041"/>
  <metadata name="OVERHEIDop.publicationName" content="Kamervragen (Aanhangsel)"/>
  <metadata name="OVERHEIDop.datumIndiening" content="2024-05-30"/>
  <metadata name="OVERHEIDop.datumOntvangst" content="2024-06-10"/>
  <metadata name="OVERHEIDop.vergaderjaar" content="2023-2024"/>
  <metadata name="OVERHEIDop.indiener" content="E. Elzakkers"/>
</metadata_gegevens>"""
SRU = """<gzd xmlns:o="http://standaarden.overheid.nl/wetgeving/"><originalData><o:meta>
<owmskern><identifier>kst-37020-IX-40</identifier><type>Kamerstuk</type></owmskern>
<owmsmantel><date>2026-10-08</date></owmsmantel>
<tpmeta><publicatienaam>Kamerstuk</publicatienaam><subrubriek>Motie</subrubriek>
<dossiernummer>37020-IX</dossiernummer><ondernummer>40</ondernummer>
<vergaderjaar>2026-2027</vergaderjaar><indiener>Feddema</indiener><indiener>Stokmans</indiener>
</tpmeta></o:meta></originalData></gzd>"""
ODATA = {
    "Soort": "Antwoord schriftelijke vragen", "DocumentNummer": "2025D26838", "Titel": None,
    "Onderwerp": "Antwoord op vragen van het lid Feddema", "Datum": "2025-06-10T00:00:00+02:00",
    "Vergaderjaar": "2024-2025", "Volgnummer": -1, "Aanhangselnummer": "242502391",
}  # fmt: skip
SYNCFEED = """<entry xmlns="http://www.w3.org/2005/Atom"><title>x</title>
<content type="application/xml"><document xmlns="http://www.tweedekamer.nl/xsd/tkData/v1-0">
<soort>Mededeling (uitstel antwoord)</soort><documentNummer>2025D20051</documentNummer>
<onderwerp>Uitstel van het antwoord</onderwerp><datum>2025-05-21T00:00:00</datum>
<vergaderjaar>2024-2025</vergaderjaar><aanhangselnummer>242502100</aanhangselnummer>
</document></content></entry>"""
OFFICIAL_XML = """<officiele-publicatie><metadata><meta name="OVERHEIDop.externMetadataRecord"
 content="https://zoek.officielebekendmakingen.nl/ah-tk-20232024-2041/metadata.xml"/></metadata>
<kamervragen>
<vraag><nr>Vraag 1</nr><al>Kent u het bericht over sloten?</al></vraag>
<antwoord><nr>Antwoord 1</nr><al>Ja, dat ken ik.</al></antwoord>
<vraag><nr>Vraag 2</nr><al>Hoeveel?</al></vraag><vraag><nr>Vraag 3</nr><al>Wat nu?</al></vraag>
<antwoord><nr>Antwoord 2 en 3</nr><al>Veel.</al><al>Niets.</al></antwoord>
</kamervragen></officiele-publicatie>"""
ANNEX_ID = "ah-tk-20232024-2041"

RECORDS = [
    # (what lies beside the PDF, what it says)
    (
        METADATA,
        Record(
            id=ANNEX_ID, kind="antwoord", number="2041", date="2024-06-10",
            session_year="2023-2024", house="TK", asked="2024-05-30", movers=("E. Elzakkers",),
        ),
    ),
    (
        SRU,
        Record(
            id="kst-37020-IX-40", kind="motie", dossier="37020-IX", number="40",
            date="2026-10-08", session_year="2026-2027", house="TK",
            movers=("Feddema", "Stokmans"),
        ),
    ),
    (
        json.dumps(ODATA),
        Record(
            id="ah-tk-20242025-2391", kind="antwoord", number="2391", date="2025-06-10",
            session_year="2024-2025", house="TK", title="Antwoord op vragen van het lid Feddema",
        ),
    ),
    (
        OFFICIAL_XML,
        Record(
            id=ANNEX_ID, number="2041", house="TK",
            pairs=(
                QuestionPair("1", "Kent u het bericht over sloten?", "Ja, dat ken ik."),
                QuestionPair("2", "Hoeveel?", "Veel.\nNiets."),
                QuestionPair("3", "Wat nu?", "Veel.\nNiets."),
            ),
        ),
    ),
    (
        SYNCFEED,
        Record(
            id="ah-tk-20242025-2100", kind="uitstel", number="2100", date="2025-05-21",
            session_year="2024-2025", house="TK", title="Uitstel van het antwoord",
        ),
    ),
    ("{}", None),  # any JSON, as the truth beside our own sample papers
    ("<html><body>Fout 404</body></html>", None),
    ("<gzd>", None),  # broken off
    ('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', None),  # no entities
]  # fmt: skip


@pytest.mark.parametrize(("beside", "record"), RECORDS)
def test_records(beside: str, record: Record | None) -> None:
    assert read_record(beside.encode()) == record


def test_a_record_goes_before_the_pdf_and_a_contradiction_is_told() -> None:
    found = prefer(ANNEX, filter(None, [read_record(METADATA.encode())]))
    assert found.date == "2024-06-10"
    told = "Officiële gegevens: datum 2024-06-10; in het stuk gelezen: 2024-06-07."
    assert found.notes == (f"{told} De officiële gegevens zijn gebruikt.",)
    assert found.people == ANNEX.people  # names as printed, with their parties, are worth more


def test_a_record_names_a_paper_without_a_number() -> None:
    text = MOTION.replace("21 501-02  ", "").replace("Nr. 2999  ", "")
    assert paper(text).id.startswith("pdf-")
    found = prefer(paper(text), filter(None, [read_record(SRU.encode())]))
    assert (found.id, found.paper_ref) == ("kst-37020-IX-40", "37 020 IX, nr. 40")
    assert found.passages[0].id == "kst-37020-IX-40#p1"
    assert found.url == "https://zoek.officielebekendmakingen.nl/kst-37020-IX-40.html"


def test_official_questions_keep_their_pages() -> None:
    found = prefer(ANNEX, filter(None, [read_record(OFFICIAL_XML.encode())]))
    pairs = [(p.label, p.answer, p.page_first, p.page_last) for p in found.passages if p.question]
    assert pairs == [
        ("vraag-1", "Ja, dat ken ik.", 1, 1),
        ("vraag-2", "Veel.\nNiets.", 1, 2),
        ("vraag-3", "Veel.\nNiets.", 1, 2),
    ]


def test_files_beside_a_pdf(tmp_path: Path) -> None:
    pdf = tmp_path / "stuk.pdf"
    pdf.write_bytes(b"")
    (tmp_path / "metadata.xml").write_text(METADATA)
    (tmp_path / "stuk.json").write_text(json.dumps(ODATA))
    assert [path.name for path in files_beside(pdf)] == ["stuk.json", "metadata.xml"]
    assert [record.kind for record in records_beside(pdf)] == ["antwoord", "antwoord"]
    (tmp_path / "ander.pdf").write_bytes(b"")  # then the folder's record tells of neither
    assert [path.name for path in files_beside(pdf)] == ["stuk.json"]


@pytest.mark.shared
def test_official_xml_of_the_kamer(shared: Path) -> None:
    for path in sorted((shared / "sources" / "kst_xml").glob("*.xml")):
        root = ET.parse(path).getroot()
        link = root.find(".//meta[@name='OVERHEIDop.externMetadataRecord']")
        record = read_record(path.read_bytes())
        assert record is not None
        where = link.get("content", "") if link is not None else f"/{record.id}/"  # one has none
        assert f"/{record.id}/" in where
        assert record.kind in {"motie", "amendement"}
        assert record.date is not None


@pytest.mark.shared
def test_documents_of_odata(shared: Path) -> None:
    """Every kind of document that is ours by its name is one of the contract, most are."""
    rows = json.loads((shared / "sources" / "odata" / "Document_3_per_Soort.json").read_bytes())
    kinds = {row["Soort"]: read_record(json.dumps(row).encode()) for row in rows["value"]}
    wanted = {
        "Antwoord schriftelijke vragen": "antwoord",
        "Mededeling (uitstel antwoord)": "uitstel",
        "Schriftelijke vragen": "kamervragen",
        "Lijst van vragen en antwoorden": "vragenlijst",
        "Verslag van een commissiedebat": "verslag",
        "Motie (gewijzigd/nader)": "motie",
        "Memorie van toelichting": "toelichting",
        "Voorstel van wet": "wetsvoorstel",
        "Nota n.a.v. het (nader/tweede nader/enz.) verslag": "nota",
        "Brief regering": "brief",
    }
    found = {name: record.kind for name, record in kinds.items() if record and name in wanted}
    assert found == wanted


def test_nothing_beside_changes_nothing() -> None:
    assert prefer(ANNEX, ()) == ANNEX
    assert isinstance(ANNEX, Paper)
