"""The pages about papers: a paper, its citation, its PDF and each page of that, a dossier.

In go requests, out comes HTML made by templates from the values of the service.
"""

from __future__ import annotations

import json

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.engine.interface import Index
from indexer.paper import Page, Paper
from indexer.register import FILE, told_of
from search_app.errors import NoDossierError, NoImageError
from search_app.export import bibliography
from search_app.export.bibliography import Work
from search_app.links import dossier_path, place_path
from search_app.papers.connections import cited_by, neighbours, related
from search_app.papers.dossier import find_dossier, normal_name
from search_app.papers.follows import around_of
from search_app.papers.similar import query_like
from search_app.papers.versions import versions_of
from search_app.papers.view import first_match, view
from search_app.pdf.boxes import Box, marked, placed, text_area
from search_app.pdf.image import Leaf
from search_app.query.syntax import Query, read
from search_app.search.parameters import Parameters, read_parameters
from search_app.search.references import references
from search_app.web.shared import (
    base,
    check_page,
    find_paper,
    find_pdf,
    holder,
    open_index,
    read_order,
    read_page,
    refuse_unknown,
    renderer,
    send_pdf,
)

blueprint = Blueprint("paperpages", __name__)
CITING = 8
"""Papers that refer to one, on its page."""
WEEK = 7 * 24 * 3600


def _asked() -> tuple[Parameters, Query]:
    """Return the words to mark."""
    refuse_unknown("q", "literal")
    asked = read_parameters(request.args.items(multi=True))
    return asked, read(asked.q)


def _work(paper: Paper, page: int | None = None) -> Work:
    anchor = f"p{page}" if page else ""
    return bibliography.of_paper(paper, base() + place_path(paper.id, anchor), page)


def _typed_otherwise(paper_id: str, index: Index) -> str | None:
    """Return the paper of an address with other capitals or a slash too many: `/papers/KST-…/`."""
    bare = paper_id.strip("/")
    if index.paper(paper_id) is not None:
        return None
    found = [each.paper for each in references(bare, index) if each.paper]
    same = [hit.paper_id for hit in found if hit.paper_id.casefold() == bare.casefold()]
    return same[0] if same else None


@blueprint.get("/papers/<anything:paper_id>")
def paper_page(paper_id: str) -> str | AnyResponse:
    """Show a paper: who, what and when, then its questions and answers or its pages."""
    asked, query = _asked()
    with open_index() as index:
        if other := _typed_otherwise(paper_id, index):
            return redirect(place_path(other, query=asked.q, literal=asked.literal))
        paper = find_paper(index, paper_id)
        node = None if query.is_empty else query.searched(literal=asked.literal)
        return render_template(
            "paper.html",
            view=view(paper, index, node, literal=asked.literal),
            paper=paper,
            asked=asked,
            query=query,
            has_pdf=index.pdf(paper_id) is not None,
            work=_work(paper),
            citation=bibliography.leidraad(_work(paper)),
            cited=cited_by(paper, index, CITING),
            around=around_of(paper, index),
            versions=versions_of(paper, index),
            related=related(paper, index),
            neighbours=neighbours(paper, index),
            base=base(),
        )


@blueprint.get("/papers/<anything:paper_id>/zoals")
def like_page(paper_id: str) -> AnyResponse:
    """Go to the search for others like a paper, or like one passage of it."""
    refuse_unknown("passage")
    with open_index() as index:
        paper = find_paper(index, paper_id)
        words = query_like(paper, index, request.args.get("passage", ""))
    return redirect(f"/?{Parameters(q=words).query_string() or 'q='}")


@blueprint.get("/papers/<anything:paper_id>/citeer")
def cite_page(paper_id: str) -> str:
    """Show how a paper is cited, at a page when given."""
    refuse_unknown("page")
    page = read_page()
    with open_index() as index:
        paper = find_paper(index, paper_id)
    check_page(paper, page)
    work = _work(paper, page)
    return render_template(
        "cite.html",
        paper=paper,
        work=work,
        page=page,
        leidraad=bibliography.leidraad(work),
        bibtex=bibliography.bibtex(work),
        ris=bibliography.ris(work).replace("\r\n", "\n").strip(),
        csl=json.dumps(bibliography.csl(work), ensure_ascii=False, indent=2),
    )


@blueprint.get("/papers/<anything:paper_id>/pdf")
def pdf(paper_id: str) -> Response:
    """Send a paper's PDF."""
    return send_pdf(paper_id)


@blueprint.get("/papers/<anything:paper_id>/pdf/<int:number>")
def leaf_page(paper_id: str, number: int) -> str:
    """Show a page of the PDF as an image, with what matches marked and its text beside it."""
    asked, query = _asked()
    searched = query.searched(literal=asked.literal)
    with open_index() as index:
        paper = find_paper(index, paper_id)
        leaf, version = _leaf(index, paper_id, number)
        text = next((page for page in paper.pages if page.number == number), None)
        words = placed(text, leaf)
        boxes: tuple[Box, ...] = ()
        before = after = None
        if not query.is_empty:
            boxes = marked(words, index, searched, literal=asked.literal)
            earlier = (page for page in reversed(paper.pages) if page.number < number)
            later = (page for page in paper.pages if page.number > number)
            before = first_match(earlier, index, searched, literal=asked.literal)
            after = first_match(later, index, searched, literal=asked.literal)
        shown = view(_only(paper, text), index, searched, literal=asked.literal)
    return render_template(
        "leaf.html",
        paper=paper,
        leaf=leaf,
        number=number,
        version=version,
        boxes=boxes,
        before=before,
        after=after,
        has_words=bool(words),
        area=text_area(words),
        text=text,
        asked=asked,
        section=shown.sections[0] if shown.sections and text else None,
        citation=bibliography.leidraad(_work(paper, number)),
    )


@blueprint.get("/papers/<anything:paper_id>/pdf/<int:number>.png")
def leaf_image(paper_id: str, number: int) -> Response:
    """Send a page of the PDF as an image. Its address changes with the file, so it may be kept."""
    refuse_unknown("v")
    with open_index() as index:
        leaf, version = _leaf(index, paper_id, number)
    response = Response(leaf.png, mimetype="image/png")
    age = WEEK if request.args.get("v") == version else 0
    response.headers["Cache-Control"] = f"private, max-age={age}"
    response.set_etag(f"{version}-{number}")
    response.make_conditional(request)
    return response


@blueprint.get("/dossiers/<anything:name>")
def dossier_page(name: str) -> AnyResponse | str:
    """Show a dossier: its papers by date, what is missing, and what refers to it."""
    refuse_unknown("sort")
    newest = read_order() == "newest"
    normal = normal_name(name)
    with open_index() as index:
        found = find_dossier(normal, index, told_of(holder().kept(FILE), normal))
    if found is None:
        raise NoDossierError(name)
    if normal != name:
        return redirect(dossier_path(normal))
    years = found.newest_first if newest else found.years
    return render_template("dossier.html", dossier=found, years=years, newest=newest)


def _leaf(index: Index, paper_id: str, number: int) -> tuple[Leaf, str]:
    """Return a page of a paper's PDF and the version of the file."""
    path = find_pdf(index, paper_id)
    if not 1 <= number < 100_000:
        raise NoImageError
    state = path.stat()
    return renderer().leaf(path, number), f"{state.st_mtime_ns:x}-{state.st_size:x}"


def _only(paper: Paper, page: Page | None) -> Paper:
    """Return a paper of one page of running text, to show that alone."""
    return Paper(
        id=paper.id,
        pages=(page,) if page else (),
        citations=tuple(c for c in paper.citations if page and c.page == page.number),
    )
