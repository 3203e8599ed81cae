"""The command `completeness`: what the sources say that exists against what is here."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from indexer.commands.exits import DONE, FAULT
from indexer.commands.fetch import Commands, add_contact
from indexer.register import HIDDEN
from indexer.sources import complete
from indexer.sources.client import Client
from indexer.sources.clock import SYSTEM, Clock
from indexer.sources.endpoints import Endpoints, with_changes
from indexer.sources.errors import StopError
from indexer.sources.fetching import leave_behind, looking, opened
from indexer.sources.manners import Manners, checked_contact
from indexer.sources.selection import dossier_named, session_named


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    table = commands.add_parser("completeness", help="vergelijk wat er is met wat de bron noemt")
    table.add_argument("folder", metavar="FOLDER", help="map waarin is opgehaald")
    table.add_argument("--dossier", action="append", default=[], metavar="NR")
    table.add_argument("--session-year", action="append", default=[], metavar="JAAR")
    table.add_argument("--ask", action="store_true", help="vraag de bron de aantallen per jaar")
    add_contact(table)
    table.add_argument("--json", action="store_true", help="als JSON")
    table.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock = SYSTEM) -> int:
    """Show per dossier and session year what exists by the sources' word and what is here."""
    folder = Path(options.folder)
    if not (folder / HIDDEN).is_dir():
        raise StopError(f"In {folder} is niets opgehaald. Begin met fetch {folder}.")
    wanted = tuple(map(dossier_named, options.dossier))
    years = tuple(map(session_named, options.session_year))
    with opened(folder) if options.ask else looking(folder) as here:
        faults = []
        if options.ask:
            asked = years or tuple(dict.fromkeys(r.session for r in complete.sessions(here.state)))
            manners = Manners(contact=checked_contact(options.contact))
            endpoints = with_changes(Endpoints(), tuple(options.endpoint))
            with Client(endpoints, manners, clock) as client:
                faults = complete.count_sessions(client, here.state, asked)
            leave_behind(here)
        found = [] if years and not wanted else complete.dossiers(here.state, wanted)
        rows = [] if wanted and not years else complete.sessions(here.state, years)
    if options.json:
        print(json.dumps({"dossiers": [*map(asdict, found)], "sessions": [*map(asdict, rows)]}))
    else:
        print("\n".join(_dossier_lines(found) + _session_lines(rows)) or "Er is niets bekend.")
    for fault in faults:
        print(fault, file=sys.stderr)
    return FAULT if faults else DONE


def _dossier_lines(found: list[complete.DossierRow]) -> list[str]:
    lines = []
    for row in found:
        highest = f", hoogste nummer {row.told.highest}" if row.told.highest else ""
        absent = tuple(number for number in row.missing if number not in row.unlisted)
        gone = f"; ontbreekt: {_ranges(absent)}" if absent else ""
        never = f"; ook door de bron niet genoemd: {_ranges(row.unlisted)}" if row.unlisted else ""
        lines.append(
            f"{row.dossier}: {row.here} van {row.listed} genoemde stukken hier"
            f"{highest}{gone}{never}"
        )
    return lines


def _session_lines(rows: list[complete.SessionRow]) -> list[str]:
    return [
        f"{row.session} {row.series}: {row.here} hier, {row.listed} genoemd"
        + (f", {row.estimate} volgens de bron (schatting)" if row.estimate is not None else "")
        for row in rows
    ]


def _ranges(numbers: tuple[int, ...], most: int = 12) -> str:
    """Return `3, 5-8, 11`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [str(a) if a == b else f"{a}-{b}" for a, b in spans[:most]]
    return ", ".join(shown) + (" …" if len(spans) > most else "")
