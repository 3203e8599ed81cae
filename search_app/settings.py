"""How this process was told to behave: read once from the environment, then frozen.

In goes a mapping (`os.environ`) and what the command line said, out comes `Settings`. A command's
argument wins over `KAMERZOEK_…`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from search_app.errors import SettingsError

PREFIX = "KAMERZOEK_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set. Each field is also an environment variable: `KAMERZOEK_INDEX`.

    `proxy_hops` is the number of trusted reverse proxies before us; 0 believes no forwarded
    header. `search_seconds` is how long a search may take, `stop_seconds` how long a server that
    is stopped goes on with what it had begun. `log` is `verzoeken` (a line for each answer) or
    `fouten`; `log_queries` 1 puts what was typed in it. `base_url` is the public address, for
    links that must be absolute; without it the address of the request serves. `contact`,
    `organisation` (who offers the site) and `statement` (the address of the official statement)
    are shown on the page about accessibility.
    """

    index: str = "index"
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    proxy_hops: int = 0
    search_seconds: int = 2
    stop_seconds: int = 10
    log: str = "verzoeken"
    log_queries: int = 0
    base_url: str = ""
    contact: str = ""
    organisation: str = ""
    statement: str = ""


LIMITS = {
    "port": (0, 65535),
    "threads": (1, 64),
    "proxy_hops": (0, 8),
    "search_seconds": (1, 60),
    "stop_seconds": (0, 600),
    "log_queries": (0, 1),
}
CHOICES = {"log": ("verzoeken", "fouten")}


def names() -> tuple[str, ...]:
    """Return the environment variables that are settings."""
    return tuple(PREFIX + field.name.upper() for field in fields(Settings))


def read_settings(environment: Mapping[str, str], **given: str | int | None) -> Settings:
    """Return the settings; `given` are a command's arguments, `None` is not given.

    Raises `SettingsError` with a sentence that names the variable.
    """
    values: dict[str, str | int] = {}
    for field in fields(Settings):
        argument = given.get(field.name)
        raw = environment.get(PREFIX + field.name.upper()) if argument is None else argument
        if raw is not None:
            values[field.name] = _value(field.name, raw)
    return Settings(**values)  # type: ignore[arg-type]


def _value(name: str, raw: str | int) -> str | int:
    if name in LIMITS:
        return _number(name, raw)
    if name in CHOICES and raw not in CHOICES[name]:
        allowed = " of ".join(CHOICES[name])
        raise SettingsError(f"{PREFIX}{name.upper()} moet {allowed} zijn.")
    return str(raw)


def _number(name: str, raw: str | int) -> int:
    low, high = LIMITS[name]
    if str(raw).isascii() and str(raw).isdigit() and low <= int(raw) <= high:
        return int(raw)
    raise SettingsError(f"{PREFIX}{name.upper()} moet een getal van {low} tot {high} zijn.")
