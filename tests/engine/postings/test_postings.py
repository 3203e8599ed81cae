"""The set operations on postings, against the plainest way to say the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.matching import adjacency
from indexer.engine.postings import runs as ps

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


def with_gaps(found: Places, dead: set[int], shift: int = 0) -> ps.Postings:
    """Return the places of documents that are not dead, those of the dead between them."""
    whole = packed({(doc + shift, pos) for doc, pos in found})
    kept = ~np.isin(whole.ids - shift, list(dead))
    return ps.Postings(whole.ids[kept], whole.counts[kept], whole.places, whole.ends[kept])


def alive(found: Places, dead: set[int], shift: int = 0) -> Places:
    return {(doc + shift, pos) for doc, pos in found if doc not in dead}


@given(places, places, st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4)))
def test_places_of_deleted_documents_are_passed_over(
    first: Places, second: Places, dead: set[int], gone: set[int]
) -> None:
    both = ps.joined([with_gaps(first, dead), with_gaps(second, gone, 5)])
    expected = alive(first, dead) | alive(second, gone, 5)
    assert unpacked(both) == expected


@given(places, places, st.sets(st.integers(0, 4)))
def test_phrases_and_nearness_beside_deleted_documents(
    first: Places, second: Places, dead: set[int]
) -> None:
    left, right = with_gaps(first, dead), with_gaps(second, dead)
    first, second = alive(first, dead), alive(second, dead)
    expected = {(doc, pos) for doc, pos in first if (doc, pos + 1) in second}
    assert unpacked(adjacency.adjacent([left, right], [0, 1])) == expected
    near = adjacency.near(packed(first), packed(second), 2)
    assert unpacked(adjacency.near(left, right, 2)) == unpacked(near)
