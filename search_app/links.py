"""Addresses within the site: of a search, a paper, a place in a paper, a PDF.

In go values, out come paths with everything quoted that must be. An id may hold `#`, `/`, `?`.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from search_app.dutch import PAGE_LABEL


def paper_path(paper_id: str) -> str:
    """Return the path of a paper's page."""
    return f"/papers/{quote(paper_id, safe='')}"


def pdf_path(paper_id: str, page: int | None = None) -> str:
    """Return the path of a paper's PDF, at a page when given."""
    return f"{paper_path(paper_id)}/pdf" + (f"#page={page}" if page else "")


def place_path(paper_id: str, anchor: str = "", *, query: str = "", literal: bool = False) -> str:
    """Return the path of a place in a paper, with the words to mark there."""
    marked = _asked(query, literal=literal)
    return paper_path(paper_id) + marked + (f"#{anchor}" if anchor else "")


def _asked(query: str, *, literal: bool) -> str:
    asked = {"q": query} if query else {}
    if query and literal:
        asked["literal"] = "1"
    return f"?{urlencode(asked)}" if asked else ""


def leaf_path(paper_id: str, page: int, *, query: str = "", literal: bool = False) -> str:
    """Return the path of a page of a paper's PDF as an image, with the words to mark on it."""
    return f"{paper_path(paper_id)}/pdf/{page}{_asked(query, literal=literal)}"


def image_path(paper_id: str, page: int, version: str) -> str:
    """Return the path of the image itself; `version` changes with the file."""
    return f"{paper_path(paper_id)}/pdf/{page}.png?v={version}"


def cite_path(paper_id: str, page: int | None = None) -> str:
    """Return the path of the page that cites a paper, at a page when given."""
    return f"{paper_path(paper_id)}/citeer" + (f"?page={page}" if page else "")


def like_path(paper_id: str, label: str = "") -> str:
    """Return the path that searches for others like a paper, or like one passage of it."""
    asked = f"?{urlencode({'passage': label})}" if label else ""
    return f"{paper_path(paper_id)}/zoals{asked}"


def dossier_path(dossier: str) -> str:
    """Return the path of a dossier's page."""
    return f"/dossiers/{quote(dossier, safe='')}"


def ref_path(text: str) -> str:
    """Return the path that finds a paper by anything like a number."""
    return f"/ref/{quote(text, safe='')}"


def anchor(label: str, page: int | None = None) -> str:
    """Return the anchor of a passage: `vraag-3`; of running text that of its page, `p7`."""
    found = PAGE_LABEL.fullmatch(label)
    if found:
        return f"p{page or found[1]}"
    return re.sub(r"[^\w]+", "-", label.casefold()).strip("-")


OFFICIAL = re.compile(r"(?:kst|ah|kv|h|blg|nds)-[A-Za-z0-9-]{2,40}")


def official(paper_id: str) -> str | None:
    """Return the address of the official publication of an id of officielebekendmakingen.nl."""
    if not OFFICIAL.fullmatch(paper_id):
        return None
    return f"https://zoek.officielebekendmakingen.nl/{paper_id}.html"
