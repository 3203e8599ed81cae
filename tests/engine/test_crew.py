"""What several processes make ready, the largest first, is what one makes, in the same order."""

from __future__ import annotations

import os
import random
from concurrent.futures import Future
from pathlib import Path

import pytest

from indexer.analysis.encode import Entry
from indexer.analysis.tables import Tables, learn
from indexer.engine.documents import crew
from indexer.engine.documents.crew import Crew
from indexer.engine.documents.ready import Batch
from indexer.engine.errors import EngineError
from indexer.engine.postings.lexicon import Lexicon
from indexer.paper import Paper, Passage

WORDS = "de minister van Onderwijs zegt dat begrotingsbehandeling en Kamerbrief op te nemen zijn"
Row = tuple[str, bytes, list[tuple[str, str, tuple[str, ...]]]]


def paper(random_: random.Random, number: int, words: int) -> Paper:
    text = " ".join(
        random_.choice(WORDS.split()) + str(random_.randrange(40)) for _ in range(words)
    )
    name = f"p{number}"
    return Paper(
        id=name,
        kind="motie",
        title=f"Motie {number}",
        passages=(Passage(f"{name}#1", "tekst", "1", text),),
    )


def made(papers: list[Paper], tables: Tables, workers: int) -> list[Row]:
    """Return the passages that come, each with its words by field."""
    lexicon = Lexicon()
    working = Crew(tables, workers, lexicon)
    rows: list[Row] = []
    try:
        for each in papers:
            for batch in working.add(each, Path(f"{each.id}.pdf")):
                rows += passages(batch, lexicon)
        for batch in working.rest():
            rows += passages(batch, lexicon)
    finally:
        working.close()
    return rows


def passages(batch: Batch, lexicon: Lexicon) -> list[Row]:
    rows: list[Row] = [(each.paper_id, each.stored + each.card, []) for each in batch.passages]
    for name, words in batch.words.items():
        at = 0
        for document, size in zip(words.documents.tolist(), words.sizes.tolist(), strict=True):
            for number in words.numbers[at : at + size].tolist():
                rows[document][2].append((name, *lexicon.entries[number]))
            at += size
    return rows


@pytest.mark.parametrize("held", [crew.HELD, 20_000])  # all at once, and a few batches at a time
def test_in_the_same_order(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "HELD", held)
    monkeypatch.setattr(crew, "SHARED", 5_000)
    random_ = random.Random(7)
    sizes = [*(random_.randrange(1, 300) for _ in range(60)), 3_000]  # the largest comes last
    papers = [paper(random_, number, size) for number, size in enumerate(sizes)]
    tables = learn(passage.text for each in papers for passage in each.passages)
    found = made(papers, tables, 2)
    assert [row[0] for row in found] == [each.id for each in papers]
    assert found == made(papers, tables, 1)


def test_of_those_that_wait_the_largest_is_made_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "SHARED", 1_000)
    random_ = random.Random(7)
    papers = [
        paper(random_, number, size) for number, size in enumerate((200, 200, 200, 200, 2_000))
    ]
    working = Crew(Tables(), 2, Lexicon())
    sent: list[str] = []

    class Pool:
        def submit(self, _task: object, batch: list[tuple[Paper, Path | None]]) -> Future[Batch]:
            sent.append(batch[0][0].id)
            return Future()  # which is never done

    working.close()
    monkeypatch.setattr(working, "_pool", Pool())
    for each in papers:
        assert not list(working.add(each, None))
    working._send()
    assert sent == ["p0", "p1", "p4", "p2", "p3"]  # the first two as processes had nothing to do


def test_what_a_process_made_before_is_numbered_before() -> None:
    working = Crew(Tables(), 1, Lexicon())
    first, second = (
        Batch(7, (), {}, (Entry(word, (word,)),), told) for told, word in enumerate("ab")
    )
    futures: list[Future[Batch]] = [Future(), Future()]
    working._sent.extend(futures)
    futures[1].set_result(second)
    working._number()  # it came while we looked, and the first was not there yet
    assert not working._numbered
    futures[0].set_result(first)
    working._number()
    assert set(working._numbered) == set(futures)
    assert [entry.exact for entry in working._lexicon.entries] == ["a", "b"]


def test_a_process_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_batch", _die)
    working = Crew(Tables(), 2, Lexicon())
    try:
        list(working.add(paper(random.Random(1), 1, 5), None))
        with pytest.raises(EngineError, match="weggevallen"):
            list(working.rest())
    finally:
        working.close()


def _die(_papers: object) -> Batch:
    os._exit(1)
