"""Earlier answers: how questions are split, and what is found.

In go the questions of ../shared, out come tables. The ranking itself is measured by `evaluate
--mode answers`; here the harder set (`tests.quality.earlier_set`) is built and asked, and the
layouts in which people paste are made of real questions and split again. For what is refused see
`tests.quality.threshold`.
"""

from __future__ import annotations

import json
import re
import tempfile
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from indexer.cli import main as build
from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from search_app.answers.subquestions import split
from search_app.measuring.answers_run import make_answers_run, read_questions
from search_app.measuring.evaluate import evaluate, read_qrels
from tests.conftest import SHARED
from tests.quality.earlier_set import SOURCE, Answered, read_papers, write
from tests.quality.scores import Row, Table

COLLECTION = SHARED / "collection"
SAME = 0.95
"""Share of the fives of letters that two questions must have in common to be the same."""
NOTE = re.compile(r"https?:|d\.d\.|\b20\d\d\b|nr\.")
NO_LETTER = re.compile(r"[\W\d_]")


def splitting() -> Table | None:
    """Return how papers of questions are split, as extracted and in layouts that people paste."""
    if not SOURCE.is_file():
        return None
    papers = _papers()
    rows = [Row("as extracted by another program", 0.97)]
    for line in (COLLECTION / "kamervragen_docs.dev.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        truth = next((p for p in papers if p.id == document["id"]), None)
        if truth:
            wanted = list(dict.fromkeys(pair.question for pair in truth.pairs))
            _compare(rows[0], truth.id, wanted, document["text"])
    for name, lay in LAYOUTS.items():
        row = Row(name, 0.97)
        for paper in papers:
            questions = list(dict.fromkeys(_clean(pair.question) for pair in paper.pairs))
            if len(questions) > 1:
                _compare(row, paper.id, questions, f"{paper.title}.\n\n{lay(questions)}")
        rows.append(row)
    return Table("splitting: questions told apart", rows)


def _papers() -> list[Answered]:
    return read_papers(SOURCE.read_text("utf-8").splitlines())


def _clean(question: str) -> str:
    """Return a question without the mark of a footnote at its end."""
    return re.sub(r"\s*\d{1,2}$", "", question.strip())


def _wrapped(questions: Sequence[str]) -> str:
    rows = (f"{n}. {question}" for n, question in enumerate(questions, 1))
    return "\n".join(textwrap.fill(row, 78, break_long_words=False) for row in rows)


LAYOUTS: dict[str, Callable[[Sequence[str]], str]] = {
    "1. numbers": lambda q: "\n".join(f"{n}. {text}" for n, text in enumerate(q, 1)),
    "(1) numbers, a line apart": lambda q: "\n\n".join(f"({n}) {t}" for n, t in enumerate(q, 1)),
    "1 alone on a line": lambda q: "\n\n".join(f"{n}\n{text}" for n, text in enumerate(q, 1)),
    "numbers, wrapped at 78": _wrapped,
    "Vraag 1:": lambda q: "\n".join(f"Vraag {n}:\n{text}" for n, text in enumerate(q, 1)),
    "1. numbers, on one line": lambda q: " ".join(f"{n}. {text}" for n, text in enumerate(q, 1)),
    "Vraag 1, on one line": lambda q: " ".join(f"Vraag {n} {text}" for n, text in enumerate(q, 1)),
    "bullets": lambda q: "\n".join(f"- {text}" for text in q),
    "paragraphs": "\n\n".join,
}


def _compare(row: Row, where: str, wanted: Sequence[str], text: str) -> None:
    found = [question.text for question in split(text).questions]
    row.found += len(found)
    for question in wanted:
        row.wanted += 1
        if any(_is_same(question, each) for each in found):
            row.right += 1
        else:
            row.misses.append(f"{where}: {question[:90]!r} missed")


def _is_same(wanted: str, found: str) -> bool:
    """Tell whether two texts are one question; a footnote in the truth may be left out."""
    left, right = _fives(wanted), _fives(found)
    both = (left & right).total()
    if 2 * both >= SAME * (left.total() + right.total()):
        return True
    return right.total() > 40 and both >= 0.97 * right.total() and bool(NOTE.search(wanted))


def _fives(text: str) -> Counter[str]:
    letters = NO_LETTER.sub("", text.lower())
    return Counter(letters[i : i + 5] for i in range(len(letters) - 4))


def harder() -> Table | None:
    """Return what is found first of the answers that an answer refers to."""
    if not SOURCE.is_file():
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(_papers(), folder)
        index = _built(folder / "papers.jsonl", folder / "index")
        qrels = read_qrels(folder / "qrels.tsv")
        run = make_answers_run(index, read_questions(folder / "topics.tsv"), qrels)
        found = evaluate(run, qrels)
        index.close()
    rows = [Row("found first"), Row("found in the first ten")]
    for topic, values in found.values.items():
        rows[0].add(topic, True, values["MRR@10"] == 1)
        rows[1].add(topic, True, values["MRR@10"] > 0)
    mean = found.measures["MRR@10"]
    return Table(f"earlier, harder set: {found.topics} topics, MRR@10 {mean:.3f}", rows)


def _built(source: Path, location: Path) -> Index:
    build(["build", str(source), "--index", str(location), "--json"])
    return engine_for(str(location)).open(str(location))
