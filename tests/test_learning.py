"""Words counted as papers come teach the same as words counted when all are there."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer import breaks, learning
from indexer.analysis import tables
from indexer.analysis.tables import Tables, learn
from indexer.learning import Heard, learned
from indexer.paper import Paper, Passage
from indexer.sample import Sample
from indexer.store import facts, texts
from indexer.wanted import FromPdf, Want

TEXTS = (
    "De Kosten-dekking van 10 uur-tarief, (kostendekking) om 8 uur.",
    "Het uurtarief en het uur-tarief; 'kosten-dekking' is geen kostendekking-plan: 3 uur-",
    "KOSTENDEKKING\u00a0kosten-dekking\nα-ΣΑΣ uurtarief, uur. zorgverzekeringswet zorg wet",
)
BREAKS = (("kosten", "dekking"), ("Uur", "tarief"), ("uur", "tarief"))


def papers(count: int) -> list[tuple[Paper, Want]]:
    random_ = random.Random(count)
    rows = []
    for number in range(count):
        passages = tuple(
            Passage(f"p{number}#{at}", "tekst", str(at), random_.choice(TEXTS)) for at in range(3)
        )
        given = tuple(random_.sample(BREAKS, random_.randrange(3)))
        one = Paper(f"p{number}", title="De kostendekking", passages=passages, breaks=given)
        origin = FromPdf(Path(f"{number}.pdf"), f"{number}.pdf", f"sha{number}")
        rows.append((one, Want(one.id, "", facts(one), origin)))
    return rows


def taught(rows: Sequence[tuple[Paper, Want]], heard: Heard) -> tuple[Tables, breaks.Forms]:
    sample = Sample()
    found = learned(rows, [want for _, want in rows], heard, sample)
    assert {each.id for each in sample.papers} == {each.id for each, _ in rows}
    return found


def counted(rows: Sequence[tuple[Paper, Want]]) -> Counter[str]:
    """Return how often people wrote each form, word by word."""
    forms = [(left.lower(), right.lower()) for one, _ in rows for left, right in one.breaks]
    wanted = {left + joint + right for left, right in forms for joint in ("", "-")}
    found: Counter[str] = Counter()
    for one, _ in rows:
        for text in texts(one):
            words = re.findall(r"\w+(?:-\w+)*", text.lower())
            found.update(word for word in words if word in wanted)
            for left, right in one.breaks:
                for joint in ("", "-"):
                    word = f"{left}{joint}{right}".lower()
                    found[word] -= words.count(word)
    return found


@pytest.mark.parametrize("most", [tables.MAX_CHUNKS, 12])
@pytest.mark.parametrize("room", [learning.ROOM, 40])
@pytest.mark.parametrize("taken", [0, 5, 9])
def test_what_was_heard_before(
    taken: int, room: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = papers(9)
    expected = learn(text for one, _ in rows for text in texts(one))
    monkeypatch.setattr(tables, "MAX_CHUNKS", most)
    monkeypatch.setattr(learning, "ROOM", room)
    heard = Heard()
    for one, want in rows[:taken]:
        assert isinstance(want.origin, FromPdf)
        heard.take(want.origin.sha256, one)
        heard.take(want.origin.sha256, one)  # under another name
    found, forms = taught(rows, heard)
    assert found == expected
    count = counted(rows)
    for left, right in {
        (left.lower(), right.lower()) for one, _ in rows for left, right in one.breaks
    }:
        whole, hyphened = max(0, count[left + right]), max(0, count[f"{left}-{right}"])
        joint = None if whole == hyphened else "" if whole > hyphened else "-"
        assert forms.get((left, right)) == joint


def test_a_paper_that_is_not_wanted_teaches_nothing() -> None:
    rows = papers(4)
    heard = Heard()
    for number, (one, _) in enumerate(rows):
        heard.take(f"sha{number}", one)
    assert taught(rows[:3], heard) == taught(rows[:3], Heard())
