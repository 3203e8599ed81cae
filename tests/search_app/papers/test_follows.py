"""What goes with a paper of questions: notices of delay, answers, follow-up questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.analysis.tables import EMPTY
from indexer.engine.locate import engine_for
from indexer.paper import Citation, Paper, Passage
from indexer.paper_json import content_hash
from search_app.papers.follows import Around, around_of
from tests.conftest import Built

TITLE = "Vragen van het lid De Wit (D66) aan de Minister van Financiën over de lange brug bij Dorp"


def paper(name: str, kind: str, date: str, question: str = "Klopt dit?", **rest: object) -> Paper:
    passage = Passage(f"{name}#vraag-1", "vraag", "vraag-1", question, question=question)
    return Paper(name, kind=kind, date=date, passages=(passage,), **rest)  # type: ignore[arg-type]


PAPERS = (
    paper("ah-tk-20232024-10", "uitstel", "2024-01-10", title=TITLE),
    paper("ah-tk-20232024-50", "antwoord", "2024-02-20", title=f"{TITLE}."),
    paper("ah-tk-20252026-50", "antwoord", "2026-02-20", title=TITLE),  # two years later
    paper(
        "ah-tk-20232024-90", "antwoord", "2024-05-01", "Kent u Aanhangsel 2023-2024, nr. 50?",
        citations=(
            Citation("Aanhangsel 2023-2024, nr. 50", "ah-tk-20232024-50", passage="vraag-1"),
            Citation("Aanhangsel 2023-2024, nr. 10", "ah-tk-20232024-10", passage="vraag-1"),
        ),
    ),
)  # fmt: skip


CASE = Citation("2023Z04321", "2023Z04321", 1)
OF_ONE_CASE = (
    paper("pdf-uitstel", "uitstel", "2023-04-14", title="Uitstel", citations=(CASE,)),
    # … in its head, where it is no reference to another paper
    paper("pdf-antwoord", "antwoord", "2023-05-24", title="Beantwoording", references=(CASE.text,)),
    paper("pdf-eerder", "antwoord", "2023-04-01", title="Iets anders", citations=(CASE,)),
    paper(
        "pdf-overzicht", "antwoord", "2023-06-01", title="Over beide",
        citations=(CASE, Citation("2023Z09999", "2023Z09999", 1)),
    ),
)  # fmt: skip


def names(around: Around) -> dict[str, list[str]]:
    return {
        part: [near.paper_id for near in getattr(around, part)]
        for part in ("delays", "answers", "before", "after")
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # printed above the answer: `Zie ook Aanhangsel …, nr. 1999`
        ("ah-tk-20232024-1999", {"answers": ["ah-tk-20232024-2310"]}),
        ("ah-tk-20232024-2310", {"delays": ["ah-tk-20232024-1999"]}),
        ("ah-tk-20222023-3276", {"after": ["ah-tk-20222023-3649", "ah-tk-20232024-2041"]}),
        ("ah-tk-20222023-3649", {"before": ["ah-tk-20222023-3276"]}),
        ("ah-tk-20242025-611", {}),
        ("brief-x", {}),
    ],
)
def test_what_belongs_to_a_sample_paper(
    sample_index: Built, name: str, expected: dict[str, list[str]]
) -> None:
    index = engine_for(str(sample_index.location)).open(str(sample_index.location))
    found = names(around_of(index.paper(name) or Paper(name, kind="brief"), index))
    index.close()
    assert {part: rows for part, rows in found.items() if rows} == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ah-tk-20232024-10", {"answers": ["ah-tk-20232024-50"]}),
        ("ah-tk-20232024-50", {"delays": ["ah-tk-20232024-10"], "after": ["ah-tk-20232024-90"]}),
        ("ah-tk-20252026-50", {}),
        # a question that names a notice of delay was not delayed by it
        ("ah-tk-20232024-90", {"before": ["ah-tk-20232024-50"]}),
    ],
)
def test_titles_and_questions_tell_too(
    tmp_path: Path, name: str, expected: dict[str, list[str]]
) -> None:
    assert among(PAPERS, tmp_path, name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # a letter of delay has no number and its own subject: the case is what they share
        ("pdf-uitstel", {"answers": ["pdf-antwoord"]}),
        ("pdf-antwoord", {"delays": ["pdf-uitstel"]}),
        ("pdf-eerder", {}),
        ("pdf-overzicht", {}),
    ],
)
def test_a_letter_of_delay_and_its_answer_name_one_case(
    tmp_path: Path, name: str, expected: dict[str, list[str]]
) -> None:
    assert among(OF_ONE_CASE, tmp_path, name) == expected


def among(papers: tuple[Paper, ...], folder: Path, name: str) -> dict[str, list[str]]:
    """Return what belongs to a paper in an index of `papers`."""
    location = str(folder / "index")
    writer = engine_for(location).writer(location, EMPTY)
    for each in papers:
        writer.add(each, content_hash(each))
    list(writer.publish())
    index = engine_for(location).open(location)
    found = names(around_of(index.paper(name) or Paper(name), index))
    index.close()
    return {part: rows for part, rows in found.items() if rows}


def test_the_page_of_a_notice_links_to_its_answer(sample_client: FlaskClient) -> None:
    page = sample_client.get("/papers/ah-tk-20232024-1999").text
    assert "Het antwoord kwam later" in page
    assert "/papers/ah-tk-20232024-2310" in page
