"""Earlier answers as the JSON of the public contract, and as lines for a terminal.

In go `Answers`, out come plain values.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from search_app import dutch
from search_app.answers.service import Answers, Earlier
from search_app.links import official, paper_path
from search_app.papers.chains import Step

WIDTH = 240


def answers_json(found: Answers) -> list[dict[str, Any]]:
    """Return by sub-question its earlier answers; `vague` has what is only vaguely like it."""
    return [
        {
            "number": row.question.number,
            "question": row.question.text,
            "procedural": row.question.procedural,
            "by_meaning": row.by_meaning,
            "answers": [_earlier(each) for each in row.answers],
            "vague": [_earlier(each) for each in row.vague],
        }
        for row in found.rows
    ]


def _earlier(found: Earlier) -> dict[str, Any]:
    paper, passage = found.paper, found.passage
    return {
        "paper_id": paper.id,
        "paper_ref": paper.paper_ref,
        "passage_id": passage.id,
        "label": passage.label,
        "title": paper.title,
        "kind": paper.kind,
        "question": passage.question,
        "answer": found.text,
        "date": paper.date,
        "ministry": paper.ministry,
        "person": found.person,
        "page": found.page,
        "score": round(found.score, 6),
        "near": found.near,
        "why": [reason.sentence for reason in found.why],
        "same_answer": list(found.same),
        "refers_to": [
            {
                "text": step.printed,
                "depth": step.depth,
                "paper_id": step.paper.id if step.paper else None,
                "label": step.passage.label if step.passage else None,
                "answer": step.passage.answer if step.passage else None,
                "url": step.url,
            }
            for step in found.chain
        ],
        "url": found.url,
        "paper_url": paper_path(paper.id),
    }


def answer_lines(found: Answers) -> Iterator[str]:
    """Yield the answers for a terminal."""
    for row in found.rows:
        yield f"Vraag {row.question.number}: {shorten(row.question.text, WIDTH, placeholder=' …')}"
        if row.question.procedural:
            yield "    Gaat over de wijze van beantwoorden."
            yield ""
            continue
        if not row.answers:
            yield "    Niets gevonden dat dichtbij komt."
        for place, each in enumerate(row.answers, 1):
            yield from _lines(place, each)
        if row.vague:
            several = len(row.vague) > 1
            yield f"    In de verte {'lijken deze' if several else 'lijkt dit'} erop:"
            for place, each in enumerate(row.vague, 1):
                yield from _lines(place, each)
        yield ""
    yield f"{dutch.counted(len(found.rows), 'vraag', 'vragen')} in {dutch.took(found.took_ms)}."
    if found.by_meaning:
        yield dutch.BY_MEANING


def _lines(place: int, each: Earlier) -> Iterator[str]:
    paper = each.paper
    name = dutch.called(paper)
    when = dutch.date(paper.date)
    facts = (name, dutch.place(each.passage.label, each.page), when, each.person)
    yield f"  {place}. " + " · ".join(fact for fact in facts if fact)
    if each.passage.question:
        yield f"     V: {shorten(each.passage.question, WIDTH, placeholder=' …')}"
    begins = "A: " if each.passage.answer else ""  # a letter answers no question of its own
    yield f"     {begins}{shorten(each.text, WIDTH, placeholder=' …')}"
    if each.why:
        yield f"     ({'; '.join(reason.sentence for reason in each.why)})"
    if address := official(paper.id):
        yield f"     {address}"
    for step in each.chain:
        yield f"     Verwijst naar: {_step(step)}"


def _step(step: Step) -> str:
    """Return what a reference reaches, with the beginning of its answer."""
    if step.paper is None:
        return f"{step.printed} (niet in deze index)"
    name = dutch.called(step.paper)
    if step.passage is None:
        return f"{step.printed}: {name}"
    place = dutch.place(step.passage.label, step.passage.page_first)
    text = shorten(step.passage.answer or step.passage.text, WIDTH, placeholder=" …")
    return f"{step.printed}: {name}, {place}: {text}"
