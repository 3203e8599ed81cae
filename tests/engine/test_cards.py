"""The keys by which a paper's own number can be asked for."""

from __future__ import annotations

import pytest

from indexer.engine.cards import own_numbers
from indexer.paper import Page, Paper

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
