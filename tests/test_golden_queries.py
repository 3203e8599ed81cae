"""Queries as people type them, and the paper of the sample that must be found first.

Each row says what it shows. The first paper is that of the number's card, else the first hit; where
no passage has all words and another query is offered, or a number with a slip is asked about, that
of what is offered (one click away).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

import pytest

from indexer.engine.interface import Index
from search_app.search.parameters import Parameters
from search_app.search.service import ResultPage, search
from tests.conftest import ROOT, has_dutch_ocr

FILE = ROOT / "tests" / "golden" / "queries.tsv"
SCANNED = "gescande-brief-dijkversterking"
LEAST = 80


@dataclass(frozen=True)
class Row:
    """A query, the file that must come first, and what that shows."""

    query: str
    first: str
    shows: str


def rows() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        found = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Row(*row) for row in found][1:]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.query[:40])
def test_the_right_paper_comes_first(row: Row, index: Index) -> None:
    if row.first == SCANNED and not has_dutch_ocr():
        pytest.skip("a scan is not read without tesseract")
    assert first(row.query, index) == row.first, row.shows


def test_there_are_enough_and_each_says_what_it_shows() -> None:
    assert len({row.query for row in rows()}) == len(rows()) >= LEAST
    assert all(row.shows for row in rows())


def first(query: str, index: Index) -> str:
    """Return the file of the paper that a reader sees first."""
    page = search(Parameters(q=query), index)
    if page.suggestion:
        page = search(Parameters(q=page.suggestion), index)
    paper_id = _first_id(page)
    path = index.pdf(paper_id) if paper_id else None
    return path.stem if path else "nothing"


def _first_id(page: ResultPage) -> str | None:
    for reference in page.references:
        if reference.paper:
            return reference.paper.paper_id
        if reference.asked:
            return reference.readings[0].hits[0].paper_id
    return page.hits[0].hit.paper_id if page.hits else None
