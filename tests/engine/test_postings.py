"""The set operations on postings, against the plainest way to say the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import adjacency
from indexer.engine import postings as ps

Places = set[tuple[int, int]]
places = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 12)), max_size=25)


def packed(found: Places) -> ps.Postings:
    keys = np.array(sorted((doc << ps.POSITION_BITS) | pos for doc, pos in found), np.int64)
    return ps.from_keys(keys)


def unpacked(found: ps.Postings) -> Places:
    low = (1 << ps.POSITION_BITS) - 1
    return {(int(key) >> ps.POSITION_BITS, int(key) & low) for key in found.keys}


@given(places, places, st.integers(1, 4))
def test_near(left: Places, right: Places, distance: int) -> None:
    expected = {
        (doc, pos)
        for doc, pos in left
        if any(doc == other and 0 < abs(pos - at) <= distance for other, at in right)
    }
    assert unpacked(adjacency.near(packed(left), packed(right), distance)) == expected


@given(places, places)
def test_adjacent(first: Places, second: Places) -> None:
    expected = {(doc, pos) for doc, pos in first if (doc, pos + 1) in second}
    assert unpacked(adjacency.adjacent([packed(first), packed(second)], [0, 1])) == expected


@given(places, places)
def test_merge(left: Places, right: Places) -> None:
    assert unpacked(ps.merge([packed(left), packed(right)])) == left | right


@given(places)
def test_counts_add_up(found: Places) -> None:
    post = packed(found)
    assert post.counts.sum() == len(found)
    assert post.ids.tolist() == sorted({doc for doc, _ in found})
