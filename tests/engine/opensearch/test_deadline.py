"""The clock of a search holds for a cluster too: a late answer is an error that says what to do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from indexer.engine import deadline
from indexer.engine.errors import DeadlineError
from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from indexer.engine.opensearch.address import parse
from indexer.engine.opensearch.client import Cluster
from indexer.engine.query import Everything, Term
from indexer.engine.results import PassageRequest, SearchRequest
from search_app.app import create_app
from search_app.settings import Settings
from tests.engine.opensearch.corpus import WORDS, build
from tests.opensearch.nodes import Nodes
from tests.opensearch.proxy import Proxy, served

pytestmark = pytest.mark.opensearch
PAPERS = 30
QUERY = Term(WORDS[0])


@pytest.fixture(scope="module")
def location(one_node: Nodes) -> str:
    found = one_node.location("klok")
    build(found, PAPERS)
    return found


@pytest.fixture
def proxy(one_node: Nodes) -> Iterator[Proxy]:
    with served(Proxy(one_node.http[0])) as running:
        yield running


def behind(proxy: Proxy) -> str:
    return f"opensearch+http://127.0.0.1:{proxy.port}/klok"


@pytest.fixture
def index(location: str, proxy: Proxy) -> Iterator[Index]:
    del location
    opened = engine_for(behind(proxy)).open(behind(proxy))
    yield opened
    opened.close()


ASKED: list[tuple[str, Callable[[Index], object]]] = [
    # Everything that asks the cluster something.
    ("search", lambda index: index.search(SearchRequest(QUERY, facets=("kind",)))),
    ("rank_passages", lambda index: index.rank_passages(PassageRequest(QUERY))),
    ("paper", lambda index: index.paper("p1")),
]


@pytest.mark.parametrize(("name", "ask"), ASKED, ids=[name for name, _ in ASKED])
def test_a_late_answer_is_an_error(
    name: str, ask: Callable[[Index], object], index: Index, proxy: Proxy
) -> None:
    with deadline.within(30):
        ask(index)
    proxy.delay = 1.0
    with pytest.raises(DeadlineError, match="Zoek met minder woorden"), deadline.within(0.3):
        ask(index)
    proxy.delay = 0.0
    with deadline.within(30):  # and the connection is of use again
        ask(index)


def again(times: int, work: Callable[[], object]) -> None:
    for _ in range(times):
        work()


def test_nothing_is_asked_when_the_time_is_over(index: Index, proxy: Proxy) -> None:
    before = len(proxy.asked)
    with pytest.raises(DeadlineError), deadline.within(-1):
        index.search(SearchRequest(QUERY))
    assert len(proxy.asked) == before


def test_the_whole_search_has_one_clock(index: Index, proxy: Proxy) -> None:
    # Each of several requests is in time by itself; together they are not.
    proxy.delay = 0.4
    with pytest.raises(DeadlineError), deadline.within(1.0):
        again(5, lambda: index.search(SearchRequest(Everything())))


def test_the_cluster_is_told_to_stop(location: str) -> None:
    cluster = Cluster(parse(location))
    path = f"/{parse(location).name}/_search"
    endless = "long n = 0; while (n < 900000L) { n += 1 } return true"
    body = {"query": {"script": {"script": {"source": endless}}}, "size": 0}
    slow = body | {"query": {"bool": {"filter": [body["query"], {"match_all": {}}]}}}
    with pytest.raises(DeadlineError), deadline.within(0.2):
        again(400, lambda: cluster.search(path, slow))
    for _ in range(100):
        left = cluster.call("GET", "/_tasks", params={"actions": "*search*"})["nodes"]
        if not any(node["tasks"] for node in left.values()):
            break
        time.sleep(0.1)
    else:
        pytest.fail(f"searches go on for nobody: {left}")
    cluster.close()


def test_a_page_says_what_to_do_when_the_cluster_is_frozen(one_node: Nodes, location: str) -> None:
    app = create_app(Settings(index=location, search_seconds=1))
    client = app.test_client()
    assert client.get("/api/v1/search", query_string={"q": WORDS[0]}).get_json()["total"] > 0
    one_node.freeze(0)
    try:
        told = client.get("/api/v1/search", query_string={"q": WORDS[1]})
        page = client.get("/", query_string={"q": WORDS[2]})
    finally:
        one_node.thaw(0)
    assert told.status_code == page.status_code == 503
    assert "probeer het later opnieuw" in told.get_data(as_text=True)
    assert "probeer het later opnieuw" in page.get_data(as_text=True)
    assert client.get("/", query_string={"q": WORDS[2]}).status_code == 200
