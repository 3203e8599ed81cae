"""XML from elsewhere → elements, without what makes XML dangerous.

In go bytes, out comes the root, or an error. A document type is refused, so that there are no
entities; names are compared without their namespace, because prefixes and versions differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from indexer.sources.errors import FetchError


def parse(data: bytes, url: str) -> ET.Element:
    """Return the root of a document. Raises `FetchError`."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise FetchError("verkeerd soort", f"{url} gaf een webpagina of XML met een documenttype.")
    try:
        return ET.fromstring(data)  # noqa: S314 - entities are refused, expat bounds the rest
    except (ET.ParseError, LookupError, ValueError) as error:  # an unknown encoding is a lookup
        raise FetchError(
            "verkeerd soort", f"{url} gaf geen goede XML ({error}). Kijk met --trace wat er kwam."
        ) from error


def name_of(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: ET.Element, name: str) -> str:
    """Return an attribute by its name without namespace, empty when it is not there."""
    found = (value for key, value in element.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def every(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield all elements of a name, in order."""
    return (element for element in root.iter() if name_of(element) == name)


def text_of(root: ET.Element, name: str) -> str:
    """Return the text of the first element of a name that has any, without edges."""
    found = ((element.text or "").strip() for element in every(root, name))
    return next((text for text in found if text), "")
