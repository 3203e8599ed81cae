"""How we behave towards a source: how often, who we say we are, how long we go on.

Values only; `indexer.sources.transport` and `indexer.sources.client` do what they say.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from indexer.sources.clock import Clock
from indexer.sources.errors import StopError

NAME = "Kamerzoek"
WHY = "zoekmachine voor Kamerstukken; haalt open data op voor een doorzoekbare kopie"
CONTACT = re.compile(r"[!-~]{3,100}")


@dataclass(frozen=True, slots=True)
class Manners:
    """`requests` per `seconds` at most, over all sources; `contact` is an address for the source.

    `without_robots` are hosts that allowed more than their robots.txt says.
    """

    requests: int = 10
    seconds: float = 30.0
    contact: str = ""
    timeout: float = 60.0
    without_robots: frozenset[str] = frozenset()

    @property
    def agent(self) -> str:
        """Return the User-Agent: who, why, and whom to ask."""
        asked = f"; contact: {self.contact}" if self.contact else ""
        return f"{NAME}/{_version()} ({WHY}{asked})"

    def minutes(self, requests: int) -> float:
        """Return how many minutes a number of requests takes at least."""
        return max(requests - self.requests, 0) * self.seconds / self.requests / 60


def checked_contact(text: str) -> str:
    """Return an e-mail address or web address that may stand in a header. Raises `StopError`."""
    if text and not CONTACT.fullmatch(text):
        raise StopError(f"{text!r} is geen contactadres. Geef een e-mailadres of een webadres.")
    return text


class Budget:
    """So many requests in any so many seconds, and a pause between them where a host asks it."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._manners, self._clock = manners, clock
        self._sent: deque[float] = deque(maxlen=manners.requests)
        self.spent = 0
        self.waited = 0.0

    def take(self, pause: float = 0.0) -> None:
        """Wait until a request may be sent; `pause` is the least time since the last one."""
        wait = 0.0
        if len(self._sent) == self._manners.requests:
            wait = self._sent[0] + self._manners.seconds - self._clock.seconds()
        if pause and self._sent:
            wait = max(wait, self._sent[-1] + pause - self._clock.seconds())
        if wait > 0:
            self.waited += wait
            self._clock.sleep(wait)
        self._sent.append(self._clock.seconds())
        self.spent += 1


def _version() -> str:
    try:
        return version("kamerzoek")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
