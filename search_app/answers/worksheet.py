"""The worksheet: answers that someone chose, each with a note, in the browser and in forms.

In go the values of a form, out come `Item`s with the papers of the index. The server keeps none
of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from indexer.engine.interface import Index
from indexer.paper import Paper, Passage
from search_app import dutch
from search_app.errors import PaperNotFoundError, ParameterError
from search_app.export import bibliography
from search_app.links import anchor, place_path
from search_app.papers.chains import by_label

MOST = 100
LONGEST_NOTE = 4000
LONGEST_QUESTION = 4000


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen answer: of which question, in which paper, and the note with it."""

    number: str
    question: str
    paper_id: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """A chosen answer as the index has it."""

    number: str
    question: str
    paper: Paper
    passage: Passage
    note: str

    @property
    def text(self) -> str:
        """Return the answer, or the passage where there is no question."""
        return self.passage.answer or self.passage.text

    @property
    def person(self) -> str | None:
        """Return who answered, with the office when that is known."""
        return dutch.answered_by(self.paper.people)

    @property
    def path(self) -> str:
        """Return the path of the pair in its paper."""
        return place_path(self.paper.id, anchor(self.passage.label, self.passage.page_first))

    def citation(self, base: str) -> str:
        """Return how the paper is cited, at its page; `base` is the address of the site."""
        work = bibliography.of_paper(self.paper, base + self.path, self.passage.page_first)
        return bibliography.leidraad(work)


def value_of(number: str, paper_id: str, label: str) -> str:
    """Return a chosen answer as the value of a box to tick."""
    return f"{number}|{label}|{paper_id}"


def read_choices(form: MultiDict[str, str]) -> tuple[Choice, ...]:
    """Return what a form has ticked (`kies`), with notes and questions. Raises `ParameterError`."""
    texts = dict(zip(form.getlist("nummer"), form.getlist("tekst"), strict=False))
    values = list(dict.fromkeys(form.getlist("kies")))
    if not values:
        raise ParameterError("Kies eerst een of meer antwoorden: zet er een vinkje bij.")
    if len(values) > MOST:
        raise ParameterError(f"Kies hoogstens {MOST} antwoorden; u koos er {len(values)}.")
    return tuple(_choice(value, form, texts) for value in values)


def _choice(value: str, form: MultiDict[str, str], texts: dict[str, str]) -> Choice:
    parts = value.split("|", 2)
    if len(parts) != 3:
        raise ParameterError("‘kies’ heeft een waarde die niet kan.")
    number, label, paper_id = parts
    return Choice(
        number=number[:12],
        question=texts.get(number, "")[:LONGEST_QUESTION].strip(),
        paper_id=paper_id,
        label=label,
        note=form.get(f"noot-{value}", "")[:LONGEST_NOTE].strip(),
    )


def items_of(choices: Sequence[Choice], index: Index) -> tuple[Item, ...]:
    """Return the chosen answers with their papers. Raises `PaperNotFoundError`."""
    papers: dict[str, Paper | None] = {}
    items = []
    for choice in choices:
        if choice.paper_id not in papers:
            papers[choice.paper_id] = index.paper(choice.paper_id)
        paper = papers[choice.paper_id]
        passage = by_label(paper, choice.label) if paper else None
        if paper is None or passage is None:
            raise PaperNotFoundError(f"{choice.paper_id}, {choice.label}")
        items.append(Item(choice.number, choice.question, paper, passage, choice.note))
    return tuple(items)
