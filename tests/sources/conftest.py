"""A site and a clock for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.sources.client import Client
from indexer.sources.manners import Manners
from tests.sources.rounds import Rounds
from tests.sources.site import QuickClock, Site, serving


@pytest.fixture(scope="session")
def _server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(_server: Site) -> Site:
    """Return the site, empty."""
    _server.routes.clear()
    _server.seen.clear()
    return _server


@pytest.fixture
def clock() -> QuickClock:
    """Return a clock on which waiting takes no time."""
    return QuickClock()


@pytest.fixture
def client(site: Site, clock: QuickClock) -> Iterator[Client]:
    """Return a client of the site."""
    with Client(site.endpoints, Manners(contact="post@voorbeeld.nl"), clock) as client:
        yield client


@pytest.fixture
def rounds(site: Site, clock: QuickClock, tmp_path: Path) -> Rounds:
    """Return what fetches from the site into an empty folder."""
    return Rounds(tmp_path / "papers", site, clock)
