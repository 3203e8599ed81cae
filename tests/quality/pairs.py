"""Questions and answers: the pairs of a paper against those that were cut by another program.

In go the questions of ../shared and the truth beside the sample papers; out come tables. Letters
alone are compared: the other program glued words over line ends and left notes in the text, so
what our reading knows as a note,
or as a remark behind the last answer, is taken out of both.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.paper import Paper
from indexer.structure.dates import MONTHS
from tests.conftest import SAMPLE, SHARED
from tests.quality.facts import REACH, value_of
from tests.quality.reading import paper_of_text, papers
from tests.quality.scores import Row, Table

NEAR = 0.95
"""Share of the fives of letters that two texts must have in common to be near the same."""
COLLECTION = SHARED / "collection"
KINDS = {"gesteld": "kamervragen", "Mededeling": "uitstel", "Antwoord": "antwoord"}
Pairs = list[tuple[str, str, str]]


def in_pdfs() -> Table:
    """Return how pairs are read from PDFs: our own and, when they are there, the real ones."""
    ours = (Row("sample, exact", 0.97), Row("sample, near", 0.97))
    read = papers(SAMPLE.glob("*.pdf"))
    for path in sorted(SAMPLE.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        if truth.get("kind"):
            said = [
                (_number(row), row["question"] or "", row["answer"] or "")
                for row in truth.get("passages", ())
            ]
            _compare(ours, path.stem, read[f"{path.stem}.pdf"], said)
    return Table("pairs: questions with their answers in PDFs", [*ours, *_real()])


def _number(row: dict[str, Any]) -> str:
    return str(row.get("label") or row.get("number")).removeprefix("vraag-")


def _real() -> list[Row]:
    if not (SHARED / "papers").is_dir():
        return []
    rows = (Row("real Aanhangsel, exact"), Row("real Aanhangsel, near", 0.97))
    truths = _truths()
    for name, paper in papers((SHARED / "papers").glob("SSC-ICT*.pdf")).items():
        if paper.id in truths:
            _compare(rows, f"{paper.id} ({name[-8:-4]})", paper, truths[paper.id])
    return list(rows)


def kamervragen() -> Table | None:
    """Return how papers of questions are read from text that another program extracted."""
    if not (COLLECTION / "kamervragen_docs.dev.jsonl").is_file():
        return None
    names = ("kind", "id", "date", "asked", "exact pairs", "near pairs", "asked only: questions")
    rows = {name: Row(name, REACH.get(name, 0.97)) for name in names}
    rows["exact pairs"].reach = None
    truths = _truths()
    for line in _lines("kamervragen_docs.dev.jsonl"):
        paper = paper_of_text(line["text"])
        where = line["id"] or line["src"][-30:]
        _facts(rows, where, line, paper)
        if line["id"] in truths:
            _compare((rows["exact pairs"], rows["near pairs"]), where, paper, truths[line["id"]])
        elif line["kind"] == "gesteld" and line["n_vragen"]:
            found = sum(p.kind == "vraag" for p in paper.passages)
            rows["asked only: questions"].add(where, line["n_vragen"], found)
    return Table("kamervragen: papers of questions from extracted text", list(rows.values()))


def _facts(rows: dict[str, Row], where: str, line: dict[str, Any], paper: Paper) -> None:
    """Compare what the other program was sure of."""
    kind = KINDS.get(line["kind"]) or KINDS.get(line["soort_reactie"])
    if kind:
        rows["kind"].add(where, kind, paper.kind)
    if (line["id"] or "").startswith(("ah-", "kv-")):
        rows["id"].add(where, line["id"], paper.id)
    if line["ontvangen"]:
        rows["date"].add(where, _iso(line["ontvangen"]), paper.date)
    if line["ingezonden"] and line["kind"] != "antwoord-docx":
        rows["asked"].add(where, _iso(line["ingezonden"]), value_of(paper, "asked"))


def _compare(rows: tuple[Row, Row], where: str, paper: Paper, said: Pairs) -> None:
    """Count the pairs that are the same, and those that nearly are."""
    exact, near = rows
    notes = [_letters(line) for line in _notes(paper)]
    found = [
        (p.label.removeprefix("vraag-"), p.question or "", p.answer or "")
        for p in paper.passages
        if p.kind == "vraag"
    ]
    wanted = [(number, *(_without(_letters(t), notes) for t in rest)) for number, *rest in said]
    read = [(number, *(_without(_letters(t), notes) for t in rest)) for number, *rest in found]
    exact.add_many(where, map(_shown, wanted), map(_shown, read))
    left = Counter(read)
    matched = []
    for pair in wanted:
        alike = next((other for other in left if left[other] and _alike(pair, other)), None)
        matched.append(pair if alike is None else alike)
        if alike is not None:
            left[alike] -= 1
    near.add_many(where, map(_shown, matched), map(_shown, read))


def _shown(pair: tuple[str, ...]) -> tuple[str, ...]:
    """Return a pair short enough to list: its whole texts count by their hash."""
    number, question, answer = pair
    return number, *(f"{text[:24]}…{text[-24:]} {len(text)}" for text in (question, answer))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one[0] == other[0] and all(
        _overlap(a, b) >= NEAR for a, b in zip(one[1:], other[1:], strict=True)
    )


def _overlap(one: str, other: str) -> float:
    """Return Dice's measure over the fives of letters of two texts."""
    if min(len(one), len(other)) < 60:
        return float(one == other)
    a, b = (Counter(text[i : i + 5] for i in range(len(text) - 4)) for text in (one, other))
    return 2 * (a & b).total() / (a.total() + b.total())


def _notes(paper: Paper) -> Iterator[str]:
    for passage in paper.passages:
        if passage.label.startswith(("noten", "slot")):
            yield from passage.text.split("\n")


def _without(text: str, notes: Iterable[str]) -> str:
    for note in notes:
        if len(note) > 4:
            text = text.replace(note, "")
    return text


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


def _truths() -> dict[str, Pairs]:
    found: dict[str, Pairs] = defaultdict(list)
    for line in _lines("kamervragen_qa.dev.jsonl"):
        found[line["doc"]].append((str(line["nr"]), line["vraag"] or "", line["antwoord"] or ""))
    return found


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with (COLLECTION / name).open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _iso(printed: str) -> str:
    day, month, year = printed.split()
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
