"""The graph of citations, and the command that lists what leads nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.graph import graph_of
from indexer.paper import Citation, Paper
from indexer.store import Store

PAPERS = (
    Paper(
        "kst-36200-VII-12",
        dossier="36200-VII",
        citations=(
            Citation("Kamerstuk 36 200 VII, nr. 2", "kst-36200-VII-2", 1),
            Citation("35510-21", "kst-35510-21", 2, others=("35510-21",)),
            Citation("vraagnummer 2024Z08911", "2024Z08911", 3),
        ),
    ),
    Paper("kst-36200-VII-2", dossier="36200-VII"),
    Paper("kst-35510-21-4", dossier="35510-21"),
    Paper(
        "kv-tk-2024Z08911",
        citations=(
            Citation("Kamerstuk 36 200", "36200", 1),
            Citation("Kamerstuk 29 398, nr. 1", "kst-29398-1", 1, passage="vraag-1"),
            Citation("stuk nr. 8", None, 2),
        ),
    ),
)
EDGES = [
    # (from, to, is it there)
    ("kst-36200-VII-12", "kst-36200-VII-2", True),
    ("kst-36200-VII-12", "35510-21", True),  # known as a dossier: not paper 21
    ("kst-36200-VII-12", "kv-tk-2024Z08911", True),  # by the number of its case
    ("kv-tk-2024Z08911", "36200", True),  # the dossier of all chapters
    ("kv-tk-2024Z08911", "kst-29398-1", False),
    ("kv-tk-2024Z08911", "stuk nr. 8", False),
]


def test_edges() -> None:
    graph = graph_of(PAPERS)
    assert [(e.source, e.target, e.resolved) for e in graph.edges] == EDGES
    assert [e.source for e in graph.cited_by("kst-36200-VII-2")] == ["kst-36200-VII-12"]
    assert len(graph.cites("kv-tk-2024Z08911")) == 3
    assert list(graph.unresolved) == ["kst-29398-1", "stuk nr. 8"]


def test_the_command_lists_what_leads_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(tmp_path / "index" / "store")
    for number, paper in enumerate(PAPERS):
        store.save(paper, f"{number:064x}", "sleutel")
    assert main(["citations", str(tmp_path / "index"), "--unresolved"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "kst-29398-1: 1 keer, in kv-tk-2024Z08911 p. 1",
        "stuk nr. 8: 1 keer, in kv-tk-2024Z08911 p. 2",
        "6 verwijzingen, waarvan 4 naar een stuk of dossier dat er is.",
    ]
    assert main(["citations", str(store.root), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(r["source"], r["target"], r["resolved"]) for r in rows] == EDGES
    assert main(["citations", str(tmp_path / "elders")]) == 2
