"""For who keeps it running: numbers, log lines, readiness, a stop that finishes."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import signal
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from indexer.engine.publishing import generation
from search_app.app import HEADERS, create_app
from search_app.errors import SettingsError
from search_app.serving import journal
from search_app.serving.draining import draining
from search_app.settings import Settings, read_settings
from tests.search_app.addresses import ROUTES
from tests.search_app.answers.test_uploads import paragraph, word
from tests.search_app.served import served

WORD = "geheimzinnigewoorden"


def numbers(client: FlaskClient) -> dict[str, float]:
    """Return the samples of `/metrics`: name with labels → value."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return {
        sample.name + "".join(f" {value}" for _, value in sorted(sample.labels.items())): (
            sample.value
        )
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def test_numbers_before_an_index_is_open(location: str) -> None:
    found = numbers(create_app(Settings(index=location)).test_client())
    assert found["kamerzoek_index_open"] == 0
    assert not any(name.startswith("kamerzoek_index_info") for name in found)


def test_numbers_count_requests_searches_and_the_index(client: FlaskClient) -> None:
    for typed in ("begroting", "begroting", WORD, "a*"):
        client.get("/", query_string={"q": typed})
    client.get(f"/papers/{WORD}")
    client.get(f"/{WORD}")
    client.open("/", method=WORD.upper())
    found = numbers(client)
    assert found["kamerzoek_searches_total found"] == 2
    assert found["kamerzoek_searches_total nothing"] == 1
    assert found["kamerzoek_searches_total refused"] == 1
    assert found["kamerzoek_search_seconds_count"] == 3
    assert found["kamerzoek_requests_total GET / 200"] == 3
    assert found["kamerzoek_requests_total GET / 400"] == 1
    assert found["kamerzoek_requests_total GET anders 404"] == 1
    assert found["kamerzoek_index_open"] == 1
    assert found["kamerzoek_index_papers"] == 2
    assert found["kamerzoek_index_open_failures"] == 0
    assert 0 <= found["kamerzoek_index_age_seconds"] < 3600
    assert any(name.startswith("kamerzoek_index_info g2") for name in found)
    assert WORD not in " ".join(found).casefold()


