"""The commands: all that prints and exits. `build` and `fetch` have a module of their own.

In go the words of the command line, out come text, JSON and an exit code: 0 when all went well,
3 when some files failed and the rest is searchable, 2 for wrong use, 1 for a fault, 130 when the
user stopped it.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from indexer import build as building
from indexer import build_cli, completeness_cli, doctor_cli, fetch_cli, generations_cli
from indexer.analysis.exported import export
from indexer.analysis.filters import VERSION
from indexer.build_cli import how_of, reading_options
from indexer.console import follow
from indexer.engine.interface import EngineError
from indexer.engine.locate import engine_for
from indexer.exits import DONE, FAULT, SOME_FAILED, STOPPED, WRONG_USE, complain
from indexer.folder import SourceError
from indexer.graph import Edge, graph_of
from indexer.measure import extract_all
from indexer.paper import Failure, shown_json
from indexer.reading import read_one
from indexer.refused import told
from indexer.sources.errors import StopError
from indexer.store import Store, StoreError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(arguments)
    _stop_when_asked()
    try:
        return int(options.run(options))
    except (SourceError, StopError) as error:
        return complain(str(error), WRONG_USE)
    except (EngineError, StoreError) as error:
        return complain(str(error), FAULT)
    except KeyboardInterrupt:
        kept = "Gestopt. Wat er al was is bewaard; dezelfde opdracht gaat verder."
        goes_on = (build_cli.run, fetch_cli.run, _extract)
        return complain(kept if options.run in goes_on else "Gestopt.", STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        return FAULT
    except OSError as error:
        kept = "Wat er al was is bewaard, en de oude index geldt nog."
        return complain(f"Lezen of schrijven lukt niet: {told(error)}. {kept}", FAULT)


def _stop_when_asked() -> None:
    """Let SIGTERM (of systemd, of a container) stop a command as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: object) -> NoReturn:
    del number, frame
    raise KeyboardInterrupt


def _show(options: argparse.Namespace) -> int:
    path = Path(options.file)
    if not path.is_file():
        raise SourceError(f"{path} bestaat niet. Geef de naam van een PDF op.")
    paper = read_one(path, replace(how_of(options), workers=1))
    if isinstance(paper, Failure):
        return complain(f"{path} is niet te lezen ({paper.reason}). {paper.message}", FAULT)
    print(json.dumps(shown_json(paper), ensure_ascii=False, indent=2))
    return DONE


def _citations(options: argparse.Namespace) -> int:
    root = building.default_store(options.location)
    store = Store(root if root.is_dir() else options.location)
    if not store.files.names("papers/*"):
        raise SourceError(
            f"In {options.location} zijn geen gelezen stukken. Geef een index of store."
        )
    graph = graph_of(store.every())
    edges = [edge for edge in graph.edges if not (options.unresolved and edge.resolved)]
    if options.json:
        print(json.dumps([_edge_json(edge) for edge in edges], ensure_ascii=False, indent=1))
        return DONE
    for target, found in graph.unresolved.items() if options.unresolved else ():
        print(f"{target}: {len(found)} keer, in {', '.join(_places(found))}")
    resolved = sum(edge.resolved for edge in graph.edges)
    print(
        f"{len(graph.edges)} verwijzingen, waarvan {resolved} naar een stuk of dossier dat er is."
    )
    return DONE


def _edge_json(edge: Edge) -> dict[str, object]:
    said = edge.citation
    return {
        "source": edge.source, "target": edge.target, "resolved": edge.resolved,
        "text": said.text, "page": said.page, "passage": said.passage, "relation": said.relation,
    }  # fmt: skip


def _places(edges: Sequence[Edge], most: int = 5) -> list[str]:
    places = [f"{edge.source} p. {edge.citation.page}" for edge in edges]
    return [*places[:most], f"en {len(places) - most} andere"] if len(places) > most else places


