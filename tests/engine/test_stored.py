"""An index that is closed lets go of its files at once, and is read by threads together."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.analysis.tables import EMPTY
from indexer.engine.query import Term
from indexer.engine.results import SearchRequest
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.paper import Paper, Passage
from tests.conftest import open_files

PAPERS = 60


@pytest.fixture
def location(tmp_path: Path) -> str:
    writer = WhooshEngine().writer(str(tmp_path), EMPTY)
    for number in range(PAPERS):
        name = f"stuk-{number}"
        text = f"Een zin over water nummer {number}. " * (1 + number % 7)
        passages = (Passage(f"{name}#p1", "tekst", "p1", text),)
        writer.add(Paper(name, title=f"Titel {number}", passages=passages), name)
    list(writer.publish())
    return str(tmp_path)


@pytest.fixture
def no_sweeps() -> Iterator[None]:
    """Keep Python from looking for circles: a server does so seldom."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_sweeps")
def test_a_closed_index_leaves_no_open_files(location: str) -> None:
    """Mapped files are descriptors, and of these a process has few; select() takes no 1,024th."""
    before = open_files()
    for _ in range(3):
        index = WhooshEngine().open(location)
        index.search(SearchRequest(Term("water")))
        assert open_files() > before
        index.close()
        del index
    assert open_files() == before


def test_threads_read_papers_and_passages_together(location: str) -> None:
    index = WhooshEngine().open(location)
    names = [f"stuk-{number}" for number in range(PAPERS)] * 20
    with ThreadPoolExecutor(8) as pool:
        papers = list(pool.map(index.paper, names))
    assert [paper and paper.title for paper in papers] == [
        f"Titel {name.removeprefix('stuk-')}" for name in names
    ]
    index.close()
