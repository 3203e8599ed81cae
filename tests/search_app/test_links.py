"""Every link of the site leads somewhere, and every place that is linked to is on its page."""

from __future__ import annotations

from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import unquote

from flask.testing import FlaskClient

SITE = "http://localhost"
SEEDS = ("/", "/uitleg", "/api", "/?q=begroting", "/?q=xqzvwyk&kind=brief", "/dossiers/36200-VII")
MOST = 300


class Links(HTMLParser):
    """The ids of a page and where it links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.ids += [told["id"]] if told.get("id") else []  # type: ignore[list-item]
        link = told.get("href") or told.get("src")
        if tag in ("a", "link", "script", "img") and link:
            self.links.append(link.removeprefix(SITE))


def followed(path: str) -> bool:
    """Tell whether a link is asked for: facets of facets have no end."""
    return not path.startswith("http") and not (path.startswith("/?") and path.count("&") > 1)


def test_every_link_leads_somewhere(sample_client: FlaskClient) -> None:
    todo, seen = deque(SEEDS), set(SEEDS)
    ids: dict[str, list[str]] = {}
    places: list[tuple[str, str]] = []
    wrong: dict[str, object] = {}
    for _ in range(MOST):
        path = todo.popleft()
        answer = sample_client.get(path, buffered=True, follow_redirects=True)
        if answer.status_code != 200:
            wrong[path] = answer.status_code
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        found = Links(answer.get_data(as_text=True))
        ids[path] = found.ids
        for link in found.links:
            target, _, place = link.partition("#")
            target = target or path
            if place and not place.startswith("page="):  # a PDF's own
                places.append((target, unquote(place)))
            if target not in seen and followed(target):
                seen.add(target)
                todo.append(target)
    twice = {path: [i for i, n in Counter(row).items() if n > 1] for path, row in ids.items()}
    assert wrong == {}
    assert {path: row for path, row in twice.items() if row} == {}
    lost = {(page, place) for page, place in places if page in ids and place not in ids[page]}
    assert lost == set()
    assert len(places) > 500
