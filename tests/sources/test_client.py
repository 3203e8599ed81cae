"""Polite HTTP: the budget, retries, robots, redirects, bodies, and what is said of each fault."""

from __future__ import annotations

import socket
from email.utils import format_datetime

import pytest

from indexer.sources.client import Client, Validators
from indexer.sources.endpoints import Endpoints, origin_of, with_changes
from indexer.sources.errors import FetchError, SourceDownError, StopError
from indexer.sources.manners import Manners, checked_contact
from tests.sources.site import QuickClock, Reply, Seen, Site


def reason(client: Client, url: str) -> str:
    with pytest.raises(FetchError) as told:
        client.file(url)
    assert str(told.value).endswith(".")
    return told.value.reason


def test_says_who_and_why(site: Site, client: Client) -> None:
    site.put("/ob/a.pdf", b"ja")
    assert client.file(f"{site.base}/ob/a.pdf").body == b"ja"
    agent = site.asked("/ob/a.pdf")[0].headers["user-agent"]
    assert agent.startswith("Kamerzoek/")
    assert "zoekmachine voor Kamerstukken" in agent
    assert "contact: post@voorbeeld.nl" in agent


def test_ten_requests_in_thirty_seconds(site: Site, client: Client, clock: QuickClock) -> None:
    sent: list[float] = []

    def answer(_: Seen) -> Reply:
        sent.append(clock.passed)
        return Reply(b"ja")

    site.routes |= {"/robots.txt": answer, "/ob/a.pdf": answer}
    for _ in range(25):  # with robots.txt 26 requests
        client.file(f"{site.base}/ob/a.pdf")
    assert len(sent) == client.budget.spent == 26
    assert all(later - first >= 30 for first, later in zip(sent, sent[10:], strict=False))
    assert round(sum(clock.naps)) == 60  # and no more is waited than is needed


def test_waits_as_long_as_the_source_asks(site: Site, client: Client, clock: QuickClock) -> None:
    site.put("/ob/a.pdf", Reply(status=429, headers={"Retry-After": "17"}), Reply(b"ja"))
    assert client.file(f"{site.base}/ob/a.pdf").body == b"ja"
    assert 17.0 in clock.naps


def test_does_not_go_on_when_the_source_asks_for_long(site: Site, client: Client) -> None:
    site.put("/ob/a.pdf", Reply(status=503, headers={"Retry-After": "90000"}))
    with pytest.raises(SourceDownError, match="90000 seconden"):
        client.file(f"{site.base}/ob/a.pdf")
    assert len(site.asked("/ob/a.pdf")) == 1


@pytest.mark.parametrize("asked", ["straks", "-5", "", format_datetime(QuickClock().start)])
def test_an_unusable_retry_after_is_a_back_off(
    site: Site, client: Client, clock: QuickClock, asked: str
) -> None:
    site.put("/sru", Reply(status=429, headers={"Retry-After": asked}), Reply(b"ja"))
    assert client.page(f"{site.base}/sru").body == b"ja"
    assert len(site.asked("/sru")) == 2


def test_backs_off_twice_as_long_each_time(site: Site, client: Client, clock: QuickClock) -> None:
    site.put("/sru", Reply(status=502))
    with pytest.raises(SourceDownError, match="dezelfde opdracht gaat verder"):
        client.page(f"{site.base}/sru")
    assert len(site.asked("/sru")) == 5
    waits = [nap for nap in clock.naps if nap > 0]
    assert len(waits) == 4
    assert all(0.7 * 2**n <= wait <= 2**n for n, wait in enumerate(waits, 1))


STATUSES = [
    # (status, reason, whether it is asked again)
    (404, "niet gevonden", False),
    (410, "niet gevonden", False),
    (400, "geweigerd", False),
    (403, "geweigerd", False),
    (500, "storing", True),
]


