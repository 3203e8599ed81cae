"""References to other papers, with the page they stand on.

In go pages, out come citations as printed; `target` is the link form when there is one reading.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.numbers import find_numbers
from indexer.paper import Citation, Page


def citations(pages: Iterable[Page], own: str | None) -> tuple[Citation, ...]:
    """Return the references of a paper in order, each once a page; `own` is its own link form."""
    found: dict[tuple[str, int], Citation] = {}
    for page in pages:
        text = " ".join(page.text.split())
        for match in find_numbers(text):
            first = match.readings[0]
            if first.link == own:
                continue
            target = first.link if len(match.readings) == 1 else None
            key = (target or match.text, page.number)
            found.setdefault(key, Citation(match.text, target, page.number))
    return tuple(found.values())
