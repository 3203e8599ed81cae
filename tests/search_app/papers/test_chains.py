"""References between answers, followed."""

from __future__ import annotations

import pytest

from indexer.paper import Citation, Paper, Passage
from search_app.papers.chains import asked_there, chain


def pair(paper: str, number: int, answer: str, links: tuple[int, ...] = ()) -> Passage:
    label = f"vraag-{number}"
    text = f"Vraag {number}?\n{answer}"
    return Passage(
        f"{paper}#{label}", "vraag", label, text, question=f"Vraag {number}?", answer=answer,
        links=tuple(f"vraag-{n}" for n in links),
    )  # fmt: skip


OLD = Paper("ah-tk-20222023-3276", passages=(pair("ah-tk-20222023-3276", 2, "De brug is dicht."),))
NEW = Paper(
    "ah-tk-20222023-3649",
    passages=(
        pair("ah-tk-20222023-3649", 1, "Zie mijn antwoord op vraag 3.", (3,)),
        pair(
            "ah-tk-20222023-3649", 3,
            "Zie Aanhangsel 2022–2023, nr. 3276, antwoord op vraag 2, en antwoord 1.", (1,),
        ),
        pair("ah-tk-20222023-3649", 4, "Zie Kamerstuk 36 200 VII, nr. 12."),
    ),
    citations=(
        Citation("Aanhangsel 2022–2023, nr. 3276", "ah-tk-20222023-3276", passage="vraag-3"),
        Citation("Kamerstuk 36 200 VII, nr. 12", "kst-36200-VII-12", passage="vraag-4"),
    ),
)  # fmt: skip
PAPERS = {paper.id: paper for paper in (OLD, NEW)}


def test_a_chain_goes_on_within_and_outside_its_paper_and_never_round() -> None:
    steps = chain(NEW, NEW.passages[0], PAPERS.get)
    assert [(step.depth, step.passage.id if step.passage else None) for step in steps] == [
        (1, "ah-tk-20222023-3649#vraag-3"),
        (2, "ah-tk-20222023-3276#vraag-2"),
    ]
    assert steps[1].url == "/papers/ah-tk-20222023-3276#vraag-2"


def test_what_is_not_in_the_index_is_a_step_without_a_paper() -> None:
    (step,) = chain(NEW, NEW.passages[2], PAPERS.get)
    assert (step.paper, step.url) == (None, "/ref/kst-36200-VII-12")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Zie Kamerstuk 36 200, nr. 12, antwoord op vraag 11.", ("vraag-11",)),
        ("het antwoord op de vragen 2 en 3 (Kamerstuk 36 200, nr. 12)", ("vraag-2", "vraag-3")),
        ("Zie Kamerstuk 36 200, nr. 12. Dit staat ook in het antwoord op vraag 4.", ()),
        ("Zie Kamerstuk 36 200, nr. 12.", ()),
        ("Zie elders.", ()),
    ],
)
def test_the_question_named_beside_a_reference(text: str, labels: tuple[str, ...]) -> None:
    assert asked_there(Citation("Kamerstuk 36 200, nr. 12"), text) == labels
