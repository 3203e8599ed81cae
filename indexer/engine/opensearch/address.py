"""A LOCATION `opensearch+https://host:port,host:port/name` → where the cluster is, and a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.engine.errors import EngineError

SCHEMES = ("opensearch+http", "opensearch+https")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
USER = "KAMERZOEK_OPENSEARCH_USER"
PASSWORD = "KAMERZOEK_OPENSEARCH_PASSWORD"  # noqa: S105 (the name of a variable)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a cluster is and the name of the index in it."""

    hosts: tuple[str, ...]
    name: str

    @property
    def shown(self) -> str:
        """Return the hosts as a person is told them."""
        return ", ".join(self.hosts)


def parse(location: str) -> Address:
    """Return the address in a LOCATION. Raises `EngineError` when it is not one."""
    scheme, _, rest = location.partition("://")
    hosts, _, name = rest.rstrip("/").partition("/")
    plain = scheme.removeprefix("opensearch+")
    found = [urlsplit(f"{plain}://{host}") for host in hosts.split(",")]
    try:
        sound = all(part.hostname and part.port is not None for part in found)
    except ValueError:
        sound = False
    if scheme not in SCHEMES or not sound or not NAME.fullmatch(name) or "@" in hosts:
        raise EngineError(
            f"‘{location}’ is geen plaats van een index. Geef opensearch+https://host:poort/naam, "
            "met een naam van kleine letters, cijfers, - en _; meer hosts met een komma ertussen. "
            f"Gebruiker en wachtwoord komen uit {USER} en {PASSWORD}."
        )
    return Address(tuple(f"{plain}://{part.netloc}" for part in found), name)
