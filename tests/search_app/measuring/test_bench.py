"""The figures of `bench` are of searching: never of a page that the index still had."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from indexer.engine.interface import Index
from indexer.engine.results import Results, SearchRequest
from search_app.measuring.bench import THREADS, WARM, measure


class Kept:
    """An index that tells which searches it had forgotten, and which it still had."""

    def __init__(self) -> None:
        self._had: set[Any] = set()
        self.searched: Counter[bool] = Counter()

    def search(self, request: SearchRequest) -> Results:
        """Answer, and tell whether it was asked before."""
        self.searched[request.query in self._had] += 1
        self._had.add(request.query)
        return Results(0, True, (), {}, "g")

    def forget_questions(self) -> None:
        """Forget all that was asked."""
        self._had.clear()


def test_no_search_is_of_a_page_that_was_kept() -> None:
    index = Kept()
    told = measure(cast("Index", index), ["een vraag", "nog een vraag", "en een derde"])
    assert told["queries"] == 3
    assert set(told["per_second"]) == set(map(str, THREADS))
    assert index.searched == {False: 3 * (WARM + 1 + len(THREADS))}


def test_who_keeps_nothing_need_not_forget() -> None:
    class Bare:
        def search(self, request: SearchRequest) -> Results:
            return Results(0, True, (), {}, "g")

    assert measure(cast("Index", Bare()), ["een vraag"])["queries"] == 1
