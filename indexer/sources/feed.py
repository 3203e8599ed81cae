"""A page of the SyncFeed 2.0 of the Tweede Kamer: Atom with the Kamer's own XML in each entry.

In go bytes, out come entries and where the feed goes on. The form is that of `tkData-v1-0.xsd`; in
practice a page has 250 entries, the feed's `next` leads on, and an empty page has `resume`.
Source: https://opendata.tweedekamer.nl/documentatie/syncfeed-api
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

from indexer.sources import xml
from indexer.sources.errors import FetchError

ONWARDS = ("next", "resume")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity: `fields` are its elements with text, `refs` the ids of what it belongs to."""

    id: str
    updated: str
    deleted: bool
    fields: dict[str, str]
    refs: dict[str, str]
    enclosure: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Entries in order, and the token at which to go on, empty when the page does not say it."""

    entries: tuple[Entry, ...]
    token: str


def read_page(data: bytes, url: str) -> FeedPage:
    """Return a page of the feed. Raises `FetchError` when it is something else."""
    root = xml.parse(data, url)
    if xml.name_of(root) != "feed":
        raise FetchError(
            "verkeerd soort",
            f"{url} gaf geen feed maar <{xml.name_of(root)}>. Kijk met --trace wat de bron zegt.",
        )
    elements = [child for child in root if xml.name_of(child) == "entry"]
    entries = tuple(entry for entry in map(_entry, elements) if entry)
    return FeedPage(entries, _token(root) or (_token(elements[-1]) if elements else ""))


def _entry(element: ET.Element) -> Entry | None:
    """Return an entity, `None` of an entry without one."""
    content = next(xml.every(element, "content"), None)
    entity = next(iter(content), None) if content is not None else None
    if entity is None or not xml.attribute(entity, "id"):
        return None
    children = [(xml.name_of(child), child) for child in entity]
    return Entry(
        id=xml.attribute(entity, "id").lower(),
        updated=xml.attribute(entity, "bijgewerkt") or xml.text_of(element, "updated"),
        deleted=xml.attribute(entity, "verwijderd").lower() in ("true", "1"),
        fields={name: text for name, c in children if (text := (c.text or "").strip())},
        refs={name: ref.lower() for name, c in children if (ref := xml.attribute(c, "ref"))},
        enclosure=_link(element, "enclosure"),
        media=xml.attribute(entity, "contentType").lower(),
    )


def _token(element: ET.Element) -> str:
    """Return the token of an element's own link onwards."""
    for rel in ONWARDS:
        query = parse_qs(urlsplit(_link(element, rel)).query)
        for token in query.get("skiptoken", ()):
            return token
    return ""


def _link(element: ET.Element, rel: str) -> str:
    links = (child for child in element if xml.name_of(child) == "link")
    return next((c.get("href", "") for c in links if c.get("rel") == rel), "")
