"""Requests with a `Host` that can be no name: refused as any other, and not in the log."""

from __future__ import annotations

import json
import logging

import pytest

from search_app.app import HEADERS, create_app
from search_app.serving.journal import JsonLines
from search_app.settings import Settings
from search_app.web.hosts import is_host
from tests.search_app.addresses import ROUTES
from tests.search_app.served import served
from tests.search_app.serving.test_operation import WORD, send

GOOD = (
    "localhost", "zoek.example.nl", "zoek.example.nl.", "zoek.example.nl:8000", "127.0.0.1:80",
    "[::1]", "[::1]:8000", "xn--bcher-kva.example", "a_b.example",
)  # fmt: skip
BAD = (
    "..", "a..b", "x" * 64, "x" * 20_000, "a b", "a, b", 'a"><script>x</script>', "a/b", "a?b",
    "a#b", "jan@a", "a:b", "a:123456", "[::1", "a\\b", "a%00b", "bücher.example",
    ".".join(["ab"] * 100), "a:", "'", "-" * 254,
)  # fmt: skip


@pytest.mark.parametrize("host", GOOD)
def test_a_name_is_one(host: str) -> None:
    assert is_host(host)


@pytest.mark.parametrize("host", BAD, ids=lambda text: text[:20])
def test_what_is_no_name_is_refused_on_every_route(location: str, host: str) -> None:
    assert not is_host(host)
    client = create_app(Settings(index=location)).test_client()
    name = host.encode().decode("latin-1")
    for asked in ROUTES.values():
        answer = asked.of(client, headers={"Host": name})
        assert answer.status_code == 400, asked
        assert "Host" in answer.get_data(as_text=True)
        assert all(answer.headers[header] == value for header, value in HEADERS.items())
        assert "<script>x" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("hops", ["0", "1"])
def test_a_server_refuses_them_and_logs_no_address(location: str, hops: str) -> None:
    name = "X-Forwarded-Host" if hops == "1" else "Host"
    with served(location, proxy_hops=hops) as server:
        for host in BAD:
            if not host.isascii():
                continue
            answer = send(
                server.port,
                f"GET /ref/{WORD} HTTP/1.1\r\n{name}: {host}\r\nConnection: close\r\n\r\n".encode(),
            )
            # Of a proxy's list a part that is no word is nothing said, and so believed to be none.
            fine = (b"400", b"404") if hops == "1" else (b"400",)
            assert answer[9:12] in fine, (host[:30], answer[:60])
        twice = f"GET /ref/{WORD} HTTP/1.1\r\n{name}: a\r\n{name}: b\r\nConnection: close\r\n\r\n"
        # A proxy's header is a list, and the last of it is believed.
        assert send(server.port, twice.encode())[9:12] == (b"404" if hops == "1" else b"400")
        assert send(server.port, b"GET /livez HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 200")
    rows = [json.loads(line) for line in server.log]
    told = [row["status"] for row in rows if "status" in row]  # others: that a request waited
    assert told
    assert set(told) <= {200, 400, 404}
    assert WORD not in "".join(server.log)


MESSAGES = [
    # (logger, message, arguments)
    ("waitress", f"Exception while serving /ref/{WORD}", None),
    ("search_app.app", "Exception on %s [%s]", (f"/{WORD}\nx", "GET")),
]


@pytest.mark.parametrize(("name", "told", "arguments"), MESSAGES)
def test_messages_of_the_server_lose_the_address(
    name: str, told: str, arguments: tuple[str, ...] | None
) -> None:
    record = logging.LogRecord(name, logging.ERROR, "", 1, told, arguments, None)
    assert WORD not in JsonLines(queries=False).format(record)
    assert WORD in JsonLines(queries=True).format(record)
