"""What users take with them: exports of all hits, feeds, citations, and the dossier."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

ATOM = "{http://www.w3.org/2005/Atom}"
PAPER = "/api/v1/papers/kst-36200-VII-12"


def export(client: FlaskClient, form: str, query: str = "begroting") -> str:
    answer = client.get(f"/api/v1/export?q={query}&format={form}", buffered=True)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    text: str = answer.get_data(as_text=True)
    answer.close()
    return text


def total(client: FlaskClient, query: str = "begroting") -> int:
    found: int = client.get(f"/api/v1/search?q={query}").get_json()["total"]
    return found


def test_csv_has_all_hits_and_how_they_were_found(client: FlaskClient) -> None:
    lines = export(client, "csv").lstrip("\ufeff").splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert any("begroting" in line for line in head)
    assert any(line.startswith("# Index: g") for line in head)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == total(client)


def test_jsonl_begins_with_the_search(client: FlaskClient) -> None:
    rows = [json.loads(line) for line in export(client, "jsonl").splitlines()]
    assert "begroting" in json.dumps(rows[0])
    assert [row["paper_id"] for row in rows[1:]] == ["kst-36200-VII-12"]


@pytest.mark.parametrize(
    ("form", "sign"),
    [("ris", "TY  - "), ("bibtex", "@"), ("csl-json", '"type"'), ("leidraad", "36200 VII, nr. 12")],
)
def test_other_forms(client: FlaskClient, form: str, sign: str) -> None:
    assert sign in export(client, form)


def test_csl_json_is_json(client: FlaskClient) -> None:
    assert isinstance(json.loads(export(client, "csl-json")), list)


def test_a_cell_cannot_be_a_formula(client: FlaskClient) -> None:
    """A spreadsheet would run a title that begins with a sign of equality."""
    rows = csv.reader(io.StringIO(export(client, "csv", "stikstof").lstrip("\ufeff")))
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_an_unknown_form_names_those_that_there_are(client: FlaskClient) -> None:
    answer = client.get("/api/v1/export?q=x&format=docx")
    assert answer.status_code == 400
    assert "csv" in answer.get_json()["error"]["allowed"]


def test_an_export_never_says_nothing_without_a_query_that_is_right(client: FlaskClient) -> None:
    assert client.get("/api/v1/export?q=x&format=csv&vreemd=1").status_code == 400


def test_feed(client: FlaskClient) -> None:
    answer = client.get("/api/v1/feed?q=begroting")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.get_data())
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == total(client)
    for part in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{part}")
        assert all(entry.findtext(f"{ATOM}{part}") for entry in entries)


def test_hostile_text_stays_text_in_a_feed(client: FlaskClient) -> None:
    answer = client.get("/api/v1/feed?q=stikstof")
    ElementTree.fromstring(answer.get_data())
    assert b"<script>" not in answer.get_data()


def test_citations(client: FlaskClient) -> None:
    signs = {"leidraad": "36200 VII, nr. 12", "bibtex": "@", "ris": "TY  -", "csl-json": '"type"'}
    for form, sign in signs.items():
        answer = client.get(f"{PAPER}/citation?format={form}")
        assert answer.status_code == 200
        assert sign in answer.get_data(as_text=True)
    assert client.get(f"{PAPER}/citation").status_code == 400


def test_cite_page(client: FlaskClient) -> None:
    page = client.get("/papers/kst-36200-VII-12/citeer").get_data(as_text=True)
    assert "Kamerstukken II" in page
    assert "@" in page
    assert "TY  -" in page


def test_dossier(client: FlaskClient) -> None:
    page = client.get("/dossiers/36200-VII").get_data(as_text=True)
    assert "36 200 VII" in page
    assert "/papers/kst-36200-VII-12" in page
    told = client.get("/api/v1/dossiers/36200-VII").get_json()
    assert told["highest"] == 12
    assert told["missing"] == [[1, 11]]
    assert client.get("/dossiers/99999").status_code == 404
    turned = client.get("/dossiers/36%20200%20VII")
    assert turned.status_code == 302
    assert turned.headers["Location"].endswith("/dossiers/36200-VII")


def test_what_a_paper_cites_and_what_cites_it(client: FlaskClient) -> None:
    for part in ("cites", "cited-by"):
        assert client.get(f"{PAPER}/{part}").status_code == 200
    assert client.get("/api/v1/papers/nietes/cites").status_code == 404
