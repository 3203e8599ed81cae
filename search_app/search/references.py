"""Anything that looks like a number → the papers that have it: the card above the hits, `/ref/…`.

In go a text and an index, out come `Reference`s: one for each number in the text, with the papers
found. A dossier is a reference to all its papers. What is ambiguous keeps all its readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.engine.interface import Index
from indexer.engine.query import And, Everything, InField, Or, Term
from indexer.engine.results import FacetCount, Hit, SearchRequest
from indexer.leidraad import official_url
from indexer.numbers.finding import find_numbers, parse_number
from indexer.numbers.slips import slips
from indexer.numbers.spelling import plain
from indexer.numbers.typed import several
from indexer.numbers.values import Number
from search_app.query.broader import MARK
from search_app.query.tree import write

LONGEST_TYPED = 100
# Must match `AH 604`, `Aanhangsel nr. 604`, `Aanhangsel van de Handelingen 1234`, `Aanhangsel
# Handelingen II, nr. 1234`.
ANNEX = re.compile(
    r"(?:AH|Aanhangsel(?:\s(?:van de |der )?Handelingen)?)(?:\s(?:II|TK))?,?\s?"
    r"(?:nr\.?\s?|nummer\s)?(?P<nr>\d{1,4})",
    re.IGNORECASE,
)
ACT = re.compile(r"\(?R(?P<nr>\d{3,4})\)?", re.IGNORECASE)
LONGEST_MARK = 60
PRINTERS = re.compile(r"KST-?(?P<number>\d{5,7})", re.IGNORECASE)
"""The printer's own number, in feet of around 2009."""
CASE = re.compile(r"20\d\dZ\d{5}")
QUESTIONS = ("antwoord", "uitstel")
MOST = 3
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A reading of a number and its papers; `query` finds all of them.

    `official` is the address where a paper with this number is published, `dossier` the normal
    form of the dossier that it belongs to, `sub` its number there.
    """

    printable: str
    is_dossier: bool
    repaired: bool
    total: int
    hits: tuple[Hit, ...]
    query: str
    official: str | None = None
    dossier: str | None = None
    sub: str | None = None
    versions: int = 0
    """How many of the papers stand under another of them: a paper and its reprint are one."""
    around: int = 0
    """How many papers of its dossier there are, when the paper itself is not."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A number as typed, with the readings of which the index has papers, or the likeliest."""

    text: str
    readings: tuple[Found, ...]
    asked: bool = False
    """Nothing has the number as typed: the readings are one digit from it, to be asked about."""

    @property
    def paper(self) -> Hit | None:
        """Return the one paper that is meant, when there is no doubt."""
        known = [found for found in self.readings if found.total]
        if self.asked or len(known) != 1 or known[0].is_dossier:
            return None
        return known[0].hits[0] if known[0].total - known[0].versions == 1 else None

    @property
    def is_known(self) -> bool:
        """Tell whether the index has a paper for any reading."""
        return any(found.total for found in self.readings)


@dataclass(frozen=True, slots=True)
class Near:
    """Dossiers with the same five digits, and papers in them with the same number."""

    dossiers: tuple[FacetCount, ...]
    papers: tuple[Hit, ...]


def references(text: str, index: Index) -> tuple[Reference, ...]:
    """Return the references in a text, at most `MOST`."""
    if asked := _slipped(text, index):
        return asked
    numbers = list(_numbers(text))
    seen = {found[0].key: (typed, found) for typed, found in reversed(numbers) if found}
    kept = list(reversed(seen.values()))[:MOST]
    found = tuple(_reference(typed, readings, index) for typed, readings in kept)
    if any(reference.is_known for reference in found):
        return found
    return _annexes(text, index) or _acts(text, index) or _marked(text, index) or found


def _slipped(text: str, index: Index) -> tuple[Reference, ...]:
    """Return what may be meant by a number with one digit wrong: papers that the index has."""
    typed = text.strip()
    if len(typed) >= LONGEST_TYPED or parse_number(typed):
        return ()
    meant = {number.key: number for number in slips(typed)}
    if not meant:
        return ()
    node = Or(tuple(InField("number", Term(key)) for key in meant))
    hits = index.search(SearchRequest(node, size=SHOWN, snippets=False)).hits
    there = [number for hit in hits for number in parse_number(hit.paper_ref or "")]
    known = [meant[number.key] for number in there if number.key in meant][:MOST]
    found = tuple(_find(number, index) for number in known)
    return (Reference(typed, found, asked=True),) if found else ()


def _acts(text: str, index: Index) -> tuple[Reference, ...]:
    """Return the papers of an act of the Kingdom by its own number, when known: `(R2114)`."""
    typed = ACT.fullmatch("".join(text.split()))
    if typed is None:
        return ()
    act = f"R{typed['nr']}"
    found = replace(_lookup(act, act, index), is_dossier=True)
    return (Reference(text.strip(), (found,)),) if found.total else ()


