"""A pasted set of questions → how each was answered before: the service, without Flask.

In go `Asked` and `Options` with an open index, out come `Answers` that explain themselves. An
answer is shown when it is near enough (`nearness`); what is only vaguely like the question is
kept apart, so that nothing found is told as nothing found.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.engine.interface import Index
from indexer.engine.query import And, Everything, InField, Node, Not, Or, Phrase, Term
from indexer.engine.results import PassageRequest
from indexer.paper import Paper, Passage
from search_app import dutch
from search_app.answers.matter import Shares, of_others, shares
from search_app.answers.nearness import NEAR, VAGUE, nearness
from search_app.answers.rank import (
    Candidate,
    Context,
    Found,
    Reader,
    base_of,
    context_of,
    in_order,
    look_for,
)
from search_app.answers.subquestions import Asked, SubQuestion
from search_app.answers.why import Corpus, Reason, Told, reasons, told
from search_app.links import anchor, place_path
from search_app.papers.chains import Step, chain
from search_app.search.meaning import meanings
from search_app.search.second_look import Lexicon, lexicon

NO_ANSWERS = ("kamervragen", "uitstel", "motie", "amendement", "wetsvoorstel", "inventaris")
"""Kinds of papers that ask, announce or list, and answer nothing."""
LOOKED_AT = 40
"""Passages by question that can be shown, for the order by date."""
MOST_VAGUE = 3
MOST_QUESTIONS = 60
"""Questions that are looked for at once for a visitor."""


@dataclass(frozen=True, slots=True)
class Options:
    """What narrows and orders. `ministry` has whole values, `minister` a word of a name.

    Dates are ISO, both included; `pairs` leaves out what is no question with its answer; `size` is
    the number of answers by question; `without` are papers or passages left out.
    """

    ministry: tuple[str, ...] = ()
    minister: str = ""
    date_from: str | None = None
    date_to: str | None = None
    newest: bool = False
    pairs: bool = False
    size: int = 5
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier answer: the pair, or a passage of running text, with why it is shown.

    `same` are the labels of other questions of the paper that have this answer too.
    """

    paper: Paper
    passage: Passage
    page: int | None
    score: float
    near: float
    why: tuple[Reason, ...]
    chain: tuple[Step, ...]
    url: str
    same: tuple[str, ...] = ()

    @property
    def person(self) -> str | None:
        """Return who answered."""
        return next((p.name for p in self.paper.people if p.role in dutch.ANSWERERS), None)

    @property
    def text(self) -> str:
        """Return the answer, or the passage where there is no question."""
        return self.passage.answer or self.passage.text


@dataclass(frozen=True, slots=True)
class SubAnswers:
    """A question with its earlier answers, and apart what is only vaguely like it.

    `by_meaning`: it was looked for by meaning too, not by its words alone.
    """

    question: SubQuestion
    answers: tuple[Earlier, ...]
    vague: tuple[Earlier, ...]
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """All questions of a paste. `words` are those of the introduction that were used.

    `rest` are questions that were not looked for, because there were too many at once.
    """

    asked: Asked
    options: Options
    rows: tuple[SubAnswers, ...]
    words: tuple[str, ...]
    took_ms: float
    rest: tuple[SubQuestion, ...] = ()

    @property
    def by_meaning(self) -> bool:
        """Tell whether any question was looked for by meaning too."""
        return any(row.by_meaning for row in self.rows)

    def beside(self, row: SubAnswers) -> int:
        """Return how much of what is vaguely like a question is in papers found for another.

        `Wat is de oorzaak hiervan?` is near to nothing by itself.
        """
        found = {each.paper.id for other in self.rows for each in other.answers}
        return sum(each.paper.id in found for each in row.vague)


