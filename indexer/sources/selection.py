"""Which papers are wanted: by kind, ministry, dossier, session year, period, words in the title.

In goes what a person asked for, out come a `Selection`, what of it a paper fits, and a short name
for it that is the same whenever the same is asked for.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass
from datetime import date

from indexer.numbers.finding import parse_number
from indexer.numbers.values import session_year
from indexer.sources.errors import StopError
from indexer.sources.item import Described
from indexer.sources.kinds import NAMES

SESSION = re.compile(r"(\d{4})\s*[-–/]\s*(\d{2,4})")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted. Within a field one value is enough, all fields must fit; empty is anything.

    `since` and `until` are ISO 8601 days, both included; `words` must all be in the title.
    """

    kinds: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether anything is wanted."""
        return not any(asdict(self).values())

    @property
    def digest(self) -> str:
        """Return a short name of the selection."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]

    def fits(self, paper: Described) -> bool:
        """Tell whether a paper is wanted; what its source does not say of it does not fit."""
        title = paper.title.casefold()
        return (
            (not self.kinds or paper.kind in self.kinds)
            and (not self.ministries or self._of_ministry(paper))
            and (not self.dossiers or self._in_dossier(paper))
            and (not self.sessions or paper.session in self.sessions)
            and (not self.since or (paper.date or "") >= self.since)
            and (not self.until or "" < (paper.date or "") <= self.until)
            and all(word.casefold() in title for word in self.words)
        )

    def _of_ministry(self, paper: Described) -> bool:
        wanted = [ministry.casefold() for ministry in self.ministries]
        return any(name in given.casefold() for given in paper.ministries for name in wanted)

    def _in_dossier(self, paper: Described) -> bool:
        """Tell whether a paper is in a dossier; a bare number stands for all its chapters."""
        return any(
            given == wanted or given.startswith(f"{wanted}-")
            for given in paper.dossiers
            for wanted in self.dossiers
        )


def dossier_named(text: str) -> str:
    """Return a dossier's normal form of anything like it. Raises `StopError`."""
    found = [number for number in parse_number(text) if number.kind == "dossier"]
    bare = re.sub(r"\s+", "", text)
    name = found[0].dossier if found else bare if re.fullmatch(r"\d{5}", bare) else None
    if not name:
        raise StopError(f"{text!r} is geen dossiernummer. Geef bijvoorbeeld 36200-VII of 29689.")
    return name


def session_named(text: str) -> str:
    """Return `2022-2023` of `2022/23` and the like. Raises `StopError`."""
    found = SESSION.fullmatch(text.strip())
    years = session_year(found[1], found[2]) if found else None
    if not years:
        raise StopError(f"{text!r} is geen vergaderjaar. Geef bijvoorbeeld 2023-2024.")
    return years


def kind_named(text: str) -> str:
    """Return a kind that sources know. Raises `StopError`."""
    if text not in NAMES:
        raise StopError(f"{text!r} is geen soort. Kies uit {', '.join(NAMES)}.")
    return text


def day_named(text: str) -> str:
    """Return an ISO 8601 day. Raises `StopError`."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise StopError(f"{text!r} is geen datum. Geef jaar-maand-dag, zoals 2024-01-31.") from None