@pytest.mark.parametrize(("status", "word", "again"), STATUSES)
def test_statuses(site: Site, client: Client, status: int, word: str, again: bool) -> None:
    site.put("/ob/a.pdf", Reply(status=status))
    assert reason(client, f"{site.base}/ob/a.pdf") == word
    assert (len(site.asked("/ob/a.pdf")) > 1) is again


def test_a_file_that_did_not_change(site: Site, client: Client) -> None:
    def answer(seen: Seen) -> Reply:
        given = {"ETag": '"x1"', "Last-Modified": "Fri, 20 Nov 2026 08:00:00 GMT"}
        if seen.headers.get("if-none-match") == '"x1"':
            return Reply(status=304)
        return Reply(b"ja", headers=given)

    site.routes["/ob/a.pdf"] = answer
    first = client.file(f"{site.base}/ob/a.pdf")
    assert first.validators == Validators('"x1"', "Fri, 20 Nov 2026 08:00:00 GMT")
    second = client.file(f"{site.base}/ob/a.pdf", first.validators)
    assert second.unchanged
    assert site.asked("/ob/a.pdf")[1].headers["if-modified-since"].startswith("Fri, 20 Nov")


def test_a_body_that_breaks_off_is_read_again(site: Site, client: Client) -> None:
    site.put("/ob/a.pdf", Reply(b"0123456789", cut=4), Reply(b"0123456789"))
    assert client.file(f"{site.base}/ob/a.pdf").body == b"0123456789"


def test_a_body_that_always_breaks_off(site: Site, client: Client) -> None:
    site.put("/ob/a.pdf", Reply(b"0123456789", cut=4))
    assert reason(client, f"{site.base}/ob/a.pdf") == "afgebroken"
    assert len(site.asked("/ob/a.pdf")) == 3


def test_redirects_within_the_sources(site: Site, client: Client) -> None:
    site.put("/ob/a.pdf", Reply(status=302, headers={"Location": f"{site.base}/frbr/b.pdf"}))
    site.put("/frbr/b.pdf", b"ja")
    assert client.file(f"{site.base}/ob/a.pdf").url == f"{site.base}/frbr/b.pdf"


OUTSIDE = [
    "http://localhost:{port}/b.pdf",  # another name of the same machine
    "https://127.0.0.1:{port}/b.pdf",
    "http://127.0.0.1:1/b.pdf",
    "//voorbeeld.nl/b.pdf",
    "file:///etc/passwd",
    "http://127.0.0.1:{port}@voorbeeld.nl/b.pdf",
]


@pytest.mark.parametrize("target", OUTSIDE)
def test_redirects_out_of_the_sources_are_refused(site: Site, client: Client, target: str) -> None:
    port = site.base.rpartition(":")[2]
    site.put("/ob/a.pdf", Reply(status=302, headers={"Location": target.format(port=port)}))
    with pytest.raises(FetchError) as told:
        client.file(f"{site.base}/ob/a.pdf")
    assert told.value.reason in ("omleiding geweigerd", "geen verbinding")
    assert site.paths == ["/ob/a.pdf"]  # and no robots.txt of the other either


def test_redirects_that_go_round(site: Site, client: Client) -> None:
    site.put("/ob/a.pdf", Reply(status=302, headers={"Location": "/ob/a.pdf"}))
    assert reason(client, f"{site.base}/ob/a.pdf") == "omleiding"


def test_addresses_of_no_source(site: Site, client: Client) -> None:
    for url in ("http://voorbeeld.nl/a.pdf", "file:///etc/passwd", "a.pdf", "http://[::1/x"):
        assert reason(client, url) == "adres geweigerd"
    assert site.seen == []


