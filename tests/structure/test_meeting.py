"""The Handelingen, whose number is printed in the foot of their pages alone."""

from __future__ import annotations

import pytest

from tests.structure.test_assemble import paper

SPOKEN = """
5

Sloten en bruggen

Aan de orde is het debat over sloten en bruggen.

De voorzitter:
Ik heet de minister van harte welkom. Het woord is aan de heer Elzakkers van D66, die als eerste
spreker van de zijde van de Kamer het woord voert.
"""
FEET = [
    # (furniture, what still stands below the text of the page)
    (("Tweede Kamer", "Sloten en bruggen", "25 mei 2022", "TK 83  83-5-1"), ""),
    (("Tweede Kamer Sloten en bruggen 25 mei 2022 TK 83 83-5-1",), ""),
    ((), "\n25 mei 2022\nTK 83  83-5-1"),  # a paper of one page
]


@pytest.mark.parametrize(("furniture", "below"), FEET)
def test_an_item_is_known_by_its_foot(furniture: tuple[str, ...], below: str) -> None:
    found = paper(SPOKEN + below, furniture=furniture)
    assert (found.kind, found.id, found.date) == (
        "handelingen",
        "h-tk-20212022-83-5",
        "2022-05-25",
    )
    assert found.paper_ref == "Handelingen II 2021/22, nr. 83, item 5"
    assert (found.house, found.session_year) == ("TK", "2021-2022")
    assert not any("83-5-1" in passage.text for passage in found.passages)


def test_numbers_that_do_not_agree_are_no_meeting() -> None:
    assert paper(SPOKEN, furniture=("25 mei 2022", "TK 83  84-5-1")).kind == "overig"


def test_without_a_day_there_is_no_number() -> None:
    found = paper(SPOKEN, furniture=("TK 83  83-5-1",))
    assert (found.kind, found.number, found.date) == ("handelingen", None, None)
