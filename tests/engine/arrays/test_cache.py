"""What is kept within bounds: by its weight when it is put there, and when it has grown."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.engine.arrays.cache import Cache
from indexer.engine.matching import later
from indexer.engine.matching.matches import Matches
from indexer.engine.matching.source import Scored, kept
from tests.engine.test_later import COUNT, scorer_of


def test_the_least_used_goes_first() -> None:
    cache: Cache[str, bytes] = Cache(10, len)
    cache.put("a", b"1234")
    cache.put("b", b"1234")
    assert cache.get("a") == b"1234"
    cache.put("c", b"1234")
    assert [cache.get(key) for key in "abc"] == [b"1234", None, b"1234"]


def test_what_has_grown_pushes_others_out() -> None:
    cache: Cache[str, list[int]] = Cache(10, len)
    first, second = [1] * 4, [2] * 4
    cache.put("a", first)
    cache.put("b", second)
    second += [2] * 3
    assert cache.get("a") == first
    cache.weigh("b")
    assert (cache.get("a"), cache.get("b")) == (first, None)
    cache.weigh("b")  # what is no longer there weighs nothing
    cache.put("c", [3] * 6)
    assert cache.get("a") == first


@pytest.mark.compiled
@pytest.mark.parametrize(("most", "is_kept"), [(COUNT, True), (0, False)])
def test_a_word_is_weighed_when_it_is_listed(
    most: int, is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "KEPT", most)
    memory: Scored = Cache(1 << 20, lambda kept: kept.size)
    weighed: list[int] = []
    monkeypatch.setattr(memory, "weigh", lambda _: weighed.append(word.size))
    _, words = scorer_of(3, np.arange(COUNT))
    word: Matches = kept(memory, ("een",), lambda: words()[0])
    before = word.size
    assert len(word.ids) == word.having
    assert weighed == ([before + 16 * word.having] if is_kept else [])
    assert word.is_listed == is_kept
