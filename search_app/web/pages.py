"""The pages for everyone: search, a number, the manual, the API, the accessibility statement.

In go requests, out comes HTML made by templates from the values of the service.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.numbers.typed import page_cited
from search_app.links import dossier_path, place_path
from search_app.papers.dossier import normal_name
from search_app.search.parameters import Parameters, read_parameters
from search_app.search.present import present
from search_app.search.references import near, references
from search_app.search.years import chart
from search_app.web import manual
from search_app.web.openapi import description
from search_app.web.shared import base, find, open_index, refuse_unknown, settings

blueprint = Blueprint("pages", __name__)
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


@blueprint.get("/")
def search_page() -> AnyResponse | str:
    """Show the search box; with a question or a filter, its results.

    An address with empty values, as a form makes it, goes on to the short one that stays the same.
    """
    parameters = read_parameters(request.args.items(multi=True))
    if any(not value and name != "q" for name, value in request.args.items(multi=True)):
        return redirect(f"/?{parameters.query_string() or 'q='}")
    with open_index() as index:
        if not parameters.q and not parameters.is_narrowed and "q" not in request.args:
            return render_template(
                "start.html",
                parameters=parameters,
                summary=index.summary,
                kinds=present("kind", index),
            )
        page = find(parameters, index)
    years = chart(parameters, page.results)
    return render_template("results.html", page=page, parameters=parameters, years=years)


@blueprint.get("/ref/<anything:text>")
def reference(text: str) -> AnyResponse | tuple[str, int]:
    """Go to the paper with this number, or show which papers may be meant."""
    refuse_unknown()
    with open_index() as index:
        found = references(text, index)
        page = page_cited(text)
        if len(found) == 1 and found[0].paper:
            return redirect(place_path(found[0].paper.paper_id, f"p{page}" if page else ""))
        if len(found) == 1 and len(found[0].readings) == 1 and found[0].readings[0].is_dossier:
            return redirect(dossier_path(normal_name(found[0].readings[0].printable)))
        known = any(reference.is_known for reference in found)
        nearby = near(found[0].readings[0], index) if found and not known else None
    shown = render_template(
        "ref.html",
        text=text,
        references=found,
        known=known,
        nearby=nearby,
        search=Parameters(q=text),
    )
    return shown, 200 if known else 404


@blueprint.get("/uitleg")
def manual_page() -> str:
    """Show the manual of the query language."""
    refuse_unknown()
    return render_template("uitleg.html", chapters=manual.CHAPTERS)


@blueprint.get("/toegankelijkheid")
def accessibility() -> str:
    """Show the accessibility statement."""
    refuse_unknown()
    return render_template("toegankelijkheid.html", settings=settings())


@blueprint.get("/api")
def api_page() -> str:
    """Show how a program can use this site, from the description of the API itself."""
    refuse_unknown()
    return render_template("api.html", description=description())


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Send the icon to browsers that ask for it here."""
    return current_app.send_static_file("favicon.ico")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search to a browser, for its address bar (OpenSearch 1.1)."""
    refuse_unknown()
    site = base()
    root = ET.Element("OpenSearchDescription", xmlns=OPENSEARCH)
    ET.SubElement(root, "ShortName").text = "Kamerzoek"
    ET.SubElement(root, "Description").text = "Zoeken in parlementaire stukken"
    ET.SubElement(root, "Language").text = "nl"
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    for size, kind, name in (
        ("32", "image/png", "icon-32.png"),
        ("16", "image/svg+xml", "icon.svg"),
    ):
        image = ET.SubElement(root, "Image", height=size, width=size, type=kind)
        image.text = f"{site}/static/{name}"
    for kind, template, rel in (
        ("text/html", "/?q={searchTerms}", "results"),
        ("application/json", "/api/v1/search?q={searchTerms}", "results"),
        ("application/atom+xml", "/api/v1/feed?q={searchTerms}", "results"),
        ("application/opensearchdescription+xml", "/opensearch.xml", "self"),
    ):
        ET.SubElement(root, "Url", type=kind, rel=rel, template=site + template)
    text = ET.tostring(root, encoding="unicode", xml_declaration=True)
    return Response(text, mimetype="application/opensearchdescription+xml")
