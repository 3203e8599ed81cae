"""What leaves the site as a file: all hits of a search, a search as a feed, a citation.

In go requests, out come streamed files. An export keeps the generation that it began with until its
last row was sent, and at most `AT_ONCE` are made at the same time.
"""

from __future__ import annotations

import datetime
import json
import threading
from contextlib import ExitStack

from flask import Blueprint, Response, current_app, request

from indexer.engine.fields import FACETS
from search_app.errors import BusyError, ParameterError
from search_app.export import bibliography
from search_app.export.feed import feed
from search_app.export.files import FORMATS, export
from search_app.links import place_path
from search_app.search.parameters import Parameters, check_known, read_parameters
from search_app.web.shared import (
    EXPORTS,
    base,
    check_page,
    crowd,
    find_paper,
    lent_index,
    open_index,
    read_page,
    refuse_unknown,
)

blueprint = Blueprint("downloads", __name__, url_prefix="/api/v1")
AT_ONCE = 2
CITATIONS = ("leidraad", "bibtex", "ris", "csl-json")
TYPES = {
    "leidraad": ("text/plain", "txt"),
    **{name: (FORMATS[name].mimetype, FORMATS[name].ending) for name in CITATIONS[1:]},
}


@blueprint.get("/export")
def export_papers() -> Response:
    """Send all hits of a search as a file."""
    parameters = _parameters("sort", "format")
    form = _format(tuple(FORMATS))
    slots: threading.BoundedSemaphore = current_app.extensions[EXPORTS]
    with ExitStack() as stack:
        if not slots.acquire(blocking=False):
            raise BusyError
        stack.enter_context(crowd().joined())
        stack.callback(slots.release)
        index = stack.enter_context(lent_index())
        made = export(parameters, index, form, base())
        response = Response(made.pieces, mimetype=FORMATS[form].mimetype)
        response.call_on_close(stack.pop_all().close)
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    _attach(response, f"kamerzoek-{day}.{FORMATS[form].ending}")
    response.headers["Kamerzoek-Total"] = str(made.head.total)
    response.headers["Kamerzoek-Exported"] = str(made.head.exported)
    return response


@blueprint.get("/feed")
def follow() -> Response:
    """Send the newest papers of a search as an Atom feed."""
    parameters = _parameters("page")
    with open_index() as index:
        text = feed(parameters, index, base())
    return Response(text, mimetype="application/atom+xml")


@blueprint.get("/papers/<anything:paper_id>/citation")
def citation(paper_id: str) -> Response:
    """Send the citation of a paper, at a page when given."""
    refuse_unknown("format", "page")
    form, page = _format(CITATIONS), read_page()
    with open_index() as index:
        paper = find_paper(index, paper_id)
    check_page(paper, page)
    anchor = f"p{page}" if page else ""
    work = bibliography.of_paper(paper, base() + place_path(paper_id, anchor), page)
    mimetype, ending = TYPES[form]
    text = {
        "leidraad": lambda: bibliography.leidraad(work) + "\n",
        "bibtex": lambda: bibliography.bibtex(work),
        "ris": lambda: bibliography.ris(work),
        "csl-json": lambda: json.dumps([bibliography.csl(work)], ensure_ascii=False) + "\n",
    }[form]()
    response = Response(text, mimetype=mimetype)
    if form != "leidraad":
        name = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in paper_id)
        _attach(response, f"{name[:100]}.{ending}")
    return response


def _parameters(*more: str) -> Parameters:
    """Return the search that is meant; a page of it has no meaning here unless it is in `more`."""
    known = ("q", *FACETS, "from", "to", "literal", "lift", *more)
    for name in request.args:
        check_known(name, known)
    pairs = request.args.items(multi=True)
    return read_parameters((name, value) for name, value in pairs if name != "format")


def _format(known: tuple[str, ...]) -> str:
    values = request.args.getlist("format")
    if len(values) == 1 and values[0] in known:
        return values[0]
    raise ParameterError("Kies met ‘format’ een van deze vormen.", known)


def _attach(response: Response, name: str) -> None:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
