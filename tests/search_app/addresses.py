"""Every route of the application with an address that it answers: what tests of all pages walk.

A route that is not here fails `test_headers.py`, so that a new one is not forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PAPER = "kst-36600-XII-9"
"""A paper of the sample with a PDF."""
ANSWER = "ah-tk-20222023-3649"
"""A paper of the sample with questions and answers."""
CHOSEN = [f"1|vraag-4|{ANSWER}", f"1|vraag-2|{ANSWER}"]


@dataclass(frozen=True)
class Asked:
    """A request: method, address, and the body as Flask's test client takes it."""

    method: str
    address: str
    body: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    def of(self, client: FlaskClient, more: str = "", **options: Any) -> TestResponse:
        """Return the answer; `more` is put behind the address."""
        return client.open(
            self.address + more, method=self.method, buffered=True, **dict(self.body), **options
        )


def get(address: str) -> Asked:
    return Asked("GET", address)


def form(address: str, **fields: object) -> Asked:
    return Asked("POST", address, (("data", fields),))


QUESTION = "1. Welke bruggen hebben een beperking voor zwaar verkeer?"
ROUTES: dict[str, Asked] = {
    "static": get("/static/site.css"),
    "operation.alive": get("/livez"),
    "operation.ready": get("/readyz"),
    "operation.numbers": get("/metrics"),
    "pages.search_page": get("/?q=begroting"),
    "pages.reference": get("/ref/36%20600%20XII,%20nr.%209"),
    "pages.manual_page": get("/uitleg"),
    "pages.accessibility": get("/toegankelijkheid"),
    "pages.api_page": get("/api"),
    "pages.favicon": get("/favicon.ico"),
    "pages.opensearch": get("/opensearch.xml"),
    "paperpages.paper_page": get(f"/papers/{PAPER}?q=brug"),
    "paperpages.like_page": get(f"/papers/{PAPER}/zoals"),
    "paperpages.cite_page": get(f"/papers/{PAPER}/citeer"),
    "paperpages.pdf": get(f"/papers/{PAPER}/pdf"),
    "paperpages.leaf_page": get(f"/papers/{PAPER}/pdf/1?q=brug"),
    "paperpages.leaf_image": get(f"/papers/{PAPER}/pdf/1.png"),
    "paperpages.dossier_page": get("/dossiers/36600-XII"),
    "answers.ask": get("/antwoorden"),
    "answers.answered": form("/antwoorden", vraag=QUESTION),
    "answers.compared": form("/antwoorden/vergelijk", kies=CHOSEN),
    "answers.worksheet": get("/antwoorden/werkblad"),
    "answers.exported": form("/antwoorden/werkblad", vorm="csv", kies=CHOSEN[0]),
    "api.search_papers": get("/api/v1/search?q=begroting"),
    "api.suggest": get("/api/v1/suggest?q=begr"),
    "api.answers": Asked("POST", "/api/v1/answers", (("json", {"question": QUESTION}),)),
    "api.paper": get(f"/api/v1/papers/{PAPER}"),
    "api.text": get(f"/api/v1/papers/{PAPER}/text"),
    "api.cites": get(f"/api/v1/papers/{PAPER}/cites"),
    "api.cited": get(f"/api/v1/papers/{PAPER}/cited-by"),
    "api.dossier": get("/api/v1/dossiers/36600-XII"),
    "api.pdf": get(f"/api/v1/papers/{PAPER}/pdf"),
    "api.openapi": get("/api/v1/openapi.json"),
    "downloads.export_papers": get("/api/v1/export?q=begroting&format=csv"),
    "downloads.follow": get("/api/v1/feed?q=begroting"),
    "downloads.citation": get(f"/api/v1/papers/{PAPER}/citation?format=ris"),
}


def methods(client: FlaskClient) -> Iterator[tuple[str, set[str]]]:
    """Yield each route's endpoint with the methods that it takes."""
    for rule in client.application.url_map.iter_rules():
        yield rule.endpoint, set(rule.methods or ())
