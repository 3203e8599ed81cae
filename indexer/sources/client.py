"""Polite HTTP: an address → its bytes, or an error that says what to do.

The story: the address must be of a known source; its robots.txt must allow it; httpx sends it
through the layers of `transport`; redirects are followed one by one and each must lead to a known
source too; the body is read to its end, and read again when it broke off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from indexer.sources.clock import SYSTEM, Clock
from indexer.sources.endpoints import Endpoints
from indexer.sources.errors import FetchError, SourceDownError
from indexer.sources.manners import Budget, Manners
from indexer.sources.robots import LARGEST as LARGEST_ROBOTS
from indexer.sources.robots import Robots
from indexer.sources.transport import AGAIN, FILE_TRIES, Trace, layered, polite_retry

MOST_REDIRECTS = 5
BODY_TRIES = 3
LARGEST_PAGE = 32_000_000
LARGEST_FILE = 256_000_000
SHOWN = 2000
"""Characters of a body in the trace."""
TEXTS = (b"<", b"{", b"[", b"\xef", b" ", b"\n", b"\r")
"""How text begins that sources send, whatever they call it: a PDF begins otherwise."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a source gave with a file, to ask later whether it changed."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


NOTHING = Validators()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `body` is empty when it is `unchanged`; `whole` when its length was told."""

    url: str
    body: bytes
    media: str = ""
    validators: Validators = NOTHING
    unchanged: bool = False
    whole: bool = True


class _BrokenOffError(Exception):
    """A body ended before its length was there."""


class Client:
    """One run's way to the sources. Close it, or use it in a `with`."""

    def __init__(
        self,
        endpoints: Endpoints,
        manners: Manners,
        clock: Clock = SYSTEM,
        trace: Trace | None = None,
    ) -> None:
        self.endpoints, self.manners, self.clock = endpoints, manners, clock
        self.budget = Budget(manners, clock)
        self._trace = trace
        transport, self._counted = layered(self.budget, clock, trace)
        self._http = httpx.Client(
            transport=transport,
            headers={"User-Agent": manners.agent, "Accept-Language": "nl"},
            timeout=manners.timeout,
            follow_redirects=False,
        )
        self._robots = Robots(self._robots_text, manners.without_robots)

    def __enter__(self) -> Client:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def page(self, url: str, params: Mapping[str, str] | None = None, accept: str = "") -> Answer:
        """Return a page of records. Raises `FetchError`."""
        address = str(httpx.URL(url, params=dict(params))) if params else url
        return self._get(address, {"Accept": accept or "*/*"}, LARGEST_PAGE)

    def file(self, url: str, known: Validators = NOTHING) -> Answer:
        """Return a file, or that it is unchanged. Raises `FetchError`."""
        return self._get(url, known.headers, LARGEST_FILE, file=True)

    def _get(
        self, url: str, headers: Mapping[str, str], largest: int, *, file: bool = False
    ) -> Answer:
        url = self.endpoints.secured(url)
        if not self.endpoints.allows(url):
            raise FetchError(
                "adres geweigerd", f"{url} is geen adres van een bekende bron en is overgeslagen."
            )
        self._pause(url)
        for attempt in range(BODY_TRIES):
            try:
                return self._once(url, headers, largest, file=file)
            except _BrokenOffError as error:
                self._told(f"! afgebroken: {error}")
                self.clock.sleep(2.0 * 2**attempt)
            except httpx.HTTPError as error:
                raise SourceDownError("geen verbinding", _unreachable(url, error)) from error
            except httpx.InvalidURL as error:
                raise FetchError("adres geweigerd", f"{url} is geen adres: {error}.") from error
        raise FetchError(
            "afgebroken",
            f"{url} brak {BODY_TRIES} keer af voor het einde. Probeer het later opnieuw.",
        )

    def _once(
        self,
        url: str,
        headers: Mapping[str, str],
        largest: int,
        *,
        file: bool = False,
        robots: bool = True,
    ) -> Answer:
        request = self._http.build_request("GET", url, headers=dict(headers))
        if file:
            request.extensions["retry"] = polite_retry(self.clock, FILE_TRIES)
        for _ in range(MOST_REDIRECTS + 1):
            response = self._http.send(request, stream=True)
            try:
                if response.next_request is None:
                    return self._answer(response, largest)
            finally:
                response.close()
            request = response.next_request
            self._redirected(url, str(request.url))
            if robots:
                self._pause(str(request.url))
        raise FetchError("omleiding", f"{url} verwijst meer dan {MOST_REDIRECTS} keer door.")

    def _redirected(self, url: str, target: str) -> None:
        if not self.endpoints.allows(target):
            raise FetchError(
                "omleiding geweigerd",
                f"{url} verwijst door naar {target}, en dat is geen bekende bron. Er is niets "
                "opgehaald.",
            )

    def _answer(self, response: httpx.Response, largest: int) -> Answer:
        url, status = str(response.url), response.status_code
        if status == 304:
            return Answer(url, b"", unchanged=True)
        if status != 200:
            if self._trace:  # what a source says of a fault is what a person wants to read
                self._show(self._body(response, largest))
            raise _of_status(url, status)
        body = self._body(response, largest)
        self._show(body)
        media = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        validators = Validators(
            response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
        )
        framed = "Content-Length" in response.headers or "Transfer-Encoding" in response.headers
        return Answer(url, body, media, validators, whole=framed)

    def _body(self, response: httpx.Response, largest: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        try:
            for part in response.iter_bytes():
                size += len(part)
                if size > largest:
                    raise FetchError(
                        "te groot", f"{response.url} is groter dan {largest // 1_000_000} MB."
                    )
                parts.append(part)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.DecodingError) as error:
            raise _BrokenOffError(str(error)) from error
        return b"".join(parts)

    def _pause(self, url: str) -> None:
        host = httpx.URL(url).host
        self._counted.pause[host] = self._robots.check(url)

    def _robots_text(self, url: str) -> str | None:
        try:
            return self._once(url, {}, LARGEST_ROBOTS, robots=False).body.decode("utf-8", "replace")
        except SourceDownError:
            raise
        except FetchError:  # not there, or not readable by its own fault: no wishes
            return None
        except httpx.HTTPError as error:
            raise SourceDownError("geen verbinding", _unreachable(url, error)) from error

    def _show(self, body: bytes) -> None:
        """Trace the beginning of a body that is text, of another its size."""
        if self._trace:
            text = body[:SHOWN].decode("utf-8", "replace") if body[:1] in TEXTS else ""
            self._trace(f"  {len(body)} bytes: {text}")

    def _told(self, text: str) -> None:
        if self._trace:
            self._trace(text)


def _of_status(url: str, status: int) -> FetchError:
    if status in (404, 410):
        return FetchError("niet gevonden", f"{url} bestaat niet (status {status}).")
    if status in AGAIN:
        return SourceDownError(
            "storing",
            f"{url} geeft status {status}, ook na herhaling. Probeer het later; dezelfde opdracht "
            "gaat verder waar zij was.",
        )
    return FetchError(
        "geweigerd", f"{url} geeft status {status}. Kijk met --trace wat de bron zegt."
    )


def _unreachable(url: str, error: Exception) -> str:
    return (
        f"{url} is niet te bereiken ({type(error).__name__}: {error}). Controleer de verbinding en "
        "probeer het later; dezelfde opdracht gaat verder waar zij was."
    )
