"""The command `build`."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer import build as building
from indexer.commands.console import follow, seconds_told
from indexer.commands.exits import DONE, SOME_FAILED
from indexer.commands.options import how_of, reading_options
from indexer.engine.share import Share
from indexer.report import Report

SELDOM = (200_000, 20, 1_000_000)
"""Objects between two sweeps of the youngest for circles, and so on: a build keeps millions of
words and hardly makes a circle; to look through all of them time and again was an eighth of it."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    build = commands.add_parser(
        "build",
        parents=[reading_options()],
        help="maak een index, of werk hem bij met wat veranderde",
    )
    build.add_argument("sources", nargs="+", metavar="SOURCE", help="map, PDF of .jsonl(.gz|.xz)")
    build.add_argument("--index", required=True, metavar="LOCATION", help="map voor de index")
    build.add_argument("--store", metavar="DIR", help="map of adres (s3://…) voor gelezen stukken")
    build.add_argument("--fresh", action="store_true", help="leer en indexeer alles opnieuw")
    build.add_argument("--retry-failed", action="store_true", help="lees mislukte PDF's nog eens")
    build.add_argument(
        "--share",
        type=_share,
        metavar="K/N",
        help="lees en schrijf deel K van N (OpenSearch); sluit af met de opdracht publish",
    )
    build.add_argument(
        "--embedding",
        action=argparse.BooleanOptionalAction,
        help="met vectoren voor lange vragen, of zonder (anders: zoals de index al is)",
    )
    build.add_argument("--json", action="store_true", help="eindig met een regel JSON")
    build.set_defaults(run=run, goes_on=True)


def run(options: argparse.Namespace) -> int:
    """Build an index, say what was done, and return the exit code."""
    gc.set_threshold(*SELDOM)
    report = follow(building.build(settings_of(options, options.sources)))
    print(summary(report, options.index), file=sys.stderr if options.json else sys.stdout)
    if options.json:
        print(json.dumps(_numbers(report)))
    return SOME_FAILED if report.failures else DONE


def _numbers(report: Report) -> dict[str, object]:
    return {
        "papers": report.papers,
        "passages": report.passages,
        "pages": report.pages,
        "failed": len(report.failures),
        "skipped": report.skipped,
        "seconds": report.seconds,
        "generation": report.generation,
    }


def summary(report: Report, location: str) -> str:
    """Return what a build did, in some lines."""
    changed = f"{report.added} toegevoegd of vernieuwd, {report.removed} verwijderd"
    lines = [
        f"Doorzoekbaar in {location} (generatie {report.generation}):"
        if report.share is None
        else f"Deel {report.share} staat in {report.generation}. Als alle delen klaar zijn: "
        f"python -m indexer publish {location}",
        f"{report.papers} stukken, {report.passages} passages, {report.pages} pagina's.",
        f"{changed}, {report.skipped} al gelezen, in {seconds_told(report.seconds)}.",
    ]
    if report.damage:
        lines.append(
            f"De vorige index was beschadigd ({report.damage[0].rstrip('.')}) en is helemaal "
            "opnieuw gemaakt. Controleer de schijf: python -m indexer doctor zegt wat er is."
        )
    if report.embedding:
        lines.append(f"Met vectoren voor lange vragen ({report.embedding}).")
    if report.duplicates:
        lines.append(f"{report.duplicates} keer hetzelfde stuk nog eens: overgeslagen.")
    if report.failures:
        reasons = ", ".join(f"{count}× {reason}" for reason, count in report.reasons.most_common())
        lines.append(f"{len(report.failures)} mislukt ({reasons}); zie {report.failures_file}")
    lines += _named(report.scans, "zonder tekst (scan; niet te doorzoeken zonder OCR)")
    lines += _named(report.unsplit, "met vragen die niet (zeker) te splitsen waren")
    return "\n".join(lines)


def _named(names: Sequence[str], what: str, most: int = 5) -> list[str]:
    if not names:
        return []
    more = f" en {len(names) - most} andere" if len(names) > most else ""
    return [f"{len(names)} {what}: {', '.join(names[:most])}{more}"]


def settings_of(options: argparse.Namespace, sources: Sequence[str]) -> building.Settings:
    """Return what to build, of the options of `build` and of `fetch`."""
    return building.Settings(
        tuple(sources),
        options.index,
        store_of(options.store) or building.default_store(options.index),
        how_of(options),
        getattr(options, "fresh", False),
        getattr(options, "share", None),
        getattr(options, "embedding", None),
    )


def store_of(text: str | None) -> Path | str | None:
    """Return the place of a store: a folder, or an address as it was typed."""
    return text if not text or "://" in text else Path(text)


def _share(text: str) -> Share:
    number, _, of = text.partition("/")
    if not number.isdecimal() or not of.isdecimal() or not 1 <= int(number) <= int(of) <= 4096:
        raise argparse.ArgumentTypeError("geef een deel en het aantal delen, zoals 3/8")
    return Share(int(number), int(of))
