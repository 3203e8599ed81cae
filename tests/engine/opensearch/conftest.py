"""The sample papers in both engines: made once for all tests that hold them side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.engine.locate import engine_for
from indexer.engine.opensearch.engine import OpenSearchIndex
from indexer.engine.whoosh_index import WhooshIndex
from indexer.paper_json import content_hash
from tests.conftest import Built
from tests.engine.opensearch.pairs import Pair
from tests.opensearch.nodes import Nodes


@pytest.fixture(scope="session")
def pair(sample_index: Built, one_node: Nodes) -> Iterator[Pair]:
    here, there = str(sample_index.location), one_node.location("paar")
    embedded = engine_for(here).open(here)
    assert isinstance(embedded, WhooshIndex)
    papers = [embedded.paper(name) for name in embedded.documents.paper_ids]
    engine = engine_for(there)
    tables = engine_for(here).tables(here)
    assert tables is not None
    writer = engine.writer(there, tables)
    known = [paper for paper in papers if paper is not None]
    for paper in known:
        writer.add(paper, content_hash(paper), embedded.pdf(paper.id))
    list(writer.publish())
    distributed = engine.open(there)
    assert isinstance(distributed, OpenSearchIndex)
    yield Pair(known, embedded, distributed, one_node, (here, there))
    embedded.close()
    distributed.close()
