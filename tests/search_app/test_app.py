"""Pages and JSON as a visitor gets them: contract, headers, errors, and hostile text."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search_app.app import create_app
from search_app.settings import Settings

ROUTES = [
    # (address, status)
    ("/", 200),
    ("/?q=begroting", 200),
    ("/?q=xyzzy", 200),
    ("/?q=%22%28%5B", 200),  # stray quote and brackets
    ("/?q=14:30+kosten/baten", 200),
    ("/?onbekend=1", 400),
    ("/papers/kst-36200-VII-12?q=begroting", 200),
    ("/papers/vreemd%231", 200),
    ("/papers/nietes", 404),
    ("/papers/kst-36200-VII-12/pdf", 404),
    ("/uitleg", 200),
    ("/toegankelijkheid", 200),
    ("/ref/36%20200%20VII,%20nr.%2012", 302),
    ("/weg", 404),
    ("/livez", 200),
    ("/readyz", 200),
    ("/opensearch.xml", 200),
    ("/api/v1/openapi.json", 200),
    ("/api/v1/search?q=begroting", 200),
    ("/api/v1/search?q=x&size=9999", 400),
    ("/api/v1/search?vreemd=1", 400),
    ("/api/v1/papers/kst-36200-VII-12", 200),
    ("/api/v1/papers/kst-36200-VII-12/text", 200),
    ("/api/v1/papers/nietes", 404),
    ("/api/v1/papers/kst-36200-VII-12/pdf", 404),
]


@pytest.mark.parametrize(("address", "status"), ROUTES)
def test_status_and_headers(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Kamerzoek-Generation"]
    assert "Set-Cookie" not in answer.headers


def test_search_has_the_keys_of_the_contract(client: FlaskClient) -> None:
    told = client.get("/api/v1/search?q=begrotingen").get_json()
    assert {"query", "total", "total_exact", "took_ms", "generation", "hits"} <= told.keys()
    assert {"facets", "suggestion"} <= told.keys()
    assert {"text", "understood", "problems"} <= told["query"].keys()
    (hit,) = told["hits"]
    keys = ("id", "title", "kind", "paper_ref", "date", "ministry", "score", "page", "passage")
    assert set(keys) | {"snippet", "url", "pdf_url"} <= hit.keys()
    assert hit["passage"] == {"id": "kst-36200-VII-12#vraag-3", "label": "vraag-3"}
    assert any(piece["match"] for piece in hit["snippet"])


def test_paper_has_the_keys_of_the_contract(client: FlaskClient) -> None:
    told = client.get("/api/v1/papers/kst-36200-VII-12").get_json()
    for key in ("id", "people", "pages", "passages", "citations", "source", "notes", "house"):
        assert key in told


@pytest.mark.parametrize("address", ["/?q=stikstof", "/papers/vreemd%231?q=stikstof"])
def test_hostile_text_is_shown_as_text(client: FlaskClient, address: str) -> None:
    page = client.get(address).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "<b>" not in page


def test_matches_are_marked_and_pairs_have_anchors(client: FlaskClient) -> None:
    page = client.get("/papers/kst-36200-VII-12?q=begrotingen").get_data(as_text=True)
    assert "<mark" in page
    assert 'id="vraag-3"' in page


def test_no_index_is_an_error_and_not_an_empty_result(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    client = create_app(Settings(index=str(tmp_path_factory.mktemp("leeg")))).test_client()
    assert client.get("/?q=x").status_code == 503
    assert client.get("/readyz").status_code == 503
    assert client.get("/livez").status_code == 200
