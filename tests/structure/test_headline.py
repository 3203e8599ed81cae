"""What is printed large on a first page is the title, unless it is the text itself."""

from __future__ import annotations

import pytest

from indexer.extract.packing import pack
from indexer.paper import Extraction, Page, Source
from indexer.structure.assemble import assemble
from indexer.structure.headline import find_headline

TEXT = (("Dit is de lopende tekst van het rapport, met genoeg woorden.", 1.0),) * 8


def page(*lines: tuple[str, float], number: int = 1, ocr: bool = False) -> Page:
    """Return a page of lines, each with the height of its type against that of the text."""
    boxes, top = [], 0.1
    for text, height in lines:
        words = text.split()
        bottom = top + 0.012 * height
        boxes += [[(0.1 + 0.05 * i, top, 0.14 + 0.05 * i, bottom)] for i in range(len(words))]
        top = bottom + 0.005
    return Page(number, "\n".join(text for text, _ in lines), ocr=ocr, boxes=pack(boxes))


COVERS = [
    # a title on two lines, with a smaller line below it
    (
        [page(("Programma van eisen voor", 2.5), ("een meldpunt", 2.5), ("Versie 3", 1.3), *TEXT)],
        "Programma van eisen voor een meldpunt",
    ),
    # a cover with a word on each line; the text is on the next page
    (
        [page(("Een", 9), ("land", 9), ("van water", 9), ("2027", 1.7)), page(*TEXT, number=2)],
        "Een land van water",
    ),
    # minutes: only a little larger, on the first line
    ([page(("Besluitenlijst raadsvergadering 3 mei 2027", 1.18), *TEXT)],
     "Besluitenlijst raadsvergadering 3 mei 2027"),
    # a heading in the type of the text is no title
    ([page(("Aanleiding van het onderzoek", 1.0), *TEXT)], None),
    # a first page set larger than the annexes behind it is text, no title
    ([page(*((line, 1.2) for line, _ in TEXT)), page(*TEXT, *TEXT, number=2)], None),
    # large print that names no paper
    ([page(("Inhoudsopgave", 2.0), *TEXT)], None),
    ([page(("Gemeente Waterdam", 2.0), *TEXT)], None),
    # an ornament or a number is no line of a title, and does not hide it
    ([page(("7", 6.0), ("Jaarverslag van de inspectie", 2.0), *TEXT)],
     "Jaarverslag van de inspectie"),
    # from an image nothing is known of type
    ([page(("Jaarverslag van de inspectie", 2.0), *TEXT, ocr=True)], None),
    ([], None),
    ([Page(1, "Jaarverslag zonder plaatsen van woorden")], None),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "title"), COVERS)
def test_headlines(pages: list[Page], title: str | None) -> None:
    assert find_headline(pages) == title


def test_the_title_of_the_page_goes_before_that_of_the_file() -> None:
    """A file made from that of another meeting kept its title."""
    pages = (page(("Besluitenlijst raadsvergadering 3 mei 2027", 1.18), *TEXT),)
    properties = {"Title": "Aandachtspuntenlijst raadsvergadering 6 juni 2019"}
    found = assemble(Extraction(pages, "test", properties), Source("b.pdf", "0" * 64, 1, "test"))
    assert found.title == "Besluitenlijst raadsvergadering 3 mei 2027"
