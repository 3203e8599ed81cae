"""Markup in papers and in what is typed: nothing of it is ever markup (SAFETY, table).

Every answer is parsed as what it says to be: HTML holds the elements and attributes of our
templates alone, XML and JSON give the text back, a table has no cell that a spreadsheet would run,
a header has no line that the text made. `make soak` does 10,000 texts.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from indexer.paper import Paper
from search_app.answers.worksheet_files import FORMS
from search_app.app import create_app
from search_app.export.files import FORMATS
from search_app.settings import Settings
from tests.faults import tell
from tests.search_app.addresses import Asked, form, get
from tests.search_app.conftest import publish
from tests.search_app.hostile_text import CANARY, papers, texts, village
from tests.search_app.markup import Markup, plain

BATCH = 60
ASKED = f"Hoeveel sluizen in {village(3)} lekken en wie herstelt ze"
SEED = 20261125
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
OFTEN = ("", "?q=stikstof", "/citeer", "/zoals", "/pdf", "/pdf/1")
API = ("", "/text", "/cites", "/cited-by")
CITED = ("leidraad", "bibtex", "ris", "csl-json")
QUERIES = (
    "/?q={}",
    "/?kind={}",
    "/?q=stikstof&ministry={}",
    "/?{}=1",
    "/api/v1/search?q={}",
    "/api/v1/search?q=stikstof&person={}",
    "/api/v1/suggest?q={}",
    "/api/v1/feed?q={}",
    "/api/v1/export?q={}&format=csv",
    "/api/v1/export?q={}&format=bibtex",
    "/ref/{}",
    "/papers/{}",
    "/dossiers/{}",
    "/api/v1/papers/{}",
    "/api/v1/dossiers/{}",
    "/{}",
)
WHOLE = (
    "/",
    "/?q=",
    "/?q=stikstof&size=50",
    "/?q=stikstof&literal=1",
    "/dossiers/36001",
    "/api/v1/search?q=stikstof&size=50",
    "/api/v1/feed?q=stikstof",
    "/opensearch.xml",
    *(f"/api/v1/export?q=stikstof&format={name}" for name in FORMATS),
)


def requests(made: Sequence[Paper], typed: Sequence[str]) -> Iterator[Asked]:
    """Yield the requests that show all papers and texts in every form."""
    yield from map(get, WHOLE)
    for paper in made:
        name = quote(paper.id, safe="")
        yield from (get(f"/papers/{name}{more}") for more in OFTEN)
        yield from (get(f"/api/v1/papers/{name}{more}") for more in API)
        yield from (get(f"/api/v1/papers/{name}/citation?format={kind}") for kind in CITED)
        yield get(f"/dossiers/{quote(paper.dossier or '', safe='')}")
        chosen = {"kies": f"1|vraag-1|{paper.id}", "nummer": "1", "tekst": paper.title or ""}
        chosen[f"noot-1|vraag-1|{paper.id}"] = typed[0]
        yield from (form("/antwoorden/werkblad", vorm=kind, **chosen) for kind in FORMS)
    pair = [f"1|vraag-1|{paper.id}" for paper in made[:2]]
    yield form("/antwoorden/vergelijk", kies=pair)
    yield form("/antwoorden", vraag=f"1. {ASKED}? {typed[0]}?\n2. {typed[-1]}?")
    for text, route in zip(typed, cycle(QUERIES), strict=False):
        yield get(route.format(quote(text, safe="")))


def html(answer: TestResponse) -> Iterator[str]:
    yield from Markup(answer.get_data(as_text=True)).wrong


def xml(answer: TestResponse) -> Iterator[str]:
    root = ET.fromstring(answer.get_data(as_text=True))
    yield from (f"<{row.tag}>" for row in root.iter() if not str(row.tag).startswith("{http"))
    yield from _addresses(row.attrib.get("href", "") for row in root.iter())


def _addresses(values: Iterator[str]) -> Iterator[str]:
    yield from (value for value in values if urlsplit(value).scheme not in ("", "http", "https"))


def as_json(answer: TestResponse) -> Iterator[str]:
    yield from _strange(json.loads(answer.get_data(as_text=True)))


def lines(answer: TestResponse) -> Iterator[str]:
    for line in answer.get_data(as_text=True).split("\n"):
        yield from _strange(json.loads(line)) if line else ()


def _strange(data: object) -> Iterator[str]:
    """Yield addresses of ours that are none; the text itself may be anything in JSON."""
    if isinstance(data, list):
        for row in data:
            yield from _strange(row)
    elif isinstance(data, dict):
        for name, value in data.items():
            if name in ("url", "pdf_url", "URL", "address") and isinstance(value, str):
                yield from _addresses(iter([value]))
            yield from _strange(value)


def table(answer: TestResponse) -> Iterator[str]:
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    sign = ";" if text.startswith('"nr";') else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    yield from (cell for row in rows for cell in row if cell.startswith(FORMULA))
    body = [row for row in rows if not row[0].startswith("#")]
    yield from (f"{len(row)} cells" for row in body if len(row) != len(body[0]))


def ris(answer: TestResponse) -> Iterator[str]:
    head = re.compile(r"(Provider|Database|Content): .*|[A-Z][A-Z0-9]  - .*|")
    rows = answer.get_data(as_text=True).split("\r\n")
    yield from (row for row in rows if not head.fullmatch(row) or "\n" in row or "\r" in row)


def bibtex(answer: TestResponse) -> Iterator[str]:
    """Yield entries that do not close where we close them."""
    depth = 0
    text = answer.get_data(as_text=True)
    for line in text.split("\n"):
        if depth == 0 and line.strip() and not line.startswith(("@", "%")):
            yield line
        bare = re.sub(r"\\.", "", line) if not line.startswith("%") else ""
        depth += bare.count("{") - bare.count("}")
    if depth:
        yield f"depth {depth}"


def office(answer: TestResponse) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))
                yield from (
                    name for sign in (b"<!ENTITY", b"<script") if sign in archive.read(name)
                )


CHECKS: dict[str, Callable[[TestResponse], Iterator[str]]] = {
    "text/html": html,
    "application/atom+xml": xml,
    "application/opensearchdescription+xml": xml,
    "application/json": as_json,
    "application/vnd.citationstyles.csl+json": as_json,
    "application/x-ndjson": lines,
    "text/csv": table,
    "application/x-research-info-systems": ris,
    "application/x-bibtex": bibtex,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": office,
    "application/vnd.oasis.opendocument.text": office,
}
TEXTS = ("text/plain", "text/markdown")


def headers(answer: TestResponse) -> Iterator[str]:
    """Yield headers that a text made, or a redirect that leaves the site."""
    for name, value in answer.headers:
        if name == "Location":
            yield from [value] if urlsplit(value).netloc not in ("", "localhost") else []
        elif CANARY in f"{name}{value}" and name != "Content-Disposition":
            yield f"{name}: {value}"
        if not value.isprintable() or name == "Set-Cookie":
            yield f"{name}: {value!r}"
    named = answer.headers.get("Content-Disposition", "")
    if named and not re.fullmatch(r'(inline|attachment); filename="?[\w.-]+"?', named):
        yield named


def wrong(answer: TestResponse) -> list[str]:
    if answer.status_code not in (200, 302, 400, 404, 410):
        return [f"status {answer.status_code}"]
    found = list(headers(answer))
    if answer.status_code == 302 or answer.mimetype in TEXTS:
        return found
    return found + list(CHECKS[answer.mimetype or ""](answer))


def told(client: FlaskClient, made: Sequence[Paper]) -> Iterator[str]:
    """Yield papers whose texts do not come back as they were put in."""
    hits = client.get("/api/v1/search?q=stikstof&size=50").get_json()["hits"]
    titles = {hit["id"]: hit["title"] for hit in hits}
    entries = ET.fromstring(client.get("/api/v1/feed?q=stikstof").data)
    shown = {plain(row.text or "") for row in entries.iter("{http://www.w3.org/2005/Atom}title")}
    if not titles:
        yield "nothing is found"
    for paper in made:
        title = paper.title or ""
        page = Markup(client.get(f"/papers/{quote(paper.id, safe='')}").get_data(as_text=True))
        if titles.get(paper.id, title) != title:  # papers of the same text may be shown as one
            yield f"{paper.id!r} has another title as JSON"
        if not page.shows(title):
            yield f"{title!r} is not on its page"
        if plain(title) and plain(title) not in shown:
            yield f"{title!r} is not in the feed"


@pytest.mark.parametrize("number", [300, pytest.param(10_000, marks=pytest.mark.soak)])
def test_no_text_is_ever_markup(
    number: int, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: Counter[str] = Counter()
    monkeypatch.setattr("search_app.answers.service.NEAR", -1.0)  # show answers, near or not

    @seed(SEED)
    @settings(
        max_examples=-(-number // BATCH),
        database=None,
        phases=[Phase.generate],  # a batch is made smaller by hand
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(texts, min_size=BATCH, max_size=BATCH))
    def check(rows: list[str]) -> None:
        location = tmp_path_factory.mktemp("tekst")
        made = papers(rows)
        publish(location, made)
        client = create_app(Settings(index=str(location))).test_client()
        faults = {}
        for asked in requests(made, rows):
            answer = asked.of(client)
            counted[f"{answer.status_code} {answer.mimetype}"] += 1
            if found := wrong(answer):
                faults[str(asked)] = found[:3]
        faults |= {lost: [] for lost in told(client, made)}
        counted["texts"] += len(rows)
        assert faults == {}, json.dumps(faults, indent=1)

    check()
    answers = counted.total() - counted["texts"]
    tell(
        "Hostile text",
        bar="0 unescaped, 0 lines of a header made by a text",
        done=f"{counted['texts']} texts, {answers} answers parsed, 0 faults",
        effective=", ".join(f"{n} {kind}" for kind, n in counted.most_common() if kind != "texts"),
        seed=SEED,
    )
    assert counted["texts"] >= number
    assert {row.partition(" ")[2] for row in counted} >= CHECKS.keys()
