"""The commands that read PDFs and make no index: `show` and `extract`."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from indexer.commands.console import follow, seconds_told
from indexer.commands.exits import DONE, FAULT, SOME_FAILED, complain
from indexer.commands.options import how_of, reading_options
from indexer.folder import SourceError
from indexer.measure import extract_all
from indexer.paper import Failure
from indexer.paper_json import shown_json
from indexer.reading import read_one


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to a parser."""
    reading = reading_options()
    show = commands.add_parser("show", parents=[reading], help="laat een PDF als stuk zien (JSON)")
    show.add_argument("file", metavar="FILE.pdf")
    show.set_defaults(run=_show)
    extract = commands.add_parser("extract", parents=[reading], help="lees alleen de tekst")
    extract.add_argument("sources", nargs="+", metavar="SOURCE", help="map of PDF")
    extract.add_argument("--store", default=".kamerzoek-store", metavar="DIR")
    extract.add_argument("--json", action="store_true", help="eindig met een regel JSON")
    extract.set_defaults(run=_extract, goes_on=True)


def _show(options: argparse.Namespace) -> int:
    path = Path(options.file)
    if not path.is_file():
        raise SourceError(f"{path} bestaat niet. Geef de naam van een PDF op.")
    paper = read_one(path, replace(how_of(options), workers=1))
    if isinstance(paper, Failure):
        return complain(f"{path} is niet te lezen ({paper.reason}). {paper.message}", FAULT)
    print(json.dumps(shown_json(paper), ensure_ascii=False, indent=2))
    return DONE


def _extract(options: argparse.Namespace) -> int:
    found = follow(extract_all(options.sources, Path(options.store), how_of(options)))
    if options.json:
        print(json.dumps({name: getattr(found, name) for name in found.__slots__}))
    else:
        print(
            f"{found.files} bestanden, {found.pages} pagina's, {found.failed} mislukt, "
            f"in {seconds_told(found.seconds)} ({seconds_told(found.cpu_seconds)} rekentijd)."
        )
    return SOME_FAILED if found.failed else DONE
