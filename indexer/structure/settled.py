"""Official records go before what was read from a PDF.

In go a paper and what records say of it (`official`), out comes the paper with that in it. Where
the paper says otherwise, both are told in a note.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indexer.leidraad import official_url
from indexer.numbers.finding import parse_number
from indexer.numbers.values import reprint
from indexer.paper import Paper, Passage, Person
from indexer.structure.official import QuestionPair, Record

DUTCH = {
    "id": "nummer", "kind": "soort", "dossier": "dossier", "number": "ondernummer",
    "date": "datum", "session_year": "vergaderjaar", "house": "kamer",
}  # fmt: skip
"""The fields that a record settles, and how they are called in a note."""


def prefer(paper: Paper, records: Iterable[Record]) -> Paper:
    """Return the paper with what records say in the place of what was read, and notes on both."""
    for record in records:
        paper = _preferred(paper, record)
    return paper


def _preferred(paper: Paper, record: Record) -> Paper:
    said = {name: getattr(record, name) for name in DUTCH}
    given = {name: value for name, value in said.items() if value is not None}
    own = {name: _own(paper, name) for name in given}
    notes = tuple(
        f"Officiële gegevens: {DUTCH[name]} {value}; in het stuk gelezen: {own[name]}. "
        "De officiële gegevens zijn gebruikt."
        for name, value in given.items()
        if own[name] is not None and own[name] != value
    )
    found = replace(paper, **given, notes=(*paper.notes, *notes))
    return _with_pairs(_with_rest(found, record), record.pairs)


def _own(paper: Paper, name: str) -> str | None:
    """Return what a paper says; a name of our own making is no number, `overig` no kind."""
    value: str | None = getattr(paper, name)
    unknown = (name == "id" and paper.id.startswith("pdf-")) or (name, value) == ("kind", "overig")
    return None if unknown else value


def _with_rest(paper: Paper, record: Record) -> Paper:
    """Return the paper with what follows from a record: its ids, its reference, dates, movers."""
    readings = parse_number(paper.id) if record.id else ()
    again = " (herdruk)" if reprint(paper.id) else ""
    dates = replace(paper.dates, asked=record.asked) if record.asked else paper.dates
    people = paper.people
    if record.movers and not any(person.role == "indiener" for person in people):
        people = (*(Person(name, "indiener") for name in record.movers), *people)
    passages = tuple(
        replace(passage, id=f"{paper.id}#{passage.label}") for passage in paper.passages
    )
    return replace(
        paper,
        paper_ref=f"{readings[0].printable}{again}" if readings else paper.paper_ref,
        url=official_url(readings[0], reprint(paper.id)) if readings else paper.url,
        title=paper.title or record.title,
        dates=dates,
        people=people,
        passages=passages,
    )


def _with_pairs(paper: Paper, pairs: Iterable[QuestionPair]) -> Paper:
    """Return the paper with the official text of its questions and answers, on the same pages."""
    wanted = {f"vraag-{pair.number}": pair for pair in pairs}
    if not wanted:
        return paper
    read = {passage.label: passage for passage in paper.passages}
    asked = [_official(paper.id, label, pair, read.get(label)) for label, pair in wanted.items()]
    before = [p for p in paper.passages if p.kind != "vraag" and p.label == "inleiding"]
    after = [p for p in paper.passages if p.kind != "vraag" and p not in before]
    return replace(paper, passages=(*before, *asked, *after), confidence=1.0)


def _official(paper_id: str, label: str, pair: QuestionPair, read: Passage | None) -> Passage:
    text = "\n".join(filter(None, (pair.question, pair.answer)))
    if read is None:
        return Passage(f"{paper_id}#{label}", "vraag", label, text, pair.question, pair.answer)
    share = len(text) / max(len(read.text), 1)
    breaks = tuple(round(place * share) for place in read.breaks)
    return replace(read, text=text, question=pair.question, answer=pair.answer, breaks=breaks)
