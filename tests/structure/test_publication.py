"""Official XML as text, its text on the pages of a PDF, and as a paper without one."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from indexer.extract.limits import Limits
from indexer.extract.read import extract
from indexer.paper import Extraction, Page, Paper, Source
from indexer.structure.body import read_body
from indexer.structure.official import read_record
from indexer.structure.paragraphs import paragraphs
from indexer.structure.placing import WORD, place
from indexer.structure.publication import Publication, read_publication
from indexer.structure.published import ALONE, STRANGE, of_publication, without_pages
from indexer.structure.settled import prefer

SOURCE = Source("x.pdf", "0" * 64, 2, "t")
MOTION = """<officiele-publicatie><metadata><meta name="OVERHEIDop.externMetadataRecord"
 content="https://zoek.officielebekendmakingen.nl/kst-37020-IX-40/metadata.xml"/></metadata>
<kamerstuk><kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2026-2027</tekstregel>
<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
<tekstregel inhoud="kamernummer">2</tekstregel></kamerstukkop>
<dossier><dossiernummer><dossiernr>37 020</dossiernr><begrotingshoofdstuk>IX</begrotingshoofdstuk>
</dossiernummer><titel>Vaststelling van de begrotingsstaten</titel></dossier>
<stuk><stuknr>Nr. <ondernummer kamer="2">40</ondernummer></stuknr>
<titel>MOTIE VAN HET LID FEDDEMA</titel>
<datumtekst>Voorgesteld <datum isodatum="2026-10-08">8 oktober 2026</datum></datumtekst>
<algemeen><vrije-tekst><tekst><al>De Kamer,</al><al>gehoord de beraadslaging,</al>
<al>verzoekt de regering de wegen tijdig te keren<noot><noot.nr>1</noot.nr>
<noot.al>Zie Kamerstuk 36 410 VI, nr. 14.</noot.al></noot>,</al>
<lijst><li><li.nr>a.</li.nr><al>langs de akkers;</al></li><li><li.nr>b.</li.nr>
<al>langs het <nadruk>kanaal</nadruk>,</al></li></lijst>
<table><row><entry>Jaar</entry><entry>2026</entry></row></table>
<al>en gaat over tot de orde van de dag.</al><al-groep><al>Feddema</al></al-groep>
</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"""
ANNEX = """<officiele-publicatie><metadata><meta name="OVERHEIDop.externMetadataRecord"
 content="https://zoek.officielebekendmakingen.nl/ah-tk-20232024-2041/metadata.xml"/></metadata>
