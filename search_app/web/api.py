"""The JSON side under `/api/v1`: search, a paper, what it cites and is cited by, a dossier.

In go requests, out come answers as `openapi` describes them.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from indexer.register import FILE, told_of
from search_app.answers.form import read_json
from search_app.answers.payload import answers_json
from search_app.answers.service import answer as answer_questions
from search_app.answers.service import make_desk
from search_app.errors import NoDossierError
from search_app.papers.connections import cited_by
from search_app.papers.dossier import find_dossier, normal_name
from search_app.search.completion import completions
from search_app.search.parameters import read_parameters
from search_app.web.openapi import description
from search_app.web.payload import (
    cited_by_json,
    cites_json,
    completions_json,
    dossier_json,
    paper_json,
    paper_text,
    search_json,
    text_json,
)
from search_app.web.shared import (
    crowd,
    find,
    find_paper,
    holder,
    lent_index,
    open_index,
    refuse_unknown,
    send_pdf,
)

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
LARGEST_QUESTION = 1024 * 1024
"""Bytes of a request for earlier answers."""
MOST_CITING = 100
"""Papers that refer to one, in an answer; their places are looked up in each of them."""


def answer(data: object) -> Response:
    """Return data as JSON in UTF-8."""
    return Response(current_app.json.dumps(data), mimetype="application/json")


@blueprint.get("/search")
def search_papers() -> Response:
    """Search, with all parameters of the search page."""
    parameters = read_parameters(request.args.items(multi=True))
    with open_index() as index:
        return answer(search_json(find(parameters, index)))


@blueprint.get("/suggest")
def suggest() -> Response:
    """Give how a query that is being typed may go on."""
    refuse_unknown("q")
    typed = request.args.get("q", "")
    with open_index() as index:
        return answer(completions_json(typed, completions(typed, index)))


@blueprint.post("/answers")
def answers() -> Response:
    """Give the earlier answers for each question of a text. The text is in the body only."""
    refuse_unknown()
    request.max_content_length = LARGEST_QUESTION
    asked, options = read_json(_body())
    with crowd().joined(), lent_index() as index:
        response = answer(answers_json(answer_questions(asked, options, make_desk(index))))
    response.headers["Cache-Control"] = "no-store"
    return response


def _body() -> object:
    """Return the body as JSON, `None` when it is none: lists in lists without end neither."""
    try:
        return request.get_json(force=True, silent=True)
    except RecursionError:
        return None


@blueprint.get("/papers/<anything:paper_id>")
def paper(paper_id: str) -> Response:
    """Give a paper with all that is known of it."""
    refuse_unknown()
    with open_index() as index:
        return answer(paper_json(find_paper(index, paper_id)))


@blueprint.get("/papers/<anything:paper_id>/text")
def text(paper_id: str) -> Response:
    """Give a paper's text: as JSON, or as plain text to who asks for that."""
    refuse_unknown()
    with open_index() as index:
        found = find_paper(index, paper_id)
    accepted = request.accept_mimetypes.best_match(["application/json", "text/plain"])
    if accepted == "text/plain":
        return Response(paper_text(found), mimetype="text/plain")
    return answer(text_json(found))


@blueprint.get("/papers/<anything:paper_id>/cites")
def cites(paper_id: str) -> Response:
    """Give what a paper refers to."""
    refuse_unknown()
    with open_index() as index:
        return answer(cites_json(find_paper(index, paper_id)))


@blueprint.get("/papers/<anything:paper_id>/cited-by")
def cited(paper_id: str) -> Response:
    """Give the papers that refer to a paper, with the place where they do."""
    refuse_unknown()
    with open_index() as index:
        found = find_paper(index, paper_id)
        return answer(cited_by_json(found, cited_by(found, index, MOST_CITING)))


@blueprint.get("/dossiers/<anything:name>")
def dossier(name: str) -> Response:
    """Give a dossier: its papers by date, and which numbers are missing."""
    refuse_unknown()
    with open_index() as index:
        normal = normal_name(name)
        found = find_dossier(normal, index, told_of(holder().kept(FILE), normal))
    if found is None:
        raise NoDossierError(name)
    return answer(dossier_json(found))


@blueprint.get("/papers/<anything:paper_id>/pdf")
def pdf(paper_id: str) -> Response:
    """Send a paper's PDF."""
    return send_pdf(paper_id)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe this API."""
    refuse_unknown()
    return answer(description())
