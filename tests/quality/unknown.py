"""What the words are that stand in no dictionary, for us and for our peers by the same count.

In go the pages of the real papers as three readers read them, out come shares of all words: names
and abbreviations (a capital), pieces of addresses, compounds of two words of the dictionary, and
the rest: English, abbreviations in small letters, and words that were read or printed wrongly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tests.quality import extraction
from tests.quality.scores import Row, Table

ADDRESS = re.compile(r"\S*(?:https?:|www\.|@|/|\.(?:nl|com|org|eu|pdf|docx?|msg)\b|_)\S*")
LINKS = ("", "s", "e", "en")
SHORTEST = 3
KINDS = ("a capital", "a piece of an address", "a compound of two known words", "the rest")


def table() -> Table | None:
    """Return which share of all words each kind of unknown word is, by reader."""
    sheets = extraction._all()
    if not sheets or not extraction._dictionary():
        return None
    rows: list[Row] = []
    for reader in ("ours", "pdfium", "poppler"):
        counts = Counter(
            kind for sheet in sheets for kind in _kinds(extraction._whole(getattr(sheet, reader)))
        )
        for kind in KINDS:
            row = Row(f"{kind}, {reader}")
            row.right, row.wanted = counts[kind], counts.total()
            row.found = row.wanted
            rows.append(row)
    return Table("Words outside the dictionary, as shares of all words", rows)


def _kinds(text: str) -> Iterator[str]:
    """Yield the kind of each word of a text; `known` when it is in the dictionary."""
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    at = 0
    for match in extraction.WORD.finditer(text):
        while at < len(addresses) and addresses[at][1] <= match.start():
            at += 1
        inside = at < len(addresses) and addresses[at][0] <= match.start()
        yield _kind(match[0], inside=inside)


def _kind(word: str, *, inside: bool) -> str:
    if word.lower() in extraction._dictionary():
        return "known"
    if inside:
        return KINDS[1]
    if not word.islower():
        return KINDS[0]
    return KINDS[2] if _is_compound(word) else KINDS[3]


@cache
def _is_compound(word: str) -> bool:
    """Tell two words of the dictionary, with a letter or two between them."""
    known = extraction._dictionary()
    return any(
        word[:place] in known
        and word[place:].startswith(link)
        and word[place + len(link) :] in known
        for place in range(SHORTEST, len(word) - SHORTEST + 1)
        for link in LINKS
        if len(word) - place - len(link) >= SHORTEST
    )