<kamervragen><kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2023-2024</tekstregel>
</kamerstukkop><kamervraagnummer>2041</kamervraagnummer>
<kamervraagopmaak><kamervraagomschrijving><al>Vragen van het lid Elzakkers (D66) aan de Minister van
Justitie en Veiligheid over sloten op fietsen (ingezonden 30 mei 2024).</al>
<al>Antwoord van Minister Verschuure (Justitie en Veiligheid) (ontvangen 7 juni 2024).</al>
</kamervraagomschrijving></kamervraagopmaak>
<vraag><nr>1</nr><al>Kent u het bericht over sloten op fietsen?</al></vraag>
<antwoord><al>Ja, dat bericht ken ik.</al></antwoord>
<vraag><nr>Vraag 2</nr><al>Hoeveel fietsen werden er vorig jaar gestolen?</al>
<al>En wat doet u daaraan?</al></vraag>
<antwoord><nr>Antwoord 2</nr><al>Dat zijn er veel. Zie Kamerstuk 36 410 VI, nr. 14.</al></antwoord>
<ondertekening><functie>De Minister van Justitie en Veiligheid,</functie>
<naam><achternaam>Verschuure</achternaam></naam></ondertekening>
</kamervragen></officiele-publicatie>"""


def read(text: str) -> Publication:
    found = read_publication(text.encode())
    assert found is not None
    return found


def printed(*pages: str) -> Extraction:
    return Extraction(tuple(Page(n, text) for n, text in enumerate(pages, 1)), "t")


def test_a_motion_as_print_sets_it() -> None:
    found = read(MOTION)
    assert found.blocks == (
        "37 020 IX  Vaststelling van de begrotingsstaten",
        "Nr. 40  MOTIE VAN HET LID FEDDEMA",
        "Voorgesteld 8 oktober 2026",
        "De Kamer,",
        "gehoord de beraadslaging,",
        "verzoekt de regering de wegen tijdig te keren1,",
        "a. langs de akkers;",
        "b. langs het kanaal,",
        "Jaar 2026",
        "en gaat over tot de orde van de dag.",
        "Feddema",
    )
    assert found.notes == ("1 Zie Kamerstuk 36 410 VI, nr. 14.",)
    assert found.furniture[-1] == "kst-37020-IX-40"


def test_questions_get_the_labels_of_print() -> None:
    labels = [block for block in read(ANNEX).blocks if len(block) < 12]
    assert labels == ["2041", "Vraag 1", "Antwoord 1", "Vraag 2", "Antwoord 2", "Verschuure"]


NONE = [
    b"",
    b"<html><body><p>Storing</p></body></html>",
    b"<officiele-publicatie><metadata/></officiele-publicatie>",  # no text
    b"<officiele-publicatie><al>afgebroken",
    b'<!DOCTYPE a [<!ENTITY b "c">]><officiele-publicatie><al>&b;</al></officiele-publicatie>',
    b"<gzd><recordData/></gzd>",
    b'<?xml version="1.0" encoding="x9"?><officiele-publicatie><al>x</al></officiele-publicatie>',
    b"<officiele-publicatie>" + b"<x>" * 5000 + b"<al>y</al>" + b"</x>" * 5000
    + b"</officiele-publicatie>",
]  # fmt: skip


@pytest.mark.parametrize("data", NONE)
def test_what_is_no_publication(data: bytes) -> None:
    assert read_publication(data) is None


PLACED = [
    # (blocks, pages of the PDF, the text of each page)
    (
        ["een twee drie vier vijf", "zes zeven acht negen tien"],
        ["een twee drie vier vijf zes", "zeven acht negen tien"],
        ["een twee drie vier vijf\n\nzes", "zeven acht negen tien"],
    ),
    (  # furniture, a broken word and a note that the text does not have
        ["een twee drie vier vijf zes", "zeven acht negen tien elf"],
        ["KOP 2 een twee drie vier vijf zes 1 noot", "zeven acht negen tien elf blz. 3"],
        ["een twee drie vier vijf zes", "zeven acht negen tien elf"],
    ),
    (  # a page of a picture
        ["een twee drie vier vijf", "zes zeven acht negen tien"],
        ["een twee drie vier vijf", "", "zes zeven acht negen tien"],
        ["een twee drie vier vijf", "", "zes zeven acht negen tien"],
    ),
    (  # the same words over and over say nothing, those around them do
        ["ja ja ja ja ja een twee drie vier", "ja ja ja ja ja vijf zes zeven acht"],
        ["ja ja ja ja ja een twee drie vier", "ja ja ja ja ja vijf zes zeven acht"],
        ["ja ja ja ja ja een twee drie vier", "ja ja ja ja ja vijf zes zeven acht"],
    ),
    (["een twee drie"], ["vier vijf zes zeven", "acht"], ["een twee drie", ""]),
    ([], ["een twee drie vier"], [""]),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "pages", "texts"), PLACED)
def test_placing(blocks: list[str], pages: list[str], texts: list[str]) -> None:
    found = place(blocks, printed(*pages).pages)
    assert list(found.texts) == texts


def test_nothing_is_lost_or_told_twice() -> None:
    """Whatever the pages, the words of the text stand in them once, in order."""
    blocks = [f"{n} woord zin{n % 7} stuk{n}" for n in range(300)]
    words = " ".join(blocks).split()
    for size in (7, 50, 333, 5000):
        pages = [" ".join(words[i : i + size]) for i in range(0, len(words), size)]
        found = place(blocks, printed(*pages).pages)
        assert " ".join(found.texts).split() == words
        assert found.share == 1.0
        assert [text.split() for text in found.texts] == [page.split() for page in pages]


def annex(*pages: str) -> Paper:
    paper = of_publication(read(ANNEX), printed(*pages), SOURCE)
    return prefer(paper, filter(None, [read_record(ANNEX.encode())]))


FIRST = (
    "2041\nVragen van het lid Elzakkers (D66) aan de Minister van Justitie en Veiligheid over "
    "sloten op fietsen (ingezonden 30 mei 2024).\nAntwoord van Minister Verschuure (Justitie en "
    "Veiligheid) (ontvangen 7 juni 2024).\nVraag 1\nKent u het bericht over sloten op fiet-\nsen?"
    "\nAntwoord 1\nJa, dat bericht ken ik.\nVraag 2\nHoeveel fietsen werden er vorig jaar"
    " ge-\nstolen?"
)
SECOND = (
    "En wat doet u daaraan?\nAntwoord 2\nDat zijn er veel. Zie Kamerstuk 36 410 VI, nr. 14.\n"
    "De Minister van Justitie en Veiligheid,\nVerschuure"
)


def test_the_text_of_the_xml_on_the_pages_of_the_pdf() -> None:
    found = annex(FIRST, SECOND)
    assert (found.id, found.kind) == ("ah-tk-20232024-2041", "antwoord")
    assert found.ministry == "Justitie en Veiligheid"
    assert [(p.name, p.role) for p in found.people] == [
        ("Elzakkers", "indiener"), ("Verschuure", "beantwoorder"),
    ]  # fmt: skip
    pairs = [p for p in found.passages if p.kind == "vraag"]
    assert [(p.label, p.question, p.answer) for p in pairs] == [
        ("vraag-1", "Kent u het bericht over sloten op fietsen?", "Ja, dat bericht ken ik."),
        (
            "vraag-2",
            "Hoeveel fietsen werden er vorig jaar gestolen?\nEn wat doet u daaraan?",
            "Dat zijn er veel. Zie Kamerstuk 36 410 VI, nr. 14.",
        ),
    ]
    assert [(p.page_first, p.page_last) for p in pairs] == [(1, 1), (1, 2)]
    assert [(c.target, c.page) for c in found.citations] == [("kst-36410-VI-14", 2)]
    assert [page.text for page in found.pages] == [FIRST, SECOND]  # with their words' places


def test_xml_of_another_paper_is_not_trusted() -> None:
    text = "Den Haag, 1 mei 2024\n" + "Dit gaat over iets heel anders dan fietsen. " * 30
    found = of_publication(read(ANNEX), printed(text), SOURCE)
    assert STRANGE in found.notes
    assert "iets heel anders" in found.passages[0].text


def test_a_scan_with_xml_has_its_text_and_no_pages() -> None:
    found = of_publication(read(MOTION), printed("", ""), SOURCE)
    assert len(found.pages) == 2
    assert found.passages[0].page_first is None
    assert "verzoekt de regering" in found.passages[0].text


def test_without_a_pdf() -> None:
    found = without_pages(read(MOTION), SOURCE)
    found = prefer(found, filter(None, [read_record(MOTION.encode())]))
    assert (found.id, found.kind, found.date) == ("kst-37020-IX-40", "motie", "2026-10-08")
    assert (found.dossier, found.session_year) == ("37020-IX", "2026-2027")
    assert [person.name for person in found.people] == ["Feddema"]
    assert [(p.id, p.page_first) for p in found.passages] == [("kst-37020-IX-40#deel-1", None)]
    assert [(c.target, c.page, c.passage) for c in found.citations] == [
        ("kst-36410-VI-14", None, "deel-1")
    ]
    assert found.pages == ()
    assert ALONE in found.notes


@pytest.mark.shared
def test_pages_of_real_papers_begin_where_they_begin(shared: Path) -> None:
    """The text of real papers, one word in twenty misspelt, is cut exactly where print cuts it."""
    beginnings = 0
    for path in sorted((shared / "papers").glob("*Bes-Besluit*.pdf"))[:8]:
        pages = extract(path, limits=Limits(), ocr="off").pages
        lines = [line for line in read_body(pages).lines if not line.note]
        blocks: list[str] = []
        expected: dict[int, int] = {}
        length = 0
        for part in paragraphs(lines):
            for page, offset in part.pages:
                expected.setdefault(page, length + len(WORD.findall(part.text[:offset])))
            length += len(WORD.findall(part.text))
            blocks.append(misspelt(part.text))
        found, length = {}, 0
        for number, text in zip(expected, place(blocks, pages).texts, strict=True):
            found[number] = length
            length += len(WORD.findall(text))
        assert found == expected
        beginnings += len(expected)
    assert beginnings > 30


def misspelt(text: str) -> str:
    """Return a text with one word in twenty misspelt, from the seventh."""
    words = count(13)
    return WORD.sub(lambda m: m[0] if next(words) % 20 else f"x{m[0]}", text)


@pytest.mark.shared
def test_recorded_publications(shared: Path) -> None:
    """Every recorded motion is a paper by its XML alone, with all its words, once and in order."""
    paths = sorted((shared / "sources" / "kst_xml").glob("*.xml"))
    assert len(paths) == 30
    for path in paths:
        data = path.read_bytes()
        found = without_pages(read(data.decode("utf-8-sig")), SOURCE)
        paper = prefer(found, filter(None, [read_record(data)]))
        assert paper.kind in ("motie", "amendement")
        assert paper.id.startswith("kst-")
        assert paper.date
        assert paper.people
        ours = " ".join(passage.text for passage in paper.passages).split()
        theirs = "".join(
            f"{''.join(element.itertext())} "
            for element in ET.fromstring(data).iter()
            if element.tag == "al"
        ).split()
        assert ours[-len(theirs) :] == theirs
