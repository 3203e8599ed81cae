"""What the robots.txt of a host asks of us (RFC 9309).

In goes how to get a file, out comes whether an address may be fetched and how long to pause. No
robots.txt means no wishes; one that the host fails to give means that nothing may be fetched yet.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from indexer.sources.errors import FetchError, SourceDownError
from indexer.sources.manners import NAME

LARGEST = 512 * 1024
"""Bytes that RFC 9309 asks a reader to take at least."""


class Robots:
    """The rules of the hosts that were asked, each once in a run."""

    def __init__(self, read: Callable[[str], str | None], trusted: frozenset[str]) -> None:
        """`read` returns the text at an address, `None` where there is none."""
        self._read, self._trusted = read, trusted
        self._rules: dict[str, RobotFileParser] = {}

    def check(self, url: str) -> float:
        """Return the pause that the host asks, in seconds. Raises `FetchError` when it refuses."""
        parts = urlsplit(url)
        if (parts.hostname or "") in self._trusted:
            return 0.0
        rules = self._of(f"{parts.scheme}://{parts.netloc}")
        if not rules.can_fetch(NAME, url):
            raise FetchError(
                "robots",
                f"robots.txt van {parts.netloc} staat {url} niet toe. Vraag de beheerder om "
                f"toestemming, en geef die door met --without-robots {parts.hostname}.",
            )
        return float(rules.crawl_delay(NAME) or 0.0)

    def _of(self, origin: str) -> RobotFileParser:
        if origin not in self._rules:
            rules = RobotFileParser()
            rules.parse((self._text(origin) or "").splitlines())
            rules.modified()  # an empty file is an answer too
            self._rules[origin] = rules
        return self._rules[origin]

    def _text(self, origin: str) -> str | None:
        try:
            return self._read(f"{origin}/robots.txt")
        except SourceDownError as error:
            if error.reason != "storing":
                raise  # nobody there: then robots.txt is not what is in the way
            raise SourceDownError(
                "robots",
                f"{origin}/robots.txt is niet op te halen ({error}). Zolang dat zo is wordt daar "
                "niets opgehaald. Probeer het later, of geef toestemming van de beheerder door met "
                f"--without-robots {urlsplit(origin).hostname}.",
            ) from error
