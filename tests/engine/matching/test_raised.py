"""Documents that are lifted as far as a page needs rank like those that are all lifted at once."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import numpy as np
import pytest

from indexer.engine import native
from indexer.engine.arrays.ids import Floats, Ids, Mask
from indexer.engine.arrays.vocabulary import names
from indexer.engine.documents.table import Documents
from indexer.engine.matching import combining, grouping, proximity
from indexer.engine.matching.filters import Passing
from indexer.engine.matching.gathering import gathered
from indexer.engine.matching.matches import Matches, Wanted
from indexer.engine.matching.proximity import Lift, Placed
from indexer.engine.matching.raised import Raised
from indexer.engine.matching.scoring import Scorer
from indexer.engine.matching.sums import Summed
from indexer.engine.results import Sort
from tests.engine.test_loops import DOCUMENTS, words_of

pytestmark = pytest.mark.compiled
COUNT = 3 * DOCUMENTS
NAMES = ("title", "body")


class Counting(Lift):
    """A lift that notes which documents it was asked for."""

    def gains(self, documents: Ids) -> Floats:
        """Return what the documents gain."""
        self.asked = [*getattr(self, "asked", ()), *documents.tolist()]
        return super().gains(documents)


def lift_of(random_: random.Random) -> Counting:
    fields = words_of(random_, 4, 7, fields=2)
    weights = [random_.choice((0.5, 1.0, 3.0)) for _ in range(4)]
    rows = zip(range(4), weights, strict=True)
    return Counting([Placed(n, weight, [field[n] for field in fields]) for n, weight in rows])


def scores_of(random_: random.Random, count: int) -> Floats:
    """Return scores of which many are the same."""
    return np.array([random_.randint(1, 30) / 4 for _ in range(count)])


def best(ids: Ids, scores: Floats, count: int) -> list[tuple[float, int]]:
    return sorted(zip((-scores).tolist(), ids.tolist(), strict=True))[:count]


@pytest.mark.parametrize("seed", range(60))
def test_heads(seed: int) -> None:
    random_ = random.Random(seed)
    lift = lift_of(random_)
    ids = np.array(sorted(random_.sample(range(COUNT), random_.choice((1, 7, 200)))), np.int64)
    scores = scores_of(random_, len(ids))
    expected = scores + lift.gains(ids)
    lift.asked = []
    bound = random_.choice((0.0, 2.0))
    raised = Raised((ids, scores), bound, lift)
    for _ in range(6):
        mask: Mask | None = np.array([random_.random() < 0.4 for _ in range(COUNT)])
        mask = mask if random_.random() < 0.5 else None
        mine = np.ones(len(ids), np.bool_) if mask is None else mask[ids]
        passes = None if mask is None else Passing(mask, np.arange(COUNT))
        count = random_.choice((1, 5, 20, 100, 300))
        wanted = [row for row in best(ids[mine], expected[mine], count) if -row[0] > bound]
        told = dict(zip(ids.tolist(), expected.tolist(), strict=True))
        for head in raised.heads(Wanted(count, passes, near=True)):
            assert {key: told[key] for key in head.ids.tolist()} == dict(
                zip(head.ids.tolist(), head.scores.tolist(), strict=True)
            )
            sure = head.scores > head.bound
            most = best(head.ids[sure], head.scores[sure], count)
            assert most == wanted[: len(most)]
        assert len(most) == len(wanted)  # the last head has all documents
        assert len(lift.asked) == len(set(lift.asked))
    assert raised.whole().scores.tolist() == expected.tolist()


def test_few_are_looked_at() -> None:
    random_ = random.Random(1)
    lift = lift_of(random_)
    ids = np.arange(200)
    raised = Raised((ids, ids * lift.most / 10), 0.0, lift)
    next(raised.heads(Wanted(10, None, near=True)))
    assert sorted(lift.asked) == list(range(180, 200))


def documents_of(random_: random.Random, papers: Ids) -> Documents:
    return Documents(
        live=np.ones(COUNT, np.bool_),
        paper=papers,
        paper_ids=names([f"{n:04}" for n in range(int(papers.max()) + 1)]),
        lengths={name: np.array(random_.choices(range(1, 9), k=COUNT), float) for name in NAMES},
        dates=np.array([random_.choice((0, 20200101, 20210101)) for _ in range(COUNT)], np.int64),
        values={},
    )


def question(random_: random.Random, papers: Ids) -> tuple[Documents, Callable[[], Matches]]:
    """Return documents, and what asks a question of four words of them, anew each time."""
    documents = documents_of(random_, papers)
    fields = words_of(random_, 4, 7, fields=2)

    def made() -> Matches:
        words = [dict(zip(NAMES, [field[n] for field in fields], strict=True)) for n in range(4)]
        placed = [Placed(n, n + 0.5, list(word.values())) for n, word in enumerate(words)]
        return gathered([Scorer(documents).score(w, 0.75) for w in words], placed, 1000.0)

    return documents, made


def same_page(
    random_: random.Random, documents: Documents, both: tuple[Matches, Matches], by_date: float
) -> None:
    """Ask both for a page of any kind, of which so many are sorted by date."""
    mask = np.array([random_.random() < 0.4 for _ in documents.paper_ids])
    passes = Passing(mask, documents.paper) if random_.random() < 0.4 else None
    sort: Sort = "newest" if random_.random() < by_date else "relevance"
    first, size = random_.choice((0, 0, 0, 10, 40, 190)), random_.choice((1, 10, 30, 100))
    part = slice(first, first + size)
    found, expected = both
    one = grouping.rank(found, documents, passes, sort, part)
    assert one == grouping.rank(expected, documents, passes, sort, part)


def same_by_threads(
    made: Callable[[], Matches], kind: type[Matches], documents: Documents, expected: Matches
) -> None:
    """Let many ask pages of one question at a time, again and again, each time made anew."""
    parts = [slice(first, first + 10) for first in (0, 10, 40, 100, 190, 400)]
    pages = [grouping.rank(expected, documents, None, "relevance", part) for part in parts]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for _ in range(40):
                found = made()
                assert isinstance(found, kind)
                args = repeat(found), repeat(documents), repeat(None), repeat("relevance"), parts
                assert list(pool.map(grouping.rank, *args)) == pages
                assert found.scores.tolist() == expected.scores.tolist()
    finally:
        sys.setswitchinterval(before)


def by_numpy(made: Callable[[], Matches]) -> Matches:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native, "LOOPS", None)
        found = made()
    assert not isinstance(found, Summed)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_pages(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of any kind in any order are those of numpy, of papers of one passage or of several."""
    monkeypatch.setattr(combining, "LISTED", COUNT)
    monkeypatch.setattr(proximity, "CANDIDATES", random.Random(seed).choice((30, 200)))
    random_ = random.Random(seed)
    several = np.sort(np.array([random_.randrange(COUNT // 4) for _ in range(COUNT)]))
    documents, made = question(random_, several if seed % 2 else np.arange(COUNT))
    found, expected = made(), by_numpy(made)
    assert isinstance(found, Summed)
    for _ in range(12):
        same_page(random_, documents, (found, expected), by_date=0.1)
    assert found.ids.tolist() == expected.ids.tolist()
    assert found.scores.tolist() == expected.scores.tolist()


def test_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many who ask pages of one question at a time get those that one would get."""
    monkeypatch.setattr(combining, "LISTED", COUNT)
    documents, made = question(random.Random(5), np.arange(COUNT))
    expected = by_numpy(made)
    same_by_threads(made, Summed, documents, expected)
