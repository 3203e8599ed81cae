"""What is kept of a paper beside its passages: the keys of its number, the name of its file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.engine.cards import card_row, own_numbers
from indexer.paper import Page, Paper, Source

HEAD = "Tweede Kamer der Staten-Generaal\nVergaderjaar 2014–2015\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "34 000 (R2034) Rijkswet op de veerdienst", {"r2034"}),
        (HEAD + "34000 (R 2034) Rijkswet", {"r2034"}),
        (HEAD + "De weg (R2034) is gesloten.", set()),  # no dossier before it
        (HEAD + "x" * 700 + "34 000 (R2034)", set()),  # another paper, named in the text
    ],
)
def test_an_act_of_the_kingdom_has_its_own_number(text: str, expected: set[str]) -> None:
    paper = Paper("kst-34000-5", dossier="34000", number="5", pages=(Page(1, text),))
    assert {key for key in own_numbers(paper) if key.startswith("r")} == expected


def test_a_paper_without_title_and_number_has_the_name_of_its_file() -> None:
    source = Source("map/programma 2023.pdf", "0" * 64, 1, "pdfminer")
    nameless = Paper(id="pdf-0000", source=source)
    assert card_row(nameless, None)["file"] == "programma 2023.pdf"
    assert "file" not in card_row(replace(nameless, title="Programma"), None)
    assert "file" not in card_row(replace(nameless, paper_ref="36 200 VII, nr. 12"), None)
