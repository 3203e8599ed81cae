"""Addresses that were typed otherwise, wrong ones, and official ones: where they lead."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@pytest.mark.parametrize("typed", ["KST-36200-vii-12", "kst-36200-VII-12/", "kst-36200-vii-12"])
def test_an_address_typed_otherwise_goes_to_its_paper(
    sample_client: FlaskClient, typed: str
) -> None:
    told = sample_client.get(f"/papers/{typed}?q=gemeenten")
    assert (told.status_code, told.location) == (302, "/papers/kst-36200-VII-12?q=gemeenten")
    assert sample_client.get("/papers/kst-36200-VII-12-h9").status_code == 404


def test_an_error_says_what_to_do_next(sample_client: FlaskClient) -> None:
    def message(answer: TestResponse) -> str:
        told: str = (answer.json or {})["error"]["message"]
        return told

    assert message(sample_client.get("/api/v1/answers")).endswith("neemt alleen POST aan.")
    assert message(sample_client.post("/api/v1/search")).endswith("neemt alleen GET aan.")
    assert "/api/v1/openapi.json" in message(sample_client.get("/api/v1/nergens"))


WRONG_PERIODS = [
    # (what was filled in, what is said by the names of the fields)
    ("from=2023&to=2020", "‘Van’ ligt na ‘Tot en met’: draai de datums om."),
    ("from=ooit", "‘Van’ moet een datum zijn."),
    ("to=32-13-2020", "‘Tot en met’ moet een datum zijn."),
]


@pytest.mark.parametrize(("filled", "said"), WRONG_PERIODS)
def test_a_wrong_period_is_told_by_its_fields_and_can_be_left_out(
    sample_client: FlaskClient, filled: str, said: str
) -> None:
    answer = sample_client.get(f"/?q=begroting&kind=brief&{filled}&sort=newest")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert said in page
    assert 'href="/?q=begroting&amp;kind=brief&amp;sort=newest"' in page
    told = sample_client.get(f"/api/v1/search?q=begroting&{filled}").get_json()["error"]["message"]
    assert "‘from’" in told or "‘to’" in told  # a program uses the names of parameters


def test_another_error_offers_no_search_without_a_period(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=begroting&foo=%E2%80%98from%E2%80%99").get_data(as_text=True)
    assert "zonder periode" not in page


AS_OFFICIAL = [
    # (an address of the official site with our host, where it leads; "" for nowhere)
    ("/kst-36200-VII-12", "/papers/kst-36200-VII-12"),
    ("/kst-36200-VII-12.html", "/papers/kst-36200-VII-12"),
    ("/kst-36200-VII-12.pdf", "/papers/kst-36200-VII-12"),
    ("/ah-tk-20232024-2310.html", "/papers/ah-tk-20232024-2310"),
    ("/dossier/36200-VII", "/dossiers/36200-VII"),
    ("/dossier/zomaar-iets", ""),
    ("/zoeken", ""),
    ("/api/v1/36200-VII", ""),
]


@pytest.mark.parametrize(("address", "where"), AS_OFFICIAL)
def test_an_official_address_with_our_host_leads_to_the_paper(
    sample_client: FlaskClient, address: str, where: str
) -> None:
    answer = sample_client.get(address, follow_redirects=True)
    assert (answer.status_code, answer.request.path) == ((200, where) if where else (404, address))
