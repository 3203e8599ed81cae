"""Whole papers against the truth beside them: what we made ourselves must be read back.

The truth is written by `corpus/source/typeset.py` from the marks of the source, not by our reader.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from indexer.engine.interface import Index
from indexer.paper import Paper
from tests.conftest import SAMPLE, has_dutch_ocr

NAMES = sorted(path.stem for path in SAMPLE.glob("*.json"))
FIELDS = (
    "kind", "dossier", "number", "paper_ref", "date", "session_year", "ministry", "title",
)  # fmt: skip
RECALL, OCR_RECALL = 0.99, 0.9
"""The words of a page that must be read; of a scan, by tesseract, fewer."""

FOOT = re.compile(r"ISSN|^(kst|ah-tk)-|^Pagina \d|[Vv]ergaderjaar \d{4}–\d{4}, ")
"""Lines that are furniture wherever they stand; a head printed once may be read as text."""

MISSES: dict[tuple[str, str], str] = {}
"""What is not yet read right, by paper and field, each with its reason. It may only shrink."""


def truth_of(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLE / f"{name}.json").read_text("utf-8"))
    return data


READABLE = [name for name in NAMES if truth_of(name).get("kind")]
WITH_QUESTIONS = [name for name in READABLE if truth_of(name).get("passages")]


def read(index: Index, name: str) -> Paper:
    sha256 = hashlib.sha256((SAMPLE / f"{name}.pdf").read_bytes()).hexdigest()
    truth = truth_of(name)
    if truth.get("scan") and not has_dutch_ocr():
        pytest.skip("a scan needs tesseract with Dutch")
    paper = index.paper(truth["id"] or f"pdf-{sha256[:12]}") or index.paper(f"pdf-{sha256[:12]}")
    assert paper is not None, f"{name}: neither {truth['id']} nor pdf-{sha256[:12]} is indexed"
    return paper


def cases(*fields: str, names: Sequence[str] = READABLE) -> list[Any]:
    """Return what to try: each paper with each field; a known miss must fail while it is listed."""
    return [
        pytest.param(name, field, marks=known(name, field), id=f"{name}-{field}")
        for name in names
        for field in fields
    ]


def known(name: str, field: str) -> list[pytest.MarkDecorator]:
    reason = MISSES.get((name, field))
    return [pytest.mark.xfail(reason=reason, strict=True)] if reason else []


def squeezed(text: str | None) -> str | None:
    """Return a text without white space."""
    return None if text is None else "".join(text.split())


@pytest.mark.parametrize(("name", "field"), cases("id"))
def test_id(index: Index, name: str, field: str) -> None:
    truth = truth_of(name)
    paper = read(index, name)
    assert paper.id == (truth["id"] or paper.id)
    assert paper.id.startswith("pdf-") == (truth["id"] is None)


@pytest.mark.parametrize(("name", "field"), cases(*FIELDS))
def test_field(index: Index, name: str, field: str) -> None:
    found, said = getattr(read(index, name), field), truth_of(name)[field]
    if field == "title":
        found, said = squeezed(found), squeezed(said)
    assert found == said


@pytest.mark.parametrize(("name", "field"), cases("people"))
def test_people(index: Index, name: str, field: str) -> None:
    found = {(person.name, person.role, person.party) for person in read(index, name).people}
    assert found == {(row["name"], row["role"], row["party"]) for row in truth_of(name)["people"]}


def unmarked(text: str | None) -> str | None:
    """Return a text without the marks of notes, which stand apart behind a word or its stop."""
    if text is None:
        return None
    marks = r"(?:(?<=[.?!])|(?<=[^\d\s],)) \d{1,2}(?= |$)"  # not the 74 of `61, 48, 112, 74`
    return squeezed(re.sub(marks, "", " ".join(text.split())))


@pytest.mark.parametrize(("name", "field"), cases("passages", names=WITH_QUESTIONS))
def test_questions_and_answers(index: Index, name: str, field: str) -> None:
    passages = [p for p in read(index, name).passages if p.kind == "vraag"]
    found = [(unmarked(p.question), unmarked(p.answer)) for p in passages]
    rows = truth_of(name)["passages"]
    assert found == [(squeezed(row["question"]), squeezed(row["answer"])) for row in rows]


@pytest.mark.parametrize(("name", "field"), cases("pages"))
def test_words_of_the_pages(index: Index, name: str, field: str) -> None:
    truth, pages = truth_of(name), read(index, name).pages
    assert [page.number for page in pages] == [row["number"] for row in truth["pages"]]
    least = OCR_RECALL if truth.get("scan") else RECALL
    for page, row in zip(pages, truth["pages"], strict=True):
        said = Counter(row["text"].split())
        lost = said - Counter(page.text.split())
        assert lost.total() <= (1 - least) * said.total(), f"page {page.number}: {dict(lost)}"


@pytest.mark.parametrize(("name", "field"), cases("furniture"))
def test_furniture_is_not_text(index: Index, name: str, field: str) -> None:
    """No running foot stands in the text as a line of its own."""
    furniture = {line for line in truth_of(name).get("furniture", ()) if FOOT.search(line)}
    pages = read(index, name).pages
    squeezed_feet = {squeezed(line) for line in furniture}
    lines = [line for page in pages for line in page.text.splitlines()]
    assert [line for line in lines if squeezed(line) in squeezed_feet] == []


def test_there_are_papers() -> None:
    assert READABLE
    assert all((SAMPLE / f"{name}.pdf").is_file() for name in NAMES)


def test_every_pdf_has_its_truth() -> None:
    pdfs = {path.stem for path in Path(SAMPLE).glob("*.pdf")}
    assert pdfs <= set(NAMES)
