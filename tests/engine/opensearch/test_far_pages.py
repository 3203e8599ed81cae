"""Pages of results beyond what one request can reach: each paper once, in the same order.

The reach of a request (10,000 papers) is made small, so that the walk by a point in time is taken.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

import pytest

from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from indexer.engine.opensearch import search
from indexer.engine.query import Everything, Node, Or, Term
from indexer.engine.results import SearchRequest, Sort
from tests.engine.opensearch.corpus import WORDS, build
from tests.opensearch.nodes import Nodes

pytestmark = pytest.mark.opensearch
PAPERS = 90
SIZE = 7
REACH = 20


@pytest.fixture(scope="module")
def index(one_node: Nodes) -> Iterator[Index]:
    location = one_node.location(f"ver{uuid.uuid4().hex[:10]}")
    build(location, PAPERS)
    opened = engine_for(location).open(location)
    yield opened
    opened.close()


def pages(
    index: Index, query: Node, sort: Sort, filters: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Return the papers on all pages, one after another."""
    found: list[str] = []
    page = 1
    while True:
        request = SearchRequest(
            query, filters=filters, sort=sort, page=page, size=SIZE, facets=("kind",)
        )
        results = index.search(request)
        found += [hit.paper_id for hit in results.hits]
        assert all(hit.snippet or isinstance(query, Everything) for hit in results.hits)
        if not results.hits:
            assert len(found) == results.total
            assert results.facets["kind"][0].count == results.total
            return found
        page += 1


QUERIES: list[Node] = [
    Everything(),
    Term(WORDS[0]),
    Or((Term(WORDS[1]), Term(WORDS[5]), Term("nummer17"))),
]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", QUERIES, ids=["everything", "a word", "any of three"])
@pytest.mark.parametrize("filters", [{}, {"kind": ("brief",)}], ids=["all", "a kind"])
def test_far_pages_go_on_where_near_ones_end(
    index: Index,
    query: Node,
    sort: Sort,
    filters: Mapping[str, tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    near = pages(index, query, sort, filters)
    assert len(near) == len(set(near)) > REACH
    monkeypatch.setattr(search, "WINDOW", REACH)
    assert pages(index, query, sort, filters) == near


def test_a_page_behind_the_last_is_empty(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "WINDOW", REACH)
    results = index.search(SearchRequest(Everything(), page=1000, size=SIZE))
    assert (results.hits, results.total) == ((), PAPERS)
