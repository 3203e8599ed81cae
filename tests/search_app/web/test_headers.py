"""The headers of every answer (SAFETY 4): every route, every way to refuse, and what a file says.

The routes are those of the application itself: one that is added without an example here fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search_app.app import create_app
from search_app.errors import BusyError
from search_app.settings import Settings
from tests.search_app.addresses import PAPER, ROUTES, Asked, methods
from tests.search_app.markup import Markup

POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
NEVER = ("Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin")
GENERATION = re.compile(r"g\d{8}T\d{6}Z-\d{4}|geen")
TEXT = ("text/", "application/xml", "+xml")


def wrong(answer: TestResponse) -> list[str]:
    """Return what is wrong with the headers of an answer, and with its page."""
    told = [f"{name}: {answer.headers.get(name)}" for name in EXACT if not _is_exact(answer, name)]
    told += [f"{name} is sent" for name in NEVER if name in answer.headers]
    policies = answer.headers.getlist("Content-Security-Policy")
    rows = (part.strip().partition(" ") for part in "".join(policies).split(";"))
    if len(policies) != 1 or {name: value for name, _, value in rows} != POLICY:
        told.append(f"policy: {policies}")
    if not GENERATION.fullmatch(answer.headers.get("Kamerzoek-Generation", "")):
        told.append("no generation")
    kind = answer.headers.get("Content-Type", "")
    if answer.data and not kind:
        told.append("no type")
    if kind.startswith(TEXT) and "charset=utf-8" not in kind:
        told.append(f"no charset: {kind}")
    if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 308):
        told += Markup(answer.get_data(as_text=True)).wrong
    return told


def _is_exact(answer: TestResponse, name: str) -> bool:
    return answer.headers.getlist(name) == [EXACT[name]]


ROWS = pytest.mark.parametrize(("name", "asked"), ROUTES.items(), ids=ROUTES)


def test_every_route_has_an_example(client: FlaskClient) -> None:
    assert {name for name, _ in methods(client)} == set(ROUTES)


@ROWS
def test_of_what_is_there(sample_client: FlaskClient, name: str, asked: Asked) -> None:
    answer = asked.of(sample_client)
    assert answer.status_code in (200, 302), answer.text[:500]
    assert wrong(answer) == []


@ROWS
def test_of_an_unknown_parameter(sample_client: FlaskClient, name: str, asked: Asked) -> None:
    """The files and the two addresses for machines that ask nothing take any."""
    answer = asked.of(sample_client, "&vreemd=1" if "?" in asked.address else "?vreemd=1")
    expected = {"static": 200, "pages.favicon": 200, "operation.alive": 200, "operation.ready": 200}
    assert answer.status_code == expected.get(name, 400)
    assert wrong(answer) == []


@ROWS
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_of_another_method(
    sample_client: FlaskClient, name: str, asked: Asked, method: str
) -> None:
    rules = [taken for endpoint, taken in methods(sample_client) if endpoint == name]
    taken = set().union(*rules)
    if asked.address in ("/antwoorden", "/antwoorden/werkblad"):  # a form and what it is sent to
        taken |= {"GET", "HEAD", "POST"}
    answer = sample_client.open(asked.address, method=method, buffered=True)
    assert (answer.status_code == 405) is (method not in taken)
    if method in ("HEAD", "OPTIONS") or answer.status_code == 405:
        assert wrong(answer) == []


@ROWS
def test_without_an_index(
    name: str, asked: Asked, tmp_path_factory: pytest.TempPathFactory
) -> None:
    client = create_app(Settings(index=str(tmp_path_factory.mktemp("leeg")))).test_client()
    answer = asked.of(client)
    assert answer.status_code in (200, 503)
    assert answer.headers["Kamerzoek-Generation"] == "geen"
    assert wrong(answer) == []


def breaks(**_: object) -> str:
    raise ZeroDivisionError


def is_busy(**_: object) -> str:
    raise BusyError


@ROWS
@pytest.mark.parametrize(("view", "status"), [(breaks, 500), (is_busy, 503)])
def test_of_a_fault(
    location: str, name: str, asked: Asked, view: Callable[..., str], status: int
) -> None:
    app = create_app(Settings(index=location))
    app.view_functions[name] = view
    answer = asked.of(app.test_client())
    assert answer.status_code == status
    assert wrong(answer) == []
    assert ("Retry-After" in answer.headers) is (status == 503)


POSTS = [asked for asked in ROUTES.values() if asked.method == "POST"]


@pytest.mark.parametrize("asked", POSTS, ids=str)
def test_of_too_much(client: FlaskClient, asked: Asked) -> None:
    answer = client.post(asked.address, data={"vraag": "x" * 12_000_000})
    assert answer.status_code == 413
    assert wrong(answer) == []


OTHERS = [
    # (address, headers, status)
    ("/weg", {}, 404),
    ("/papers/nietes", {}, 404),
    ("/papers/nietes/pdf/1.png", {}, 404),
    (f"/papers/{PAPER}/pdf/99999", {}, 404),
    ("/static/nietes.css", {}, 404),
    ("/static/", {}, 404),
    ("/static", {}, 404),
    ("/api/v1/weg", {}, 404),
    ("/ref/zomaar%20iets", {}, 404),
    ("/dossiers/36600%20XII", {}, 302),
    ("/?q=&kind=", {}, 302),
    ("/?q=a*", {}, 400),
    (f"/papers/{PAPER}/pdf", {"Range": "bytes=0-9"}, 206),
    (f"/papers/{PAPER}/pdf", {"Range": "bytes=99999999-"}, 416),
    ("/?q=brug", {"Accept-Encoding": "gzip"}, 200),
    ("/", {"Host": "elders.example"}, 200),
    ("/", {"Accept": "application/json"}, 200),
]


@pytest.mark.parametrize(("address", "headers", "status"), OTHERS, ids=[row[0] for row in OTHERS])
def test_of_other_answers(
    sample_client: FlaskClient, address: str, headers: dict[str, str], status: int
) -> None:
    answer = sample_client.get(address, headers=headers, buffered=True)
    assert answer.status_code == status
    if "gzip" not in headers.values():
        assert wrong(answer) == []


@pytest.mark.parametrize("address", ["/?q=brug", f"/papers/{PAPER}/pdf", "/static/site.css"])
def test_of_what_the_browser_has(sample_client: FlaskClient, address: str) -> None:
    tag = sample_client.get(address).headers["ETag"]
    answer = sample_client.get(address, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert wrong(answer) == []


def test_the_check_sees_what_is_wrong() -> None:
    """What a page may not have, each named once."""
    for bad in (
        "<script>x</script>",
        '<script src="https://elders.example/x.js"></script>',
        '<script src="//elders.example/x.js"></script>',
        "<style>p{}</style>",
        '<p style="color:red"></p>',
        '<p onclick="x()"></p>',
        '<a href="javascript:x()"></a>',
        '<a href=" JAVASCRIPT:x()"></a>',
        '<img src="data:image/png;base64,x">',
        '<link rel="stylesheet" href="https://elders.example/x.css">',
        "<iframe></iframe>",
        "<!-- x -->",
        "<p><b></p>",
        "<p>",
    ):
        assert Markup(bad).wrong, bad
    assert Markup('<p><a href="https://elders.example/">x</a></p>').wrong == []


def test_nothing_of_a_third_party_in_styles_and_scripts(sample_client: FlaskClient) -> None:
    folder = Path(sample_client.application.static_folder or "")
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".css", ".js", ".svg"):
            text = path.read_text("utf-8").replace("http://www.w3.org/", "")
            assert not re.search(r"https?://|@import|url\(['\"]?//", text), path.name