ROBOTS = [
    # (robots.txt, whether /ob/a.pdf may be fetched)
    (b"User-agent: *\nDisallow: /ob/", False),
    (b"User-agent: Kamerzoek\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
    (b"User-agent: *\nDisallow: /zoeken", True),
    (b"", True),
    (b"<html>geen robots</html>", True),
]


@pytest.mark.parametrize(("text", "allowed"), ROBOTS)
def test_robots(site: Site, client: Client, text: bytes, allowed: bool) -> None:
    site.put("/robots.txt", text)
    site.put("/ob/a.pdf", b"ja")
    if allowed:
        assert client.file(f"{site.base}/ob/a.pdf").body == b"ja"
    else:
        assert reason(client, f"{site.base}/ob/a.pdf") == "robots"
        assert site.paths == []
    assert len(site.asked("/robots.txt")) == 1


def test_the_pause_that_robots_ask(site: Site, client: Client, clock: QuickClock) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 7\nDisallow: /geheim")
    site.put("/ob/a.pdf", b"ja")
    for _ in range(3):
        client.file(f"{site.base}/ob/a.pdf")
    assert [round(nap) for nap in clock.naps] == [7, 7, 7]


def test_robots_that_cannot_be_read(site: Site, clock: QuickClock) -> None:
    """Nothing is fetched then (RFC 9309, 2.3.1.4), unless the host allowed it."""
    site.put("/robots.txt", Reply(status=500))
    site.put("/ob/a.pdf", b"ja")
    with Client(site.endpoints, Manners(), clock) as client:
        assert reason(client, f"{site.base}/ob/a.pdf") == "robots"
    trusted = Manners(without_robots=frozenset({"127.0.0.1"}))
    with Client(site.endpoints, trusted, clock) as client:
        assert client.file(f"{site.base}/ob/a.pdf").body == b"ja"


def test_nobody_there(clock: QuickClock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        trusted = Manners(without_robots=frozenset({"127.0.0.1"}))
        with Client(Endpoints(sru=base), trusted, clock) as client:
            assert reason(client, f"{base}/x") == "geen verbinding"


def test_the_trace_tells_all(site: Site, clock: QuickClock) -> None:
    site.put("/sru", Reply(status=503), Reply(b"<a/>", media="text/xml"))
    site.put("/ob/a.pdf", Reply(b'{"Message":"kapot"}', 403))
    told: list[str] = []
    with Client(site.endpoints, Manners(), clock, told.append) as client:
        client.page(f"{site.base}/sru", {"query": "dt.title=x"})
        assert reason(client, f"{site.base}/ob/a.pdf") == "geweigerd"
    text = "\n".join(told)
    for part in (
        "> GET",
        "query=dt.title%3Dx",
        "< 503",
        "< 200",
        "user-agent",
        "4 bytes: <a/>",
        "kapot",
    ):
        assert part in text


def test_endpoints() -> None:
    changed = with_changes(Endpoints(), ("sru=http://127.0.0.1:9/x/",))
    assert changed.sru == "http://127.0.0.1:9/x"
    assert ("http", "127.0.0.1", 9) in changed.origins
    for wrong in ("sru", "sru=ftp://x", "iets=http://x", "sru=http://a:b@x"):
        with pytest.raises(StopError, match="NAAM=URL"):
            with_changes(Endpoints(), (wrong,))
    assert origin_of("https://Voorbeeld.NL/x") == ("https", "voorbeeld.nl", 443)


SECURED = [
    # (an address in a record, the address that is asked)
    ("http://repository.overheid.nl/frbr/x.pdf", "https://repository.overheid.nl/frbr/x.pdf"),
    ("https://repository.overheid.nl/x", "https://repository.overheid.nl/x"),
    ("http://voorbeeld.nl/x", "http://voorbeeld.nl/x"),
    ("http://repository.overheid.nl:8080/x", "http://repository.overheid.nl:8080/x"),
    ("http://a@repository.overheid.nl/x", "http://a@repository.overheid.nl/x"),
]


@pytest.mark.parametrize(("url", "asked"), SECURED)
def test_old_addresses_are_asked_by_https(url: str, asked: str) -> None:
    assert Endpoints().secured(url) == asked


def test_contact() -> None:
    assert checked_contact("post@voorbeeld.nl") == "post@voorbeeld.nl"
    for wrong in ("a\r\nX-Kwaad: ja", "é@x.nl", "a b"):
        with pytest.raises(StopError):
            checked_contact(wrong)
