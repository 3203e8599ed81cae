"""What bounds tell of listed words is what numpy's sums of all tell, to the last bit."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable

import numpy as np
import pytest

from indexer.engine import native
from indexer.engine.arrays.cache import Cache
from indexer.engine.arrays.ids import Ids
from indexer.engine.documents.table import Documents
from indexer.engine.matching import bounded, grouping, proximity
from indexer.engine.matching.bounded import Bounded
from indexer.engine.matching.combining import all_full, any_of, scaled_union
from indexer.engine.matching.filters import Passing
from indexer.engine.matching.gathering import gathered
from indexer.engine.matching.matches import Matches
from indexer.engine.matching.proximity import Placed
from indexer.engine.matching.scoring import Scorer
from indexer.engine.matching.source import Scored, kept
from tests.engine.matching.test_raised import (
    COUNT,
    NAMES,
    by_numpy,
    documents_of,
    same_by_threads,
    same_page,
)
from tests.engine.test_loops import words_of

pytestmark = pytest.mark.compiled
WORDS = 5
Words = list[Matches]


def question(
    random_: random.Random, papers: Ids
) -> tuple[Documents, Callable[[], Words], Callable[[Words], Matches]]:
    """Return documents, what scores words of them anew, and what asks these words together."""
    documents = documents_of(random_, papers)
    fields = words_of(random_, WORDS, 7, fields=2)
    found = [dict(zip(NAMES, [row[n] for row in fields], strict=True)) for n in range(WORDS)]
    kind = random_.choice(("or", "weighed", "bag", "bag", "compound"))
    weights = [random_.choice((1.0, 0.5)) for _ in range(WORDS)]

    def words() -> Words:
        return [Scorer(documents).score(word, 0.75) for word in found]

    def asked(some: Words) -> Matches:
        if kind in ("or", "weighed"):
            return any_of(some, weights if kind == "weighed" else None)
        placed = [Placed(n, n + 0.5, list(word.values())) for n, word in enumerate(found)]
        if kind == "bag":
            return gathered(some, placed, 1000.0)
        whole, *parts = some[1:4]
        full = np.union1d(whole.ids, all_full(parts))
        compound = scaled_union(whole, parts, 0.5, full)
        return gathered([some[0], compound, some[4]], [*placed[:2], placed[4]], 1000.0)

    return documents, words, asked


def known(words: Words) -> Words:
    """Add words up once: from the second time on they are looked up."""
    for word in words:
        word.add_to(native.LOOPS.Table(COUNT), 1.0)
    return words


@pytest.mark.parametrize("seed", range(80))
def test_pages(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of any kind in any order, of papers of one passage or of several."""
    random_ = random.Random(seed)
    monkeypatch.setattr(proximity, "CANDIDATES", random_.choice((30, 200)))
    monkeypatch.setattr(bounded, "FIRST", random_.choice((15, 200)))
    several = np.sort(np.array([random_.randrange(COUNT // 4) for _ in range(COUNT)]))
    documents, words, asked = question(random_, several if seed % 2 else np.arange(COUNT))
    some = known(words())
    found, expected = asked(some), by_numpy(lambda: asked(words()))
    assert isinstance(found, Bounded)
    for step in range(12):
        if step == random_.choice((3, 6, 20)):  # then the words are forgotten
            found = found.alone()
            some.clear()
            gc.collect()
        same_page(random_, documents, (found, expected), by_date=0.05)
    assert found.having == expected.having
    assert found.full.tolist() == expected.full.tolist()
    assert np.flatnonzero(found.there).tolist() == found.numbers.tolist() == expected.ids.tolist()
    assert (
        found.have(np.arange(0, COUNT, 3)).tolist()
        == expected.have(np.arange(0, COUNT, 3)).tolist()
    )
    assert found.ids.tolist() == expected.ids.tolist()
    assert found.scores.tolist() == expected.scores.tolist()


def test_most_are_not_looked_at() -> None:
    """A first page asks for no sums of all, nor does one of those that pass a filter."""
    random_ = random.Random(2)
    documents, words, _ = question(random_, np.arange(COUNT))
    some = known(words())
    found = any_of(some)
    assert isinstance(found, Bounded)
    passes = Passing(np.arange(COUNT) % 3 > 0, documents.paper)
    grouping.rank(found, documents, None, "relevance", slice(0, 10))
    grouping.rank(found, documents, passes, "relevance", slice(0, 10))
    grouping.rank(found, documents, None, "relevance", slice(10, 20))
    assert found._summed is None


def test_words_are_not_held_in_memory() -> None:
    random_ = random.Random(3)
    _, words, asked = question(random_, np.arange(COUNT))
    some = known(words())
    found = asked(some).alone()
    assert isinstance(found, Bounded)
    assert found._remembered() is not None
    some.clear()
    assert found._remembered() is None


def test_a_question_weighs_more_once_all_its_words_are_added_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, words, asked = question(random.Random(2), np.arange(COUNT))
    some = known(words())
    memory: Scored = Cache(1 << 20, lambda kept: kept.size)
    weighed: list[int] = []
    monkeypatch.setattr(memory, "weigh", lambda _: weighed.append(found.size))
    found: Matches = kept(memory, ("vraag",), lambda: asked(some).alone())
    assert isinstance(found, Bounded)
    before = found.size
    assert found.have(np.arange(COUNT)).tolist() == found.there.tolist()
    assert not weighed
    assert len(found.scores) == found.having
    assert weighed
    assert weighed[0] > before + 8 * COUNT


def test_compounds_that_are_not_listed_are_added_up() -> None:
    _, words, _ = question(random.Random(4), np.arange(COUNT))
    some = words()
    assert not isinstance(
        any_of([scaled_union(some[0], some[1:3], 0.5, some[0].ids), *some]), Bounded
    )
    known(some)
    together = scaled_union(some[0], some[1:3], 0.5, some[0].ids)
    assert isinstance(any_of([together, *some]), Bounded)
    # What a compound counts apart is not what its words count.
    assert not isinstance(any_of([together, *some], [0.5, *[1.0] * WORDS]), Bounded)


def test_threads() -> None:
    """Many who ask pages of one question at a time get those that one would get."""
    documents, words, asked = question(random.Random(5), np.arange(COUNT))
    some = known(words())
    expected = by_numpy(lambda: asked(words()))
    same_by_threads(lambda: asked(some), Bounded, documents, expected)
