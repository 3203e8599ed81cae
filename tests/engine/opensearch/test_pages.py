"""Every page and every answer of the API from either engine: the same papers, the same text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from search_app.app import create_app
from search_app.settings import Settings
from tests.engine.opensearch.pairs import Pair

pytestmark = pytest.mark.opensearch
FORMATS = ("csv", "jsonl", "ris", "bibtex", "csl-json", "leidraad")
QUERIES = (
    # A person's words, and what it shows beside results: facets and years, a filter, a suggestion
    # for another spelling, a number's card, an order, a page, words that are nowhere.
    {"q": "begroting", "size": "5"},  # of the tenth and the eleventh the scores are nearly equal
    {"q": "wat doet de minister aan het lerarentekort", "kind": "antwoord"},
    {"q": "minister", "sort": "newest", "size": "5", "page": "2"},
    {"q": "minister", "year": "2024", "sort": "oldest"},
    {"q": "begrotimg"},
    {"q": "vermogn* NIET kind:brief"},
    {"q": '"tweede kamer" minister', "literal": "1", "sort": "newest"},
    {"q": "ministerie NABIJ/5 volksgezondheid", "sort": "newest"},
    {"q": "zwartwaterzoutpan"},
)
CHANGES = {"took_ms", "generation", "score"}
TIME = re.compile(
    r"\"score\": [\d.]+, |\d+ ms|\d\d:\d\d uur|\d{4}-\d\d-\d\dT[\d:]+(?:\+00:00|Z)?"
    r"|[a-z]+-[0-9a-f]{16}-\d{8}t\d{6}z-\d{4}|g\d{8}T\d{6}Z-\d{4}|\d{8}t\d{6}z-\d{4}"
)
"""Scores in an export, how long it took, when an index was made and how it is called."""

RELATED = re.compile(r'<section aria-labelledby="verwant">.*?</section>', re.DOTALL)
"""Papers about the same are ranked by many words: see `test_papers_like_this_one_are_found`."""


@dataclass(frozen=True)
class Apps:
    """The application on either index."""

    here: FlaskClient
    there: FlaskClient


@pytest.fixture(scope="module")
def apps(pair: Pair) -> Apps:
    # No clock: what is compared is what they say, on a machine that may be busy.
    settings = (Settings(index=place, search_seconds=120) for place in pair.places)
    here, there = (create_app(each).test_client() for each in settings)
    return Apps(here, there)


def settled(value: Any) -> Any:
    """Return JSON without what may differ between two indexes of the same papers."""
    if isinstance(value, dict):
        return {k: settled(v) for k, v in value.items() if k not in CHANGES}
    return [settled(item) for item in value] if isinstance(value, list) else value


def same(apps: Apps, address: str) -> None:
    """See that an address gives the same, with success."""
    found = []
    for app in (apps.here, apps.there):
        with app.get(address) as answer:
            body = RELATED.sub("", TIME.sub("", answer.get_data(as_text=True)))
            assert answer.status_code in (200, 302), (address, body[:500])
            told = settled(json.loads(body)) if answer.is_json else body.split("<")
            found.append((answer.headers.get("Location"), told))
    assert found[0] == found[1], address


@pytest.mark.parametrize("query", QUERIES, ids=[row["q"][:30] for row in QUERIES])
def test_a_search_is_the_same_page_feed_and_json(apps: Apps, query: dict[str, str]) -> None:
    asked = urlencode(query)
    same(apps, f"/?{asked}")
    same(apps, f"/api/v1/search?{asked}")
    plain = urlencode({k: v for k, v in query.items() if k in ("q", "kind", "year", "literal")})
    same(apps, f"/api/v1/feed?{plain}")


@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_is_the_same(apps: Apps, kind: str) -> None:
    for query in ({"q": "minister", "sort": "newest"}, {"q": "begroting", "kind": "brief"}):
        same(apps, f"/api/v1/export?{urlencode(query | {'format': kind})}")


def test_other_pages_are_the_same(apps: Apps) -> None:
    for address in ("/", "/uitleg", "/antwoorden", "/api/v1/suggest?q=begr", "/readyz", "/api"):
        same(apps, address)


def test_every_paper_is_the_same_with_what_it_cites_and_what_is_like_it(
    apps: Apps, pair: Pair
) -> None:
    for paper in pair.papers:
        name = quote(paper.id)
        for rest in ("", "?q=minister"):
            same(apps, f"/papers/{name}{rest}")
        for rest in ("", "/text", "/cites", "/cited-by"):
            same(apps, f"/api/v1/papers/{name}{rest}")
        if paper.paper_ref:
            same(apps, f"/?{urlencode({'q': paper.paper_ref})}")
            same(apps, f"/ref/{quote(paper.paper_ref)}")


def test_papers_like_this_one_are_found(apps: Apps, pair: Pair) -> None:
    # Ranked by many words: nearly equal ones may change places, but they are there.
    for paper in pair.papers:
        pages = [app.get(f"/papers/{quote(paper.id)}") for app in (apps.here, apps.there)]
        rows = [RELATED.findall(page.get_data(as_text=True)) for page in pages]
        links = [re.findall(r'href="(/papers/[^"]+)', "".join(found)) for found in rows]
        assert len(links[0]) == len(links[1])
        assert len(set(links[0]) & set(links[1])) >= len(links[0]) / 2, paper.id


def test_every_dossier_is_the_same(apps: Apps, pair: Pair) -> None:
    dossiers = sorted({paper.dossier for paper in pair.papers if paper.dossier})
    assert len(dossiers) > 5
    for name in dossiers:
        same(apps, f"/dossiers/{quote(name)}")
        same(apps, f"/api/v1/dossiers/{quote(name)}")


def test_earlier_answers_are_the_same(apps: Apps, pair: Pair) -> None:
    questions = [
        passage.question
        for paper in pair.papers
        for passage in paper.passages
        if passage.question and passage.answer
    ][::7][:10]
    assert questions
    alike = total = 0
    for question in questions:
        asked = {"question": question, "n": 3}
        ours, theirs = (
            app.post("/api/v1/answers", json=asked).get_json() for app in (apps.here, apps.there)
        )
        for one, other in zip(ours, theirs, strict=True):
            total += 1
            firsts = [[row["paper_id"], row["label"]] for row in one["answers"][:1]]
            alike += firsts == [[row["paper_id"], row["label"]] for row in other["answers"][:1]]
    assert alike / total >= 0.9
