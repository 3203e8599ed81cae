"""Queries → how long they take: warm, without HTTP, ten grouped hits without snippets.

In go an index and queries, out come milliseconds and searches a second by number of threads. All
were asked twice before, so that their words are known and made ready; that they were is forgotten,
since a page of results that an index still has tells nothing of how it searches.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from indexer.engine.interface import Index, Remembering
from indexer.engine.results import SearchRequest
from search_app.measuring.evaluate import loose_words

THREADS = (1, 2, 8)
WARM = 2
"""The embedded engine makes a word ready when it is asked for the second time."""


def measure(index: Index, queries: Sequence[str]) -> dict[str, Any]:
    """Return the figures of the public contract; `queries` must not be empty."""
    requests = [SearchRequest(loose_words(text), snippets=False) for text in queries]
    for _ in range(WARM):
        for request in requests:
            _time(index, request)
    took = sorted(_time(index, request) for request in requests)
    return {
        "queries": len(requests),
        "p50": round(_share(took, 0.5), 3),
        "p95": round(_share(took, 0.95), 3),
        "per_second": {str(n): round(_rate(index, requests, n), 1) for n in THREADS},
    }


def _time(index: Index, request: SearchRequest) -> float:
    _forget(index)
    started = time.perf_counter()
    index.search(request)
    return (time.perf_counter() - started) * 1000


def _forget(index: Index) -> None:
    """Let the index forget what it was asked."""
    if isinstance(index, Remembering):
        index.forget_questions()


def _share(took: Sequence[float], share: float) -> float:
    return took[min(len(took) - 1, int(len(took) * share))]


def _rate(index: Index, requests: Sequence[SearchRequest], threads: int) -> float:
    _forget(index)
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(index.search, requests))
    return len(requests) / (time.perf_counter() - started)
