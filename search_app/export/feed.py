"""A search as an Atom feed (RFC 4287): the newest papers that match, for who wants to follow it.

In go a search and an open index, out comes XML. The feed says which part of all it holds, and links
to the next part (RFC 5005), so that nothing is left out without a word.
"""

from __future__ import annotations

import dataclasses
from urllib.parse import quote
from xml.etree import ElementTree as ET

from indexer.engine.interface import Index
from indexer.engine.results import Hit
from search_app import dutch
from search_app.links import place_path
from search_app.query.syntax import read
from search_app.search.parameters import Parameters
from search_app.search.service import check_kinds, request_for

WINDOW = 50
"""Papers in a feed."""
ATOM = "http://www.w3.org/2005/Atom"
PATH = "/api/v1/feed"


def feed(parameters: Parameters, index: Index, base: str) -> str:
    """Return the feed of a search; `base` is the site's address without a slash at its end."""
    check_kinds(parameters, index)
    query = read(parameters.q)
    request = request_for(parameters, query, "newest")
    found = index.search(dataclasses.replace(request, size=WINDOW, snippets=not query.is_empty))
    first = (parameters.page - 1) * WINDOW + 1
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "nl"})
    _text(root, "title", f"Kamerzoek: {_named(parameters)}")
    window = f"{first} tot en met {first + len(found.hits) - 1}" if found.hits else "geen"
    _text(
        root,
        "subtitle",
        f"Nieuwste stukken eerst, naar de datum van het stuk: {window} van {found.total}. "
        f"Index van {dutch.moment(index.summary.built)}.",
    )
    _text(root, "id", _address(base, parameters.changed()))
    _text(root, "updated", index.summary.built)
    author = ET.SubElement(root, "author")
    _text(author, "name", "Kamerzoek")
    _link(root, "self", _address(base, parameters), "application/atom+xml")
    _link(root, "alternate", f"{base}/?{parameters.changed().query_string() or 'q='}", "text/html")
    if first + len(found.hits) <= found.total:
        _link(root, "next", _address(base, parameters.changed(page=parameters.page + 1)))
    for hit in found.hits:
        _entry(root, hit, parameters, base, index.summary.built)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _named(parameters: Parameters) -> str:
    filters = [
        dutch.facet_value(name, value)
        for name, values in parameters.filters.items()
        for value in values
    ]
    return ", ".join([parameters.q, *filters] if parameters.q else filters) or "alle stukken"


def _address(base: str, parameters: Parameters) -> str:
    asked = parameters.query_string()
    return f"{base}{PATH}" + (f"?{asked}" if asked else "")


def _entry(root: ET.Element, hit: Hit, parameters: Parameters, base: str, built: str) -> None:
    entry = ET.SubElement(root, "entry")
    _text(entry, "title", dutch.title(hit))
    _text(entry, "id", f"urn:x-kamerzoek:stuk:{quote(hit.paper_id, safe='-')}")
    day = hit.date if hit.date and len(hit.date) == 10 else None
    _text(entry, "updated", f"{day}T00:00:00Z" if day else built)
    _link(entry, "alternate", base + place_path(hit.paper_id, query=parameters.q), "text/html")
    facts = (dutch.kind(hit.kind), hit.paper_ref, dutch.date(hit.date), hit.ministry)
    told = " · ".join(fact for fact in facts if fact)
    snippet = "".join(piece.text for piece in hit.snippet)
    _text(entry, "summary", f"{told}. {snippet}" if snippet else told)
    for name in hit.askers[:5]:
        _text(ET.SubElement(entry, "contributor"), "name", name)


def _link(parent: ET.Element, rel: str, href: str, kind: str | None = None) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "href": href} | ({"type": kind} if kind else {}))


def _text(parent: ET.Element, name: str, text: str) -> None:
    """Add an element; signs that XML cannot hold (controls, half pairs) are left out."""
    fit = "".join(sign for sign in text if _fits(ord(sign)))
    ET.SubElement(parent, name).text = fit


def _fits(code: int) -> bool:
    """Tell whether XML 1.0 allows a character."""
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF
