"""Errors → answers in Dutch: a page, or JSON under `/api`. An error never looks like "no results".

In go exceptions, out come responses with the status of `errors.status_of`.
"""

from __future__ import annotations

import logging
import re
from urllib.parse import urlencode

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from indexer.engine.errors import DeadlineError, EngineError, QueryBudgetError
from indexer.numbers.finding import parse_number
from search_app.errors import BusyError, ParameterError, UserError, status_of
from search_app.links import official, ref_path
from search_app.search.parameters import Parameters
from search_app.web.payload import error_json

log = logging.getLogger(__name__)

# Head and sentence of the errors that have no sentence of their own.
SAID = {
    400: ("Dit verzoek is niet te lezen", "Het adres of een waarde erin klopt niet."),
    404: ("Niet gevonden", "Het adres klopt niet, of de pagina is verdwenen."),
    405: ("Dit kan hier niet", "Dit adres neemt een verzoek van deze soort niet aan."),
    410: ("Dit is er niet meer", "Wat hier stond is weggehaald."),
    413: ("Dit is te groot", "Er is meer verstuurd dan hier wordt aangenomen."),
    416: ("Dat deel is er niet", "Het gevraagde deel van het bestand bestaat niet."),
    500: (
        "Er ging iets mis",
        "Dit is een fout van ons. Uw verzoek is niet uitgevoerd en zegt dus niets over wat er is.",
    ),
    503: (
        "Er kan nu niet worden gezocht",
        "De index is nu niet te lezen. Probeer het over enkele minuten opnieuw.",
    ),
}

# Parameters as the form of the page of results calls them.
LABELS = {
    "from": "Van",
    "to": "Tot en met",
    "year": "Jaar",
    "sort": "Volgorde",
    "page": "Bladzijde",
}
PERIOD = ("from", "to")
NAMED = re.compile(r"‘(\w+)’")

# An address as the official site has it, with our host: `/kst-36200-VII-12.html`, `/dossier/36200`.
AS_OFFICIAL = re.compile(r"/(?:dossier/)?(?P<number>[\w-]{5,60})(?:\.(?:html|pdf|xml|odt))?")

# Errors that another search may mend.
MENDED = (400, 404, 410)


LATE_SECONDS = 30
"""After so long a search that took too long is worth trying again."""


def add_errors(app: Flask) -> None:
    """Have the application answer every error."""
    app.register_error_handler(UserError, _told)
    app.register_error_handler(QueryBudgetError, _told)
    app.register_error_handler(DeadlineError, _told)
    app.register_error_handler(EngineError, _engine)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def _told(error: Exception) -> Response:
    return _answer(status_of(error), error, str(error))


def _engine(error: EngineError) -> Response:
    """Tell the operator what is wrong with the index, and a visitor that it cannot be searched."""
    log.error("De index is niet te lezen: %s", error)
    return _answer(503, error, SAID[503][1])


def _http(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if status < 400:  # a redirect
        return AnyResponse(error.get_body(), status, error.get_headers())
    if status == 404 and (number := _number_in_address()):
        return redirect(ref_path(number))
    response = _answer(status, error, _advice(error) or _said(status)[1])
    for name, value in error.get_headers():
        if name in ("Allow", "Content-Range"):
            response.headers[name] = value
    return response


def _number_in_address() -> str:
    """Return the number of a paper or dossier that is all of an address that we do not have."""
    found = AS_OFFICIAL.fullmatch(request.path) if request.method in ("GET", "HEAD") else None
    return found["number"] if found and parse_number(found["number"]) else ""


def _advice(error: HTTPException) -> str:
    """Return what to do next, where that is more than the sentence of the status."""
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        taken = " of ".join(sorted({*error.valid_methods} - {"OPTIONS", "HEAD"}))
        return f"{request.method} kan hier niet; dit adres neemt alleen {taken} aan."
    if error.code == 404 and request.path.startswith("/api"):
        return f"{SAID[404][1]} Alle adressen staan in /api/v1/openapi.json."
    return ""


def _as_labelled(message: str) -> str:
    """Return a sentence on parameters with what their fields are called on the page."""
    return NAMED.sub(lambda found: f"‘{LABELS.get(found[1], found[1])}’", message)


def _without_period(message: str) -> str:
    """Return the address of the same search for all dates, when its period is what is wrong."""
    named = NAMED.search(message)
    if request.path != "/" or named is None or named[1] not in PERIOD:
        return ""
    rest = [(name, value) for name, value in request.args.items(multi=True) if name not in PERIOD]
    return f"/?{urlencode(rest)}"


def _fault(error: Exception) -> Response:
    """Answer a fault of ours. The log has the trace and the route, not what was asked."""
    log.error("Fout in %s", request.endpoint, exc_info=error)
    return _answer(500, error, SAID[500][1])


def _said(status: int) -> tuple[str, str]:
    return SAID.get(status, SAID[400 if status < 500 else 500])


def _head(error: Exception, status: int) -> str:
    heads: dict[type[Exception], str] = {
        QueryBudgetError: "Deze zoekvraag is te ruim",
        DeadlineError: "Deze zoekvraag duurt te lang",
        BusyError: "Het is nu te druk",
    }
    return heads.get(type(error), _said(status)[0])


def _wait(error: Exception) -> int:
    """Return after how many seconds it is worth trying again."""
    if isinstance(error, BusyError):
        return error.seconds
    return LATE_SECONDS if isinstance(error, DeadlineError) else 60


def _answer(status: int, error: Exception, message: str) -> Response:
    if request.path.startswith("/api/"):
        response = Response(
            current_app.json.dumps(error_json(status, error, message)), mimetype="application/json"
        )
    else:
        allowed = error.allowed if isinstance(error, ParameterError) else ()
        mendable = status in MENDED or isinstance(error, DeadlineError)
        page = render_template(
            "error.html",
            status=status,
            head=_head(error, status),
            message=_as_labelled(message) if isinstance(error, ParameterError) else message,
            without=_without_period(message),
            allowed=allowed,
            official=official(request.path.removeprefix("/papers/")),
            asked=Parameters(q=request.args.get("q", "")) if mendable else None,
        )
        response = Response(page, mimetype="text/html")
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = str(_wait(error))
    return response
