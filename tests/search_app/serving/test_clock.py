"""Every route by the clock, in the threads of a server: what takes too long ends, and says so.

The index answers as it is, but each search goes on until it is stopped. A route that searches and
is not stopped in time fails here, also one that is added later.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
import waitress

from indexer.engine import deadline
from indexer.engine.errors import DeadlineError
from indexer.engine.locate import engine_for
from search_app.app import create_app
from search_app.serving.crowd import Crowd
from search_app.serving.gate import Gate
from search_app.serving.guard import GuardedIndex
from search_app.serving.holder import IndexHolder
from search_app.settings import Settings
from tests.conftest import Built
from tests.search_app.addresses import ROUTES, Asked
from tests.search_app.serving.test_limits import Slow

STEP = 0.05
SLACK = 1.5
"""Seconds for all else that a route does, on a machine that is busy."""
SEARCH_SECONDS, THREADS = 1, 4
NEVER = {
    "static", "operation.alive", "operation.ready", "operation.numbers", "pages.manual_page",
    "pages.accessibility", "pages.api_page", "pages.favicon", "pages.opensearch",
    "paperpages.like_page", "paperpages.cite_page", "paperpages.pdf", "paperpages.leaf_page",
    "paperpages.leaf_image", "answers.compared", "answers.worksheet", "answers.exported",
    "api.paper", "api.text", "api.cites", "api.pdf", "api.openapi", "downloads.citation",
}  # fmt: skip
"""What searches nothing. All else is stopped; of earlier answers the first search, and so all."""
MORE = {
    "a page far away": Asked("GET", "/?q=begroting&page=9"),
    "filtered": Asked("GET", "/?q=begroting&kind=brief&sort=newest"),
    "a long question": Asked("GET", "/?q=" + "+".join(["wat+doet+de+minister+aan+bruggen"] * 3)),
    "nothing found": Asked("GET", "/?q=zwartwaterzoutpan"),
    "a number": Asked("GET", "/?q=36600-XII+nr.+9"),
    "a word misspelt": Asked("GET", "/?q=begrotimg"),
    "expensive": Asked("GET", "/?q=begrot*+minist*+NIET+brug"),
    "literal": Asked("GET", "/?q=begroting&literal=1"),
}


class Endless(Slow):
    """An index whose searches end only by the clock."""

    def rank_passages(self, request: object) -> object:
        return self.search(request)  # type: ignore[arg-type]


@dataclass
class Site:
    """A running server on such an index, or on the index itself."""

    port: int

    def ask(self, asked: Asked) -> tuple[int, float]:
        """Return the status and the seconds that it took."""
        body, headers = sent(dict(asked.body))
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        start = time.monotonic()
        connection.request(asked.method, asked.address, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, time.monotonic() - start


def sent(body: dict[str, Any]) -> tuple[str | None, dict[str, str]]:
    if "json" in body:
        return json.dumps(body["json"]), {"Content-Type": "application/json"}
    if "data" in body:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return urlencode(body["data"], doseq=True), kind
    return None, {}


@pytest.fixture(scope="module")
def endless(sample_index: Built) -> Iterator[Site]:
    location = str(sample_index.location)
    index = engine_for(location).open(location)
    settings = Settings(index=location, search_seconds=SEARCH_SECONDS)
    guarded = GuardedIndex(Endless(index, STEP), Gate(Crowd(THREADS)), SEARCH_SECONDS)  # type: ignore[arg-type]
    app = create_app(settings, IndexHolder(location, guarded=lambda _: guarded))
    server = waitress.create_server(
        app, host="127.0.0.1", port=0, threads=THREADS, asyncore_use_poll=True
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(server.effective_port)
    server.close()
    thread.join(5)
    index.close()


def test_the_clock_is_what_stops_a_search(sample_index: Built) -> None:
    location = str(sample_index.location)
    index = engine_for(location).open(location)
    slow = Endless(index, 0.001)
    with pytest.raises(DeadlineError), deadline.within(0.05):
        slow.rank_passages(None)
    index.close()


@pytest.mark.parametrize(("name", "asked"), (ROUTES | MORE).items(), ids=[*ROUTES, *MORE])
def test_a_route_ends_when_its_time_is_over(endless: Site, name: str, asked: Asked) -> None:
    status, took = endless.ask(asked)
    assert status in ((200, 302) if name in NEVER else (503,)), (name, status)
    assert took < SEARCH_SECONDS + SLACK, name
