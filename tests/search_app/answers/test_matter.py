"""What the questions of a paste have in common, and that it tells what `dit` is about."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from indexer.cli import main as build
from indexer.engine.locate import engine_for
from indexer.engine.results import StoredPassage
from search_app.answers.matter import of_all, of_others
from search_app.answers.rank import Context, Looked, in_order
from search_app.answers.service import Desk, Options, find, make_desk

SHARED = [
    {"a": {"1": 9.0, "2": 6.0, "3": 3.0, "4": 1.0}, "b": {"5": 3.0}},
    {"a": {"1": 3.0}},
    {"c": {"7": 6.0}},
]
VAGUE = "Bent u tevreden met wat er is bereikt? Zo nee, waarom niet?"
NAMED = "Hoeveel schapen zijn er door wolven gedood in Drenthe?"
PAPERS = {
    "haven": ["De kade in de haven is verdiept.", "Ik ben niet tevreden met wat is bereikt."],
    "wolf": [
        "In Drenthe doodden wolven zestig schapen.",
        "Ik ben niet tevreden over wat bereikt is.",
    ],
}


def test_a_paper_is_to_a_paste_what_it_is_to_its_questions() -> None:
    assert of_all(SHARED) == pytest.approx({"a": (6 + 1) / 3, "b": 1 / 3, "c": 2 / 3})


def test_a_question_does_not_count_for_itself() -> None:
    first, second, third = of_others(SHARED)
    assert first == pytest.approx({"a": 0.5, "b": 0, "c": 1})
    assert second == pytest.approx({"a": 3, "b": 0.5, "c": 1})
    assert third == pytest.approx({"a": 3.5, "b": 0.5, "c": 0})
    assert of_others(SHARED[:1]) == [{}]


@pytest.mark.parametrize("close", [None, np.array([1.0, 1.0])])
def test_the_paper_of_the_others_goes_first(close: np.ndarray | None) -> None:
    left, right = (
        StoredPassage(name, name, name, "p1", 1, "", is_pair=False, date=None) for name in "ab"
    )
    looked = Looked((left, right), np.array([2.0, 1.9]), np.zeros(2), close)
    assert [row.passage.key for row in in_order(looked)] == ["a", "b"]
    assert [row.passage.key for row in in_order(looked, {"b": 3.0})] == ["b", "a"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    rows = [
        {"id": f"{paper}#{number}", "text": text}
        for paper, texts in PAPERS.items()
        for number, text in enumerate(texts, 1)
    ]
    source = tmp_path / "papers.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    where = str(tmp_path / "index")
    assert build(["build", str(source), "--index", where, "--workers", "1"]) == 0
    return make_desk(engine_for(where).open(where))


def test_a_question_that_names_nothing_is_about_what_the_others_name(desk: Desk) -> None:
    def first(*texts: str) -> str:
        return find(texts, Context(), Options(), desk).candidates[0][0].passage.paper_id

    assert first(VAGUE) == "haven#2"
    assert first(VAGUE, NAMED) == "wolf#2"
    assert find([VAGUE, NAMED], Context(), Options(), desk).candidates[1][0].passage.paper_id == (
        "wolf#1"
    )
    desk.index.close()
