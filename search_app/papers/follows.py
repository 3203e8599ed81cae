"""What goes with a paper of questions: its notice of delay, its answer, questions that follow up.

In go a paper and an open index, out come the papers that belong to it. The Kamer prints `Zie ook
Aanhangsel …, nr. 1999` above an answer for which a delay was announced under that number, and
above an answer that goes with another; members name an earlier answer in a question that follows
it up. Where nothing is printed, a notice and an answer that name the same case (`2023Z04321`), or
that have the same title, belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.engine.interface import Index
from indexer.engine.query import Bag, Everything, InField, Node, Or, Term
from indexer.engine.results import SearchRequest
from indexer.numbers.finding import parse_number
from indexer.paper import Citation, Paper
from search_app.papers.chains import by_label
from search_app.papers.connections import own_keys

QUESTIONS = ("antwoord", "kamervragen", "uitstel")
TOGETHER = "zie ook"
MOST = 20
# Must match `Deze vragen dienen ter aanvulling op eerdere vragen terzake van het lid De Wit`.
FOLLOWS_UP = re.compile(r"\b(?:ter aanvulling op|vervolg op|eerdere (?:schriftelijke )?vragen)\b")
CASE = re.compile(r"20\d\dZ\d{5}")
NO_LETTER = re.compile(r"[\W_]+")
YEAR = 10_000
"""Of a date as a number (`20240607`)."""


@dataclass(frozen=True, slots=True)
class Near:
    """A paper that belongs to another, with what a link to it says."""

    paper_id: str
    title: str | None
    kind: str | None
    paper_ref: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to a paper of questions: each tuple by date.

    `delays` announced that its answer would be late, `answers` came after this notice, `before` are
    earlier answers that it follows up or goes with, `after` are papers that follow it up.
    """

    delays: tuple[Near, ...] = ()
    answers: tuple[Near, ...] = ()
    before: tuple[Near, ...] = ()
    after: tuple[Near, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing belongs to the paper."""
        return not (self.delays or self.answers or self.before or self.after)


def around_of(paper: Paper, index: Index) -> Around:
    """Return what belongs to a paper; nothing for one that is not of questions."""
    if paper.kind not in QUESTIONS:
        return Around()
    cited = {each.id: each for each in _named_by(paper, index)}
    citing = {each.id: each for each in _naming(paper, index)}
    if paper.kind == "uitstel":
        answers = [each for each in citing.values() if _together(each, paper.id)]
        answers = answers or list(_of_case(paper, "antwoord", index))
        answers = answers or list(_same_title(paper, "antwoord", index))
        return Around(answers=by_date(answers))
    delays = [e for e in cited.values() if e.kind == "uitstel" and _together(paper, e.id)]
    if not delays and paper.kind == "antwoord":
        delays = list(_of_case(paper, "uitstel", index))
        delays = delays or list(_same_title(paper, "uitstel", index))
    return Around(
        delays=by_date(delays),
        before=by_date([each for each in cited.values() if each.kind == "antwoord"]),
        after=by_date([each for each in citing.values() if each.kind != "uitstel"]),
    )


def _named_by(paper: Paper, index: Index) -> Iterator[Paper]:
    """Yield the papers of questions that a paper goes with or follows up."""
    for citation in paper.citations:
        if citation.target and _belongs(citation, paper):
            other = index.paper(citation.target)
            if other is not None and other.kind in QUESTIONS and other.id != paper.id:
                yield other


def _naming(paper: Paper, index: Index) -> Iterator[Paper]:
    """Yield the papers of questions that go with this one or follow it up."""
    keys = own_keys(paper)
    if not keys:
        return
    filters = {"cites": keys, "kind": QUESTIONS}
    request = SearchRequest(Everything(), filters=filters, sort="oldest", size=MOST, snippets=False)
    for hit in index.search(request).hits:
        other = index.paper(hit.paper_id)
        named = _named_by(other, index) if other else ()
        if other and other.id != paper.id and any(each.id == paper.id for each in named):
            yield other


def _together(paper: Paper, other: str) -> bool:
    """Tell whether an answer says above it that it goes with another paper."""
    named = (c for c in paper.citations if c.relation == TOGETHER)
    return paper.kind == "antwoord" and any(c.target == other for c in named)


def _belongs(citation: Citation, paper: Paper) -> bool:
    """Tell a reference to what goes with a paper or before it from one that only mentions."""
    if citation.relation == TOGETHER:
        return True
    passage = by_label(paper, citation.passage or "")
    if passage is None:
        return False
    if passage.kind == "vraag":
        return citation.text in (passage.question or "").replace("\n", " ")
    return FOLLOWS_UP.search(passage.text) is not None


def _cases(paper: Paper) -> set[str]:
    """Return the cases that a paper names, or bears in its head."""
    named = (*(c.target for c in paper.citations), *paper.references)
    return {case for case in named if case and CASE.fullmatch(case)}


def _of_case(paper: Paper, kind: str, index: Index) -> Iterator[Paper]:
    """Yield papers of a kind about the one case that this paper is about, notice before answer."""
    cases = _cases(paper)
    if len(cases) != 1:
        return
    keys = [number.key for case in cases for number in parse_number(case)]
    node = Or(tuple(InField(name, Term(key)) for name in ("cites", "number") for key in keys))
    request = SearchRequest(
        node, filters={"kind": (kind,)}, sort="oldest", size=MOST, snippets=False
    )
    for hit in index.search(request).hits:
        first, last = (hit.date, paper.date) if kind == "uitstel" else (paper.date, hit.date)
        other = index.paper(hit.paper_id) if _within_a_year(first, last) else None
        if other is not None and other.id != paper.id and _cases(other) == cases:
            yield other


def _same_title(paper: Paper, kind: str, index: Index) -> Iterator[Paper]:
    """Yield papers of a kind with the same title, notice before answer, a year apart at most."""
    wanted = _letters(paper.title)
    if len(wanted) < 40:
        return
    node: Node = InField("title", Bag((Term(paper.title or ""),)))
    request = SearchRequest(node, filters={"kind": (kind,)}, size=5, snippets=False)
    for hit in index.search(request).hits:
        first, last = (hit.date, paper.date) if kind == "uitstel" else (paper.date, hit.date)
        if _letters(hit.title) == wanted and _within_a_year(first, last):
            other = index.paper(hit.paper_id)
            if other is not None:
                yield other


def _letters(title: str | None) -> str:
    return NO_LETTER.sub("", (title or "").casefold())


def _within_a_year(first: str | None, last: str | None) -> bool:
    if not first or not last or len(first) < 10 or len(last) < 10:
        return False
    return 0 <= int(last.replace("-", "")) - int(first.replace("-", "")) <= YEAR


def by_date(papers: list[Paper]) -> tuple[Near, ...]:
    """Return papers as links to them, by date."""
    ordered = sorted(papers, key=lambda each: each.date or "")
    return tuple(Near(p.id, p.title, p.kind, p.paper_ref, p.date) for p in ordered)
