"""Versions of a paper: on its page, under a hit, and at the number's card."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from indexer.engine.interface import Index
from search_app.papers.versions import versions_of
from search_app.search.parameters import Parameters
from search_app.search.service import search

FIRST, CHANGED, LAST = "kst-31409-402", "kst-31409-405", "kst-31409-409"
PRINT, REPRINT = "kst-31409-398", "kst-31409-398-h1"


@pytest.mark.parametrize(
    ("name", "older", "newer"),
    [
        (FIRST, [], [CHANGED]),
        (CHANGED, [FIRST], [LAST]),
        (LAST, [CHANGED], []),
        (PRINT, [], [REPRINT]),
        (REPRINT, [PRINT], []),
        ("kst-36200-VII-31", [], []),  # cited, but never replaced
        ("brief-droogte-grondwater", [], []),
    ],
)
def test_the_versions_around_a_paper(
    index: Index, name: str, older: list[str], newer: list[str]
) -> None:
    paper = index.paper(name)
    if paper is None:
        paper = index.paper(search(Parameters(q="droogte grondwater"), index).hits[0].hit.paper_id)
    assert paper is not None
    found = versions_of(paper, index)
    assert [near.paper_id for near in found.older] == older
    assert [near.paper_id for near in found.newer] == newer
    assert found.absent == ()


def test_a_page_leads_to_the_other_versions(sample_client: FlaskClient) -> None:
    page = sample_client.get(f"/papers/{CHANGED}").text
    assert "Dit stuk is vervangen door:" in page
    assert "Dit stuk vervangt:" in page
    assert f'href="/papers/{FIRST}"' in page
    assert f'href="/papers/{LAST}"' in page
    assert "Versies van dit stuk" not in sample_client.get("/papers/kst-36200-VII-31").text


@pytest.mark.parametrize("query", ["walstroom binnenschepen", "dieselgeneratoren schepen kade"])
def test_the_newest_version_stands_on_top(index: Index, query: str) -> None:
    page = search(Parameters(q=query), index)
    first = page.hits[0].hit
    assert first.paper_id == LAST
    assert [(row.paper_id, row.replaced) for row in first.also] == [(CHANGED, True), (FIRST, True)]
    assert page.results.total - page.results.folded == len(page.hits)


def test_a_page_of_results_says_what_was_replaced(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=walstroom+binnenschepen").text
    assert f'Vervangt <a href="/papers/{CHANGED}">31 409, nr. 405</a>' in page
    (first, *_) = sample_client.get("/api/v1/search?q=walstroom").get_json()["hits"]
    assert [(row["id"], row["replaced"]) for row in first["also"]] == [
        (CHANGED, True),
        (FIRST, True),
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("31 409, nr. 402", FIRST),  # who asks for the first one gets it
        ("31 409, nr. 398", REPRINT),  # a number of two prints: the last one
        ("31 409, nr. 398 (herdruk)", REPRINT),
    ],
)
def test_a_number_leads_to_one_paper(index: Index, typed: str, name: str) -> None:
    (reference,) = search(Parameters(q=typed), index).references
    assert reference.paper is not None
    assert reference.paper.paper_id == name


def test_each_print_has_an_address_of_its_own(sample_client: FlaskClient) -> None:
    for name in (PRINT, REPRINT):
        assert sample_client.get(f"/papers/{name}").status_code == 200
    assert sample_client.get("/ref/31409-398").location == f"/papers/{REPRINT}"


def test_the_card_of_a_number_says_what_came_in_its_place(sample_client: FlaskClient) -> None:
    page = sample_client.get("/?q=31+409,+nr.+402").text
    assert f'Dit stuk is vervangen door <a href="/papers/{CHANGED}">31 409, nr. 405</a>' in page
    assert "vervangen door" not in sample_client.get("/?q=31+409,+nr.+409").text
    told = sample_client.get("/api/v1/search?q=31+409,+nr.+402").get_json()
    assert [row["id"] for row in told["replaced_by"]] == [CHANGED]
