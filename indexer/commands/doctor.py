"""The command `doctor`: what is wrong with a set-up and how to mend it, in words or as JSON."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
from collections.abc import Sequence
from pathlib import Path

from indexer.build import default_store
from indexer.commands.build import store_of
from indexer.commands.exits import DONE, FAULT
from indexer.doctor.examine import examine
from indexer.doctor.finding import Finding


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    doctor = commands.add_parser(
        "doctor", help="zeg wat er mis is met de opstelling, en wat te doen"
    )
    doctor.add_argument("location", metavar="LOCATION", nargs="?", default="index")
    doctor.add_argument("--store", metavar="DIR", help="map of adres van de gelezen stukken")
    doctor.add_argument("--json", action="store_true", help="als JSON")
    doctor.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Examine, print, and return 1 when there is a fault."""
    store: Path | str = store_of(options.store) or default_store(options.location)
    findings = list(examine(options.location, store, os.environ))
    sound = all(finding.level != "fout" for finding in findings)
    if options.json:
        rows = [dataclasses.asdict(finding) for finding in findings]
        told = {"location": options.location, "sound": sound, "findings": rows}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(findings)))
    return DONE if sound else FAULT


def lines(findings: Sequence[Finding]) -> list[str]:
    """Return findings as lines of text, faults last: that is where people look first."""
    order = {"goed": 0, "let op": 1, "fout": 2}
    shown = []
    for finding in sorted(findings, key=lambda row: order[row.level]):
        shown.append(f"{finding.level:<7} {finding.what}")
        if finding.level != "goed":
            shown.append(f"{'':<7} → {finding.advice}")
    faults = sum(finding.level == "fout" for finding in findings)
    noted = sum(finding.level == "let op" for finding in findings)
    if faults or noted:
        words = [f"{faults} {'fout' if faults == 1 else 'fouten'}"] if faults else []
        words += [f"{noted} keer let op"] if noted else []
        return [*shown, f"{' en '.join(words)}: zie de pijlen voor wat te doen."]
    return [*shown, "Alles is in orde."]
