"""Visitors who send or read slowly, or ask for what is slow: the others are answered meanwhile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from indexer.analysis.tables import EMPTY
from indexer.engine.locate import engine_for
from indexer.paper_json import content_hash
from search_app.errors import BusyError
from search_app.serving.crowd import SPARE, Crowd
from search_app.serving.pace import LEAST_BYTES, WINDOW_SECONDS, Pace
from tests.search_app.conftest import PAPERS
from tests.search_app.served import Served, served

PAPER = PAPERS[0].id
LARGE = 40_000_000
"""Bytes: more than Waitress and the kernel keep for a visitor who does not read."""
QUICK = "import search_app.serving.pace as pace\npace.WINDOW_SECONDS = 1.0"


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return an index whose first paper has a large PDF."""
    folder: Path = tmp_path_factory.mktemp("traag")
    (folder / "groot.pdf").write_bytes(b"%PDF-1.7\n" + bytes(LARGE))
    writer = engine_for(str(folder / "index")).writer(str(folder / "index"), EMPTY)
    writer.add(PAPERS[0], content_hash(PAPERS[0]), folder / "groot.pdf")
    list(writer.publish())
    return str(folder / "index")


@pytest.fixture
def held() -> Iterator[ExitStack]:
    """Return what keeps connections open until the end of a test."""
    with ExitStack() as stack:
        yield stack


