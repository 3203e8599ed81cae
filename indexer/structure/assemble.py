"""What came out of a file → a `Paper` that knows what it is.

In go an `Extraction` and its `Source`, out comes a `Paper`. Each finder looks for one thing; this
is the only place that joins what they found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.numbers import Number
from indexer.paper import Extraction, Paper, Passage, Person, Source
from indexer.structure.citations import citations
from indexer.structure.dates import paper_date, session_of
from indexer.structure.kind import kind_of
from indexer.structure.own_number import own_number, session_in
from indexer.structure.passages import pair_passages, text_passages
from indexer.structure.people import answerers, askers, ministry_in, movers, signatories
from indexer.structure.questions import find_pairs
from indexer.structure.rows import Row, rows_of
from indexer.structure.title import title_of

VERSION = "1"
"""Of what is found: bump it when the same pages give another paper."""

HEAD = 5000
"""Characters from the beginning in which a paper says what it is."""
QUESTION_KINDS = ("antwoord", "uitstel", "kamervragen", "vragenlijst")
HOUSE = re.compile(r"\b(Tweede|Eerste)\s+Kamer\s+der\s+Staten-Generaal")
NOTICE = re.compile(r"^(?:Mededeling|Toelichting:?)$")
"""What begins the text after the questions: why they are not answered yet, who else asked."""
UNSPLIT = "De vragen en antwoorden in dit stuk zijn niet uit elkaar gehaald."


@dataclass(frozen=True, slots=True)
class _Text:
    """A paper's text in the forms that the finders take."""

    head: str
    whole: str
    furniture: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def foot(self) -> str:
        return "\n".join(self.furniture)


def assemble(extraction: Extraction, source: Source) -> Paper:
    """Return the paper; what is not printed stays `None`."""
    text = _text(extraction)
    kind, _ = kind_of(text.head, text.foot)
    date = paper_date(kind, text.head, text.foot)
    session = session_in(text.head[:1500]) or session_in(text.foot)
    house = _house(text.head)
    if session is None and house and date:
        session = session_of(date)  # a letter to the Kamer prints its date only
    number = own_number(kind, text.head, text.furniture, session or (date and session_of(date)))
    paper_id = _paper_id(number, source)
    people, ministry = _people(kind, text)
    passages, notes = _passages(paper_id, kind, text)
    return Paper(
        id=paper_id,
        title=title_of(kind, text.head, text.rows[:120], extraction.properties),
        kind=kind,
        dossier=number.dossier if number else None,
        number=_number_in(number),
        paper_ref=_paper_ref(number),
        date=date,
        session_year=(number.session if number else None) or session,
        house=(number.house if number else None) or house,
        ministry=ministry,
        people=tuple(people),
        pages=extraction.pages,
        passages=tuple(passages),
        citations=citations(extraction.pages, number.link if number else None),
        source=source,
        notes=(*extraction.notes, *notes),
    )


def _text(extraction: Extraction) -> _Text:
    whole = "\n\n".join(page.text for page in extraction.pages)
    furniture = tuple(line for page in extraction.pages for line in page.furniture)
    return _Text(whole[:HEAD], whole, furniture, tuple(rows_of(extraction.pages)))


def _house(head: str) -> str | None:
    """Return the Kamer that a head names: who prints the paper, or whom a letter is for."""
    named = HOUSE.search(head[:1500])
    return None if named is None else "TK" if named[1] == "Tweede" else "EK"


def _paper_id(number: Number | None, source: Source) -> str:
    if number is None or number.kind == "dossier":
        return f"pdf-{source.sha256[:12]}"
    return number.link


def _number_in(number: Number | None) -> str | None:
    return number.sub if number and number.kind != "dossier" else None


def _paper_ref(number: Number | None) -> str | None:
    return number.printable if number and number.kind not in ("dossier", "kamervraag") else None


def _people(kind: str, text: _Text) -> tuple[list[Person], str | None]:
    if kind in ("antwoord", "uitstel", "kamervragen"):
        asked = askers(text.head)
        answered, ministry = answerers(text.head)
        if not answered and kind != "kamervragen":
            answered, ministry = signatories(text.whole, "beantwoorder")
        return asked + answered, ministry
    if kind in ("motie", "amendement"):
        return movers(text.whole), None
    role = "afzender" if kind in ("brief", "besluit") else "ondertekenaar"
    signed, ministry = signatories(text.whole, role)
    if ministry is None and kind in ("brief", "besluit"):
        ministry = ministry_in(f"{text.foot}\n{text.head[:600]}") if not signed else None
    return signed, ministry


def _passages(paper_id: str, kind: str, text: _Text) -> tuple[Sequence[Passage], list[str]]:
    """Return all body text in passages: pairs in a paper of questions, otherwise running text."""
    if kind not in QUESTION_KINDS:
        return text_passages(paper_id, text.rows), []
    end = next((i for i, row in enumerate(text.rows) if NOTICE.match(row.text)), len(text.rows))
    pairs, first = find_pairs(text.rows[:end], kind)
    if not pairs:
        notes = [] if kind == "uitstel" else [UNSPLIT]
        return text_passages(paper_id, text.rows), notes
    before = text_passages(paper_id, text.rows[:first], "inleiding")
    after = text_passages(paper_id, text.rows[end:], "mededeling")
    return [*before, *pair_passages(paper_id, pairs), *after], []
