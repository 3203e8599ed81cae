"""What was tried by hand to break a running server, as rows: bodies, forms, addresses, headers.

Each is answered within its time of the processor, by a sentence or a page, and never as a fault.
"""

from __future__ import annotations

import io
import json
import socket
import time
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.search_app.addresses import CHOSEN, PAPER, QUESTION
from tests.search_app.served import Served, served
from tests.search_app.serving.test_operation import WORD, send

SECONDS = 2.5
"""SAFETY's bar for one request, here in time of the processor of its thread."""
FINE = {200, 302, 400, 404, 405, 413, 503}


def asked(client: FlaskClient, method: str, address: str, **more: Any) -> TestResponse:
    """Return an answer that came in time and is no fault."""
    start = time.thread_time()
    answer = client.open(address, method=method, buffered=True, **more)
    took = time.thread_time() - start
    assert answer.status_code in FINE, (address[:80], answer.status_code)
    assert took < SECONDS, (address[:80], took)
    return answer


BODIES = [
    # (what, body, statuses)
    ("lists without end", "[" * 500_000, {400}),
    ("objects without end", '{"question":' * 80_000, {400}),
    ("lists that end", '{"question":' + "[" * 100_000 + "]" * 100_000 + "}", {400}),
    ("half a character", '{"question":"\\ud800 welke bruggen?"}', {200}),
    ("NUL", json.dumps({"question": "1. Wat\0 is dit?"}), {200}),
    ("a number of 100,000 digits", '{"question":"a?","n":' + "9" * 100_000 + "}", {400}),
    ("infinite", '{"question":"a?","n":1e999}', {400}),
    ("no number", '{"question":"a?","n":NaN}', {400}),
    ("a name twice", '{"question":"a?","question":1}', {400}),
    ("no UTF-8", b'{"question":"\xff\xfe"}', {400}),
    ("UTF-16", json.dumps({"question": QUESTION}).encode("utf-16"), {200}),
    ("a list", "[1,2]", {400}),
    ("nothing", "", {400}),
    ("too large", json.dumps({"question": "a" * 1024 * 1024}), {413}),
    *(  # more questions than are answered at once are refused with a sentence
        (
            f"100,000 of {what!r}", json.dumps({"question": (what * 99_000)[:99_000] + "?"}),
            {200, 400},
        )
        for what in ("a", "?", "1. a? ", "1\n", "a) ", "1", "(", " ", "1.", "e\u0301", "\u202e",
                     "Kamerstuk 36200-VII, nr. 9 ")
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body", "statuses"), BODIES, ids=[row[0] for row in BODIES])
def test_bodies(
    sample_client: FlaskClient, what: str, body: str | bytes, statuses: set[int]
) -> None:
    answer = asked(sample_client, "POST", "/api/v1/answers", data=body)
    assert answer.status_code in statuses, what
    assert answer.is_json


def packed(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


FILES = [
    # (what, name, data, status)
    ("NUL", "a.txt", b"\0" * 1000, 400),
    ("a name that is a path", "../../../etc/passwd\0<script>", b"1. Wat is dit?", 200),
    ("ten million letters", "a.txt", b"a " * 5_000_000, 400),
    ("a bomb", "a.docx", packed("word/document.xml", b"<a>" + b" " * 200_000_000), 400),
    ("tags without end", "a.docx", packed("word/document.xml", b"<a>" * 200_000), 400),
    ("a PDF of brackets", "a.pdf", b"%PDF-1.4\n" + b"<<" * 100_000, 400),
]


@pytest.mark.parametrize(("what", "name", "data", "status"), FILES, ids=[row[0] for row in FILES])
def test_files(sample_client: FlaskClient, what: str, name: str, data: bytes, status: int) -> None:
    form = {"bestand": (io.BytesIO(data), name)}
    answer = asked(sample_client, "POST", "/antwoorden", data=form)
    assert answer.status_code == status, what


MULTI = "multipart/form-data; boundary="
PLAIN = "application/x-www-form-urlencoded"
FORMS = [
    # (what, address, body, kind)
    ("5,000 fields", "/antwoorden", "&".join(f"f{n}=x" for n in range(5000)), PLAIN),
    ("100,000 fields", "/antwoorden", "nummer=1&tekst=a&" * 50_000, PLAIN),
    ("3 MB in codes", "/antwoorden", "vraag=" + "%41" * 1_000_000, PLAIN),
    ("a boundary of dashes", "/antwoorden", b"--" + b"-" * 5_000_000, MULTI + "-"),
    ("boundaries alone", "/antwoorden", b"\r\n--x" * 1_000_000, MULTI + "x"),
    ("no boundary", "/antwoorden", b"x", "multipart/form-data"),
    ("heads without end", "/antwoorden", b"--x\r\n" + b"A: b\r\n" * 500_000, MULTI + "x"),
    ("JSON", "/antwoorden", '{"vraag":"a?"}', "application/json"),
    ("1,900 choices", "/antwoorden/vergelijk", f"kies={CHOSEN[0]}&" * 1900, PLAIN),
    ("choices that are none", "/antwoorden/vergelijk", "kies=|||&kies=1|x|../../x&kies=%00", PLAIN),
    ("1,900 rows", "/antwoorden/werkblad", "vorm=docx&" + f"kies={CHOSEN[0]}&" * 1900, PLAIN),
]


@pytest.mark.parametrize(("what", "address", "body", "kind"), FORMS, ids=[row[0] for row in FORMS])
def test_forms(
    sample_client: FlaskClient, what: str, address: str, body: str | bytes, kind: str
) -> None:
    answer = asked(sample_client, "POST", address, data=body, content_type=kind)
    assert answer.mimetype, what


TYPED = (
    "(" * 200 + "a" + ")" * 200, "(" * 512, "NIET " * 100 + "a", '"' * 511, "a:" * 255,
    "titel:(" * 70 + "a", "a NABIJ/99 " * 40, " OF ".join(["aaa", "bbb", "ccc", "ddd"] * 20),
    "begrotin~2 ministerx~2", "\ufb01" * 200, "a" + "\u0301" * 500, "datum:2000..2020 " * 20,
    '"' + " ".join(["de"] * 120) + '"', '"de minister van"' * 25, "de NABIJ/30 het " * 10,
    "de " * 3300, "x" * 10_000, "36200-" * 80, "36 200 VII " * 45, "a*b*c", "XIV" * 170,
    "1" * 500, "\0", "\ud800", "ministerie* van*", "kst-" * 120, "%" * 500, "\\" * 500,
)  # fmt: skip
PLACES = ("/?q=", "/api/v1/search?q=", "/api/v1/suggest?q=", "/api/v1/feed?q=",
          "/api/v1/export?format=csv&q=", f"/papers/{PAPER}?q=")  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_what_is_typed(sample_client: FlaskClient, place: str) -> None:
    for typed in TYPED:
        asked(sample_client, "GET", place + quote(typed.encode("utf-8", "surrogatepass")))


NAMED = (
    "36200-" * 2000, "1" * 20_000, " 36 200 nr. 1 en 2" * 1000, "XIV" * 6000, "2023Z" * 4000,
    "ah-tk-" * 3000, "nr. " * 5000, "/" * 20_000, "-" * 20_000, "../" * 5000 + "etc/passwd",
    "Handelingen 2022-2023, nr. 1, item 2 " * 400, "\0", "%2e%2e%2f" * 100,
)  # fmt: skip


@pytest.mark.parametrize("place", ["/ref/", "/dossiers/", "/papers/", "/api/v1/papers/"])
def test_what_is_named(sample_client: FlaskClient, place: str) -> None:
    for name in NAMED:
        answer = asked(sample_client, "GET", place + quote(name, safe=""))
        assert "root:" not in answer.get_data(as_text=True)


@pytest.fixture(scope="module")
def server(location: str) -> Iterator[Served]:
    with served(location) as running:
        yield running
    assert WORD not in "".join(running.log)


HEADS = [
    # (name, values): what none of our pages may stumble over
    ("Range", (b"bytes=", b"bytes=a-b", b"bytes=-0", b"bytes=" + b",".join([b"0-0"] * 3000),
               b"bytes=99999999999999999999-", b"items=0-5", b"bytes=5-2", b"\xff",
               b"bytes=1_0-2_0")),
    ("If-Range", (b"x", b'"a"', b"\xff", b"Thu, 01 Jan 1970 00:00:00 GMT")),
    ("If-None-Match", (b"*", b'"' + b"a" * 20_000, b"," * 9000, b'W/"')),
    ("If-Modified-Since", (b"x", b"Thu, 99 Foo 99999999999999 00:00:00 GMT",
                           b"Thu, 01 Jan 0000 00:00:00 GMT", b"Thu, 01 Jan 99999 00:00:00 GMT")),
    ("Accept", (b"a" * 20_000, b"*/*;q=abc", b"text/html;q=1e999", b"," * 9000, b"text/*;q=nan")),
    ("Accept-Encoding", (b"gzip;q=x", b"*;q=0", b"gzip;q=1e400", b"\xff", b"gzip;q=nan")),
    ("Cookie", (b"a=b; " * 2000, b"\xff\x00")),
    ("Content-Type", (b"multipart/form-data", b"a/b;charset=zz", b"\xff")),
    ("Content-Length", (b"-1", b"1e3", b"+5", b"99999999999999999999", b"0x10")),
    ("Content-Encoding", (b"gzip",)),
    ("Transfer-Encoding", (b"gzip", b"identity", b"xchunked")),
    ("Upgrade", (b"h2c", b"websocket")),
    ("X-Forwarded-For", (b"a" * 9000,)),
    ("Range ", (b"x",)),
    ("", (b"x",)),
    ("A B", (b"x",)),
]  # fmt: skip
PAGES = ("/?q=begroting", f"/ref/{WORD}", "/api/v1/search?q=begroting", "/static/site.css")


@pytest.mark.parametrize(("name", "values"), HEADS, ids=[row[0] for row in HEADS])
def test_heads(server: Served, name: str, values: tuple[bytes, ...]) -> None:
    for value in values:
        for page in PAGES:
            head = f"GET {page} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{name}: ".encode()
            status = send(server.port, head + value + b"\r\n\r\n")[9:12]
            # 501: a way to send that Waitress does not know.
            assert status[:1] in (b"2", b"3", b"4") or status == b"501", (name, value[:40], page)
    assert server.get("/livez")[0] == 200


LINES = [
    # (the first line of a request, the first digits that it may be answered with)
    (b"GET http://elders.example/livez HTTP/1.1", b"2"),
    (b"GET //elders.example/?q=&kind= HTTP/1.1", b"34"),
    (b"GET * HTTP/1.1", b"4"),
    (b"CONNECT elders.example:443 HTTP/1.1", b"4"),
    (b"PROPFIND /livez HTTP/1.1", b"4"),
    (b"G\x00T /livez HTTP/1.1", b"4"),
    (b"get /livez HTTP/1.1", b"4"),
    (b"GET /%zz%00%ff HTTP/1.1", b"4"),
    (b"GET /\xff\xfe HTTP/1.1", b"4"),
    (b"GET /?" + b"&" * 9000 + b" HTTP/1.1", b"2"),
    (b"GET /?" + b"kind=a&" * 3000 + b" HTTP/1.1", b"4"),
    (b"GET /static/../app.py HTTP/1.1", b"4"),
    (b"GET /static/%2e%2e/app.py HTTP/1.1", b"4"),
    (b"GET /static//etc/passwd HTTP/1.1", b"4"),
    (b"GET /static/\\..\\app.py HTTP/1.1", b"4"),
    (b"GET /livez HTTP/1.0", b"2"),
    (b"GET /livez HTTP/2.0", b"2"),  # answered as HTTP/1.0
    (b"GET /livez", b"24"),
    (b"PRI * HTTP/2.0", b"4"),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"4"),
]


@pytest.mark.parametrize(("line", "first"), LINES, ids=[str(row[0][:30]) for row in LINES])
def test_first_lines(server: Served, line: bytes, first: bytes) -> None:
    answer = send(server.port, line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer[9:10] in [first[at : at + 1] for at in range(len(first))], answer[:100]
    assert b"elders.example" not in answer.partition(b"\r\n\r\n")[0]


CHUNKS = [
    # (a chunked body, the first digit of the status)
    (b"5\r\nhallo\r\n0\r\n\r\n", b"4"),
    (b"5;a=b\r\nhallo\r\n0\r\nX: y\r\n\r\n", b"4"),
    (b"zz\r\nhallo\r\n0\r\n\r\n", b"4"),
    (b"-5\r\nhallo\r\n0\r\n\r\n", b"4"),
    (b"0x5\r\nhallo\r\n0\r\n\r\n", b"4"),
    (b"5\nhallo\n0\n\n", b"4"),
]


@pytest.mark.parametrize(("body", "first"), CHUNKS)
def test_chunks(server: Served, body: bytes, first: bytes) -> None:
    """A body in chunks, and behind it a second request that must not be read as one of another."""
    head = b"POST /api/v1/answers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    tail = b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(head + body + tail)
        assert connection.recv(65536)[9:10] == first
    assert server.get("/livez")[0] == 200
