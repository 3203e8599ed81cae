"""Which segments are merged: never many are left, and little is written again."""

from __future__ import annotations

import random
from pathlib import Path

from indexer.analysis.tables import EMPTY
from indexer.engine.merging import MANY, MOST, SMALL, chosen
from indexer.engine.query import Near, Node, Phrase, Term
from indexer.engine.results import SearchRequest
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.paper import Paper, Passage


def test_many_nights_leave_few_segments_and_write_little_again() -> None:
    random_ = random.Random(6)
    segments, written, new = [25_000] * 4, 0, 0
    for _ in range(2_000):
        fresh = random_.choice((1, 1, 20, 200))
        again = chosen(fresh, segments)
        taken = sum(segments[at] for at in again)
        segments = [size for at, size in enumerate(segments) if at not in again]
        segments.append(fresh + taken)
        written, new = written + taken, new + fresh
        small = sum(size < SMALL for size in segments)
        assert small <= MANY + 1
    assert written < 12 * new
    assert len(segments) < 4 + MANY + new / SMALL + 2


def test_one_new_document_writes_few_again() -> None:
    assert chosen(1, [25_000, 1, 3, 10_000, 9]) == [1, 2, 4]
    assert chosen(1, [25_000, 4]) == []
    nights = [MOST, MOST - 1, 40]
    assert chosen(30, nights) == [2]


def test_nothing_is_written_when_nothing_is_new() -> None:
    assert chosen(0, [5, 5, 5]) == []


def test_empty_segments_are_not_counted_or_taken() -> None:
    assert chosen(1, [0, 0, 1]) == [2]


def test_a_large_addition_takes_small_ones_along() -> None:
    assert chosen(20_000, [25_000, 500, 8_000]) == [1, 2]


def test_a_whole_segment_is_left_alone_also_by_one_as_large() -> None:
    assert chosen(26_000, [25_000, 25_000, 24_000]) == []
    assert chosen(26_000, [25_000, 25_000, 900]) == [2]


def test_what_was_merged_is_found_as_it_was(tmp_path: Path) -> None:
    """New documents come before those of the segments that are merged with them, in every field."""
    random_ = random.Random(6)
    words = ["begroting", "natuur", "wolf", "water", "dijk", "kust"]
    texts: dict[str, str] = {}
    for _ in range(12):
        writer = WhooshEngine().writer(str(tmp_path), EMPTY)
        for name in {f"p{random_.randrange(40)}" for _ in range(random_.choice((1, 2, 9)))}:
            texts[name] = " ".join(random_.choices(words, k=6))
            passage = Passage(f"{name}#1", "tekst", "1", texts[name])
            writer.add(Paper(id=name, title=texts[name][:5], passages=(passage,)), texts[name])
        for _ in writer.publish():
            pass
    index = WhooshEngine().open(str(tmp_path))
    assert len(index.segments.leaves) < 6
    for word in words:
        for other in words:
            asked: dict[Node, list[str]] = {
                Term(word): [n for n, text in texts.items() if word in text],
                Phrase(f"{word} {other}"): [n for n, t in texts.items() if f"{word} {other}" in t],
            }
            for query, wanted in asked.items():
                found = index.search(SearchRequest(query, size=100))
                assert sorted(hit.paper_id for hit in found.hits) == sorted(wanted), query
        near = index.search(SearchRequest(Near(Term(word), Term("wolf"), 5), size=100))
        both = [n for n, t in texts.items() if word in t and "wolf" in t and word != "wolf"]
        assert word == "wolf" or sorted(hit.paper_id for hit in near.hits) == sorted(both)