def test_an_index_that_cannot_be_opened_is_counted_and_the_old_one_answers(
    tmp_path: Path, publish_papers: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_app.serving.holder.CHECK_SECONDS", 0.0)
    first = publish_papers(tmp_path)
    client = create_app(Settings(index=str(tmp_path))).test_client()
    assert client.get("/readyz").status_code == 200
    second = publish_papers(tmp_path)
    for part in sorted((tmp_path / "generations" / second / "whoosh").iterdir()):
        part.write_bytes(b"\xff" * part.stat().st_size)  # as large as it was: the sizes are right
    answer = client.get("/api/v1/search?q=begroting")
    assert answer.status_code == 200
    assert answer.get_json()["generation"] == first
    assert numbers(client)["kamerzoek_index_open_failures"] >= 1


def test_a_damaged_pointer_keeps_the_old_index_answering(
    tmp_path: Path, publish_papers: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_app.serving.holder.CHECK_SECONDS", 0.0)
    name = publish_papers(tmp_path)
    client = create_app(Settings(index=str(tmp_path))).test_client()
    assert client.get("/readyz").status_code == 200
    (tmp_path / generation.POINTER).write_bytes(b"\x00" * 20)
    assert client.get("/readyz").headers["Kamerzoek-Generation"] == name


def test_ready_only_with_an_index_and_not_while_stopping(
    tmp_path: Path, publish_papers: Callable[[Path], str]
) -> None:
    app = create_app(Settings(index=str(tmp_path)))
    client = app.test_client()
    assert client.get("/readyz").status_code == 503
    publish_papers(tmp_path)
    assert client.get("/readyz").status_code == 200
    draining(app).set()
    assert client.get("/readyz").status_code == 503
    assert client.get("/livez").status_code == 200
    assert client.get("/?q=begroting").status_code == 200  # what comes in still gets its answer


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """Return what gives the log so far; the parameter says whether queries may be in it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(journal.JsonLines(queries=request.param))
    logger = logging.getLogger(journal.NAME)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(before)


def visit(app: Flask) -> None:
    """Visit everything that takes words, also when it breaks over them."""
    client = app.test_client()
    for address in (
        f"/?q={WORD}",
        f"/papers/{WORD}",
        f"/ref/{WORD}",
        f"/{WORD}",
        f"/?{WORD}=1",
        f"/api/v1/search?q={WORD}&kind={WORD}",
        f"/dossiers/{WORD}",
    ):
        client.get(address)
    app.view_functions["pages.manual_page"] = breaks
    assert client.get("/uitleg").status_code == 500


def breaks() -> str:
    """Raise an error that quotes what was typed, as a fault of ours might."""
    raise KeyError(WORD)


@pytest.mark.parametrize("lines", [False], indirect=True)
def test_the_log_tells_what_happened_and_not_what_was_asked(
    location: str, lines: Callable[[], list[dict[str, object]]]
) -> None:
    visit(create_app(Settings(index=location)))
    rows = lines()
    assert WORD not in json.dumps(rows).casefold()
    answered = [row for row in rows if row["logger"] == "search_app.requests"]
    assert {"time", "level", "route", "method", "status", "ms", "generation"} <= answered[0].keys()
    assert {row["route"] for row in answered} >= {"/", "/papers/<anything:paper_id>", "anders"}
    (fault,) = [row for row in rows if "fault" in row]
    assert fault["fault"]["type"] == "builtins.KeyError"  # type: ignore[index]
    assert "test_operation.py" in fault["fault"]["trace"][-1]  # type: ignore[index]


@pytest.mark.parametrize("lines", [False], indirect=True)
def test_no_route_logs_what_was_asked(
    location: str, lines: Callable[[], list[dict[str, object]]]
) -> None:
    """Every route of the application, when it answers, refuses and breaks."""
    app = create_app(Settings(index=location))
    client = app.test_client()
    for asked in ROUTES.values():
        sign = "&" if "?" in asked.address else "?"
        asked.of(client, f"{sign}q={WORD}")
        asked.of(client, f"{sign}{WORD}=1")
        client.get(f"{asked.address.partition('?')[0]}/{WORD}")
        client.post(asked.address, data={"vraag": WORD, WORD: "1"}, json=None)
    for name in ROUTES:
        app.view_functions[name] = breaks_with
    for asked in ROUTES.values():
        assert (
            asked.of(client, f"{'&' if '?' in asked.address else '?'}q={WORD}").status_code == 500
        )
    rows = lines()
    assert sum("fault" in row for row in rows) == len(ROUTES)
    assert WORD not in json.dumps(rows).casefold()


def breaks_with(**_: object) -> str:
    """Break with the word in the error and in the one before it."""
    try:
        breaks()
    except KeyError as error:
        raise ValueError(WORD) from error
    return ""


@pytest.mark.parametrize("lines", [True], indirect=True)
def test_an_operator_can_have_the_words_in_it(
    location: str, lines: Callable[[], list[dict[str, object]]]
) -> None:
    create_app(Settings(index=location)).test_client().get(f"/?q={WORD}")
    assert lines()[-1]["query"] == f"/?q={WORD}"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("LOG", "alles", "verzoeken of fouten"),
        ("LOG_QUERIES", "ja", "van 0 tot 1"),
        ("SEARCH_SECONDS", "0", "van 1 tot 60"),
        ("STOP_SECONDS", "-1", "van 0 tot 600"),
    ],
)
def test_a_setting_that_cannot_be_is_named(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError, match=f"KAMERZOEK_{name} .*{told}"):
        read_settings({f"KAMERZOEK_{name}": value})


def test_the_server_logs_json_answers_what_is_no_http_and_stops(location: str) -> None:
    with served(location) as server:
        status, headers, _ = server.get(f"/?q={WORD}")
        assert status == 200
        assert "Server" not in headers
        for raw in (
            b"GET / HTTP/9.9 \x00\r\n\r\n",
            b"NO SENSE\r\n\r\n",
            b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            b"GET /" + b"a" * 33_000 + b" HTTP/1.1\r\n\r\n",
            b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n\r\n",
        ):
            answer = send(server.port, raw)
            assert answer.startswith((b"HTTP/1.0 4", b"HTTP/1.1 4")), (raw[:40], answer[:80])
            for name in HEADERS:
                assert name.encode() in answer, (raw[:40], name)
        assert server.get("/readyz")[0] == 200
        assert server.stop() == 0
    rows = [json.loads(line) for line in server.log]
    assert [row["route"] for row in rows if row.get("status") == 200] == ["/"]
    assert WORD not in "".join(server.log)


@pytest.mark.parametrize("megabytes", [1, 9])
def test_a_server_takes_the_files_that_the_page_promises(location: str, megabytes: int) -> None:
    """Waitress had a limit of its own, far under that of the page."""
    made = io.BytesIO(word(paragraph("1. Waarom daalt de begroting?")))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/media/image1.png", os.urandom(megabytes * 1024**2))
    head = 'Content-Disposition: form-data; name="bestand"; filename="vragen.docx"'
    body = b"\r\n".join([b"--grens", head.encode(), b"", made.getvalue(), b"--grens--", b""])
    kind = {"Content-Type": "multipart/form-data; boundary=grens"}
    with served(location) as server:
        status, headers, page = server.ask("POST", "/antwoorden", body, kind)
    assert (status, b"begroting" in page) == (200, True), page[:3000]
    assert headers["Cache-Control"] == "no-store"


def test_who_sends_too_much_is_told_in_dutch(location: str) -> None:
    head = b"POST /antwoorden HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n"
    with served(location) as server:
        answer = send(server.port, head).decode()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "Het bestand is groter dan 10 MB. Plak de tekst" in answer
    assert "generated by" not in answer


def send(port: int, raw: bytes) -> bytes:
    """Send bytes and return what comes back before the server closes the connection."""
    parts = []
    with (
        socket.create_connection(("127.0.0.1", port), timeout=20) as connection,
        contextlib.suppress(ConnectionResetError),  # it does not read on after a refusal
    ):
        connection.sendall(raw)
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_finishes_what_was_begun_and_takes_nothing_new(
    location: str, sign: signal.Signals
) -> None:
    with served(location) as server:
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        connection.sendall(b"GET /?q=begroting HTTP/1.1\r\nHost: x\r\n")  # not whole yet
        time.sleep(0.3)
        stopped = threading.Thread(target=server.stop, args=(sign,))
        stopped.start()
        assert refused(server.port)
        connection.sendall(b"Connection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
        connection.close()
        stopped.join(timeout=30)
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.rstrip().endswith(b"</html>")
        assert server.process.returncode == 0


def refused(port: int) -> bool:
    """Wait until no new connection is taken."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return True
        time.sleep(0.05)
    return False
