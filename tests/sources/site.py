"""A server on this machine that answers what a test says, also wrongly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from indexer.sources.endpoints import Endpoints


@dataclass(frozen=True)
class Seen:
    """A request: its path, its query with one value a name, its headers."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """An answer. `cut` bytes are not sent; without `length` it is not said how many there are."""

    body: bytes = b""
    status: int = 200
    media: str = "application/octet-stream"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0
    length: bool = True


Answerer = Callable[[Seen], Reply]
MISSING = Reply(b'{"error":"not found"}', 404, "application/json")


class Site:
    """What the server answers, by path; a list of replies is given one after the other."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.seen: list[Seen] = []
        self.routes: dict[str, Answerer] = {}

    def put(self, path: str, *replies: Reply | bytes) -> None:
        """Answer a path with replies in turn, the last one for ever."""
        left = [r if isinstance(r, Reply) else Reply(r) for r in replies]
        self.routes[path] = lambda _: left.pop(0) if len(left) > 1 else left[0]

    def drop(self, path: str) -> None:
        """Have nothing at a path any more."""
        del self.routes[path]

    def asked(self, path: str) -> list[Seen]:
        """Return the requests for a path."""
        return [seen for seen in self.seen if seen.path == path]

    @property
    def paths(self) -> list[str]:
        """Return the paths that were asked, robots.txt left out."""
        return [seen.path for seen in self.seen if seen.path != "/robots.txt"]

    def answer(self, seen: Seen) -> Reply:
        """Return what a test said."""
        self.seen.append(seen)
        answerer = self.routes.get(seen.path)
        return answerer(seen) if answerer else MISSING

    @property
    def endpoints(self) -> Endpoints:
        """Return the addresses of all sources, on this server."""
        return Endpoints(
            syncfeed=f"{self.base}/SyncFeed/2.0",
            odata=f"{self.base}/OData/v4/2.0",
            sru=f"{self.base}/sru",
            publications=f"{self.base}/ob",
            repository=f"{self.base}/frbr",
            kamer=f"{self.base}/kamer",
        )

    @property
    def options(self) -> list[str]:
        """Return the same as options of a command."""
        names = ("syncfeed", "odata", "sru", "publications", "repository", "kamer")
        pairs = ((name, getattr(self.endpoints, name)) for name in names)
        return [f"--endpoint={name}={url}" for name, url in pairs]


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site on a free port until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"  # a connection each, so that none is left open

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.site.answer(Seen(parts.path, query, headers))  # type: ignore[attr-defined]
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.length and reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[: len(reply.body) - reply.cut])

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class QuickClock:
    """A clock on which waiting takes no time; `naps` are what was waited."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.naps: list[float] = []
        self.start = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        self.on_sleep: Callable[[float], None] = lambda _: None

    def seconds(self) -> float:
        self.passed += 0.001
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.passed += seconds
        self.on_sleep(seconds)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)
