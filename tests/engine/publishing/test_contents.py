"""The list of papers as changes: whatever was put and dropped, each generation tells it all."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from indexer.analysis.tables import EMPTY
from indexer.engine.publishing import contents
from indexer.engine.publishing.contents import FOLDER, Contents, Held
from indexer.engine.publishing.disk import Disk
from indexer.engine.query import Term
from indexer.engine.results import SearchRequest
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.paper import Paper, Passage


def follow(before: Path | None, after: Path) -> Contents:
    """Return the papers of a generation, and link its files into the next."""
    (after / FOLDER).mkdir(parents=True)
    for path in sorted((before / FOLDER).iterdir()) if before else ():
        os.link(path, after / FOLDER / path.name)
    return Contents(before)


@pytest.mark.parametrize("most", [4, 32])
@pytest.mark.parametrize("seed", range(10))
def test_generations(seed: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST", most)
    random_ = random.Random(seed)
    expected: dict[str, Held] = {}
    before: Path | None = None
    for night in range(30):
        after = tmp_path / str(night)
        held = follow(before, after)
        assert held.hashes() == {name: row.hash for name, row in expected.items()}
        for name in [n for n in sorted(expected) if random_.random() < 0.05]:
            held.drop(name)
            del expected[name]
            assert name not in held
        for _ in range(random_.choice((0, 1, 1, 5, 40))):
            name, row = f"p{random_.randrange(60)}", Held(str(random_.random()), night, 2)
            held.put(name, row)
            expected[name] = row
        held.write(after, Disk())
        assert 1 <= len(list((after / FOLDER).iterdir())) <= most
        before = after
        assert Contents(before).counts() == {
            "papers": len(expected),
            "passages": sum(row.passages for row in expected.values()),
            "pages": 2 * len(expected),
        }


def test_one_changed_paper_writes_one_row(tmp_path: Path) -> None:
    first = follow(None, tmp_path / "1")
    for number in range(1000):
        first.put(f"p{number}", Held("hash", 1, 1))
    first.write(tmp_path / "1", Disk())
    second = follow(tmp_path / "1", tmp_path / "2")
    second.put("p7", Held("ander", 1, 1))
    second.drop("p8")
    second.write(tmp_path / "2", Disk())
    sizes = [path.stat().st_size for path in sorted((tmp_path / "2" / FOLDER).iterdir())]
    assert len(sizes) == 2
    assert sizes[1] < 100
    assert "p8" not in Contents(tmp_path / "2")
    third = follow(tmp_path / "2", tmp_path / "3")
    third.write(tmp_path / "3", Disk())  # nothing changed, nothing written
    assert len(list((tmp_path / "3" / FOLDER).iterdir())) == 2


@pytest.mark.parametrize("between", [0, 500_000])  # letters: more than wait to be made ready
def test_a_paper_added_twice_in_one_build_is_there_once(between: int, tmp_path: Path) -> None:
    def paper(name: str, text: str) -> Paper:
        return Paper(name, passages=(Passage(f"{name}#1", "tekst", "1", text),))

    for old in ("nacht", "morgen"):  # then the first is in a segment that is taken over
        writer = WhooshEngine().writer(str(tmp_path), EMPTY)
        writer.add(paper("a", f"eerste {old}"), f"1 {old}")
        writer.add(paper("b", "woord " * (between // 6)), "b")
        writer.add(paper("a", f"tweede {old}"), f"2 {old}")
        assert list(writer.publish())
    index = WhooshEngine().open(str(tmp_path))
    assert (index.summary.papers, index.summary.passages) == (2, 2)
    for word, papers in (("eerste", 0), ("nacht", 0), ("tweede", 1), ("morgen", 1)):
        assert index.search(SearchRequest(Term(word))).total == papers, word
