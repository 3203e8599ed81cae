"""Lines as printed → paragraphs as a page shows them."""

from __future__ import annotations

import pytest

from search_app.papers.view import flow

LONG = "een regel die zo lang is als de bladzijde breed is"
FLOWS = [
    # (lines as printed, as shown)
    (f"{LONG}\n{LONG}", f"{LONG} {LONG}"),
    (f"kort\n{LONG}", f"kort\n{LONG}"),  # an address
    (f"{LONG}\n- {LONG}", f"{LONG}\n- {LONG}"),
    (f"7 {LONG}\n8 {LONG}\n9 {LONG}", f"7 {LONG}\n8 {LONG}\n9 {LONG}"),  # rows of an inventory
    (f"1 {LONG}\n{LONG}\n2 {LONG}\n3 {LONG}", f"1 {LONG} {LONG}\n2 {LONG}\n3 {LONG}"),
    (f"{LONG}\n2022 {LONG}\n2022 {LONG}", f"{LONG} 2022 {LONG} 2022 {LONG}"),  # years in a text
    (f"{LONG}\n\n{LONG}", f"{LONG}\n\n{LONG}"),
    # a word that was broken in print is whole here: the others are no short lines
    ("\n".join([LONG] * 5 + [f"{LONG} arbeidsongeschiktheid"]),
     " ".join([LONG] * 6) + " arbeidsongeschiktheid"),
    (f"{LONG}\nPersoneel van de Dienst van het Huis  18.206\n{LONG}",  # cells of a table
     f"{LONG}\nPersoneel van de Dienst van het Huis  18.206\n{LONG}"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "shown"), FLOWS)
def test_printed_lines_flow_into_paragraphs(printed: str, shown: str) -> None:
    assert flow(printed) == shown