def _annexes(text: str, index: Index) -> tuple[Reference, ...]:
    """Return the answers with a number of which the session was not typed: `AH 604`.

    When there are none, the number itself: it is one, though no paper has it.
    """
    typed = ANNEX.fullmatch(" ".join(text.split()))
    if typed is None:
        return ()
    kinds = Or((Term("antwoord"), Term("uitstel")))
    node = And((InField("number", Term(typed["nr"])), InField("kind", kinds)))
    hits = index.search(SearchRequest(node, size=SHOWN, snippets=False, sort="newest")).hits
    numbers = [number for hit in hits for number in parse_number(hit.paper_ref or "")[:1]]
    found = tuple(_find(number, index) for number in numbers)
    if not found:
        key = f"ah-{typed['nr']}"
        found = (_lookup(key, f"Aanhangsel van de Handelingen, nr. {typed['nr']}", index),)
    return (Reference(text.strip(), found),)


def _numbers(text: str) -> Iterator[tuple[str, tuple[Number, ...]]]:
    """Yield the numbers in a text: it is one, it lists several, or it holds some."""
    typed = text.strip()
    if len(typed) < LONGEST_TYPED:
        whole = parse_number(typed)
        if whole:
            yield typed, whole
            return
        listed = [(form, parse_number(form)) for form in several(" ".join(typed.split()))]
        if listed and all(readings for _, readings in listed):
            yield from listed
            return
    yield from ((match.text, match.readings) for match in find_numbers(text))


def _marked(text: str, index: Index) -> tuple[Reference, ...]:
    """Return the letter that bears a mark (`Ons kenmerk`): any text with six digits, when known.

    What no letter bears is no reference: it may be anything. A number of the printer (`KST137189`)
    is one, whether a paper has it or not.
    """
    mark = "".join(plain(text).split())
    printers = PRINTERS.fullmatch(mark)
    if printers:
        mark = f"KST{printers['number']}"
    elif len(mark) > LONGEST_MARK or not MARK.fullmatch(mark):
        return ()
    found = _lookup(mark, mark, index)
    return (Reference(text.strip(), (found,)),) if found.total or printers else ()


def near(found: Found, index: Index) -> Near:
    """Return what may be meant by a number that the index does not have."""
    bare = (found.dossier or "").partition("-")[0]
    if not bare:
        return Near((), ())
    node = InField("number", Term(bare.casefold()))
    request = SearchRequest(node, size=1, snippets=False, facets=("dossier",))
    dossiers = index.search(request).facets["dossier"][:SHOWN]
    keys = [f"{row.value}-{found.sub}".casefold() for row in dossiers] if found.sub else []
    alike = [InField("number", Term(key)) for key in keys]
    hits = [index.search(SearchRequest(node, size=1, snippets=False)).hits for node in alike]
    return Near(dossiers, tuple(hit for row in hits for hit in row))


def _of_case(found: Found, case: str, index: Index) -> Found:
    """Return the papers about a case (`2023Z04321`): a question without a paper of its own.

    These are what answers it, or tells of a delay, and names this case alone on its first page.
    """
    filters = {"cites": (case.casefold(),), "kind": QUESTIONS}
    request = SearchRequest(
        Everything(), filters=filters, sort="newest", size=SHOWN, snippets=False, fold=True
    )
    hits = []
    for hit in index.search(request).hits:
        paper = index.paper(hit.paper_id)
        first = [c.target for c in paper.citations if c.page in (None, 1)] if paper else []
        if {target for target in first if target and CASE.fullmatch(target)} == {case}:
            hits.append(hit)
    query = write(InField("cites", Term(case)))
    return replace(found, total=len(hits), hits=tuple(hits), query=query) if hits else found


def _reference(text: str, readings: tuple[Number, ...], index: Index) -> Reference:
    found = tuple(_find(number, index) for number in readings)
    known = tuple(reading for reading in found if reading.total)
    return Reference(text, known or tuple(_around(reading, index) for reading in found[:1]))


def _around(found: Found, index: Index) -> Found:
    """Return a number that no paper has with how many papers its dossier has."""
    if not (found.dossier and found.sub):
        return found
    dossier = Number("dossier", found.dossier)
    return replace(found, around=_lookup(dossier.key, dossier.printable, index).total)


def _find(number: Number, index: Index) -> Found:
    found = _lookup(number.key, number.printable, index)
    if not found.total and CASE.fullmatch(number.sub or ""):
        found = _of_case(found, number.sub or "", index)
    return replace(
        found,
        is_dossier=number.kind == "dossier",
        repaired=number.repaired,
        official=official_url(number),
        dossier=number.dossier,
        sub=number.sub,
    )


def _lookup(key: str, printable: str, index: Index) -> Found:
    node = InField("number", Term(key))
    request = SearchRequest(node, size=SHOWN, snippets=False, sort="newest", fold=True)
    results = index.search(request)
    return Found(
        printable=printable,
        is_dossier=False,
        repaired=False,
        total=results.total,
        hits=results.hits,
        query=write(InField("number", Term(printable))),
        versions=results.folded,
    )
