"""`Bedoelde u …` where a word is unknown, never where the words are there."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("begrotnig", "begroting"),  # two letters changed places
        ("begrotting", None),  # its stem is the same, so that it finds what was meant
        ("begroting", None),
        ("daalt begrotnig", "daalt begroting"),
        ("xyzzyqwkj", None),  # nothing is near
        ('"daalt de begrotnig"', '"daalt de begroting"'),
        ("", None),
    ],
)
def test_suggestion(sample_client: FlaskClient, typed: str, meant: str | None) -> None:
    told = sample_client.get("/api/v1/search", query_string={"q": typed}).get_json()
    assert told["suggestion"] == meant


def test_the_page_asks_and_links(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=begrotnig").get_data(as_text=True)
    assert "Bedoelde u" in page
    assert "q=begroting" in page
