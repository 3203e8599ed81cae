"""The text of a paper as passages, with its outline and what a reader should know of the cut.

In go the shared facts of a paper, out comes its `Content`: questions with their answers where there
are any, else running text; and how sure that is.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.paper import Heading, Passage
from indexer.structure.confidence import UNSURE, confidence
from indexer.structure.facts import LETTERS, MOVED, QUESTIONS, Facts
from indexer.structure.letters import Letter
from indexer.structure.outline import outline
from indexer.structure.paragraphs import paragraphs
from indexer.structure.passages import letter_text, question_text, running_text
from indexer.structure.questions import Split, split_questions

QUESTION_KINDS = (*QUESTIONS, "vragenlijst")
WITHOUT_OUTLINE = (*MOVED, *QUESTION_KINDS, "inventaris", "overig")
UNSPLIT = "De vragen en antwoorden in dit stuk konden niet van elkaar worden gescheiden."
UNSURELY = "De vragen en antwoorden in dit stuk zijn niet met zekerheid van elkaar gescheiden."
UNANSWERED = "Bij {} is geen antwoord gevonden."


@dataclass(frozen=True, slots=True)
class Content:
    """The passages of a paper, its headings, notes for the reader, and how sure its split is."""

    passages: tuple[Passage, ...] = ()
    headings: tuple[Heading, ...] = ()
    notes: tuple[str, ...] = ()
    confidence: float | None = None


def read_content(paper_id: str, facts: Facts, letter: Letter | None) -> Content:
    """Return all text of a paper in passages; `letter` are the parts of one that is a letter."""
    if not facts.body.text:
        return Content()
    if facts.kind in QUESTION_KINDS:
        return _of_questions(paper_id, facts, letter)
    passages = (
        letter_text(paper_id, facts.body, letter.start, letter.end)
        if letter and facts.kind in LETTERS
        else running_text(paper_id, facts.body)
    )
    return Content(passages, _headings(facts, letter))


def _of_questions(paper_id: str, facts: Facts, letter: Letter | None) -> Content:
    body = facts.body
    split = split_questions(body, facts.kind)
    if split is None:
        if facts.kind == "uitstel" and letter and letter.end:
            return Content(letter_text(paper_id, body, letter.start, letter.end))
        unsplit = "?" in body.text  # a notice of delay, or a subject alone, holds no questions
        notes = (UNSPLIT,) if unsplit else ()
        return Content(running_text(paper_id, body), (), notes, 0.0 if unsplit else None)
    answers = facts.kind in ("antwoord", "vragenlijst")
    sure = confidence(split, body, answers=answers)
    doubts = (*_doubts(facts.kind, split), *((UNSURELY,) if sure < UNSURE else ()))
    return Content(question_text(paper_id, body, split), (), doubts, sure)


def _headings(facts: Facts, letter: Letter | None) -> tuple[Heading, ...]:
    if facts.kind in WITHOUT_OUTLINE:
        return ()
    start = max(letter.start if letter else 0, facts.head.end)
    end = letter.end if letter and letter.end else len(facts.body.text) + 1
    return outline(paragraphs(facts.body.between(start, end)))


def _doubts(kind: str, split: Split) -> list[str]:
    """Return a note for questions that should have had an answer."""
    missing = split.unanswered
    if kind != "antwoord" or not missing:
        return []
    some, last = ", ".join(missing[:-1]), missing[-1]
    named = f"vragen {some} en {last}" if some else f"vraag {last}"
    return [UNANSWERED.format(named)]
