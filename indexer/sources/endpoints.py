"""Where the sources are. Nothing is fetched from anywhere else.

In goes nothing or an address that was changed on the command line, out come the addresses, and the
origins (scheme, host, port) to which requests and redirects may go.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from urllib.parse import SplitResult, urlsplit

from indexer.sources.errors import StopError

PORTS = {"http": 80, "https": 443}
Origin = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of the sources, without a slash at the end."""

    syncfeed: str = "https://gegevensmagazijn.tweedekamer.nl/SyncFeed/2.0"
    odata: str = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
    sru: str = "https://repository.overheid.nl/sru"
    publications: str = "https://zoek.officielebekendmakingen.nl"
    repository: str = "https://repository.overheid.nl/frbr"
    kamer: str = "https://www.tweedekamer.nl"

    @property
    def origins(self) -> frozenset[Origin]:
        """Return where requests may go."""
        found = (origin_of(getattr(self, field.name)) for field in fields(self))
        return frozenset(origin for origin in found if origin)

    def allows(self, url: str) -> bool:
        """Tell whether a request may go to an address."""
        return origin_of(url) in self.origins

    def secured(self, url: str) -> str:
        """Return an address by https where a source is known by that: old records say http."""
        other = f"https://{url.removeprefix('http://')}"
        return other if url.startswith("http://") and self.allows(other) else url


def with_changes(endpoints: Endpoints, changes: tuple[str, ...]) -> Endpoints:
    """Return the addresses with `NAME=URL` changed. Raises `StopError`."""
    names = [field.name for field in fields(endpoints)]
    for change in changes:
        name, _, url = change.partition("=")
        if name not in names or origin_of(url) is None:
            raise StopError(
                f"--endpoint {change} is niet te gebruiken. Geef NAAM=URL, met als naam een van "
                f"{', '.join(names)}."
            )
        endpoints = replace(endpoints, **{name: url.rstrip("/")})
    return endpoints


def origin_of(url: str) -> Origin | None:
    """Return scheme, host and port of an address of the web, `None` of anything else."""
    try:
        parts: SplitResult = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        return None
    return parts.scheme, parts.hostname.lower(), port or PORTS[parts.scheme]
