"""The command `fetch`: papers from the source, once or for ever."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from indexer import build as building
from indexer.commands.build import settings_of, summary
from indexer.commands.console import follow
from indexer.commands.exits import DONE, FAULT, SOME_FAILED
from indexer.commands.options import reading_options
from indexer.engine.errors import EngineError
from indexer.folder import SourceError
from indexer.register import HIDDEN
from indexer.sources.clock import SYSTEM, Clock
from indexer.sources.endpoints import Endpoints, with_changes
from indexer.sources.fetching import SOURCES, Wish, failures_file, fetch
from indexer.sources.ids import read_list
from indexer.sources.kinds import NAMES
from indexer.sources.manners import Manners, checked_contact
from indexer.sources.odata_names import V4, named_otherwise
from indexer.sources.rules import CHANGED, DELETED, FAILED, NEW, OTHER, SAME, WAITING, Report, Rules
from indexer.sources.selection import (
    Selection,
    day_named,
    dossier_named,
    kind_named,
    session_named,
)
from indexer.sources.transport import Trace
from indexer.store import StoreError

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no other name for it
OUTCOMES = (NEW, CHANGED, SAME, DELETED, FAILED, WAITING, OTHER)
SLOWEST = 3600.0
"""Seconds between two rounds when a source stays down."""
MANY = (
    ("--dossier", "NR", "36200-VII, 29689"),
    ("--session-year", "JAAR", "2023-2024"),
    ("--kind", "SOORT", ", ".join(NAMES)),
    ("--ministry", "NAAM", "Financiën"),
    ("--title", "WOORD", "woord in de titel"),
)
"""Options that may be given more than once: one of the values is enough."""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    add = commands.add_parser(
        "fetch", parents=[reading_options()], help="haal stukken op uit de officiële open data"
    )
    add.add_argument("folder", metavar="FOLDER", help="map voor de stukken")
    add.add_argument(
        "words", nargs="*", default=[], metavar="STUK", help="nummers, citaten of webadressen"
    )
    add.add_argument("--list", metavar="FILE", help="bestand met zulke nummers, een per regel")
    add.add_argument("--copy-from", metavar="DIR", help="neem PDF's over uit een map")
    add.add_argument("--source", choices=SOURCES, default="auto", help="welke bron (auto)")
    _selection(add)
    _manner(add)
    add.add_argument("--index", metavar="LOCATION", help="werk daarna deze index bij")
    add.add_argument("--store", metavar="DIR", help="map voor gelezen stukken (LOCATION/store)")
    add.add_argument("--watch", action="store_true", help="blijf bijhouden tot Ctrl-C")
    add.add_argument(
        "--every", type=_seconds, default=300.0, metavar="S", help="seconden tussen rondes (300)"
    )
    add.add_argument("--json", action="store_true", help="eindig met een regel JSON")
    add.set_defaults(run=run, goes_on=True)


def _selection(add: argparse.ArgumentParser) -> None:
    for name, metavar, told in MANY:
        add.add_argument(name, action="append", default=[], metavar=metavar, help=told)
    add.add_argument("--from", dest="since", metavar="DAG", help="vanaf 2024-01-31")
    add.add_argument("--until", metavar="DAG", help="tot en met 2024-12-31")
    add.add_argument("--everything", action="store_true", help="zonder keuze: alles")
    add.add_argument("--dry-run", action="store_true", help="tel alleen, haal niets op")
    add.add_argument("--full", action="store_true", help="loop alles nog eens na, ook wat weg is")
    add.add_argument("--limit", type=int, default=0, metavar="N", help="hooguit N nieuwe stukken")
    add.add_argument("--allow-deletions", action="store_true", help="ook als het er veel zijn")


def _manner(add: argparse.ArgumentParser) -> None:
    add.add_argument(
        "--budget", type=_budget, default=(10, 30.0), metavar="N/S", help="verzoeken (10/30)"
    )
    add_contact(add)
    add.add_argument("--trace", action="store_true", help="toon en bewaar elk verzoek en antwoord")
    add.add_argument("--without-robots", action="append", default=[], metavar="HOST")
    add.add_argument("--odata-names", metavar="FILE", help="JSON met namen die anders heten")


def add_contact(add: argparse.ArgumentParser) -> None:
    """Add the options that say who asks and where."""
    add.add_argument("--contact", default="", help="e-mail of webadres, voor de beheerder")
    add.add_argument("--endpoint", action="append", default=[], metavar="NAAM=URL")


def run(options: argparse.Namespace, clock: Clock = SYSTEM) -> int:
    """Fetch, build when an index is named, and again for ever when asked to watch."""
    wish = wish_of(options)
    trace = _trace(wish.folder) if options.trace else None
    if not options.watch:
        return _round(options, wish, clock, trace)
    usual = max(options.every, options.budget[1])  # each round begins with a whole budget
    wait = usual
    while True:
        code = _round(options, wish, clock, trace)
        wait = min(wait * 2, max(SLOWEST, usual)) if code == FAULT else usual
        clock.sleep(wait)


def wish_of(options: argparse.Namespace) -> Wish:
    """Return what was asked for. Raises `StopError`."""
    words = [*options.words, *(read_list(Path(options.list)) if options.list else ())]
    selection = Selection(
        kinds=tuple(map(kind_named, options.kind)),
        ministries=tuple(options.ministry),
        dossiers=tuple(map(dossier_named, options.dossier)),
        sessions=tuple(map(session_named, options.session_year)),
        since=day_named(options.since) if options.since else None,
        until=day_named(options.until) if options.until else None,
        words=tuple(word for title in options.title for word in title.split()),
    )
    names = Path(options.odata_names) if options.odata_names else None
    return Wish(
        folder=Path(options.folder),
        source=options.source,
        rules=Rules(selection, options.dry_run, options.allow_deletions, max(options.limit, 0)),
        words=tuple(words),
        local=Path(options.copy_from) if options.copy_from else None,
        full=options.full,
        everything=options.everything,
        names=named_otherwise(V4, names) if names else V4,
        endpoints=with_changes(Endpoints(), tuple(options.endpoint)),
        manners=Manners(
            requests=options.budget[0],
            seconds=options.budget[1],
            contact=checked_contact(options.contact),
            without_robots=frozenset(options.without_robots),
        ),
    )


def _round(options: argparse.Namespace, wish: Wish, clock: Clock, trace: Trace | None) -> int:
    report = follow(fetch(wish, clock, trace))
    if options.json:
        print(json.dumps(_numbers(report)))
    else:
        print(told(report, wish))
    if report.stopped:
        print(report.stopped, file=sys.stderr)
    built = _build(options, wish) if options.index and not wish.rules.dry else DONE
    if report.stopped:
        return FAULT
    return built or (SOME_FAILED if report.outcomes[FAILED] else DONE)


def _build(options: argparse.Namespace, wish: Wish) -> int:
    """Publish what is there; while watching, a fault is told and the next round tries again."""
    try:
        report = follow(building.build(settings_of(options, [str(wish.folder)])))
    except (SourceError, StoreError, EngineError) as error:
        print(error, file=sys.stderr)
        return FAULT
    print(summary(report, options.index), file=sys.stderr if options.json else sys.stdout)
    return SOME_FAILED if report.failures else DONE


def told(report: Report, wish: Wish) -> str:
    """Return what a round did, in some lines of Dutch."""
    counts = ", ".join(f"{report.outcomes[n]} {n}" for n in OUTCOMES if report.outcomes[n])
    kinds = ", ".join(f"{count} {kind}" for kind, count in report.kinds.most_common())
    nothing = "de ronde brak af voor er een stuk was" if report.stopped else "niets gevonden"
    lines = [f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {counts or nothing}."]
    if kinds:
        lines.append(f"Naar soort: {kinds}.")
    if wish.rules.dry and (report.files or not report.stopped):
        minutes = wish.manners.minutes(report.files)
        lines.append(
            f"Proef: er is geen stuk opgehaald. Echt ophalen vraagt hooguit {report.files} "
            f"verzoeken, ten minste {minutes:.0f} minuten."
        )
        if report.expected:
            lines.append(f"De bron schat zelf {report.expected} stukken, van alle soorten.")
    lines.append(f"{report.requests} verzoeken; {report.waited:.0f} s gewacht op het budget.")
    if report.outcomes[FAILED]:
        lines.append(f"Wat mislukte staat in {failures_file(wish.folder)}.")
    return "\n".join(lines)


def _numbers(report: Report) -> dict[str, object]:
    return {
        "outcomes": dict(report.outcomes),
        "kinds": dict(report.kinds),
        "files": report.files,
        "requests": report.requests,
        "stopped": report.stopped,
    }


def _trace(folder: Path) -> Callable[[str], None]:
    """Return what writes to stderr and to a file that can be sent along with a question."""
    path = folder / HIDDEN / "trace.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", "utf-8")
    print(f"Elk verzoek staat ook in {path}.", file=sys.stderr)

    def write(text: str) -> None:
        line = f"{datetime.now(UTC):%H:%M:%S} {text}\n"
        sys.stderr.write(line)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(line)

    return write


def _budget(text: str) -> tuple[int, float]:
    number, _, seconds = text.partition("/")
    try:
        found = int(number), float(seconds or 30)
    except ValueError:
        found = 0, 0.0
    if found[0] < 1 or not 0 < found[1] <= 3600:
        raise argparse.ArgumentTypeError("geef bijvoorbeeld 10/30: tien verzoeken per 30 seconden")
    return found


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 10 <= value <= 86400:
        raise argparse.ArgumentTypeError("geef een aantal seconden van 10 tot en met 86400")
    return value
