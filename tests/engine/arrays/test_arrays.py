"""Operations on sorted arrays, against sets of Python."""

from __future__ import annotations

import random

import numpy as np
import pytest

from indexer.engine.arrays.ids import Ids, common, highest, places_in, ranges, union, without
from indexer.engine.matching.combining import all_of, any_of
from indexer.engine.matching.matches import Matches


def some(random_: random.Random, most: int) -> Ids:
    return np.array(sorted(random_.sample(range(2000), random_.randrange(most))), np.int64)


@pytest.mark.parametrize("seed", range(40))
def test_against_sets(seed: int) -> None:
    random_ = random.Random(seed)
    # Sizes far apart and alike, so that searching and tables are both taken.
    arrays = [some(random_, most) for most in (1500, random_.choice((4, 1500)), 1200)]
    sets = [set(array.tolist()) for array in arrays]
    assert common(arrays).tolist() == sorted(set.intersection(*sets))
    assert union(arrays).tolist() == sorted(set.union(*sets))
    assert without(arrays[0], arrays[1]).tolist() == sorted(sets[0] - sets[1])
    many = arrays[0].tolist()
    expected = [many.index(item) if item in sets[0] else -1 for item in arrays[1].tolist()]
    assert places_in(arrays[0], arrays[1]).tolist() == expected


@pytest.mark.parametrize("size", [30, 900, 40_000])
@pytest.mark.parametrize("seed", range(15))
def test_highest(seed: int, size: int) -> None:
    """The highest values with those that tie for the last place, of all or of those in a mask."""
    random_ = np.random.default_rng(seed)
    values = np.round(random_.gamma(1, 2, size), 1) * (random_.random(size) < random_.random())
    count = int(random_.integers(1, size // 2))
    some = np.sort(values)[-count]
    assert highest(values, count).tolist() == np.flatnonzero(values >= some).tolist()
    mask = random_.random(size) < random_.choice((0.002, 0.3, 0.9))
    mine = values[mask & (values > 0)]
    least = np.sort(mine)[-count] if len(mine) >= count else 0.0
    expected = np.flatnonzero(mask & (values > 0) & (values >= least))
    assert highest(values, count, mask).tolist() == expected.tolist()


@pytest.mark.parametrize("seed", range(20))
def test_matches_against_dictionaries(seed: int) -> None:
    random_ = random.Random(seed)
    parts: list[Matches] = []
    rows: list[dict[int, float]] = []
    for most in (900, 40, 900):
        ids = some(random_, most)
        scores = np.array([random_.random() for _ in ids])
        parts.append(Matches(ids, scores))
        rows.append(dict(zip(ids.tolist(), scores.tolist(), strict=True)))
    both = {key: sum(row[key] for row in rows) for key in rows[0] if all(key in r for r in rows)}
    found = all_of(parts)
    assert found.ids.tolist() == sorted(both)
    assert found.scores.tolist() == pytest.approx([both[key] for key in sorted(both)])
    weights = [1.0, 0.5, 0.5]
    keys = sorted(set().union(*rows))
    sums = [sum(w * r.get(k, 0.0) for w, r in zip(weights, rows, strict=True)) for k in keys]
    added = any_of(parts, weights)
    assert added.ids.tolist() == keys
    assert added.scores.tolist() == pytest.approx(sums)


def test_nothing() -> None:
    empty = np.zeros(0, np.int64)
    one = np.array([3])
    assert not any(map(len, (common([]), union([]), common([one, empty]))))
    assert places_in(empty, one).tolist() == [-1]
    assert ranges(np.array([5, 9]), np.array([2, 3])).tolist() == [5, 6, 9, 10, 11]
    assert not len(any_of([]).ids)
