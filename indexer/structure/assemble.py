"""What came out of a file → a `Paper` that knows what it is.

In go an `Extraction` and its `Source`, out comes a `Paper`. Each finder looks for one thing in the
text; this is the only place that joins what they found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexer.leidraad import official_url
from indexer.numbers.finding import parse_number
from indexer.paper import ALSO_IN, REPRINTS, Citation, Extraction, Paper, Person, Source
from indexer.structure.body import read_body
from indexer.structure.citations import find_citations, placed, slips
from indexer.structure.content import QUESTION_KINDS, read_content
from indexer.structure.dates import session_of
from indexer.structure.days import Days, find_days
from indexer.structure.dossier import (
    Own,
    addressed_house,
    of_meeting,
    own_number,
    printers_numbers,
    with_session,
)
from indexer.structure.facts import LETTERS, MOVED, QUESTIONS, Facts
from indexer.structure.head import Head, read_head
from indexer.structure.kind import find_kind
from indexer.structure.letters import committee, read_letter
from indexer.structure.meeting import find_meeting
from indexer.structure.ministries import find_ministry, ministry_of_site
from indexer.structure.people import find_askers, find_movers, find_reply
from indexer.structure.promises import PROMISING, promises_of
from indexer.structure.signatures import closing, find_signatories, find_writer
from indexer.structure.title import find_subject, find_title

FROM_COMMITTEES = ("verslag", "vragenlijst", "nota")


def assemble(extraction: Extraction, source: Source) -> Paper:
    """Return the paper; what is not printed stays `None`."""
    body = read_body(extraction.pages)
    head = read_head(body)
    found = find_kind(body, head)
    facts = Facts(body, head, body.head(), found.kind, found.evidence)
    days = find_days(facts)
    own = _identity(facts, extraction, days)
    paper_id = own.id or f"pdf-{source.sha256[:12]}"
    letter = read_letter(facts) if facts.kind in (*LETTERS, *QUESTIONS) else None
    content = read_content(paper_id, facts, letter)
    known = (own.id, own.first_print, head.case)
    named = (*_earlier_prints(own), *_other_dossiers(head))
    citations = (*named, *find_citations(body, known, head.end, own.dossier))
    people, ministry = _people(facts, days.day)
    promising = facts.kind in PROMISING
    return Paper(
        id=paper_id,
        title=find_title(body, head, facts.kind, extraction.pages, extraction.properties),
        kind=facts.kind,
        dossier=own.dossier,
        number=own.number.sub if own.number else None,
        paper_ref=own.reference,
        date=days.day,
        session_year=own.session,
        house=own.house,
        ministry=ministry,
        people=people,
        pages=extraction.pages,
        passages=content.passages,
        citations=placed(citations, content.passages),
        source=source,
        notes=(*extraction.notes, *days.notes, *content.notes, *slips(citations)),
        dates=days.dates,
        evidence=facts.evidence or None,
        confidence=content.confidence,
        subject=find_subject(body),
        references=(
            *(letter.references if letter else ()),
            *printers_numbers(facts.body.furniture),
            *_case(head.case, own),
        ),
        addressee=letter.addressee if letter else None,
        committee=committee(facts) if facts.kind in FROM_COMMITTEES else None,
        url=official_url(own.number, own.print) if own.id and own.number else None,
        outline=content.headings,
        promises=promises_of(content.passages) if promising else (),
        breaks=extraction.breaks,
    )


def _identity(facts: Facts, extraction: Extraction, days: Days) -> Own:
    """Return the number, session and house of a paper."""
    own = own_number(
        facts.body.furniture, facts.head, extraction.properties, asked=facts.kind == "kamervragen"
    )
    house = own.house or addressed_house(facts.top)
    own = replace(own, house=house)
    said = find_meeting(facts.body) if facts.kind == "handelingen" else None
    if said and days.day:
        own = of_meeting(own, said, session_of(days.day))
    if days.day and (house or facts.kind in QUESTION_KINDS):
        own = with_session(own, facts.head, session_of(days.day))
    return own


def _case(case: str | None, own: Own) -> Iterator[str]:
    """Yield the case in the head (`2024Z18294`), unless the paper is filed under it."""
    if case and not (own.number and own.number.sub == case):
        yield case


def _earlier_prints(own: Own) -> Iterator[Citation]:
    """Yield the prints that a reprint comes in the place of, the last one first."""
    for number in range(own.print - 1, -1, -1):
        link = f"{own.first_print}-h{number}" if number else own.first_print
        yield Citation("Herdruk", link, 1, relation=REPRINTS)


def _other_dossiers(head: Head) -> Iterator[Citation]:
    """Yield the dossiers to which a paper belongs beside its own; each names it on its page."""
    for printed in head.also:
        for number in parse_number(printed)[:1]:
            yield Citation(printed, number.link, 1, relation=ALSO_IN)


def _people(facts: Facts, day: str | None) -> tuple[tuple[Person, ...], str | None]:
    """Return the people of a paper and the ministry that answers or sends it."""
    year = int(day[:4]) if day else None
    if facts.kind in QUESTIONS:
        askers = find_askers(facts.top)
        reply = find_reply(facts.top, year) or find_reply(facts.body.text, year)
        if reply:
            return (*askers, *reply.people), reply.ministry
        signed, ministry = find_signatories(facts.body.text, "beantwoorder", year)
        return (*askers, *signed), ministry or find_ministry(facts.top, year)
    if facts.kind in MOVED:
        return find_movers(facts.head.heading or facts.evidence, facts.body.text), None
    if facts.kind not in LETTERS:
        return (), None
    signed, ministry = find_signatories(facts.body.text, "afzender", year)
    return signed or find_writer(facts.body.text), ministry or _of_letterhead(facts, year)


def _of_letterhead(facts: Facts, year: int | None) -> str | None:
    """Return the ministry that a letter is from, by what is printed around its text.

    The heading of a Kamerstuk says it; the title of its dossier may name another.
    """
    if facts.head.heading:
        return find_ministry(facts.head.heading, year)
    margin = facts.body.furniture[:600]
    return (
        find_ministry(f"{margin}\n{facts.top[:500]}", year)
        or ministry_of_site(margin)
        or find_ministry(closing(facts.body.text), year)
    )
