"""The commands `build`, `show`, `citations`, `check` and `extract`: all that prints and exits.

In go the words of the command line, out come text, JSON and an exit code: 0 when all went well,
3 when some files failed and the rest is searchable, 2 for wrong use, 1 for a fault, 130 when the
user stopped it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer import build as building
from indexer.console import follow
from indexer.engine.interface import EngineError
from indexer.engine.locate import engine_for
from indexer.extract.limits import Limits
from indexer.folder import SourceError
from indexer.graph import Edge, graph_of
from indexer.measure import extract_all
from indexer.paper import Failure, shown_json
from indexer.reading import How, read_one
from indexer.store import Store, StoreError

DONE, FAULT, WRONG_USE, SOME_FAILED, STOPPED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except SourceError as error:
        return _complain(str(error), WRONG_USE)
    except (EngineError, StoreError) as error:
        return _complain(str(error), FAULT)
    except KeyboardInterrupt:
        kept = "Gestopt. Stukken die al gelezen waren zijn bewaard; dezelfde opdracht gaat verder."
        return _complain(kept if options.run in (_build, _extract) else "Gestopt.", STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        return FAULT
    except OSError as error:
        told = f"{error.filename or 'Een bestand'}: {error.strerror or error}."
        return _complain(
            f"{told} Controleer de schijf en de rechten en probeer het opnieuw.", FAULT
        )


def _build(options: argparse.Namespace) -> int:
    store = Path(options.store) if options.store else building.default_store(options.index)
    settings = building.Settings(
        tuple(options.sources), options.index, store, _how(options), options.fresh
    )
    report = follow(building.build(settings))
    print(_summary(report, options.index), file=sys.stderr if options.json else sys.stdout)
    if options.json:
        print(json.dumps(_numbers(report)))
    return SOME_FAILED if report.failures else DONE


def _numbers(report: building.Report) -> dict[str, object]:
    return {
        "papers": report.papers,
        "passages": report.passages,
        "pages": report.pages,
        "failed": len(report.failures),
        "skipped": report.skipped,
        "seconds": report.seconds,
        "generation": report.generation,
    }


def _summary(report: building.Report, location: str) -> str:
    changed = f"{report.added} toegevoegd of vernieuwd, {report.removed} verwijderd"
    lines = [
        f"Doorzoekbaar in {location} (generatie {report.generation}):",
        f"{report.papers} stukken, {report.passages} passages, {report.pages} pagina's.",
        f"{changed}, {report.skipped} al gelezen, in {report.seconds:.1f} s.",
    ]
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


def _show(options: argparse.Namespace) -> int:
    path = Path(options.file)
    if not path.is_file():
        raise SourceError(f"{path} bestaat niet. Geef de naam van een PDF op.")
    paper = read_one(path, replace(_how(options), workers=1))
    if isinstance(paper, Failure):
        return _complain(f"{path} is niet te lezen ({paper.reason}). {paper.message}", FAULT)
    print(json.dumps(shown_json(paper), ensure_ascii=False, indent=2))
    return DONE


def _citations(options: argparse.Namespace) -> int:
    root = building.default_store(options.location)
    store = Store(root if root.is_dir() else Path(options.location))
    if not (store.root / "papers").is_dir():
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


def _check(options: argparse.Namespace) -> int:
    engine = engine_for(options.location)
    wrong = engine.check(options.location)
    if wrong:
        advice = (
            f"De index in {options.location} is niet in orde. Bouw hem opnieuw in een lege map."
        )
        return _complain("\n".join((*wrong, advice)), FAULT)
    index = engine.open(options.location)
    held = index.summary
    index.close()
    print(
        f"In orde: generatie {held.generation} van {held.built} met {held.papers} stukken, "
        f"{held.passages} passages en {held.pages} pagina's."
    )
    return DONE


def _extract(options: argparse.Namespace) -> int:
    found = follow(extract_all(options.sources, Path(options.store), _how(options)))
    if options.json:
        print(json.dumps({name: getattr(found, name) for name in found.__slots__}))
    else:
        print(
            f"{found.files} bestanden, {found.pages} pagina's, {found.failed} mislukt, "
            f"in {found.seconds:.1f} s ({found.cpu_seconds:.1f} s rekentijd)."
        )
    return SOME_FAILED if found.failed else DONE


def _how(options: argparse.Namespace) -> How:
    return How(
        workers=options.workers,
        limits=Limits(seconds=options.limit_seconds),
        ocr=options.ocr,
        retry_failed=getattr(options, "retry_failed", False),
    )


def _complain(told: str, code: int) -> int:
    print(told, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kamerzoek-index",
        description="Maakt een doorzoekbare index van Kamerstukken (PDF's of lijsten van stukken).",
    )
    commands = parser.add_subparsers(required=True, metavar="OPDRACHT")
    reading = _reading_options()
    build = commands.add_parser(
        "build", parents=[reading], help="maak een index, of werk hem bij met wat veranderde"
    )
    build.add_argument("sources", nargs="+", metavar="SOURCE", help="map, PDF of .jsonl(.gz|.xz)")
    build.add_argument("--index", required=True, metavar="LOCATION", help="map voor de index")
    build.add_argument("--store", metavar="DIR", help="map voor gelezen stukken (LOCATION/store)")
    build.add_argument("--fresh", action="store_true", help="leer en indexeer alles opnieuw")
    build.add_argument("--retry-failed", action="store_true", help="lees mislukte PDF's nog eens")
    build.add_argument("--json", action="store_true", help="eindig met een regel JSON")
    build.set_defaults(run=_build)
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
    extract = commands.add_parser("extract", parents=[reading], help="lees alleen de tekst")
    extract.add_argument("sources", nargs="+", metavar="SOURCE", help="map of PDF")
    extract.add_argument("--store", default=".kamerzoek-store", metavar="DIR")
    extract.add_argument("--json", action="store_true", help="eindig met een regel JSON")
    extract.set_defaults(run=_extract)
    return parser


def _reading_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    cores = len(os.sched_getaffinity(0))
    options.add_argument("--workers", type=_workers, default=cores, help="processen die lezen")
    options.add_argument(
        "--limit-seconds", type=_seconds, default=20.0, metavar="S", help="tijd per PDF (20)"
    )
    options.add_argument(
        "--ocr", choices=("auto", "off", "force"), default="auto", help="scans lezen met tesseract"
    )
    return options


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("geef een getal van 1 tot en met 256")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 86400:
        raise argparse.ArgumentTypeError("geef een aantal seconden boven 0")
    return value
