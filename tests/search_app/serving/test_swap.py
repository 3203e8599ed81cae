"""Publishing while people search: no request fails, no answer is of two generations (SAFETY)."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from indexer.paper import Page, Paper, Passage
from search_app.app import create_app
from search_app.search import completion, suggest
from search_app.search.of_words import OfWords
from search_app.search.spelling import Speller
from search_app.settings import Settings
from tests.faults import tell
from tests.search_app.conftest import publish
from tests.search_app.served import Served, served

PAPERS = 8


def papers(number: int) -> list[Paper]:
    """Return papers that all tell the number of their generation."""
    text = f"De begroting van generatie {number}."
    return [
        Paper(
            id=f"kst-36200-VII-{place}",
            title=f"Titel van generatie {number}",
            kind="brief",
            pages=(Page(1, text),),
            passages=(Passage(f"kst-36200-VII-{place}#p1", "tekst", "p1", text, page_first=1),),
        )
        for place in range(PAPERS)
    ]


def told(body: bytes) -> set[str]:
    """Return the generations that an answer's titles and snippets tell of."""
    hits = json.loads(body)["hits"]
    texts = [hit["title"] for hit in hits]
    texts += ["".join(piece["text"] for piece in hit["snippet"]) for hit in hits]
    assert len(hits) == PAPERS
    return {text.rstrip(".").rpartition(" ")[2] for text in texts}


class Client(threading.Thread):
    """Searches until it is stopped and keeps what was wrong."""

    def __init__(self, server: Served, stop: threading.Event) -> None:
        super().__init__()
        self._server, self._ended = server, stop
        self.wrong: list[str] = []
        self.seen: Counter[str] = Counter()

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                status, headers, body = self._server.get("/api/v1/search?q=begroting&size=20")
                found = told(body) if status == 200 else {body[:200].decode()}
                name = json.loads(body)["generation"] if status == 200 else ""
                if status != 200 or len(found) != 1 or name != headers["Kamerzoek-Generation"]:
                    self.wrong.append(f"{status} {sorted(found)}")
                self.seen.update(found)
            except (OSError, ValueError, AssertionError) as error:
                self.wrong.append(repr(error))


@pytest.mark.parametrize(
    ("rounds", "clients"), [(5, 4), pytest.param(50, 20, marks=pytest.mark.soak)]
)
def test_publishing_under_load_fails_no_request(tmp_path: Path, rounds: int, clients: int) -> None:
    publish(tmp_path, papers(0))
    stop = threading.Event()
    with served(tmp_path) as server:
        crowd = [Client(server, stop) for _ in range(clients)]
        for client in crowd:
            client.start()
        for number in range(1, rounds + 1):
            publish(tmp_path, papers(number))
            wait_for(crowd, str(number))
        stop.set()
        for client in crowd:
            client.join()
    seen = sum((client.seen for client in crowd), Counter[str]())
    tell(
        "Swap under load",
        bar="0 failed or mixed answers",
        done=f"{rounds} publications under {clients} clients, {sum(seen.values())} answers",
        effective=f"answers of {len(seen)} generations, each seen by somebody before the next",
    )
    assert [wrong for client in crowd for wrong in client.wrong] == []
    assert set(seen) == {str(number) for number in range(rounds + 1)}


def test_rolling_back_under_load_fails_no_request(tmp_path: Path) -> None:
    """Each round publishes a bad generation and goes back to the first; the bad one is swept."""
    publish(tmp_path, papers(0))
    stop, rounds = threading.Event(), 3
    with served(tmp_path) as server:
        crowd = [Client(server, stop) for _ in range(4)]
        for client in crowd:
            client.start()
        for number in range(1, rounds + 1):
            publish(tmp_path, papers(number))
            wait_for(crowd, str(number))
            before = sum(client.seen["0"] for client in crowd)
            engine_for(str(tmp_path)).roll_back(str(tmp_path))
            wait_for(crowd, "0", more_than=before + len(crowd))
        stop.set()
        for client in crowd:
            client.join()
    assert [wrong for client in crowd for wrong in client.wrong] == []
    seen = sum((client.seen for client in crowd), Counter[str]())
    assert set(seen) == {str(number) for number in range(rounds + 1)}


def wait_for(crowd: list[Client], number: str, more_than: int = 0) -> None:
    """Wait until there are answers of this generation: the swap was under load."""
    for _ in range(600):
        if sum(client.seen[number] for client in crowd) > more_than:
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"nobody saw generation {number}")


def test_what_is_learned_of_a_generation_is_kept_between_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spelling and completions take a second to learn on a large index: once, not each time."""
    learned: list[str] = []

    class Counted(Speller):
        def __init__(self, words: Mapping[str, int]) -> None:
            learned.append("spelling")
            super().__init__(words)

    def counted(index: Index) -> object:
        learned.append("completion")
        return real(index)

    real = completion._learn
    monkeypatch.setattr(suggest, "_SPELLERS", OfWords(Counted))
    monkeypatch.setattr(completion, "_learn", counted)
    monkeypatch.setattr("search_app.serving.holder.CHECK_SECONDS", 0.0)
    client = create_app(Settings(index=str(tmp_path))).test_client()
    for generation in (1, 2):
        publish(tmp_path, papers(generation))
        for _ in range(3):
            assert client.get("/api/v1/search?q=xqzvwyk").status_code == 200
            assert client.get("/api/v1/suggest?q=begr").status_code == 200
        # both generations were made with the same words
        assert sorted(learned) == ["completion"] * generation + ["spelling"]
