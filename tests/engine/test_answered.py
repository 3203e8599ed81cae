"""Pages that were asked for before: the same for the same request, and for no other."""

from __future__ import annotations

import dataclasses

import pytest

from indexer.engine import answered
from indexer.engine.answered import Answered
from indexer.engine.query import Bag, Term
from indexer.engine.results import FacetCount, Hit, Piece, Results, SearchRequest

QUERY = Bag((Term("kabinet"), Term("zorg")))
REQUEST = SearchRequest(QUERY)
OTHERS: dict[str, object] = {
    "query": Bag((Term("zorg"), Term("kabinet"))),
    "filters": {"kind": ("brief",)},
    "date_from": "2022-01-01",
    "date_to": "2022-01-01",
    "sort": "newest",
    "page": 2,
    "size": 11,
    "literal": True,
    "facets": ("kind",),
    "snippets": False,
    "lead": ("1",),
    "fold": True,
}
HIT = Hit("a", None, "brief", None, None, None, 1.0, "a#1", "1", 1, (Piece("kabinet" * 100, True),))


class Search:
    """Counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[SearchRequest] = []

    def __call__(self, request: SearchRequest) -> Results:
        self.asked.append(request)
        facets = {"kind": (FacetCount("brief", 1),)}
        return Results(len(self.asked), True, (HIT,), facets, "g")


def test_what_is_asked_again_is_not_searched_again() -> None:
    pages, search = Answered(), Search()
    first = pages.page(REQUEST, search)
    assert pages.page(SearchRequest(Bag((Term("kabinet"), Term("zorg")))), search) is first
    assert search.asked == [REQUEST]
    pages.clear()
    assert pages.page(REQUEST, search).total == 2


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(SearchRequest)])
def test_every_part_of_a_request_counts(name: str) -> None:
    pages, search = Answered(), Search()
    other = dataclasses.replace(REQUEST, **{name: OTHERS[name]})  # type: ignore[arg-type]
    assert [pages.page(request, search).total for request in (REQUEST, other, REQUEST)] == [1, 2, 1]


def test_filters_in_any_order_are_the_same() -> None:
    pages, search = Answered(), Search()
    kind, year = ("kind", ("brief",)), ("year", ("2022", "2021"))
    for filters in (dict([kind, year]), dict([year, kind])):
        pages.page(dataclasses.replace(REQUEST, filters=filters), search)
    assert len(search.asked) == 1


def test_pages_for_machines_are_not_kept() -> None:
    pages, search = Answered(), Search()
    large = dataclasses.replace(REQUEST, size=answered.LARGEST + 1)
    assert [pages.page(large, search).total for _ in range(2)] == [1, 2]


def test_no_more_is_kept_than_there_is_room_for() -> None:
    pages, search = Answered(), Search()
    weight = answered.PAGE + answered.VALUE + answered.HIT + answered.PIECE + 700
    most = answered.KEPT // weight
    for number in range(1, most + 2):
        pages.page(dataclasses.replace(REQUEST, page=number), search)
    pages.page(dataclasses.replace(REQUEST, page=2), search)
    assert len(search.asked) == most + 1
    pages.page(REQUEST, search)  # the first to go
    assert len(search.asked) == most + 2
