"""References between answers, followed: `zie het antwoord op vraag 22`, `Aanhangsel …, nr. 3276`.

In go a passage and its paper, out come the answers that it points to, those that these point to,
and so on: each once, at most `DEEPEST` steps away. The text of another answer is shown beside the
one that refers to it, never in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.paper import Citation, Paper, Passage
from indexer.question_labels import NUMBERS, numbers_in
from search_app.links import anchor, place_path, ref_path

DEEPEST = 3
MOST = 8
REACH = 80
# Which question of another paper is meant. Must match `antwoord op vraag 11`, `vragen 2 en 3`.
QUESTION = re.compile(
    rf"\b(?:antwoord(?:en)?(?:\sop)?\s)?(?:de\s)?(?:vraag|vragen)\s(?P<numbers>{NUMBERS})"
)

FindPaper = Callable[[str], Paper | None]


@dataclass(frozen=True, slots=True)
class Step:
    """A reference: how it is printed, how many steps away, and what it reaches.

    `paper` is `None` when it is not in the index; `passage` when no single question is meant.
    """

    printed: str
    depth: int
    url: str
    paper: Paper | None = None
    passage: Passage | None = None


def chain(paper: Paper, passage: Passage, find: FindPaper) -> tuple[Step, ...]:
    """Return the references of a passage, each followed by those of what it reaches."""
    seen = {passage.id}
    return tuple(_followed(paper, passage, find, seen, 1))[:MOST]


def _followed(
    paper: Paper, passage: Passage, find: FindPaper, seen: set[str], depth: int
) -> Iterator[Step]:
    for step in (*_within(paper, passage, depth), *_outside(paper, passage, find, depth)):
        name = step.passage.id if step.passage else step.url
        if name in seen or len(seen) > MOST:
            continue
        seen.add(name)
        yield step
        if step.paper and step.passage and depth < DEEPEST:
            yield from _followed(step.paper, step.passage, find, seen, depth + 1)


def _within(paper: Paper, passage: Passage, depth: int) -> Iterator[Step]:
    for label in passage.links:
        other = by_label(paper, label)
        if other:
            printed = f"antwoord op {label.replace('-', ' ')}"
            yield Step(printed, depth, _place(paper, other), paper, other)


def _outside(paper: Paper, passage: Passage, find: FindPaper, depth: int) -> Iterator[Step]:
    for citation in paper.citations:
        if citation.passage != passage.label or not citation.target:
            continue
        target = find(citation.target)
        if target is None:
            yield Step(citation.text, depth, ref_path(citation.target))
            continue
        labels = asked_there(citation, passage.text)
        meant = [found for label in labels if (found := by_label(target, label))]
        for other in meant:
            yield Step(citation.text, depth, _place(target, other), target, other)
        if not meant:
            yield Step(citation.text, depth, place_path(target.id), target)


def asked_there(citation: Citation, text: str) -> tuple[str, ...]:
    """Return the labels of the questions that are named beside a reference to another paper."""
    at = text.replace("\n", " ").find(citation.text)
    if at < 0:
        return ()
    end = at + len(citation.text)
    behind = QUESTION.search(text.replace("\n", " "), end, end + REACH)
    before = list(QUESTION.finditer(text.replace("\n", " "), max(0, at - REACH), at))
    match = behind if behind and behind.start() - end < 20 else before[-1] if before else None
    return tuple(f"vraag-{number}" for number in numbers_in(match["numbers"])) if match else ()


def by_label(paper: Paper, label: str) -> Passage | None:
    """Return the passage of a paper with a label."""
    return next((passage for passage in paper.passages if passage.label == label), None)


def _place(paper: Paper, passage: Passage) -> str:
    return place_path(paper.id, anchor(passage.label, passage.page_first))
