"""The layers between httpx and the wire: try again, keep to the budget, tell what happens.

httpx-retries repeats a request that got 429 or 5xx or lost its connection; below it every attempt
waits for the budget and is traced, so that a repeated request counts twice.
"""

from __future__ import annotations

import functools
import ssl
from collections.abc import Callable

import httpx
from httpx_retries import Retry, RetryTransport

from indexer.sources.clock import SYSTEM, Clock
from indexer.sources.errors import SourceDownError
from indexer.sources.manners import Budget

AGAIN = (429, 500, 502, 503, 504)
TRIES = 5
FILE_TRIES = 2
"""Of a file: the SyncFeed answers 500 for one that is not there (issue 154 of its tracker)."""
LONGEST = 900.0
"""Seconds that we wait because a source asks it; when it asks for more, the run stops."""

Trace = Callable[[str], None]


class PoliteRetry(Retry):
    """Retry by our clock, and give up rather than wait shorter than the source asks."""

    clock: Clock = SYSTEM

    def sleep(self, response: httpx.Response | Exception) -> None:
        """Wait for what the source asks, else twice as long each time."""
        asked = self._asked(response)
        if asked > LONGEST:
            raise SourceDownError(
                "wachten",
                f"De bron vraagt {asked:.0f} seconden te wachten. "
                "Start dezelfde opdracht daarna nog eens; zij gaat verder waar zij was.",
            )
        self.clock.sleep(asked or self.backoff_strategy())

    def increment(self) -> Retry:
        """Return the retry for the next attempt, on the same clock."""
        again = super().increment()
        assert isinstance(again, PoliteRetry)  # noqa: S101 - the library copies by class
        again.clock = self.clock
        return again

    def _asked(self, response: httpx.Response | Exception) -> float:
        """Return the seconds of Retry-After, 0 when there is none that can be read."""
        if not isinstance(response, httpx.Response):
            return 0.0
        try:
            return self.parse_retry_after(response.headers.get("Retry-After", ""))
        except ValueError:
            return 0.0


class CountedTransport(httpx.BaseTransport):
    """Send one request when the budget has room for it. `pause` is what a host asks between two."""

    def __init__(self, inner: httpx.BaseTransport, budget: Budget, trace: Trace | None) -> None:
        self._inner, self._budget, self._trace = inner, budget, trace
        self.pause: dict[str, float] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Wait, send, and tell of it."""
        self._budget.take(self.pause.get(request.url.host, 0.0))
        if self._trace is None:
            return self._inner.handle_request(request)
        self._trace(f"> {request.method} {request.url}\n{_headers(request.headers, '>')}")
        try:
            response = self._inner.handle_request(request)
        except httpx.HTTPError as error:
            self._trace(f"< {type(error).__name__}: {error}")
            raise
        self._trace(f"< {response.status_code}\n{_headers(response.headers, '<')}")
        return response

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def polite_retry(clock: Clock, tries: int = TRIES) -> PoliteRetry:
    """Return how often and after how long a request is repeated: 2, 4, 8, 16 seconds."""
    retry = PoliteRetry(
        total=tries - 1, backoff_factor=1.0, backoff_jitter=0.25, status_forcelist=AGAIN
    )
    retry.clock = clock
    return retry


def layered(
    budget: Budget, clock: Clock, trace: Trace | None
) -> tuple[RetryTransport, CountedTransport]:
    """Return the whole transport, and the layer of it that knows pauses."""
    counted = CountedTransport(httpx.HTTPTransport(verify=_trusted()), budget, trace)
    return RetryTransport(transport=counted, retry=polite_retry(clock)), counted


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Return whose certificates are trusted; reading them takes a quarter of a second."""
    return httpx.create_ssl_context()


def _headers(headers: httpx.Headers, mark: str) -> str:
    return "\n".join(f"{mark}   {name}: {value}" for name, value in headers.items())
