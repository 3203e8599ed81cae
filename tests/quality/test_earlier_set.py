"""The harder set: references become topics, and are gone from what is asked and searched."""

from __future__ import annotations

import json
from pathlib import Path

from tests.quality.earlier_set import bare, read_papers, topics, write

ROWS = [
    ("ah-tk-20222023-10", 1, "Is de brug open?", "Nee.", "3 mei 2023"),
    ("ah-tk-20232024-20", 1, "Kent u Aanhangsel 2022-2023, nr. 10?", "Ja.", "4 mei 2024"),
    ("ah-tk-20232024-20", 2, "En nu?", "Zie antwoord op vraag 1. De weg is dicht.", "4 mei 2024"),
    ("ah-tk-20232024-20", 3, "En nu?", "Zie het antwoord op vraag 4.", "4 mei 2024"),  # later: none
]  # fmt: skip
LINES = [
    json.dumps(dict(zip(("doc", "nr", "vraag", "antwoord", "ontvangen"), row, strict=True)))
    for row in ROWS
]


def test_references_become_topics_with_only_what_came_earlier() -> None:
    found = {topic.id: topic for topic in topics(read_papers(LINES))}
    assert {name: topic.targets for name, topic in found.items()} == {
        "ah-tk-20232024-20#1": ("ah-tk-20222023-10",),
        "ah-tk-20232024-20#2": ("ah-tk-20232024-20#vraag-1",),
    }
    second = found["ah-tk-20232024-20#2"]
    assert second.without == ("ah-tk-20232024-20#vraag-2", "ah-tk-20232024-20#vraag-3")
    assert second.until == "2024-05-04"


def test_no_reference_is_left_in_what_is_written(tmp_path: Path) -> None:
    assert write(read_papers(LINES), tmp_path) == 2
    texts = (tmp_path / "papers.jsonl").read_text() + (tmp_path / "topics.tsv").read_text()
    assert "nr. 10" not in texts
    assert "antwoord op vraag" not in texts
    assert "De weg is dicht." in texts


def test_bare_keeps_the_rest() -> None:
    assert bare("Ja (zie Kamerstuk 36 200, nr. 12). De weg is open.") == "Ja . De weg is open."
