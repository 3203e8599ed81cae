"""Filters and facets as bits, against the plainest way to say the same."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from indexer.engine.arrays.bits import bits, counted, packed, unpacked
from indexer.engine.arrays.vocabulary import names
from indexer.engine.documents import values as module
from indexer.engine.documents.table import Documents
from indexer.engine.documents.values import make_values
from indexer.engine.fields import FIELDS
from indexer.engine.matching.filters import Filters
from indexer.engine.query import Everything
from indexer.engine.results import SearchRequest

PAPERS = 150
KINDS = ("brief", "motie", "nota", "verslag")


def made(random_: random.Random) -> tuple[Documents, list[list[str]], list[int]]:
    """Return documents, the kinds of each paper and the date of each document."""
    owners = sorted([*range(PAPERS), *random_.choices(range(PAPERS), k=80)])
    dates = [random_.choice((0, 20010101, 20050505, 20101231)) for _ in owners]
    kinds = [random_.sample(KINDS, random_.randrange(3)) for _ in range(PAPERS)]
    rows = [(paper, kind) for paper, some in enumerate(kinds) for kind in some]
    empty = {field.name: make_values([]) for field in FIELDS if field.kind != "text"}
    documents = Documents(
        live=np.ones(len(owners), np.bool_),
        paper=np.array(owners, np.int64),
        paper_ids=names([f"p{number:03}" for number in range(PAPERS)]),
        lengths={},
        dates=np.array(dates, np.int64),
        values=empty | {"kind": make_values(rows)},
    )
    return documents, kinds, dates


@pytest.mark.parametrize("seed", range(10))
def test_what_passes(seed: int) -> None:
    random_ = random.Random(seed)
    documents, kinds, dates = made(random_)
    filters = Filters(documents)
    for _ in range(30):
        wanted = random_.sample(KINDS, random_.randrange(3))
        low, high = random_.choice((None, "2001-01-02")), random_.choice((None, "2005", "2010-12"))
        request = SearchRequest(
            Everything(), filters={"kind": tuple(wanted)}, date_from=low, date_to=high
        )
        dated = set(range(PAPERS))
        if low or high:
            first, last = (
                20010102 if low else 1,
                {None: 99999999, "2005": 20059999}.get(high, 20101299),
            )
            rows = zip(documents.paper.tolist(), dates, strict=True)
            dated = {paper for paper, day in rows if first <= day <= last}
        of_kind = {n for n, some in enumerate(kinds) if not wanted or set(some) & set(wanted)}
        for but, expected in ((None, dated & of_kind), ("kind", dated)):
            found = filters.passing(request, but=but)
            if found is None:
                assert expected == set(range(PAPERS))
                continue
            assert set(np.flatnonzero(found.papers)) == expected
            assert int(counted(found.bits)) == len(expected)
            assert found.documents.tolist() == [n in expected for n in documents.paper.tolist()]


@pytest.mark.parametrize("few", [0, 64])
def test_facets(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW_VALUES", few)  # by bits, or value by value
    random_ = random.Random(3)
    documents, kinds, _ = made(random_)
    for _ in range(30):
        some = random_.sample(range(PAPERS), random_.randrange(PAPERS))
        expected = Counter(kind for paper in some for kind in kinds[paper])
        papers, values = np.array(some, np.int64), documents.values["kind"]
        for counts in (
            values.counted(papers, PAPERS),
            values.counted_as_bits(bits(papers, PAPERS), PAPERS),
        ):
            rows = values.frequent(counts, 3)
            assert rows == sorted(expected.items(), key=lambda row: (-row[1], row[0]))[:3]


def test_bits_are_a_mask_and_back() -> None:
    mask = np.array([True, False, True] * 43)
    assert unpacked(packed(mask), len(mask)).tolist() == mask.tolist()
    assert counted(packed(np.array([mask, ~mask]))).tolist() == [86, 43]
    assert int(counted(bits(np.zeros(0, np.int64), 0))) == 0
