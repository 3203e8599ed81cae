"""How complete a folder of papers is: what the sources say that exists against what is here.

In goes the state of a folder, out come rows per dossier and per session year. What a source never
listed, nobody here knows; a count of SRU is an estimate, and is called that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.register import Register, Told
from indexer.sources.client import Client
from indexer.sources.errors import FetchError
from indexer.sources.kinds import AANHANGSEL, KAMERSTUK
from indexer.sources.listing import note_count
from indexer.sources.selection import Selection
from indexer.sources.sru import Sru
from indexer.sources.state import State

COUNTED = (KAMERSTUK, AANHANGSEL)
HERE = "EXISTS (SELECT 1 FROM item WHERE item.name = listed.name AND item.reason = '')"
"""Whether a paper that was listed is here, whichever source brought it."""
BY_SESSION = f"""
SELECT session, coalesce(kind IN ('antwoord', 'uitstel'), 0) AS annex, count(DISTINCT name),
       count(DISTINCT CASE WHEN {HERE} THEN name END)
FROM listed WHERE session IS NOT NULL AND (dossier IS NOT NULL OR annex) GROUP BY session, annex
"""  # noqa: S608 - no value of anybody is in it
OF_DOSSIER = f"SELECT DISTINCT name, number, {HERE} FROM listed WHERE dossier = ?"  # noqa: S608


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier: papers that were listed, papers here, and which numbers are missing.

    Of the missing numbers, `unlisted` are those that the source leaves out of its lists too: they
    may not be published yet, or not exist.
    """

    dossier: str
    told: Told
    listed: int
    here: int
    missing: tuple[int, ...]
    unlisted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session year of a series: `estimate` of the source, how many it listed and are here."""

    session: str
    series: str
    estimate: int | None
    listed: int
    here: int


def dossiers(state: State, wanted: Iterable[str] = ()) -> list[DossierRow]:
    """Return a row for each dossier of which a paper was listed or that is asked for."""
    names = list(wanted) or [
        row[0]
        for row in state.db.execute(
            "SELECT DISTINCT dossier FROM listed WHERE dossier IS NOT NULL ORDER BY dossier"
        )
    ]
    return [_dossier(state, name) for name in names]


def sessions(state: State, wanted: Iterable[str] = ()) -> list[SessionRow]:
    """Return a row for each session year and series of which anything is known."""
    listed = {
        (row[0], AANHANGSEL if row[1] else KAMERSTUK): (int(row[2]), int(row[3]))
        for row in state.db.execute(BY_SESSION)
    }
    counted = {
        (row[0], row[1]): int(row[2])
        for row in state.db.execute("SELECT session, series, count FROM counted")
    }
    years = set(wanted)
    keys = sorted(key for key in listed.keys() | counted.keys() if not years or key[0] in years)
    return [
        SessionRow(s, name, counted.get((s, name)), *listed.get((s, name), (0, 0)))
        for s, name in keys
    ]


def count_sessions(client: Client, state: State, years: Iterable[str]) -> list[FetchError]:
    """Ask SRU how many papers there are in session years; return what it could not say."""
    source = Sru(client, state, Selection())
    faults: list[FetchError] = []
    for year in years:
        for series in COUNTED:
            try:
                number = source.count(year, series)
            except FetchError as error:
                faults.append(error)
                continue
            with state.step():
                note_count(state.db, year, series, number, client.clock.now())
    return faults


def register_of(state: State) -> Register:
    """Return what the sources say of every dossier, for the page of a dossier."""
    names = {row[0] for row in state.db.execute("SELECT name FROM dossier")}
    names |= {
        row[0]
        for row in state.db.execute("SELECT DISTINCT dossier FROM listed WHERE dossier IS NOT NULL")
    }
    return {name: _told(state, name) for name in sorted(names)}


def _dossier(state: State, name: str) -> DossierRow:
    told = _told(state, name)
    rows = state.db.execute(OF_DOSSIER, (name,)).fetchall()
    here = [number for _, number, there in rows if there]
    numbers = {int(number) for number in here if number and number.isdigit()}
    missing = told.missing(numbers)
    unlisted = tuple(number for number in missing if str(number) not in told.numbers)
    return DossierRow(name, told, len(rows), len(here), missing, unlisted)


def _told(state: State, name: str) -> Told:
    row = state.db.execute(
        "SELECT title, highest, at FROM dossier WHERE name = ?", (name,)
    ).fetchone()
    listed = state.db.execute(
        "SELECT DISTINCT number, at FROM listed WHERE dossier = ? AND number IS NOT NULL", (name,)
    ).fetchall()
    title, highest, at = row or (None, None, "")
    numbers = sorted({number for number, _ in listed}, key=_order)
    return Told(title or None, highest, tuple(numbers), max([at, *(when for _, when in listed)]))


def _order(number: str) -> tuple[int, str]:
    return (int(number) if number.isdigit() else 1_000_000, number)
