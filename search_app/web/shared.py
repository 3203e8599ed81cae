"""What pages and API share of Flask: the service's index, the id in an address, sending a PDF.

In goes a request, out come values of the service or a response.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Response, current_app, g, request, send_file
from werkzeug.routing import BaseConverter

from indexer.engine import deadline
from indexer.engine.interface import Index
from indexer.paper import Paper
from search_app.errors import NoPdfError, PaperNotFoundError, ParameterError, PdfGoneError
from search_app.pdf.image import Renderer
from search_app.search.parameters import Parameters, check_known
from search_app.search.service import ResultPage, search
from search_app.serving.crowd import Crowd
from search_app.serving.holder import IndexHolder
from search_app.serving.watch import note_search, note_unfinished
from search_app.settings import Settings

HOLDER = "kamerzoek-holder"
RENDERER = "kamerzoek-renderer"
CROWD = "kamerzoek-crowd"
EXPORTS = "kamerzoek-exports"
SETTINGS = "kamerzoek-settings"
ORDERS = ("oldest", "newest")


class AnythingConverter(BaseConverter):
    """Takes any text in an address, slashes included: ids and numbers may hold them."""

    regex = r"(?s:.+?)"
    part_isolating = False


def settings() -> Settings:
    """Return the settings of this application."""
    found: Settings = current_app.extensions[SETTINGS]
    return found


def holder() -> IndexHolder:
    """Return the holder of the published generation."""
    found: IndexHolder = current_app.extensions[HOLDER]
    return found


def renderer() -> Renderer:
    """Return what draws pages of PDFs."""
    found: Renderer = current_app.extensions[RENDERER]
    return found


def crowd() -> Crowd:
    """Return what bounds how many threads do slow work."""
    found: Crowd = current_app.extensions[CROWD]
    return found


def base() -> str:
    """Return the site's address without a slash at its end, for links that must be absolute."""
    return (settings().base_url or request.url_root).rstrip("/")


@contextmanager
def open_index() -> Iterator[Index]:
    """Lend the published generation, and remember its name for the response.

    All that is searched inside must be done within the time of one search.
    """
    with deadline.within(settings().search_seconds), lent_index() as index:
        yield index


@contextmanager
def lent_index() -> Iterator[Index]:
    """Lend the published generation for as long as it takes; each search has its own limit."""
    with holder().use() as index:
        g.generation = index.summary.generation
        yield index


def find(parameters: Parameters, index: Index) -> ResultPage:
    """Search, and count how it ended."""
    try:
        page = search(parameters, index)
    except Exception as error:
        note_unfinished(error)
        raise
    note_search(page.results.total, page.took_ms)
    return page


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


def find_pdf(index: Index, paper_id: str) -> Path:
    """Return where a paper's PDF is. Raises `NoPdfError`, `PdfGoneError`, `PaperNotFoundError`."""
    path = index.pdf(paper_id)
    if path is None:
        source = find_paper(index, paper_id).source  # without pages: official XML alone
        raise PdfGoneError if source and source.pages else NoPdfError
    return path


def read_page(most: int = 100_000) -> int | None:
    """Return the parameter `page`, `None` when it is not given. Raises `ParameterError`."""
    value = request.args.get("page")
    if not value:
        return None
    if value.isascii() and value.isdigit() and len(value) < 7 and 1 <= int(value) <= most:
        return int(value)
    raise ParameterError("‘page’ moet het nummer van een bladzijde zijn.")


def read_order() -> str:
    """Return the order of a dossier, `oldest` unless `newest` is asked. Raises `ParameterError`."""
    values = request.args.getlist("sort") or ["oldest"]
    if len(values) == 1 and values[0] in ORDERS:
        return values[0]
    raise ParameterError("‘sort’ heeft een waarde die niet kan.", ORDERS)


def check_page(paper: Paper, page: int | None) -> None:
    """Raise `ParameterError` when a paper does not have that page."""
    last = paper.source.pages if paper.source else len(paper.pages)
    if page is not None and last and page > last:
        raise ParameterError(f"Dit stuk heeft {last} bladzijden; bladzijde {page} is er niet.")


def send_pdf(paper_id: str) -> Response:
    """Send a paper's PDF, whole, in part, or not at all when the browser has it already."""
    refuse_unknown()
    with open_index() as index:
        path = find_pdf(index, paper_id)
        name = "".join(c if c.isalnum() or c in "-._" else "-" for c in paper_id)[:120]
        response = send_file(
            path,
            mimetype="application/pdf",
            download_name=f"{name}.pdf",
            conditional=True,
            etag=True,
        )
        if response.status_code == 206:
            _send_by_server(response, path)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _send_by_server(response: Response, path: Path) -> None:
    """Have the server send a part of a file as it sends a whole one: without a thread of ours.

    By itself a part is read and written by the thread of the request, as fast as a visitor reads.
    """
    by_server = request.environ.get("wsgi.file_wrapper")
    start = response.content_range.start
    if by_server is None or start is None:
        return
    stream = path.open("rb")
    stream.seek(start)
    response.close()
    response.response = by_server(stream)
