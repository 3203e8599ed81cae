"""The pages: search, a paper, its PDF, the manual, a number, the accessibility statement.

In go requests, out comes HTML made by templates from the values of the service.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from search_app import manual
from search_app.links import paper_path
from search_app.paperview import view
from search_app.parameters import Parameters, read_parameters
from search_app.references import references
from search_app.search import search
from search_app.syntax import read
from search_app.web import find_paper, open_index, refuse_unknown, send_pdf, settings

blueprint = Blueprint("pages", __name__)
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


@blueprint.get("/")
def search_page() -> str:
    """Show the search box; with a question or a filter, its results."""
    parameters = read_parameters(request.args.items(multi=True))
    with open_index() as index:
        if not parameters.q and not parameters.is_narrowed and "q" not in request.args:
            return render_template("start.html", parameters=parameters, summary=index.summary)
        page = search(parameters, index)
    return render_template("results.html", page=page, parameters=parameters)


@blueprint.get("/papers/<anything:paper_id>")
def paper_page(paper_id: str) -> str:
    """Show a paper: who, what and when, then its questions and answers or its pages."""
    refuse_unknown("q", "literal")
    asked = read_parameters(request.args.items(multi=True))
    query = read(asked.q)
    with open_index() as index:
        paper = find_paper(index, paper_id)
        node = None if query.is_empty else query.node
        shown = view(paper, index, node, literal=asked.literal)
        has_pdf = index.pdf(paper_id) is not None
    return render_template(
        "paper.html", view=shown, paper=paper, asked=asked, query=query, has_pdf=has_pdf
    )


@blueprint.get("/papers/<anything:paper_id>/pdf")
def pdf(paper_id: str) -> Response:
    """Send a paper's PDF."""
    return send_pdf(paper_id)


@blueprint.get("/ref/<anything:text>")
def reference(text: str) -> AnyResponse | tuple[str, int]:
    """Go to the paper with this number, or show which papers may be meant."""
    refuse_unknown()
    with open_index() as index:
        found = references(text, index)
    if len(found) == 1 and found[0].paper:
        return redirect(paper_path(found[0].paper.paper_id))
    known = any(reference.is_known for reference in found)
    page = render_template(
        "ref.html", text=text, references=found, known=known, search=Parameters(q=text)
    )
    return page, 200 if known else 404


@blueprint.get("/uitleg")
def manual_page() -> str:
    """Show the manual of the query language."""
    refuse_unknown()
    return render_template("uitleg.html", chapters=manual.CHAPTERS)


@blueprint.get("/toegankelijkheid")
def accessibility() -> str:
    """Show the accessibility statement."""
    refuse_unknown()
    return render_template("toegankelijkheid.html", contact=settings().contact)


@blueprint.get("/livez")
def alive() -> Response:
    """Tell that this process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Tell that there is an index to search. Answers 503 when there is none."""
    with open_index() as index:
        return Response(f"ok {index.summary.generation}\n", mimetype="text/plain")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search to a browser, for its address bar (OpenSearch 1.1)."""
    refuse_unknown()
    base = (settings().base_url or request.url_root).rstrip("/")
    root = ET.Element("OpenSearchDescription", xmlns=OPENSEARCH)
    ET.SubElement(root, "ShortName").text = "Kamerzoek"
    ET.SubElement(root, "Description").text = "Zoeken in parlementaire stukken"
    ET.SubElement(root, "Language").text = "nl"
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    ET.SubElement(
        root, "Image", height="16", width="16", type="image/svg+xml"
    ).text = f"{base}/static/icon.svg"
    ET.SubElement(root, "Url", type="text/html", template=f"{base}/?q={{searchTerms}}")
    text = ET.tostring(root, encoding="unicode", xml_declaration=True)
    return Response(text, mimetype="application/opensearchdescription+xml")