def _tables(options: argparse.Namespace) -> int:
    tables = engine_for(options.location).tables(options.location)
    if tables is None:
        raise SourceError(
            f"In {options.location} staat geen index van deze versie. Bouw hem eerst met build."
        )
    files = export(tables, Path(options.to)) if options.to else []
    told = {
        "version": VERSION,
        "digest": tables.digest,
        "learned_from": tables.learned_from,
        "words": len(tables.vocabulary.splitlines()),
        "halves": len(tables.halves.splitlines()),
        "files": [str(path) for path in files],
    }
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
        return DONE
    print(
        f"Analyse {told['version']}, kenmerk {told['digest']}: {told['words']} woorden en "
        f"{told['halves']} helften van samenstellingen, geleerd van {told['learned_from']} woorden."
    )
    for path in files:
        print(path)
    return DONE


def _check(options: argparse.Namespace) -> int:
    engine = engine_for(options.location)
    wrong = engine.check(options.location)
    if wrong:
        advice = (
            f"De index in {options.location} is niet in orde. Maak hem opnieuw: "
            f"python -m indexer build MAP --index {options.location} --fresh, of ga terug naar de "
            f"vorige: python -m indexer rollback {options.location}"
        )
        return complain("\n".join((*wrong, advice)), FAULT)
    index = engine.open(options.location)
    held = index.summary
    index.close()
    print(
        f"In orde: generatie {held.generation} van {held.built} met {held.papers} stukken, "
        f"{held.passages} passages en {held.pages} pagina's."
    )
    return DONE


def _extract(options: argparse.Namespace) -> int:
    found = follow(extract_all(options.sources, Path(options.store), how_of(options)))
    if options.json:
        print(json.dumps({name: getattr(found, name) for name in found.__slots__}))
    else:
        print(
            f"{found.files} bestanden, {found.pages} pagina's, {found.failed} mislukt, "
            f"in {found.seconds:.1f} s ({found.cpu_seconds:.1f} s rekentijd)."
        )
    return SOME_FAILED if found.failed else DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kamerzoek-index",
        description="Maakt een doorzoekbare index van Kamerstukken (PDF's of lijsten van stukken).",
    )
    commands = parser.add_subparsers(required=True, metavar="OPDRACHT")
    build_cli.add_to(commands)
    fetch_cli.add_to(commands)
    completeness_cli.add_to(commands)
    generations_cli.add_to(commands)
    doctor_cli.add_to(commands)
    reading = reading_options()
    show = commands.add_parser("show", parents=[reading], help="laat een PDF als stuk zien (JSON)")
    show.add_argument("file", metavar="FILE.pdf")
    show.set_defaults(run=_show)
    cited = commands.add_parser("citations", help="toon verwijzingen tussen stukken")
    cited.add_argument("location", metavar="LOCATION", help="map van de index of van de store")
    cited.add_argument("--unresolved", action="store_true", help="alleen naar wat er niet is")
    cited.add_argument("--json", action="store_true", help="elke verwijzing als JSON")
    cited.set_defaults(run=_citations)
    check = commands.add_parser("check", help="controleer een index op beschadiging")
    check.add_argument("location", metavar="LOCATION")
    check.set_defaults(run=_check)
    tables = commands.add_parser("tables", help="toon of bewaar wat de index over woorden leerde")
    tables.add_argument("location", metavar="LOCATION")
    tables.add_argument("--to", metavar="DIR", help="schrijf de tabellen als .tsv in deze map")
    tables.add_argument("--json", action="store_true", help="als een regel JSON")
    tables.set_defaults(run=_tables)
    extract = commands.add_parser("extract", parents=[reading], help="lees alleen de tekst")
    extract.add_argument("sources", nargs="+", metavar="SOURCE", help="map of PDF")
    extract.add_argument("--store", default=".kamerzoek-store", metavar="DIR")
    extract.add_argument("--json", action="store_true", help="eindig met een regel JSON")
    extract.set_defaults(run=_extract)
    return parser
