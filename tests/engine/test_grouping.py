"""A page of papers, by numpy and by the compiled pass, against the plainest way to say the same."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from indexer.engine import native
from indexer.engine.arrays.vocabulary import names
from indexer.engine.documents.table import Documents
from indexer.engine.documents.values import make_values
from indexer.engine.matching import facets, grouping
from indexer.engine.matching.filters import Filters
from indexer.engine.matching.matches import Matches
from indexer.engine.query import Everything
from indexer.engine.results import SearchRequest, Sort

SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
KINDS = ("brief", "motie", "nota")
PARTIES = ("CDA", "D66", "SP", "VVD")
REQUESTS: tuple[dict[str, Any], ...] = (
    {},
    {"filters": {"kind": ("brief",)}},
    {"filters": {"party": ("D66", "SP"), "kind": KINDS}},
    {"date_from": "2005"},
    {"date_to": "1990"},
)


class Corpus:
    """Papers of one passage each, of several that follow one another, or of any, some deleted."""

    def __init__(self, random_: random.Random, shape: str) -> None:
        papers = random_.randrange(1, 60)
        order = random_.sample(range(papers), papers)
        most = 1 if shape == "single" else 9
        owners = [paper for paper in order for _ in range(random_.randint(1, most))]
        if shape == "mixed":
            random_.shuffle(owners)
        live = [shape == "single" or random_.random() < 0.9 for _ in owners]
        for at in {owner: at for at, owner in enumerate(owners)}.values():
            live[at] = True  # every paper has one
        self.kinds = {n: random_.choice((None, *KINDS)) for n in range(papers)}
        self.parties = {n: random_.sample(PARTIES, random_.randrange(3)) for n in range(papers)}
        self.dates = {n: random_.choice((0, 19990101, 20050505, 20101231)) for n in range(papers)}
        self.living = [n for n, there in enumerate(live) if there]
        self.owners = owners
        self.documents = Documents(
            live=np.array(live, np.bool_),
            paper=np.array(owners, np.int64),
            paper_ids=names([f"p{number:03}" for number in range(papers)]),
            lengths={},
            dates=np.array([self.dates[paper] for paper in owners], np.int64),
            values={
                "kind": make_values([(n, kind) for n, kind in self.kinds.items() if kind]),
                "party": make_values([(n, one) for n, row in self.parties.items() for one in row]),
            },
        )

    def matches(self, random_: random.Random) -> Matches:
        """Return some documents, in one piece or two, with scores of which many are the same."""
        some = random_.sample(self.living, random_.randint(0, len(self.living)))
        cut = random_.randint(0, len(some))
        pieces = [sorted(some)]
        if random_.random() < 0.5:
            pieces = [sorted(some[:cut]), sorted(some[cut:])]
        made = [
            (np.array(ids, np.int64), np.array([random_.randrange(5) / 4 for _ in ids]))
            for ids in pieces
        ]
        if len(made) == 1 and random_.random() < 0.5:
            full = [n for n in pieces[0] if random_.random() < 0.3]
            return Matches(*made[0], np.array(full, np.int64))
        return Matches.of(made)

    def passes(self, paper: int, request: SearchRequest, but: str | None = None) -> bool:
        """Tell whether a paper passes the filters of a request, that of one field left out."""
        wanted = {name: values for name, values in request.filters.items() if name != but}
        date = self.dates[paper]
        return (
            ("kind" not in wanted or self.kinds[paper] in wanted["kind"])
            and ("party" not in wanted or bool(set(wanted["party"]) & set(self.parties[paper])))
            and (request.date_from is None or date >= 20050000)
            and (request.date_to is None or 0 < date <= 19909999)
        )

    def best(
        self, found: Matches, request: SearchRequest, sort: Sort
    ) -> list[tuple[int, float, int]]:
        """Return the best document of each paper that passes, best first, as `Ranked` has them."""
        rows = defaultdict(list)
        for number, score in zip(found.ids.tolist(), found.scores.tolist(), strict=True):
            if self.passes(self.owners[number], request):
                rows[self.owners[number]].append((-score, number))
        made = []
        for paper, row in rows.items():
            score, number = min(row)
            date = self.dates[paper]
            key = {"relevance": 0, "newest": -date, "oldest": date or 10**9}[sort]
            made.append((key, score, paper, number, len(row)))
        return [(number, -score, count) for _, score, _, number, count in sorted(made)]


def check(corpus: Corpus, random_: random.Random) -> None:
    documents, found = corpus.documents, corpus.matches(random_)
    request = SearchRequest(Everything(), **random_.choice(REQUESTS), facets=("kind", "party"))
    filters, sort = Filters(documents), random_.choice(SORTS)
    passes = filters.passing(request)
    expected = corpus.best(found, request, sort)
    first, size = random_.choice((0, 3, 20)), random_.choice((1, 5, 30))
    ranked = grouping.rank(found, documents, passes, sort, slice(first, first + size))
    rows = zip(ranked.documents, ranked.scores, ranked.matched, strict=True)
    assert list(rows) == expected[first : first + size]
    assert ranked.total == len(expected)
    full = {corpus.owners[number] for number in found.full.tolist()}
    assert ranked.full == sum(corpus.passes(paper, request) for paper in full)
    counted = facets.counts(request, found, documents, filters)
    owners = {corpus.owners[number] for number in found.ids.tolist()}
    kinds = {paper: [kind] if kind else [] for paper, kind in corpus.kinds.items()}
    for name, values_of in (("kind", kinds), ("party", corpus.parties)):
        passing = [paper for paper in owners if corpus.passes(paper, request, but=name)]
        values = [value for paper in passing for value in values_of[paper]]
        expected_counts = sorted((-values.count(value), value) for value in set(values))
        assert counted[name] == tuple((value, -count) for count, value in expected_counts)


@pytest.mark.compiled
@pytest.mark.parametrize("shape", ["single", "runs", "mixed"])
@pytest.mark.parametrize(("few", "as_one"), [(0, 0.0), (8192, 99.0)])
def test_pages_and_facets(
    shape: str, few: int, as_one: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "FEW_FOR_LOOPS", few)
    monkeypatch.setattr(grouping, "MORE", 2)  # not always enough
    for name in ("AS_ONE", "BY_LOOPS"):  # one by one, or as bits
        monkeypatch.setattr(f"indexer.engine.documents.values.{name}", as_one)
    for seed in range(150):
        random_ = random.Random(f"{shape} {seed}")
        check(Corpus(random_, shape), random_)


def test_without_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "LOOPS", None)
    monkeypatch.setattr(grouping, "MORE", 2)
    for seed in range(150):
        random_ = random.Random(seed)
        check(Corpus(random_, random_.choice(("single", "runs", "mixed"))), random_)
