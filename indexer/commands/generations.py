"""The commands on whole generations: `generations`, `rollback` and `publish`."""

from __future__ import annotations

import argparse
import dataclasses
import json

from indexer.build import shared
from indexer.commands.exits import DONE
from indexer.engine.locate import engine_for


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to a parser."""
    kept = commands.add_parser("generations", help="toon de generaties die bewaard zijn")
    kept.add_argument("location", metavar="LOCATION")
    kept.add_argument("--json", action="store_true", help="als JSON")
    kept.set_defaults(run=_generations)
    back = commands.add_parser("rollback", help="publiceer de vorige generatie weer")
    back.add_argument("location", metavar="LOCATION")
    back.set_defaults(run=_roll_back)
    publish = commands.add_parser("publish", help="publiceer wat in delen is gebouwd (--share)")
    publish.add_argument("location", metavar="LOCATION")
    publish.add_argument("--abandon", action="store_true", help="gooi het juist weg")
    publish.set_defaults(run=_publish)


def _generations(options: argparse.Namespace) -> int:
    rows = engine_for(options.location).generations(options.location)
    if options.json:
        print(json.dumps([dataclasses.asdict(row) for row in rows]))
        return DONE
    for row in rows:
        mark = "gepubliceerd" if row.published else "bewaard"
        held = f"{row.papers} stukken, {row.passages} passages, {row.pages} pagina's"
        print(f"{row.name}  {row.built}  {held}  {mark}")
    return DONE


def _roll_back(options: argparse.Namespace) -> int:
    name = engine_for(options.location).roll_back(options.location)
    print(f"Gepubliceerd: {name}. De nieuwere generatie gaat bij de volgende bouw weg.")
    return DONE


def _publish(options: argparse.Namespace) -> int:
    engine = shared(engine_for(options.location), options.location)
    name = engine.publish(options.location, abandon=options.abandon)
    print(f"Weggegooid: {name}." if options.abandon else f"Gepubliceerd: {name}.")
    return DONE
