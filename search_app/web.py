"""What pages and API share of Flask: the service's index, the id in an address, sending a PDF.

In goes a request, out come values of the service or a response.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response, current_app, g, request, send_file
from werkzeug.routing import BaseConverter

from indexer.engine.interface import Index
from indexer.paper import Paper
from search_app.errors import NoPdfError, PaperNotFoundError, PdfGoneError
from search_app.holder import IndexHolder
from search_app.parameters import check_known
from search_app.settings import Settings

HOLDER = "kamerzoek-holder"
SETTINGS = "kamerzoek-settings"


class AnythingConverter(BaseConverter):
    """Takes any text in an address, slashes included: ids and numbers may hold them."""

    regex = r".+?"
    part_isolating = False


def settings() -> Settings:
    """Return the settings of this application."""
    found: Settings = current_app.extensions[SETTINGS]
    return found


def holder() -> IndexHolder:
    """Return the holder of the published generation."""
    found: IndexHolder = current_app.extensions[HOLDER]
    return found


@contextmanager
def open_index() -> Iterator[Index]:
    """Lend the published generation, and remember its name for the response."""
    with holder().use() as index:
        g.generation = index.summary.generation
        yield index


def refuse_unknown(*known: str) -> None:
    """Raise `ParameterError` when the address holds other parameters than those known."""
    for name in request.args:
        check_known(name, known)


def find_paper(index: Index, paper_id: str) -> Paper:
    """Return a paper. Raises `PaperNotFoundError`."""
    paper = index.paper(paper_id)
    if paper is None:
        raise PaperNotFoundError(paper_id)
    return paper


def send_pdf(paper_id: str) -> Response:
    """Send a paper's PDF, whole, in part, or not at all when the browser has it already."""
    refuse_unknown()
    with open_index() as index:
        path = index.pdf(paper_id)
        if path is None:
            paper = find_paper(index, paper_id)
            raise PdfGoneError if paper.source else NoPdfError
        name = "".join(c if c.isalnum() or c in "-._" else "-" for c in paper_id)[:120]
        response = send_file(
            path,
            mimetype="application/pdf",
            download_name=f"{name}.pdf",
            conditional=True,
            etag=True,
        )
    response.headers["Cache-Control"] = "private, no-cache"
    return response
