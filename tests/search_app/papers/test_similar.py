"""`Meer zoals dit`: a query that a reader can see, and that finds others on the same subject."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

LIKE = [
    # (paper, passage, a paper among the first three)
    ("ah-tk-20192020-812", "", "ah-tk-20232024-2041"),  # twice about asylum requests
    ("ah-tk-20232024-2041", "", "ah-tk-20192020-812"),
    ("kst-36489-6", "", "kst-36489-2"),  # a nota and its bill
    ("ah-tk-20222023-3649", "", "ah-tk-20222023-3276"),  # solar panels, and the grid
    ("ah-tk-20242025-604", "", "ah-tk-20202021-1455"),  # mathematics
    ("kst-36200-VII-12", "vraag-11", "kst-36200-VII-74"),  # one question of twenty-six
    ("kst-36600-XII-9", "vraag-33", "kst-36200-VII-12"),  # requests for disclosure, elsewhere
]


@pytest.mark.parametrize(("paper", "passage", "other"), LIKE)
def test_others_like_it_come_first_and_itself_not_at_all(
    sample_client: FlaskClient, paper: str, passage: str, other: str
) -> None:
    asked = {"passage": passage} if passage else {}
    answer = sample_client.get(f"/papers/{paper}/zoals", query_string=asked)
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer.location).query)["q"][0]
    assert len(query.split(" NIET ")[0].split()) <= 8
    found = sample_client.get("/api/v1/search", query_string={"q": query}).get_json()
    ids = [hit["id"] for hit in found["hits"]]
    assert paper not in ids
    assert other in ids[:3]


def test_a_hit_and_a_paper_offer_it(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=algoritmeregister").get_data(as_text=True)
    assert "/papers/kst-36200-VII-12/zoals?passage=vraag-14" in page
    assert "Meer zoals dit" in sample_client.get("/papers/kst-36200-VII-12").get_data(as_text=True)
    assert sample_client.get("/papers/bestaat-niet/zoals").status_code == 404


NOTHING = [
    # (query without results, a way out that the page offers)
    ('"begroting van stikstof" EN xyzzy', "Met een deel van de woorden"),
    ("titel:algoritmeregister", "Met een deel van de woorden"),
    ("begroting EN xyzzy", "Zonder ‘xyzzy’"),
]


@pytest.mark.parametrize(("query", "way"), NOTHING)
def test_a_page_without_results_keeps_the_query_and_offers_ways(
    sample_client: FlaskClient, query: str, way: str
) -> None:
    page = sample_client.get("/", query_string={"q": query}).get_data(as_text=True)
    assert "Niets gevonden" in page
    assert way in page
    assert f'value="{query.replace(chr(34), "&#34;")}"' in page


def test_a_filter_that_leaves_nothing_can_be_dropped(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=algoritmeregister&kind=motie").get_data(as_text=True)
    assert "Niets gevonden" in page
    assert "Zonder filters" in page
    both = sample_client.get("/?q=titel:algoritmeregister&kind=motie").get_data(as_text=True)
    assert "Met een deel van de woorden, zonder filters" in both
