"""What a search may cost: a clock in every thread and process, and a gate for expensive ones."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.engine import deadline
from indexer.engine.errors import DeadlineError
from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from indexer.engine.query import Node, Term
from indexer.engine.results import SearchRequest
from indexer.engine.whoosh_index import WhooshIndex
from search_app.app import create_app
from search_app.errors import BusyError
from search_app.query.syntax import read
from search_app.serving.crowd import Crowd
from search_app.serving.gate import EXPENSIVE, Gate, cost
from search_app.settings import Settings
from search_app.web.shared import HOLDER

COSTS = [
    # (typed, whether it waits for its turn)
    ("stikstof", False),
    ("hoe staat het met de uitvoering van de motie over stikstof", False),
    ('"nationaal programma" stikstof', False),
    ("klimaat*", False),
    ("klimaat* energie*", True),
    ("begrotng~", True),
    ("klimaat* NIET (aap OF noot)", False),
    (" OF ".join(f"woord{i}" for i in range(EXPENSIVE)), True),
    ("a NABIJ/2 b c NABIJ/2 d e NABIJ/3 f", True),
]


@pytest.mark.parametrize(("typed", "waits"), COSTS)
def test_what_is_expensive(typed: str, waits: bool) -> None:
    assert (cost(read(typed).node) >= EXPENSIVE) is waits


def test_the_gate_lets_two_through_and_tells_the_third_to_come_back() -> None:
    gate, node = Gate(Crowd(8), at_once=2, wait=0.05), read("klimaat* energie*").node
    with gate.passing(node), gate.passing(node):
        with pytest.raises(BusyError), gate.passing(node):
            pass
        with gate.passing(read("stikstof").node):
            pass  # what is cheap does not wait
    with gate.passing(node):
        pass


def test_an_expensive_search_gets_503_and_a_cheap_one_an_answer(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(Crowd(8), at_once=1, wait=0.05)
    monkeypatch.setattr("search_app.app.Gate", lambda _: gate)
    client = create_app(Settings(index=location)).test_client()
    with gate.passing(read("klimaat* energie*").node):
        for address in ("/api/v1/search", "/", "/api/v1/feed"):
            refused = client.get(address, query_string={"q": "klimaat* energie*"})
            assert refused.status_code == 503
            assert refused.headers["Retry-After"] == "5"
            assert "druk" in refused.get_data(as_text=True)
        assert client.get("/?q=begroting").status_code == 200
    assert client.get("/", query_string={"q": "klimaat* energie*"}).status_code == 200


def test_a_crowd_of_expensive_searches_is_let_in_two_at_a_time(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real threads: two are answered, the others told to come back, then all is as before."""
    monkeypatch.setattr("search_app.app.Gate", lambda crowd: Gate(crowd, at_once=2, wait=0.05))
    client = create_app(Settings(index=location)).test_client()
    assert client.get("/livez").status_code == 200
    real, inside, leave = WhooshIndex.search, threading.Semaphore(0), threading.Event()

    def held(self: WhooshIndex, request: SearchRequest) -> object:
        if cost(request.query) >= EXPENSIVE and not leave.is_set():
            inside.release()
            leave.wait(20)
        return real(self, request)

    monkeypatch.setattr(WhooshIndex, "search", held)
    statuses: list[int] = []
    asked = {"q": "klimaat* energie*"}

    def ask() -> None:
        answer = client.application.test_client().get("/api/v1/search", query_string=asked)
        statuses.append(answer.status_code)

    first = [threading.Thread(target=ask) for _ in range(2)]
    for thread in first:
        thread.start()
    assert all(inside.acquire(timeout=20) for _ in first)
    others = [threading.Thread(target=ask) for _ in range(6)]
    for thread in others:
        thread.start()
    for thread in others:
        thread.join()
    assert statuses == [503] * 6
    assert client.get("/api/v1/search?q=begroting").status_code == 200  # a cheap one goes on
    leave.set()
    for thread in first:
        thread.join()
    assert client.get("/api/v1/search", query_string=asked).status_code == 200
    assert inside.acquire(blocking=False) is False


def test_no_time_is_an_error_and_not_an_empty_result(location: str) -> None:
    with index_at(location) as index:
        request = SearchRequest(Term("begroting"))
        with deadline.within(-1), pytest.raises(DeadlineError):
            index.search(request)
        assert index.search(request).total == 1


def test_an_inner_deadline_does_not_lengthen_the_outer() -> None:
    with deadline.within(-1), deadline.within(60), pytest.raises(DeadlineError):
        deadline.check()
    deadline.check()


def test_a_deadline_is_of_its_thread_alone(location: str) -> None:
    ended: list[str] = []

    def late(node: Node) -> None:
        with deadline.within(-1):
            started.wait()
            try:
                index.search(SearchRequest(node))
                ended.append("answered")
            except DeadlineError:
                ended.append("late")

    with index_at(location) as index:
        started = threading.Event()
        threads = [threading.Thread(target=late, args=(Term("zorg"),)) for _ in range(4)]
        for thread in threads:
            thread.start()
        started.set()
        assert index.search(SearchRequest(Term("begroting"))).total == 1
        for thread in threads:
            thread.join()
    assert ended == ["late"] * 4


def test_a_deadline_holds_in_a_forked_process(location: str) -> None:
    context = multiprocessing.get_context("fork")
    ended = context.Queue()

    def late() -> None:
        with index_at(location) as index, deadline.within(-1):
            try:
                index.search(SearchRequest(Term("begroting")))
                ended.put("answered")
            except DeadlineError:
                ended.put("late")

    child = context.Process(target=late)
    child.start()
    assert ended.get(timeout=30) == "late"
    child.join()


class Slow:
    """An index of which each step takes a while, as with a very frequent word."""

    def __init__(self, index: Index, step: float) -> None:
        self._index, self._step, self.steps = index, step, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)

    def search(self, request: SearchRequest) -> object:
        for _ in range(1000):
            self.steps += 1
            time.sleep(self._step)
            deadline.check()
        return self._index.search(request)


@pytest.mark.parametrize("address", ["/", "/api/v1/search", "/api/v1/feed"])
def test_a_request_ends_with_503_when_the_time_is_over(
    location: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(Settings(index=location, search_seconds=1))
    with index_at(location) as index:
        slow = Slow(index, 0.05)

        @contextmanager
        def use() -> Iterator[object]:
            yield slow

        monkeypatch.setattr(app.extensions[HOLDER], "use", use)
        answer = app.test_client().get(address, query_string={"q": "begroting"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "te veel tijd" in answer.get_data(as_text=True)
    assert 0 < slow.steps <= 21  # a second in steps of a twentieth


@contextmanager
def index_at(location: str) -> Iterator[Index]:
    index = engine_for(location).open(location)
    try:
        yield index
    finally:
        index.close()


def test_a_generation_that_goes_while_it_is_opened_is_followed(
    tmp_path: Path, publish_papers: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two publications between reading the pointer and opening the files."""
    from indexer.engine.publishing import generation  # noqa: PLC0415 - the module that is patched

    publish_papers(tmp_path)
    real = generation.current_path
    seen: list[str] = []

    def overtaken(location: Path) -> Path:
        path = real(location)
        if not seen:
            seen.append(path.name)
            publish_papers(location)
            publish_papers(location)
        return path

    monkeypatch.setattr(generation, "current_path", overtaken)
    with index_at(str(tmp_path)) as index:
        assert index.summary.generation != seen[0]
        assert index.search(SearchRequest(Term("begroting"))).total == 1