def ask(server: Served, held: ExitStack, raw: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    held.enter_context(connection)
    connection.sendall(raw)
    return connection


def answers(server: Served, seconds: float = 5.0) -> bool:
    start = time.monotonic()
    return server.get("/livez")[0] == 200 and time.monotonic() - start < seconds


@pytest.mark.parametrize("part", [b"", b"Range: bytes=0-\r\n"], ids=["whole", "part"])
def test_readers_of_a_large_pdf_who_read_nothing_keep_no_thread(
    location: str, held: ExitStack, part: bytes
) -> None:
    raw = f"GET /papers/{PAPER}/pdf HTTP/1.1\r\nHost: x\r\n".encode() + part + b"\r\n"
    with served(location, threads="2") as server:
        for _ in range(4):
            ask(server, held, raw)
        time.sleep(0.5)
        assert answers(server)


RANGES = [
    # (asked, first byte, number of bytes)
    ("bytes=0-0", 0, 1),
    ("bytes=5-8", 5, 4),
    ("bytes=-7", LARGE + 2, 7),
    (f"bytes={LARGE}-", LARGE, 9),
    ("bytes=1-20000000", 1, 20_000_000),
]


def test_parts_of_a_pdf_are_what_was_asked_for(location: str) -> None:
    whole = b"%PDF-1.7\n" + bytes(LARGE)
    with served(location) as server:
        for asked, first, count in RANGES:
            headers = {"Range": asked}
            status, told, body = server.ask("GET", f"/papers/{PAPER}/pdf", None, headers)
            assert (status, len(body)) == (206, count), asked
            assert body == whole[first : first + count], asked
            assert told["Content-Range"] == f"bytes {first}-{first + count - 1}/{len(whole)}"
            assert told["Content-Length"] == str(count)
            status, told, body = server.ask("HEAD", f"/papers/{PAPER}/pdf", None, headers)
            assert (status, body, told["Content-Length"]) == (206, b"", str(count)), asked


def is_closed(connection: socket.socket) -> bool:
    """Tell whether the other side closed; what it sent before is read."""
    try:
        while connection.recv(1 << 20):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


SLOW = [
    # (what is sent first, then again and again)
    (b"GET /livez HTTP/1.1\r\nHost: x\r\n", b"X-A: b\r\n"),
    (b"GET /livez HTT", b""),
    (b"POST /antwoorden HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n", b"x"),
    (b"POST /antwoorden HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
]


@pytest.mark.parametrize(("begin", "more"), SLOW)
def test_who_sends_a_byte_now_and_then_is_closed(
    location: str, held: ExitStack, begin: bytes, more: bytes
) -> None:
    with served(location, QUICK) as server:
        connection = ask(server, held, begin)
        connection.settimeout(0.3)
        for _ in range(30):
            try:
                connection.sendall(more)
            except ConnectionError:
                break
            if is_closed(connection):
                break
        else:
            pytest.fail("it was kept for nine seconds")
        assert answers(server)


def test_who_reads_nothing_is_closed_and_his_thread_is_free(location: str, held: ExitStack) -> None:
    """What a thread writes itself, as fast as the visitor reads: an export, here of a page."""
    endless = (
        "import search_app.web.pages as pages\n"
        "from flask import Response\n"
        "import search_app.app as app\n"
        "make = app.create_app\n"
        "def create(*a, **b):\n"
        "    made = make(*a, **b)\n"
        "    made.view_functions['pages.manual_page'] = lambda: Response(bytes(65536)\n"
        "        for _ in range(1000))\n"
        "    return made\n"
        "import search_app.cli as cli\n"
        "cli.create_app = create\n"
    )
    raw = b"GET /uitleg HTTP/1.1\r\nHost: x\r\n\r\n"
    with served(location, QUICK + "\n" + endless, threads="2") as server:
        for _ in range(2):
            ask(server, held, raw)
        start = time.monotonic()
        assert server.get("/livez")[0] == 200
        assert time.monotonic() - start < 15  # both threads were kept until they were closed
        assert len(server.get("/uitleg")[2]) == 1000 * 65536  # who reads gets it whole


def test_who_waits_for_his_answer_is_not_closed(location: str) -> None:
    slow = "import time, search_app.web.answerpages as pages\nreal = pages.read_upload\n"
    slow += "pages.read_upload = lambda data: (time.sleep(4), real(data))[1]"
    with served(location, f"{QUICK}\n{slow}") as server:
        status, _, page = upload(server)
    assert (status, b"begroting" in page) == (200, True)


def upload(server: Served) -> tuple[int, object, bytes]:
    head = b'Content-Disposition: form-data; name="bestand"; filename="vragen.txt"'
    parts = [b"--grens", head, b"", b"1. Waarom daalt de begroting?", b"--grens--", b""]
    kind = {"Content-Type": "multipart/form-data; boundary=grens"}
    return server.ask("POST", "/antwoorden", b"\r\n".join(parts), kind)


def test_a_crowd_with_slow_files_leaves_threads_for_others(location: str) -> None:
    """Twelve files that take seconds each, on four threads; others wait for none of them."""
    slow = "import time, search_app.web.answerpages as pages\nreal = pages.read_upload\n"
    slow += "pages.read_upload = lambda data: (time.sleep(3), real(data))[1]"
    statuses: list[int] = []
    with served(location, slow, threads="4") as server:
        crowd = [
            threading.Thread(target=lambda: statuses.append(upload(server)[0])) for _ in "x" * 12
        ]
        for thread in crowd:
            thread.start()
        time.sleep(1)
        waited = []
        for _ in range(5):
            start = time.monotonic()
            assert server.get("/readyz")[0] == server.get("/?q=begroting")[0] == 200
            waited.append(time.monotonic() - start)
        for thread in crowd:
            thread.join()
        assert max(waited) < 2
        assert sorted(set(statuses)) == [200, 503]
        assert upload(server)[0] == 200


def test_a_crowd_is_all_threads_but_some() -> None:
    crowd = Crowd(SPARE + 2)
    ended: list[str] = []

    def come() -> None:
        try:
            with crowd.joined():
                ended.append("in")
        except BusyError:
            ended.append("told")

    def other() -> None:
        thread = threading.Thread(target=come)
        thread.start()
        thread.join()

    with crowd.joined(), crowd.joined():  # within, it is one
        other()
        with crowd.joined():
            other()
    assert ended == ["in", "in"]
    with ExitStack() as stack:
        inside = [threading.Event() for _ in range(2)]
        leave = threading.Event()

        def stay(event: threading.Event) -> None:
            with crowd.joined():
                event.set()
                leave.wait(20)

        threads = [threading.Thread(target=stay, args=(event,)) for event in inside]
        stack.callback(leave.set)
        for thread, event in zip(threads, inside, strict=True):
            thread.start()
            assert event.wait(20)
        other()
        leave.set()
        for thread in threads:
            thread.join()
    other()
    assert ended == ["in", "in", "told", "in"]


PACES = [
    # (seconds between looks, bytes moved between looks, busy, closed at some look)
    (WINDOW_SECONDS, LEAST_BYTES, True, False),
    (WINDOW_SECONDS, LEAST_BYTES - 1, True, True),
    (1.0, 0, True, True),
    (1.0, LEAST_BYTES // 30 + 64, True, False),
    (1.0, LEAST_BYTES // 30 - 64, True, True),
    (1.0, 0, False, False),
    (1.0, 1, False, False),
]


@pytest.mark.parametrize(("seconds", "count", "busy", "closed"), PACES)
def test_what_moves_enough(seconds: float, count: int, busy: bool, closed: bool) -> None:
    now = 0.0
    pace = Pace(lambda: now)
    seen = []
    for _ in range(100):
        now += seconds
        pace.move(count)
        seen.append(pace.is_stuck(is_busy=busy))
    assert any(seen) is closed


def test_who_was_silent_has_a_whole_window_from_then_on() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    for _ in range(100):
        now += 10
        assert not pace.is_stuck(is_busy=False)
    now += WINDOW_SECONDS - 1
    assert not pace.is_stuck(is_busy=True)
    now += 1
    assert pace.is_stuck(is_busy=True)
