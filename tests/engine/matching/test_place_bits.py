"""Phrases by bits, against phrases by places; and by brute force in `test_oracle`."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.analysis.tables import EMPTY
from indexer.engine import segments
from indexer.engine.errors import EngineError
from indexer.engine.matching import adjacency, place_bits
from indexer.engine.matching.place_bits import GAP, Line
from indexer.engine.postings.runs import POSITION_BITS, Postings, from_keys
from indexer.engine.query import Phrase
from indexer.engine.results import SearchRequest
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.paper import Paper, Passage


def corpus(random_: random.Random, words: int) -> tuple[np.ndarray, list[Postings]]:
    """Return the lengths of some documents, and the postings of words that stand in them."""
    lengths = np.array([random_.choice((0, 1, 5, 47, 48, 49, 64, 130)) for _ in range(60)], float)
    keys: list[list[int]] = [[] for _ in range(words)]
    for document, length in enumerate(lengths.astype(int).tolist()):
        for place in range(length):
            word = random_.randrange(words + 1)
            if word < words:
                keys[word].append((document << POSITION_BITS) | place)
    return lengths, [from_keys(np.array(row, np.int64)) for row in keys]


@pytest.mark.parametrize("seed", range(40))
def test_bits_against_places(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_bits, "PLACES", 50)
    monkeypatch.setattr(place_bits, "BLOCKS", 7)
    random_ = random.Random(seed)
    lengths, words = corpus(random_, 3)
    line = Line(lengths)
    found = 0
    for _ in range(20):
        count = random_.randint(2, 4)
        chosen = [random_.choice(words) for _ in range(count)]
        offsets = [0, *sorted(random_.sample(range(1, GAP), count - 1))]
        common = [line.bits(word) if random_.random() < 0.6 else None for word in chosen]
        if not any(common):
            common[random_.randrange(count)] = line.bits(chosen[0])
            chosen = [
                chosen[0] if bits else word for word, bits in zip(chosen, common, strict=True)
            ]
        expected = adjacency.adjacent(chosen, offsets)
        by_bits = place_bits.adjacent(chosen, common, offsets)
        assert by_bits.ids.tolist() == expected.ids.tolist()
        assert by_bits.counts.tolist() == expected.counts.tolist()
        found += len(expected.ids)
    assert found > 20


def test_a_place_behind_the_end_is_told() -> None:
    words = from_keys(np.array([3], np.int64))
    with pytest.raises(EngineError, match="Maak hem opnieuw"):
        Line(np.array([3.0, 5.0])).bits(words)


def test_only_common_words_have_bits() -> None:
    line = Line(np.full(100_000, 350.0))
    room = 40 << 20
    assert line.is_common(2_000_000, room)
    assert not line.is_common(300_000, room)
    assert not line.is_common(2_000_000, room // 8)  # too many words would be as common


@pytest.mark.parametrize("literal", [False, True])
def test_an_index_finds_the_same_with_bits_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, literal: bool
) -> None:
    random_ = random.Random(6)
    names = ("bak", "bal", "bam", "bil")
    writer = WhooshEngine().writer(str(tmp_path), EMPTY)
    for number in range(80):
        title, text = (" ".join(random_.choices(names, k=k)) for k in (5, 30))
        passage = Passage(f"p{number}#1", "tekst", "1", text)
        writer.add(Paper(id=f"p{number}", title=title, passages=(passage,)), f"{number}")
    for _ in writer.publish():
        pass
    phrases = [" ".join(random_.choices(names, k=random_.randint(2, 4))) for _ in range(60)]

    def all_found() -> list[list[tuple[str, float]]]:
        index = WhooshEngine().open(str(tmp_path))
        requests = [SearchRequest(Phrase(p), literal=literal, snippets=False) for p in phrases]
        return [[(h.paper_id, h.score) for h in index.search(r).hits] for r in requests]

    with_bits = all_found()
    monkeypatch.setattr(segments, "CACHED_PLACES", 1)  # room for none
    without = all_found()
    assert with_bits == without
    assert sum(map(len, with_bits)) > 100
