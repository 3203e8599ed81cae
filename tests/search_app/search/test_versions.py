"""Papers that are nearly the same: one hit on the page and in the API, each in an export."""

from __future__ import annotations

from flask.testing import FlaskClient

DELAY, ANSWER = "ah-tk-20232024-1999", "ah-tk-20232024-2310"


def test_a_notice_of_delay_stands_under_its_answer(sample_client: FlaskClient) -> None:
    found = sample_client.get("/api/v1/search?q=ambtelijke+toets+hoofdlijnenakkoord").get_json()
    hits = {hit["id"]: hit for hit in found["hits"]}
    assert DELAY not in hits
    (under,) = hits[ANSWER]["also"]
    assert (under["id"], under["kind"], under["url"]) == (DELAY, "uitstel", f"/papers/{DELAY}")
    assert found["folded"] == 1


def test_the_page_names_it_with_a_link(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=ambtelijke+toets+hoofdlijnenakkoord").text
    assert "Eerder uitgesteld: " in page
    assert f'href="/papers/{DELAY}"' in page
    assert "1 stuk staat onder een ander" in page


def test_an_export_has_each_paper(sample_client: FlaskClient) -> None:
    rows = sample_client.get(
        "/api/v1/export?q=ambtelijke+toets+hoofdlijnenakkoord&format=jsonl"
    ).text
    assert DELAY in rows
    assert ANSWER in rows
