"""Topics of questions → a run by the answers service, for `evaluate --mode answers`.

In goes a file of topics, out comes a run in the form of `evaluate`. Beside id and
question a topic may say, under these heads, `around` (the introduction), `until` (no later
papers) and `without` (papers and passages left out, separated by spaces).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.engine.interface import Index
from search_app.answers.rank import Candidate, context_of, in_order, look_for
from search_app.answers.service import Desk, Options, make_desk, request_for
from search_app.measuring.evaluate import DEPTH, Qrels, Run, TopicsError
from search_app.search.meaning import meanings


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with what stands around it and what may answer it."""

    question: str
    around: str = ""
    until: str | None = None
    without: frozenset[str] = frozenset()


def read_questions(path: Path) -> dict[str, Topic]:
    """Return the topics of a file by their ids. Raises `TopicsError`."""
    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise TopicsError(f"{path} is niet te lezen: {error.strerror}.") from None
    head = lines[0].split("\t") if lines else []
    rows = [line.split("\t") for line in lines[1:]]
    if not rows or any(len(row) < 2 for row in rows):
        raise TopicsError(f"{path}: verwacht een kopregel en daarna regels ‘nummer⇥vraag’.")
    return {row[0]: _topic(dict(zip(head[2:], row[2:], strict=False)), row[1]) for row in rows}


def _topic(said: Mapping[str, str], question: str) -> Topic:
    return Topic(
        question,
        said.get("around", ""),
        said.get("until") or None,
        frozenset(said.get("without", "").split()),
    )


def make_answers_run(index: Index, topics: Mapping[str, Topic], qrels: Qrels) -> Run:
    """Ask each topic as one question; a hit is named as the judgements name what they judge.

    Where a passage is judged every passage counts for itself, else those of a paper are one hit.
    """
    desk = make_desk(index)
    run: Run = {}
    for name, topic in topics.items():
        judged = qrels.get(name, {})
        found = candidates(topic, desk)
        single = any(row.passage.passage_id in judged for row in found)
        names: dict[str, float] = {}
        for row in found:
            here = row.passage
            whole = not single or here.paper_id in judged
            names.setdefault(here.paper_id if whole else here.passage_id, row.score)
        run[name] = list(names.items())[:DEPTH]
    return run


def candidates(topic: Topic, desk: Desk) -> list[Candidate]:
    """Return what may answer a topic, best first."""
    options = Options(date_to=topic.until, without=topic.without)
    around, request = context_of(topic.around, desk.words), request_for(options)
    (meaning,) = meanings([topic.question], request, desk.index)
    return in_order(look_for(topic.question, around, request, desk.reader, meaning=meaning))
