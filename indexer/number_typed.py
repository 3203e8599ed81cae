"""What a person typed as a number → the ways to read it, as print would have it.

In goes one line, out come attempts, the least changed first, each with whether it mends a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.number_forms import ADDRESS, DOCUMENT, EXTENSION, LEAD, LOOSE, TRAIL, TURNED


def of_address(typed: str) -> str:
    """Return the number in an official address: the last part of its path, or the document."""
    if not ADDRESS.match(typed):
        return typed
    path, _, query = typed.partition("?")
    document = DOCUMENT.search(query)
    last = path.rstrip("/").rpartition("/")[2]
    return document[1] if document else EXTENSION.sub("", last)


def attempts(typed: str) -> Iterator[tuple[str, bool]]:
    """Yield what may be meant: as typed, without its surroundings, in order, then repaired."""
    bare = _bare(typed)
    for form in dict.fromkeys((typed, _ordered(typed), bare, _ordered(bare))):
        yield form, False
    mended = _letters_for_digits(bare)
    for form in dict.fromkeys((_letters_for_digits(typed), mended, _ordered(mended))):
        if form != typed:
            yield form, True
    yield typed.upper(), True


def _bare(typed: str) -> str:
    """Return a citation without what stands around its number."""
    lead = LEAD.match(typed)
    return TRAIL.sub("", typed[lead.end() if lead else 0 :]).strip(" ,.")


def _ordered(typed: str) -> str:
    """Return `36200 VII, nr. 12` for `36200/VII/12` and for `nr. 12 (36200-VII)`."""
    if turned := TURNED.fullmatch(typed):
        return f"{turned['rest']}, nr. {turned['nr']}"
    loose = LOOSE.fullmatch(typed)
    return f"{loose['five']} {loose['roman']}, nr. {loose['nr']}" if loose else typed


def _letters_for_digits(text: str) -> str:
    return re.sub(r"(?<=[\doO])[oO](?=[\doO ])|(?<=\d)[oO](?=[\doO ])", "0", text)
