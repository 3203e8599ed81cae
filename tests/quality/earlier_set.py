"""A harder set for earlier answers, made of papers that refer to an earlier answer.

`python -m tests.quality.earlier_set OUT` writes `papers.jsonl`, `topics.tsv` and `qrels.tsv` for
`indexer build` and `evaluate --mode answers`. In go papers of questions with their answers, out
come topics: a question whose own answer refers to another one (`Zie het antwoord op vraag 2`), or
that cites another paper that is there too. What was referred to is what should be found. Every
reference is taken out of questions and index, and only what came earlier may be found: no later
paper, not the question's own pair, and none behind it in its paper. Nothing real is committed: the
set is made of ../shared when it is measured.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.numbers.finding import parse_number
from indexer.numbers.known import settled
from indexer.question_labels import find_references
from indexer.structure.citations import find_mentions
from indexer.structure.dates import MONTHS
from tests.conftest import SHARED

SOURCE = SHARED / "collection" / "kamervragen_qa.dev.jsonl"
OWN_WORDS = re.compile(r"\((?:[Zz]ie )?(?:ook )?[,. ]*\)|\b[Zz]ie(?: ook)?(?= *[.,])")
DATE = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with its answer, and its number in its paper."""

    number: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A paper of answered questions."""

    id: str
    title: str
    date: str | None
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question, what stands around it, what may not be found, and what should be."""

    id: str
    question: str
    around: str
    until: str | None
    without: tuple[str, ...]
    targets: tuple[str, ...] = field(default=())


def read_papers(lines: Iterable[str]) -> list[Answered]:
    """Return the papers of a list of pairs (`doc, nr, vraag, antwoord, onderwerp, ontvangen`)."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        row = json.loads(line)
        rows.setdefault(row["doc"], []).append(row)
    return [
        Answered(
            name,
            found[0].get("onderwerp") or "",
            iso(found[0].get("ontvangen") or ""),
            tuple(Pair(str(row["nr"]), row["vraag"], row["antwoord"]) for row in found),
        )
        for name, found in rows.items()
    ]


def iso(printed: str) -> str | None:
    """Return the ISO date of `18 november 2024`."""
    match = DATE.search(printed)
    if match is None or match[2] not in MONTHS:
        return None
    return f"{match[3]}-{MONTHS.index(match[2]) + 1:02d}-{int(match[1]):02d}"


def bare(text: str) -> str:
    """Return a text without its references to other answers and other papers."""
    flat = text.replace("\n", " ")
    spans = [(found.start, found.end) for found in find_references(flat)]
    spans += [(found.start, found.end) for found in find_mentions(flat)]
    for start, end in sorted(spans, reverse=True):
        flat = f"{flat[:start]} {flat[end:]}"
    return " ".join(OWN_WORDS.sub(" ", flat).split())


def topics(papers: Sequence[Answered]) -> Iterator[Topic]:
    """Yield the questions that were answered by reference to something earlier that is there."""
    keys = {number.key: paper for paper in papers for number in parse_number(paper.id)[:1]}
    for paper in papers:
        for place, pair in enumerate(paper.pairs):
            earlier = [other.number for other in paper.pairs[:place]]
            within = _within(paper, pair, earlier)
            across = _across(paper, pair, keys)
            if within or across:
                behind = tuple(f"{paper.id}#vraag-{p.number}" for p in paper.pairs[place:])
                around = [p.question for p in paper.pairs if p is not pair]
                yield Topic(
                    f"{paper.id}#{pair.number}",
                    bare(pair.question),
                    bare(" ".join([paper.title, *around])),
                    paper.date,
                    behind,
                    (*within, *across),
                )


def _within(paper: Answered, pair: Pair, earlier: Sequence[str]) -> tuple[str, ...]:
    named = (n for found in find_references(pair.answer) for n in found.numbers)
    return tuple(f"{paper.id}#vraag-{n}" for n in dict.fromkeys(named) if n in earlier)


def _across(paper: Answered, pair: Pair, keys: Mapping[str, Answered]) -> tuple[str, ...]:
    found = []
    for mention in find_mentions(f"{pair.question} {pair.answer}"):
        readings = settled((mention.number, *mention.others), set()) if mention.number else ()
        other = keys.get(readings[0].key) if readings else None
        if other and other is not paper and (other.date or "") <= (paper.date or ""):
            found.append(other.id)
    return tuple(dict.fromkeys(found))


def write(papers: Sequence[Answered], out: Path) -> int:
    """Write the set into a folder; returns the number of topics."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "papers.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(_row(paper), ensure_ascii=False) + "\n" for paper in papers)
    made = list(topics(papers))
    head = "qid\tquestion\taround\tuntil\twithout\n"
    rows = (
        "\t".join((t.id, t.question, t.around, t.until or "", " ".join(t.without))) + "\n"
        for t in made
    )
    (out / "topics.tsv").write_text(head + "".join(rows), "utf-8")
    lines = (f"{topic.id} 0 {target} 1\n" for topic in made for target in topic.targets)
    (out / "qrels.tsv").write_text("".join(lines), "utf-8")
    return len(made)


def _row(paper: Answered) -> dict[str, Any]:
    return {
        "id": paper.id,
        "kind": "antwoord",
        "title": bare(paper.title),
        "date": paper.date,
        "passages": [
            {
                "id": f"{paper.id}#vraag-{pair.number}",
                "question": bare(pair.question),
                "answer": bare(pair.answer),
            }
            for pair in paper.pairs
        ],
    }


if __name__ == "__main__":
    count = write(read_papers(SOURCE.read_text("utf-8").splitlines()), Path(sys.argv[1]))
    sys.stdout.write(f"{count} topics\n")