@dataclass
class Desk:
    """What one request needs of an index, each thing read once."""

    index: Index
    lexicon: Lexicon
    reader: Reader = field(init=False)
    _papers: dict[str, Paper | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader = Reader(self.index, self.lexicon)

    @property
    def words(self) -> Mapping[str, int]:
        """Return the words of the corpus with their counts."""
        return self.lexicon.words

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its id."""
        if paper_id not in self._papers:
            self._papers[paper_id] = self.index.paper(paper_id)
        return self._papers[paper_id]


def answer(
    asked: Asked, options: Options, desk: Desk, most: int | None = MOST_QUESTIONS
) -> Answers:
    """Return the earlier answers for each question, at most so many of them."""
    started = time.perf_counter()
    words = desk.words
    everything = "\n".join([asked.context, *(question.text for question in asked.questions)])
    around = context_of(asked.context, words)
    texts = [question.text for question in asked.questions[:most]]
    found = find(texts, around, options, desk)
    looked_at = [row[:LOOKED_AT] for row in found.candidates]
    near = nearness(looked_at, found.base, found.shared, desk.index.summary.passages)
    shelf = _Shelf(desk, Corpus(desk.index, words), told(everything))
    rows = tuple(
        replace(_row(question, candidates, how_near, options, shelf), by_meaning=by_meaning)
        for question, candidates, how_near, by_meaning in zip(
            asked.questions, looked_at, near, found.by_meaning, strict=False
        )
    )
    took = round((time.perf_counter() - started) * 1000, 1)
    return Answers(asked, options, rows, around.words, took, asked.questions[len(rows) :])


@dataclass(frozen=True, slots=True)
class Finds:
    """By question what can answer it, best first, and what a search without filters finds."""

    candidates: list[list[Candidate]]
    base: list[Found]
    shared: Shares
    by_meaning: list[bool]


def find(texts: Sequence[str], around: Context, options: Options, desk: Desk) -> Finds:
    """Return what can answer the questions of one paste."""
    request, wide = request_for(options), request_for(Options(without=options.without))
    meant = meanings(texts, request, desk.index)
    pairs = zip(texts, meant, strict=True)
    found = [look_for(text, around, request, desk.reader, meaning=how) for text, how in pairs]
    # what is near, and what all are about, does not depend on what a filter leaves out
    base = [row.base for row in found]
    if request != wide:
        widely = zip(texts, meanings(texts, wide, desk.index), strict=True)
        base = [base_of(text, wide, desk.reader, meaning) for text, meaning in widely]
    shared = shares(texts, base, desk.lexicon.runs)
    matters = of_others(shared.papers)
    ordered = [in_order(*row) for row in zip(found, matters, strict=True)]
    return Finds(ordered, base, shared, [how is not None for how in meant])


def request_for(options: Options) -> PassageRequest:
    """Return what narrows the search for every question."""
    within: list[Node] = [Not(Or(tuple(InField("kind", Term(kind)) for kind in NO_ANSWERS)))]
    if options.minister:
        within.append(InField("answerer", Phrase(options.minister)))
    return PassageRequest(
        Everything(),
        filters={"ministry": options.ministry} if options.ministry else {},
        date_from=options.date_from,
        date_to=options.date_to,
        within=And(tuple(within)),
        without=options.without,
        answered=True,
        pairs=options.pairs,
    )


@dataclass(frozen=True, slots=True)
class _Shelf:
    desk: Desk
    corpus: Corpus
    about: Told


def _row(
    question: SubQuestion,
    candidates: Sequence[Candidate],
    near: Sequence[float],
    options: Options,
    shelf: _Shelf,
) -> SubAnswers:
    """Return what is shown of a question: what is near, in the order asked for; what is vague."""
    together = _together(candidates, near)
    close = [row for row in together if row[1] >= NEAR]
    if options.newest:
        close.sort(key=lambda row: row[0].passage.date or "", reverse=True)
    vague = [row for row in together if VAGUE <= row[1] < NEAR] if not close else []
    return SubAnswers(
        question,
        tuple(_earlier(question, row, shelf) for row in close[: options.size]),
        tuple(_earlier(question, row, shelf) for row in vague[:MOST_VAGUE]),
    )


Shown = tuple[Candidate, float, list[str]]


def _together(candidates: Sequence[Candidate], near: Sequence[float]) -> list[Shown]:
    """Return each text of a paper once, with the labels of the others that have it."""
    found: dict[tuple[str, str], Shown] = {}
    for candidate, how_near in zip(candidates, near, strict=True):
        passage = candidate.passage
        same = found.get((passage.paper_id, passage.text))
        if same is None:
            found[passage.paper_id, passage.text] = (candidate, how_near, [])
        else:
            same[2].append(passage.label)
    return list(found.values())


def _earlier(question: SubQuestion, shown: Shown, shelf: _Shelf) -> Earlier:
    candidate, near, same = shown
    stored = candidate.passage
    paper = shelf.desk.paper(stored.paper_id) or Paper(stored.paper_id)
    passage = next((p for p in paper.passages if p.id == stored.passage_id), None)
    passage = passage or Passage(stored.passage_id, "tekst", stored.label, stored.text)
    why = reasons(question.text, paper, passage, shelf.about, shelf.corpus)
    if candidate.nearest:
        why = (*why, Reason("betekenis", ()))
    return Earlier(
        paper=paper,
        passage=passage,
        page=stored.page,
        score=candidate.score,
        near=round(near, 2),
        why=why,
        chain=chain(paper, passage, shelf.desk.paper),
        url=place_path(paper.id, anchor(passage.label, stored.page)),
        same=tuple(same),
    )


def make_desk(index: Index) -> Desk:
    """Return what a request needs of an index; its words are read once."""
    return Desk(index, lexicon(index))


def only(asked: Asked, texts: Sequence[tuple[str, str]]) -> Asked:
    """Return what was asked with other questions: number and text as edited."""
    return replace(asked, questions=tuple(SubQuestion(number, text) for number, text in texts))
