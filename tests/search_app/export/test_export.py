"""Exports and feeds of more papers than fit on a page: all of them, bounded, streamed, in order."""

from __future__ import annotations

import csv
import dataclasses
import json
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from indexer.analysis.tables import EMPTY
from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from indexer.engine.results import Results, SearchRequest
from indexer.paper import Page, Paper, Passage
from indexer.paper_json import content_hash
from search_app.app import create_app
from search_app.export import files as exporting
from search_app.export.files import FORMATS, ExportBrokenError, export
from search_app.search.parameters import Parameters
from search_app.settings import Settings
from search_app.web.shared import EXPORTS

ATOM = "{http://www.w3.org/2005/Atom}"
PAPERS = 430
WITH_A_WORD = 215


def paper(number: int) -> Paper:
    text = "Over dijken." if number % 2 else "Over sluizen."
    name = f"kst-30000-{number}"
    return Paper(
        id=name,
        title=f"Brief {number}",
        kind="brief",
        dossier="30000",
        number=str(number),
        paper_ref=f"30 000, nr. {number}",
        date=f"{2000 + number % 20}-01-{1 + number % 28:02}",
        pages=(Page(1, text),),
        passages=(Passage(f"{name}#p1", "tekst", "p1", text, page_first=1, page_last=1),),
    )


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("export") / "index")
    writer = engine_for(path).writer(path, EMPTY)
    for number in range(1, PAPERS + 1):
        made = paper(number)
        writer.add(made, content_hash(made))
    list(writer.publish())
    return path


@pytest.fixture(scope="module")
def index(location: str) -> Iterator[Index]:
    opened = engine_for(location).open(location)
    yield opened
    opened.close()


@pytest.fixture
def many(location: str) -> FlaskClient:
    return create_app(Settings(index=location)).test_client()


def csv_rows(text: str) -> int:
    lines = text.removeprefix("\ufeff").splitlines()
    return len(list(csv.DictReader(line for line in lines if not line.startswith("#"))))


# How often a record is in a file of a form, beside what its head holds.
RECORDS: dict[str, Callable[[str], int]] = {
    "csv": csv_rows,
    "jsonl": lambda text: len(text.splitlines()) - 1,
    "ris": lambda text: text.count("TY  - "),
    "bibtex": lambda text: text.count("\n@misc{"),
    "csl-json": lambda text: len(json.loads(text)) - 1,
    "leidraad": lambda text: text.count("Kamerstukken"),
}


@pytest.mark.parametrize("form", FORMATS)
def test_all_hits_and_not_the_first_page(many: FlaskClient, form: str) -> None:
    answer = many.get(f"/api/v1/export?q=dijken&format={form}", buffered=True)
    text = answer.get_data(as_text=True)
    assert RECORDS[form](text) == WITH_A_WORD
    assert f"{WITH_A_WORD} van {WITH_A_WORD} stukken" in text or form == "jsonl"


def test_an_export_is_in_order_without_gaps(many: FlaskClient) -> None:
    text = many.get("/api/v1/export?q=&sort=oldest&format=jsonl", buffered=True).get_data(True)
    rows = [json.loads(line) for line in text.splitlines()[1:]]
    assert [row["n"] for row in rows] == list(range(1, PAPERS + 1))
    assert len({row["paper_id"] for row in rows}) == PAPERS
    assert all(a["date"] <= b["date"] for a, b in pairwise(rows))


def test_an_export_is_bounded_and_says_so(
    many: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST", 400)
    answer = many.get("/api/v1/export?q=&format=jsonl", buffered=True)
    head, *rows = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
    assert len(rows) == head["export"]["exported"] == 400
    assert head["export"]["total"] == PAPERS
    assert answer.headers["Kamerzoek-Total"] == str(PAPERS)
    assert answer.headers["Kamerzoek-Exported"] == "400"


@dataclasses.dataclass
class Counting:
    """An index that counts how often it is searched."""

    index: Index
    searches: int = 0

    def search(self, request: SearchRequest) -> Results:
        self.searches += 1
        return self.index.search(request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)


def test_an_export_is_made_while_it_is_sent(index: Index) -> None:
    counting: Any = Counting(index)
    made = export(Parameters(), counting, "csv", "http://x")
    next(made.pieces)  # the head
    before = counting.searches
    next(made.pieces)
    assert counting.searches == before + 1
    assert sum(1 for _ in made.pieces) == PAPERS  # the other rows and the tail
    assert counting.searches == before + 3


def test_an_export_that_takes_too_long_breaks_off_and_does_not_end(index: Index) -> None:
    ticks = iter(range(0, 1000, 10))
    made = export(Parameters(), index, "csv", "http://x", clock=lambda: float(next(ticks)))
    with pytest.raises(ExportBrokenError):
        list(made.pieces)


def test_too_many_at_once_are_told_to_wait(many: FlaskClient) -> None:
    slots: threading.BoundedSemaphore = many.application.extensions[EXPORTS]
    taken = 0
    while slots.acquire(blocking=False):
        taken += 1
    answer = many.get("/api/v1/export?q=&format=csv")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "opnieuw" in answer.get_json()["error"]["message"]
    for _ in range(taken):
        slots.release()
    # A reader who leaves before the end gives his place back.
    for _ in range(taken + 1):
        left = many.get("/api/v1/export?q=&format=csv")
        assert left.status_code == 200
        left.close()


def test_a_feed_says_its_window_and_leads_on_to_the_rest(many: FlaskClient) -> None:
    address, seen, told = "/api/v1/feed?q=dijken", [], []
    while address:
        feed = ET.fromstring(many.get(address).get_data())
        told.append(feed.findtext(f"{ATOM}subtitle") or "")
        seen += [row.findtext(f"{ATOM}id") for row in feed.findall(f"{ATOM}entry")]
        links = {row.attrib["rel"]: row.attrib["href"] for row in feed.findall(f"{ATOM}link")}
        address = links.get("next", "").removeprefix("http://localhost")
    assert len(seen) == len(set(seen)) == WITH_A_WORD
    windows = ["1 tot en met 50", "51 tot en met 100", "101 tot en met 150", "151 tot en met 200"]
    for window, subtitle in zip([*windows, "201 tot en met 215"], told, strict=True):
        assert f"{window} van {WITH_A_WORD}" in subtitle
