"""PDFs by id only, under their own root, and nothing else of the disk (SAFETY 4).

The addresses are sent to a real server as they stand: a client would make them tidy first.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.analysis.tables import EMPTY
from indexer.engine.locate import engine_for
from indexer.paper import Source
from indexer.paper_json import content_hash
from search_app.app import create_app
from search_app.settings import Settings
from tests.conftest import typeset
from tests.search_app.conftest import PAPERS
from tests.search_app.served import Served, served

SECRET = b"geheim buiten de map"
HTML = b"<html><script>alert(1)</script>"
IDS = {
    # id: a name of a paper that is itself an attack -> what the file may be called
    "kst-1-1": "kst-1-1.pdf",
    "../../geheim": "..-..-geheim.pdf",
    "/etc/passwd": "-etc-passwd.pdf",
    "a/b#c?d": "a-b-c-d.pdf",
    'x"; filename="kwaad.html': "x---filename--kwaad.html.pdf",
    "x\r\nSet-Cookie: a=b": "x--Set-Cookie--a-b.pdf",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of papers in `papers` and a secret beside it."""
    root = tmp_path_factory.mktemp("pdf")
    (root / "papers").mkdir()
    (root / "geheim").write_bytes(SECRET)
    (root / "geheim.pdf").write_bytes(SECRET)
    writer = engine_for(str(root / "index")).writer(str(root / "index"), EMPTY)
    for number, name in enumerate([*IDS, "html", "weg"]):
        path = root / "papers" / f"{number}.pdf"
        if name == "html":
            path.write_bytes(HTML)
        else:
            typeset(path, [f"Stuk {number}"])
        source = Source(path.name, "0" * 64, 1, "proef")
        made = replace(PAPERS[0], id=name, passages=(), source=source)
        writer.add(made, content_hash(made), path)
    list(writer.publish())
    return root


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Served]:
    with served(folder / "index") as running:
        yield running


@pytest.fixture
def papers(folder: Path) -> FlaskClient:
    return create_app(Settings(index=str(folder / "index"))).test_client()


ROUTES = (
    "/papers/{}/pdf",
    "/papers/{}/pdf/1",
    "/papers/{}/pdf/1.png",
    "/api/v1/papers/{}/pdf",
    "/static/{}",
    "/{}",
)
ATTACKS = [
    "../geheim.pdf",
    "..%2Fgeheim.pdf",
    "..%2f..%2fgeheim.pdf",
    "%2e%2e%2fgeheim.pdf",
    "%2e%2e/geheim.pdf",
    "..%252fgeheim.pdf",  # decoded twice it would be a way up
    "..%255cgeheim.pdf",
    "..%5Cgeheim.pdf",
    "..\\geheim.pdf",
    "....//geheim.pdf",
    "..;/geheim.pdf",
    "./kst-1-1",
    "kst-1-1/../kst-1-1",
    "kst-1-1/../../geheim",
    "kst-1-1%00",
    "kst-1-1%00.pdf",
    "%00",
    "/etc/hostname",
    "%2Fetc%2Fhostname",
    "//etc/hostname",
    "file:///etc/hostname",
    "file:%2F%2F%2Fetc%2Fhostname",
    "~root",
    "C:%5Cgeheim.pdf",
    "%c0%ae%c0%ae%c0%afgeheim.pdf",  # a dot and a slash, overlong
    "%ef%bc%8e%ef%bc%8e%ef%bc%8fgeheim.pdf",  # full-width dots and slash
    "%e2%80%a5%e2%88%95geheim.pdf",  # a two-dot leader and a division slash
    "%u002e%u002e%u2215geheim.pdf",
    "%ff%fe",
    "0.pdf",  # the file's own name
    "papers%2F0.pdf",
    "a" * 5000,
    "%0d%0aSet-Cookie:%20a=b",
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda text: text[:40])
def test_no_address_leads_out_of_the_papers(server: Served, attack: str) -> None:
    for route in ROUTES:
        status, headers, body = server.get(route.format(attack))
        assert status in (400, 404), route
        assert "Content-Security-Policy" in headers
        assert "Set-Cookie" not in headers
        assert SECRET not in body
        assert b"%PDF" not in body


