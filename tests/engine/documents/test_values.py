"""Papers are counted by value in the same way by the compiled loops, by numpy and one by one."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from indexer.engine import native
from indexer.engine.documents.values import make_values

COUNT = 700


@pytest.mark.compiled
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("names", [3, 254, 255, 256, 600])
@pytest.mark.parametrize("most", [1, 3])
def test_counted(seed: int, names: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random_ = random.Random(f"{seed} {names} {most}")
    texts = [f"{n:03}" for n in range(names)]
    rows = {n: random_.sample(texts, random_.randint(0, most)) for n in range(COUNT)}
    rows[COUNT - 1] = []
    values = make_values([(n, text) for n, row in rows.items() for text in row])
    documents = np.array(sorted(random_.sample(range(COUNT), random_.randrange(COUNT))), np.int64)
    order = random_.sample(range(COUNT), COUNT)
    papers = np.array(order, np.int64)[documents]
    owners = native.LOOPS.Owners(np.array(order, np.int32), True)
    plain = native.LOOPS.Papers(documents, owners, native.LOOPS.ALL)
    tallied, counted = values.tallied(plain, COUNT), values.counted(papers, COUNT)
    assert tallied.tolist() == counted.tolist()
    found = Counter(text for paper in papers.tolist() for text in rows[paper])
    expected = sorted(found.items(), key=lambda row: (-row[1], row[0]))[:20]
    assert values.frequent(tallied, 20) == expected
    monkeypatch.setattr(native, "LOOPS", None)
    assert values.frequent(counted, 20) == expected
