"""The addresses for who keeps this running: alive, ready, numbers.

In go requests of a supervisor, a reverse proxy or Prometheus, out comes text.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from search_app.errors import StoppingError
from search_app.search.meaning import trouble
from search_app.serving.draining import draining
from search_app.serving.metrics import CONTENT_TYPE
from search_app.serving.watch import metrics
from search_app.web.shared import open_index, refuse_unknown

blueprint = Blueprint("operation", __name__)


@blueprint.get("/livez")
def alive() -> Response:
    """Tell that this process answers."""
    return _plain("ok\n")


@blueprint.get("/readyz")
def ready() -> Response:
    """Tell that there is an index to search; 503 when there is none, and while stopping.

    What works less well than it could is on a second line.
    """
    if draining(current_app).is_set():
        raise StoppingError
    with open_index() as index:
        told = trouble(index)
        return _plain(f"ok {index.summary.generation}\n" + (f"let op: {told}\n" if told else ""))


@blueprint.get("/metrics")
def numbers() -> Response:
    """Give the numbers of this process to Prometheus."""
    refuse_unknown()
    response = Response(metrics().text(), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def _plain(text: str) -> Response:
    response = Response(text, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
