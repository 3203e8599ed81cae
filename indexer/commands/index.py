"""The commands that look into an index: `citations`, `check` and `tables`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from indexer.analysis.exported import export
from indexer.analysis.filters import VERSION
from indexer.build import default_store
from indexer.commands.exits import DONE, FAULT, complain
from indexer.engine.locate import engine_for
from indexer.folder import SourceError
from indexer.graph import Edge, graph_of
from indexer.store import Store


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to a parser."""
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


def _citations(options: argparse.Namespace) -> int:
    root = default_store(options.location)
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
