"""What is made of words is made once for the generations that have them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer.analysis.tables import learn
from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from indexer.paper_json import content_hash
from search_app.search.of_words import OfWords
from tests.search_app.conftest import PAPERS


def opened(location: Path, text: str, papers: int = 1) -> Index:
    """Publish a generation whose words are those of a text, and open it."""
    engine = engine_for(str(location))
    writer = engine.writer(str(location), learn([text]))
    for paper in PAPERS[:papers]:
        writer.add(paper, content_hash(paper))
    list(writer.publish())
    return engine.open(str(location))


def test_generations_with_the_same_words_share_what_is_made(tmp_path: Path) -> None:
    made: list[Mapping[str, int]] = []
    kept = OfWords(lambda words: made.append(words) or len(made))  # type: ignore[func-returns-value]
    first, second = opened(tmp_path, "dijk water", 1), opened(tmp_path, "dijk water", 2)
    assert first.summary.generation != second.summary.generation
    assert [kept.of(first), kept.of(second)] == [1, 1]
    assert made == [{"dijk": 1, "water": 1}]


def test_other_words_are_made_anew_and_the_last_two_are_kept(tmp_path: Path) -> None:
    kept = OfWords(sorted)
    texts = ("dijk water", "brug", "sluis")
    indexes = [opened(tmp_path, text) for text in texts]
    assert [kept.of(index) for index in indexes] == [["dijk", "water"], ["brug"], ["sluis"]]
    assert list(kept._made) == [index.summary.words for index in indexes[1:]]
    assert kept.of(indexes[0]) == ["dijk", "water"]


def test_who_comes_meanwhile_waits_for_it(tmp_path: Path) -> None:
    begun, go_on, made = threading.Event(), threading.Event(), []

    def slowly(words: Mapping[str, int]) -> str:
        made.append(words)
        begun.set()
        assert go_on.wait(30)
        return "gemaakt"

    kept, index, found = OfWords(slowly), opened(tmp_path, "dijk"), []
    threads = [threading.Thread(target=lambda: found.append(kept.of(index))) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(30)
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert (found, len(made)) == (["gemaakt"] * 4, 1)


def test_what_cannot_be_made_is_tried_again(tmp_path: Path) -> None:
    index, outcomes = opened(tmp_path, "dijk"), [ValueError("boem"), None]

    def once_broken(_: Mapping[str, int]) -> str:
        wrong = outcomes.pop(0)
        if wrong:
            raise wrong
        return "gemaakt"

    kept = OfWords(once_broken)
    with pytest.raises(ValueError, match="boem"):
        kept.of(index)
    assert kept.of(index) == "gemaakt"
