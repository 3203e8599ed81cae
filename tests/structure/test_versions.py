"""What a paper comes in the place of: by its heading, and as a reprint."""

from __future__ import annotations

import pytest

from indexer.paper import Extraction, Page, Paper, Source
from indexer.structure.assemble import assemble
from indexer.structure.citations import replaced_by

FOOT = ("Tweede Kamer, vergaderjaar 2022–2023, 31 409, nr. 31",)


def paper(head: str, text: str = "De Kamer,\n\ngehoord de beraadslaging,", link: str = "") -> Paper:
    pages = (Page(1, f"31 409  Zee- en binnenvaart\n\n{head}\n\n{text}", (*FOOT, link)),)
    return assemble(Extraction(pages, "test"), Source("a.pdf", "0" * 64, 1, "test"))


HEADS = [
    # (head, kind, what it replaces)
    ("Nr. 31  MOTIE VAN HET LID X", "motie", ()),
    ("Nr. 31  GEWIJZIGDE MOTIE VAN HET LID X", "motie", ()),  # of which one is not said
    ("Nr. 31  GEWIJZIGDE MOTIE VAN HET LID X TER VERVANGING VAN\nDIE GEDRUKT ONDER NR. 12",
     "motie", ("kst-31409-12",)),
    ("Nr. 31  NADER GEWIJZIGDE MOTIE VAN HET LID X TER VERVANGING VAN DIE GEDRUKT ONDER\nNR. 28",
     "motie", ("kst-31409-28",)),
    ("Nr. 31  GEWIJZIGD AMENDEMENT VAN HET LID X TER VERVANGING VAN DAT GEDRUKT ONDER NR. 9",
     "amendement", ("kst-31409-9",)),
    ("Nr. 31  BRIEF VAN DE MINISTER VAN FINANCIËN TER VERVANGING VAN DE BRIEF GEDRUKT ONDER NR. 9",
     "brief", ("kst-31409-9",)),
]  # fmt: skip


@pytest.mark.parametrize(("head", "kind", "replaces"), HEADS)
def test_a_heading_says_what_it_replaces(head: str, kind: str, replaces: tuple[str, ...]) -> None:
    found = paper(head)
    assert (found.id, found.kind, found.replaces) == ("kst-31409-31", kind, replaces)


BODIES = [
    ("Deze brief vervangt de brief van 12 mei 2023 (Kamerstuk 29 398, nr. 4).", ("kst-29398-4",)),
    ("ter vervanging van het amendement gedrukt onder nr. 18", ("kst-31409-18",)),
    ("De wet dient ter vervanging van het oude stelsel (Kamerstuk 29 398, nr. 4).", ()),
    ("Het plan vervangt alle eerdere plannen; zie Kamerstuk 29 398, nr. 4.", ()),
    ("(Kamerstuk 29 398, nr. 4)", ()),
]


@pytest.mark.parametrize(("text", "replaces"), BODIES)
def test_a_sentence_says_so_only_of_papers(text: str, replaces: tuple[str, ...]) -> None:
    found = paper("Nr. 31  BRIEF VAN DE MINISTER VAN FINANCIËN", f"Den Haag, 1 juni 2023\n\n{text}")
    assert found.replaces == replaces


REPRINTS = [
    # (head, foot, id, printable)
    ("Nr. 31  HERDRUK1\nMOTIE VAN HET LID X", "", "kst-31409-31-h1", "31 409, nr. 31 (herdruk)"),
    ("Nr. 31  HERDRUK 1\nMOTIE VAN HET LID X", "", "kst-31409-31-h1", "31 409, nr. 31 (herdruk)"),
    ("Nr. 31 h2  MOTIE VAN HET LID X", "", "kst-31409-31-h2", "31 409, nr. 31 (herdruk)"),
    ("Nr. 31 herdruk  MOTIE VAN HET LID X", "", "kst-31409-31-h1", "31 409, nr. 31 (herdruk)"),
    ("Nr. 31  MOTIE VAN HET LID X", "kst-31409-31-h1", "kst-31409-31-h1",
     "31 409, nr. 31 (herdruk)"),
    # the identifier in the foot is what it is published under
    ("Nr. 31  HERDRUK\nMOTIE VAN HET LID X", "kst-31409-31", "kst-31409-31", "31 409, nr. 31"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "foot", "name", "printable"), REPRINTS)
def test_a_reprint(head: str, foot: str, name: str, printable: str) -> None:
    found = paper(head, link=foot)
    assert (found.id, found.paper_ref, found.kind) == (name, printable, "motie")
    assert found.title == "Motie van het lid X"
    assert found.number == "31"
    assert found.url == f"https://zoek.officielebekendmakingen.nl/{name}.html"
    earlier = {"kst-31409-31-h1": ("kst-31409-31",), "kst-31409-31": ()}
    assert found.replaces == earlier.get(name, ("kst-31409-31-h1", "kst-31409-31"))


def test_the_head_of_a_text() -> None:
    head = (
        "28 165 Deelnemingen\nNr. 459 GEWIJZIGDE MOTIE TER VERVANGING VAN DIE GEDRUKT ONDER NR. 455"
    )
    assert [c.target for c in replaced_by(head, "28165")] == ["kst-28165-455"]
    assert replaced_by("Deze wet komt ter vervanging van de oude.", "28165") == ()