@pytest.mark.parametrize(("name", "called"), IDS.items())
def test_an_id_is_only_an_id(papers: FlaskClient, folder: Path, name: str, called: str) -> None:
    """A paper may be called anything: it is looked up, and is no path and no header."""
    file = (folder / "papers" / f"{[*IDS].index(name)}.pdf").read_bytes()
    path = f"/papers/{''.join(f'%{byte:02x}' for byte in name.encode())}/pdf"
    for address in (path, f"/api/v1{path}"):
        answer = papers.get(address, buffered=True)
        assert (answer.status_code, answer.data) == (200, file)
        assert answer.headers.get("Content-Disposition") == f"inline; filename={called}"
        assert answer.headers.get("Content-Type") == "application/pdf"
        assert "Set-Cookie" not in answer.headers


def test_a_file_that_is_no_pdf_is_never_a_page(papers: FlaskClient) -> None:
    answer = papers.get("/papers/html/pdf", buffered=True)
    assert answer.data == HTML
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert papers.get("/papers/html/pdf/1.png").status_code == 404


RANGES = [
    # (headers, status, first and last byte)
    ({}, 200, None),
    ({"Range": "bytes=0-0"}, 206, (0, 0)),
    ({"Range": "bytes=10-99"}, 206, (10, 99)),
    ({"Range": "bytes=-10"}, 206, (-10, -1)),
    ({"Range": "bytes=10-"}, 206, (10, -1)),
    ({"Range": "bytes=0-999999999"}, 206, (0, -1)),
    ({"Range": "bytes=999999999-"}, 416, None),
    ({"Range": "bytes=0-999999999", "If-Range": '"ander"'}, 200, None),
    ({"Range": "bytes=5-1"}, 416, None),
    ({"Range": "bytes=x"}, 416, None),
    ({"Range": "papieren=0-1"}, 416, None),
    ({"If-None-Match": "*"}, 304, None),
    ({"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 304, None),
    ({"If-Modified-Since": "geen datum"}, 200, None),
]


@pytest.mark.parametrize(("headers", "status", "part"), RANGES)
def test_parts_and_what_the_browser_has(
    papers: FlaskClient, headers: dict[str, str], status: int, part: tuple[int, int] | None
) -> None:
    whole = papers.get("/papers/kst-1-1/pdf", buffered=True)
    size = len(whole.data)
    answer = papers.get("/papers/kst-1-1/pdf", headers=headers, buffered=True)
    assert answer.status_code == status
    if part:
        first, last = (place % size for place in part)
        assert answer.data == whole.data[first : last + 1]
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
    if status in (200, 206):
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["ETag"] == whole.headers["ETag"]
        assert answer.headers["Accept-Ranges"] == "bytes"
    if status == 304:
        assert answer.data == b""


def test_a_file_that_changed_is_another(papers: FlaskClient, folder: Path) -> None:
    path = folder / "papers" / f"{[*IDS].index('a/b#c?d')}.pdf"
    address = "/papers/a%2Fb%23c%3Fd/pdf"
    tag = papers.get(address, buffered=True).headers["ETag"]
    os.utime(path, ns=(1, 1))
    answer = papers.get(address, headers={"If-None-Match": tag}, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def _link(path: Path, secret: Path) -> None:
    path.symlink_to(secret)


def _hang(path: Path, _: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path, _: Path) -> None:
    path.mkdir()


def _nothing(_: Path, __: Path) -> None:
    pass


@pytest.mark.parametrize("put", [_link, _hang, _folder, _nothing])
def test_what_took_the_place_of_a_pdf_is_not_sent(
    papers: FlaskClient, folder: Path, put: object
) -> None:
    path = folder / "papers" / f"{len(IDS) + 1}.pdf"
    kept = path.read_bytes()
    path.unlink()
    put(path, folder / "geheim.pdf")  # type: ignore[operator]
    try:
        for address in ("/papers/weg/pdf", "/api/v1/papers/weg/pdf", "/papers/weg/pdf/1.png"):
            answer = papers.get(address, buffered=True)
            assert answer.status_code == 410
            assert SECRET not in answer.data
        assert papers.get("/papers/weg").status_code == 200  # its text is there
    finally:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
        path.write_bytes(kept)


def test_a_folder_that_became_a_link_gives_no_pdf(papers: FlaskClient, folder: Path) -> None:
    real, moved = folder / "papers", folder / "elders"
    assert papers.get("/papers/kst-1-1/pdf", buffered=True).status_code == 200
    shutil.move(real, moved)
    real.symlink_to(moved)
    try:
        assert papers.get("/papers/kst-1-1/pdf").status_code == 410
    finally:
        real.unlink()
        shutil.move(moved, real)
