"""Each part of what was read of a query can be left out, or taken literally, by a click."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

READ = [
    # (query, the texts of its parts)
    ("stuurgroepen", ["stuurgroepen"]),
    ("soort:motie", ["soort:motie"]),  # a condition alone
    ('motie "openbaar te maken" door:Bouhdaoui datum:2022', [
        '"openbaar te maken"', "door:Bouhdaoui", "datum:2022", "motie",
    ]),
    ("zorg EN (wachtlijst OF wachttijd) -winst", ["zorg", "wachtlijst", "wachttijd", "winst"]),
    ("stuurg* begrotting~ 362 00 VII, nr. 12", ["stuurg*", "begrotting~", "362 00 VII, nr. 12"]),
    ("klimaat NABIJ/5 akkoord titel:(stikstof OF ammoniak)", [
        "klimaat NABIJ/5 akkoord", "titel:stikstof", "titel:ammoniak",
    ]),
]  # fmt: skip
LINK = re.compile(
    r'<a href="/\?([^"]*)">(weglaten|alleen letterlijk)<span class="unseen">: (.*?)</span>'
)


@pytest.mark.parametrize(("query", "parts"), READ)
def test_each_part_of_what_was_read_is_left_out_by_a_click(
    sample_client: FlaskClient, query: str, parts: list[str]
) -> None:
    page = sample_client.get("/", query_string={"q": query}).text
    links = [(unescape(a), b, unescape(c)) for a, b, c in LINK.findall(page)]
    assert sorted(text for _, what, text in links if what == "weglaten") == sorted(parts)
    for address, what, text in links:
        told = sample_client.get(f"/api/v1/search?{address}").get_json()["query"]["parts"]
        left = [part["text"] for part in told]
        if what == "weglaten":
            assert len(left) == len(parts) - 1
            assert text not in left
        else:
            assert len(left) == len(parts)
            assert f"letterlijk:{text}" in left
