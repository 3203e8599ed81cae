"""The sample papers in both engines, for tests that hold them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.engine.opensearch.engine import OpenSearchIndex
from indexer.engine.whoosh_index import WhooshIndex
from indexer.paper import Paper
from tests.opensearch.nodes import Nodes


@dataclass
class Pair:
    """One corpus in both engines, and where it lies in each."""

    papers: list[Paper]
    embedded: WhooshIndex
    distributed: OpenSearchIndex
    nodes: Nodes
    places: tuple[str, str]
