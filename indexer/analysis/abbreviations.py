"""Abbreviations of Dutch government → what they stand for, and in which years.

In goes a word as typed, out come its meanings: the full name with the years in which it was the
name, and the abbreviations that it took over from or gave way to (`Woo` and `Wob`, `JenV` and
`VenJ`). The list in `data/afkortingen.tsv` is ours; nothing is guessed from the corpus. A word that
is an ordinary one in small letters (`om`, `pas`) is an abbreviation in capitals only, and has a
token of its own by which it is found (`in_capitals`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.analysis.filters import fold

CAPITALS = " ="


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation and its full name; `since` and `until` are years, `None` when not known.

    `related` is the abbreviation before or after it in time.
    """

    short: str
    full: str
    since: int | None = None
    until: int | None = None
    related: str | None = None
    capitals_only: bool = False


def meaning(word: str) -> Abbreviation | None:
    """Return what a word stands for, `None` when it is no abbreviation of the list."""
    plain = unicodedata.normalize("NFKC", word).replace(".", "")  # `CO₂`, `c.a.o.`
    found = _by_word().get(plain.casefold())
    return None if found is None or (found.capitals_only and plain != found.short) else found


def in_capitals(word: str) -> str | None:
    """Return the abbreviation that a word is by its capitals: `OM`, `O.M.`; not `Om` or `CO2`."""
    plain = word.replace(".", "")
    return plain if plain in _capitals() else None


def related(found: Abbreviation) -> Abbreviation | None:
    """Return the one before or after it in time."""
    return _by_word().get(found.related.casefold()) if found.related else None


@cache
def full_names() -> dict[str, list[tuple[tuple[str, ...], Abbreviation]]]:
    """Return the full names of several words, folded, by their first word.

    Names that change with the time of a ministry have its abbreviation of that time.
    """
    found: dict[str, list[tuple[tuple[str, ...], Abbreviation]]] = {}
    for row in abbreviations():
        words = tuple(re.findall(r"[^\W_]+(?:-[^\W_]+)*", fold(row.full)))
        if len(words) > 1:
            found.setdefault(words[0], []).append((words, row))
    return found


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """Return the whole list."""
    text = (resources.files("indexer.analysis") / "data" / "afkortingen.tsv").read_text("utf-8")
    return tuple(_read(line) for line in text.splitlines() if line and line[0] != "#")


def _read(line: str) -> Abbreviation:
    short, full, since, until, other = (*line.split("\t"), "", "", "")[:5]
    return Abbreviation(
        short=short.removesuffix(CAPITALS),
        full=full,
        since=int(since) if since else None,
        until=int(until) if until else None,
        related=other or None,
        capitals_only=short.endswith(CAPITALS),
    )


@cache
def _capitals() -> frozenset[str]:
    return frozenset(found.short for found in abbreviations() if found.capitals_only)


@cache
def _by_word() -> dict[str, Abbreviation]:
    return {found.short.casefold(): found for found in abbreviations()}
