"""What is kept of a paper beside its text: its card.

A card holds what a hit shows and what filters, facets and the ranking need, so that no paper is
opened for them. The first passage of a paper carries the card, the others its id only; every
passage carries its field lengths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, NamedTuple

from indexer.engine.documents.alike import Kept, signature
from indexer.engine.documents.table import Documents
from indexer.engine.fields import FIELDS
from indexer.engine.results import Version
from indexer.numbers.finding import parse_number
from indexer.paper import Paper

TEXTS = tuple(field.name for field in FIELDS if field.kind == "text")
KEYWORDS = tuple(field.name for field in FIELDS if field.kind in ("keyword", "year"))
MARK = re.compile(r"\d{5}")
ACT = re.compile(r"\b[1-4]\d\s?\d{3}\s\(R\s?(\d{3,4})\)")
HEAD = 600
"""Characters of the head of a paper's first page."""
ASKERS = ("indiener",)
ANSWERERS = ("beantwoorder", "afzender", "ondertekenaar")


class Card(NamedTuple):
    """What a hit shows of a paper, and where its PDF lies.

    `file` is the name of its file where it has neither a title nor a number.
    """

    paper_id: str
    title: str | None
    kind: str | None
    paper_ref: str | None
    date: str | None
    ministry: str | None
    session_year: str | None
    askers: tuple[str, ...]
    answerers: tuple[str, ...]
    pages: int
    pdf: str | None
    sha256: str | None
    alike: str
    replaces: tuple[str, ...]
    file: str | None = None


class Label(NamedTuple):
    """What a hit shows of a passage: its id, its label and its first page."""

    passage_id: str
    label: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """All cards of a generation and the arrays made of them.

    Cards follow `documents.paper_ids`, labels the documents.
    """

    documents: Documents
    cards: Sequence[Card]
    labels: Sequence[Label]


def kept(card: Card) -> Kept:
    """Return what of a card decides whether its hit goes under another."""
    return Kept(card.paper_id, card.kind, card.title, card.date, card.alike, card.replaces)


def version(card: Card, *, replaced: bool) -> Version:
    """Return a paper as a version that stands under a hit."""
    return Version(card.paper_id, card.title, card.kind, card.paper_ref, card.date, replaced)


def keyword_values(paper: Paper) -> dict[str, list[str]]:
    """Return a paper's values by keyword field; fields without a value are left out."""
    people, numbers = paper.people, own_numbers(paper)
    values: dict[str, Sequence[str | None]] = {
        "kind": [paper.kind],
        "dossier": [paper.dossier],
        "number": numbers,
        "ministry": [paper.ministry],
        "person": [person.name for person in people],
        "asker": [person.name for person in people if person.role in ASKERS],
        "answerer": [person.name for person in people if person.role in ANSWERERS],
        "party": [person.party for person in people],
        "cites": _cited(paper, numbers),
        "scanned": [_scanned(paper)],
        "house": [paper.house],
        "session_year": [paper.session_year],
        "year": [paper.date[:4] if paper.date else None],
    }
    filled = {name: sorted({row for row in rows if row}) for name, rows in values.items()}
    return {name: rows for name, rows in filled.items() if rows}


def own_numbers(paper: Paper) -> list[str]:
    """Return all keys by which a paper's own number can be asked for.

    Its dossier's are included, and the marks that a letter bears (`Ons kenmerk`).
    """
    keys = {paper.id.casefold()}
    for text in (paper.id, paper.paper_ref or "", paper.dossier or ""):
        for reading in parse_number(text) if text else ():
            keys.update((reading.key, *reading.broader))
    if paper.number:
        keys.add(paper.number.casefold())
    for mark in paper.references:  # `DGKE-DE / 26417730`: whole, without spaces, and its number
        said = mark.casefold()
        keys.update((said, "".join(said.split()), *(p for p in said.split() if MARK.search(p))))
    keys.update(_acts(paper))
    return sorted(keys)


def _acts(paper: Paper) -> list[str]:
    """Return the own number of an act of the Kingdom, in the head: `34 000 (R2034) Rijkswet`."""
    head = paper.pages[0].text[:HEAD] if paper.pages else ""
    return [f"r{number}" for number in ACT.findall(f"{paper.paper_ref or ''} {head}")]


def _named(paper: Paper, roles: Sequence[str]) -> list[str]:
    """Return the people in these roles with their parties: `De Wit (D66)`."""
    people = [person for person in paper.people if person.role in roles]
    return [f"{p.name} ({p.party})" if p.party else p.name for p in people]


def _cited(paper: Paper, own: Sequence[str]) -> list[str]:
    """Return the keys of the papers and dossiers that a paper refers to, its own left out."""
    keys: set[str] = set()
    for citation in paper.citations:
        for number in parse_number(citation.target or ""):
            keys.update((number.key, *number.broader))
    return sorted(keys - set(own))


def _scanned(paper: Paper) -> str | None:
    """Tell whether a paper's text was read by OCR, in whole or in part; unknown without a PDF."""
    if paper.source is None:
        return None
    return "ja" if paper.source.ocr_pages else "nee"


def card_row(paper: Paper, pdf: str | None, alike: str | None = None) -> dict[str, Any]:
    """Return what a card holds besides the paper's id, as JSON; `alike` when it is known."""
    source = paper.source
    named = paper.title is not None or paper.paper_ref is not None
    return {
        "title": paper.title,
        "kind": paper.kind,
        "paper_ref": paper.paper_ref,
        "date": paper.date,
        "ministry": paper.ministry,
        "session_year": paper.session_year,
        "askers": _named(paper, ASKERS),
        "answerers": _named(paper, ANSWERERS),
        "pages": source.pages if source else len(paper.pages),
        "pdf": pdf,
        "sha256": source.sha256 if source else None,
        "alike": signature(paper) if alike is None else alike,
        "replaces": paper.replaces,
        **({} if named or source is None else {"file": PurePath(source.file).name}),
    }
