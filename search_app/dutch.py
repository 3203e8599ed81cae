"""How values are said to a Dutch reader: dates, kinds, labels, counts.

In go values of the index, out come words. No HTML here.
"""

from __future__ import annotations

import datetime
import functools
import re
import zoneinfo
from collections.abc import Iterable
from pathlib import PurePath

from indexer.engine.results import Hit, Version
from indexer.numbers.finding import parse_number
from indexer.paper import Paper, Person

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

KINDS = {
    "brief": "Brief",
    "kamervragen": "Kamervragen",
    "antwoord": "Antwoord op Kamervragen",
    "uitstel": "Uitstelbericht",
    "vragenlijst": "Lijst van vragen en antwoorden",
    "verslag": "Verslag",
    "motie": "Motie",
    "amendement": "Amendement",
    "wetsvoorstel": "Wetsvoorstel",
    "toelichting": "Memorie van toelichting",
    "nota": "Nota",
    "besluit": "Besluit op Woo- of Wob-verzoek",
    "inventaris": "Inventarislijst",
    "rapport": "Rapport",
    "handelingen": "Handelingen",
    "overig": "Overig stuk",
}

# What people type behind `soort:`, beside the kinds themselves.
KIND_SYNONYMS = {
    "brieven": "brief",
    "kamerbrief": "brief",
    "kamervraag": "kamervragen",
    "antwoorden": "antwoord",
    "aanhangsel": "antwoord",
    "uitstelbericht": "uitstel",
    "lijst": "vragenlijst",
    "verslagen": "verslag",
    "moties": "motie",
    "amendementen": "amendement",
    "wetsvoorstellen": "wetsvoorstel",
    "besluiten": "besluit",
    "rapporten": "rapport",
}

BY_MEANING = (
    "Ook gezocht op betekenis, niet alleen op woorden: een passage die het anders zegt kan zo "
    "hoger staan."
)

FACETS = {
    "kind": "Soort",
    "ministry": "Ministerie",
    "year": "Jaar",
    "dossier": "Dossier",
    "party": "Fractie",
    "person": "Persoon",
    "scanned": "Tekst",
}
"""The facets in the order in which they are shown, and their heads."""

HASHED = "pdf-"
"""How the id of a paper without a number begins; the rest is of the file's hash."""

LABEL = re.compile(r"(vraag|antwoord|vragen|deel)[-\s]+(\w+)(?:-(\d+))?", re.IGNORECASE)
PAGE_LABEL = re.compile(r"p\.?\s?(\d+)(?:-\d+)?", re.IGNORECASE)

SORTS = {
    "relevance": "best passend",
    "newest": "nieuwste eerst",
    "oldest": "oudste eerst",
}
"""Orders of results as people read them."""


def date(iso: str | None) -> str:
    """Return `13 december 2022` of an ISO date, month or year; anything else as it stands."""
    if not iso:
        return ""
    try:
        if len(iso) == 7:
            return f"{MONTHS[int(iso[5:]) - 1]} {iso[:4]}"
        day = datetime.date.fromisoformat(iso)
    except (ValueError, IndexError):
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment(iso: str) -> str:
    """Return `13 december 2022, 15:30 uur` of an ISO time in UTC: the time in the Netherlands.

    Where the system does not know that, it is UTC and says so.
    """
    try:
        at = datetime.datetime.fromisoformat(iso)
    except ValueError:
        return iso
    zone = _netherlands()
    at = at.astimezone(zone) if zone else at
    return f"{date(at.date().isoformat())}, {at:%H:%M} uur{'' if zone else ' (UTC)'}"


@functools.cache
def _netherlands() -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo("Europe/Amsterdam")
    except zoneinfo.ZoneInfoNotFoundError:  # a system without the table of time zones
        return None


def kind(value: str | None) -> str:
    """Return the name of a kind; one that a paper states itself with a capital."""
    return KINDS.get(value, value[:1].upper() + value[1:]) if value else ""


def count(number: int) -> str:
    """Return a number with points between thousands: `12.345`."""
    return f"{number:,}".replace(",", ".")


def took(milliseconds: float) -> str:
    """Return how long something took: `8,6 ms`, from a second on `1,4 s`."""
    told = f"{milliseconds:g} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"
    return told.replace(".", ",")


ANSWERERS = ("beantwoorder", "afzender", "ondertekenaar")


def answered_by(people: Iterable[Person]) -> str | None:
    """Return who answered, with the office when that is known."""
    found = next((person for person in people if person.role in ANSWERERS), None)
    if found is None:
        return None
    return f"{found.name} ({found.office})" if found.office else found.name


def counted(number: int, one: str, many: str) -> str:
    """Return `1 stuk` or `12.345 stukken`."""
    return f"{count(number)} {one if number == 1 else many}"


def label(value: str) -> str:
    """Return a label for people: `vraag-3` is `Vraag 3`, a second such `Vraag 3 (2)`."""
    page = PAGE_LABEL.fullmatch(value)
    if page:
        return f"p. {page[1]}"
    pair = LABEL.fullmatch(value)
    if not pair:
        return value[:1].upper() + value[1:]
    return f"{pair[1].capitalize()} {pair[2]}" + (f" ({pair[3]})" if pair[3] else "")


def place(value: str, page: int | None) -> str:
    """Return where a passage stands: `Vraag 3, p. 2`, or only `p. 7` of running text."""
    if page is None:
        return label(value)
    return f"p. {page}" if PAGE_LABEL.fullmatch(value) else f"{label(value)}, p. {page}"


def name(paper_id: str, paper_ref: str | None, file: str | None = None) -> str:
    """Return what a paper without a title is called: its number as printed, otherwise its id.

    An id that was made of the file's hash says nothing to people, who know the file by its name.
    """
    numbers = () if paper_ref else parse_number(paper_id)
    if paper_ref or numbers:
        return paper_ref or numbers[0].printable
    return f"Zonder titel ({file or paper_id})" if paper_id.startswith(HASHED) else paper_id


def title(of: Hit | Version | Paper) -> str:
    """Return the title of a paper, or what it is called without one."""
    if of.title is not None:
        return of.title
    if isinstance(of, Paper):
        return name(of.id, of.paper_ref, PurePath(of.source.file).name if of.source else None)
    return name(of.paper_id, of.paper_ref, of.file if isinstance(of, Hit) else None)


def called(of: Hit | Version | Paper) -> str:
    """Return how a paper is spoken of: by its number, otherwise by its title."""
    paper_id = of.id if isinstance(of, Paper) else of.paper_id
    numbered = of.paper_ref or parse_number(paper_id)
    return name(paper_id, of.paper_ref) if numbered else title(of)


def facet_value(facet: str, value: str) -> str:
    """Return a facet's value for people."""
    if facet == "kind":
        return kind(value)
    if facet == "scanned":
        return {"ja": "Herkend uit een scan", "nee": "Uit het bestand zelf"}.get(value, value)
    return dossier(value) if facet == "dossier" else value


def dossier(value: str) -> str:
    """Return `36 200 VII` of `36200-VII`; `21 501-02` keeps its hyphen."""
    bare, _, addition = value.partition("-")
    if not (len(bare) == 5 and bare.isdigit()):
        return value
    shown = f"{bare[:2]} {bare[2:]}"
    return f"{shown}{'-' if addition[:1].isdigit() else ' '}{addition}".strip()
