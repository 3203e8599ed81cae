"""Counts and logs every answer: the numbers of `metrics`, a line of `journal`.

In goes an application, out come its hooks. A route is known by its rule (`/papers/<id>`), so that
neither an id nor a word of a visitor becomes a label or a line.
"""

from __future__ import annotations

import time

from flask import Flask, Response, current_app, g, request

from indexer.engine.errors import DeadlineError, QueryBudgetError
from search_app.errors import BusyError
from search_app.serving.journal import REQUESTS
from search_app.serving.metrics import OTHER, Metrics

METRICS = "kamerzoek-metrics"
HEALTH = ("operation.alive", "operation.ready", "operation.numbers")
"""Asked every few seconds by machines: counted, not logged."""
ENDED: dict[type[Exception], str] = {
    QueryBudgetError: "refused",
    DeadlineError: "late",
    BusyError: "busy",
}


def metrics() -> Metrics:
    """Return the numbers of this application."""
    found: Metrics = current_app.extensions[METRICS]
    return found


def add_watch(app: Flask) -> None:
    """Have the application count and log every answer."""
    app.after_request(_note)


def note_search(total: int, took_ms: float) -> None:
    """Count a search that gave an answer."""
    metrics().searches.labels("found" if total else "nothing").inc()
    metrics().search_seconds.observe(took_ms / 1000)


def note_unfinished(error: Exception) -> None:
    """Count a search that gave none."""
    metrics().searches.labels(ENDED.get(type(error), "failed")).inc()


def _note(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else OTHER
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    numbers = metrics()
    numbers.requests.labels(route, _method(), str(response.status_code)).inc()
    numbers.request_seconds.labels(route).observe(seconds)
    if response.status_code == 500:
        numbers.failures.labels(route).inc()
    if request.endpoint not in HEALTH:
        REQUESTS.info("beantwoord", extra=_facts(route, response, seconds))
    return response


def _method() -> str:
    """Return the method; anyone can invent one, and each would be a new row of numbers."""
    return request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else OTHER


def _facts(route: str, response: Response, seconds: float) -> dict[str, object]:
    return {
        "route": route,
        "method": _method(),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "generation": response.headers.get("Kamerzoek-Generation"),
        "query": request.full_path,  # left out by `JsonLines` unless the operator wants it
    }
