"""A word is found by its hash where there are buckets, and by bisection where there are none."""

from __future__ import annotations

import random
from zlib import crc32

import pytest

from indexer.engine.arrays.buckets import of_words
from indexer.engine.arrays.vocabulary import Vocabulary, packed


def words_of(random_: random.Random, count: int) -> list[bytes]:
    """Return sorted words, of few letters, so that many begin alike."""
    return sorted({bytes(random_.choices(b"abc", k=random_.randint(1, 9))) for _ in range(count)})


@pytest.mark.parametrize("count", [0, 1, 2, 3, 40, 3000])
def test_every_word_is_found_and_no_other(count: int) -> None:
    random_ = random.Random(count)
    words = words_of(random_, count)
    plain = packed(words)
    hashed = Vocabulary(plain.packed, plain.ends, of_words(words))
    wanted = [*words, *words_of(random_, 500), b"", b"a\xff", b"abcd"]
    places = {word: place for place, word in enumerate(words)}
    assert [hashed.find(word) for word in wanted] == [places.get(word) for word in wanted]
    assert [plain.find(word) for word in wanted] == [places.get(word) for word in wanted]


def test_words_with_one_hash_are_told_apart() -> None:
    words = words_of(random.Random(5), 3000)
    buckets = of_words(words)
    sizes = [int(size) for size in buckets.firsts[1:] - buckets.firsts[:-1]]
    assert max(sizes) > 2
    assert sum(sizes) == len(words)
    count = len(sizes)
    for bucket in (sizes.index(max(sizes)), count - 1):
        mine = buckets.numbers[buckets.firsts[bucket] : buckets.firsts[bucket + 1]].tolist()
        assert mine == [n for n, word in enumerate(words) if crc32(word) % count == bucket]


def test_the_first_of_several_that_are_the_same_is_found() -> None:
    words = [b"a", b"b", b"b", b"b", b"c"]
    plain = packed(words)
    assert plain.find(b"b") == 1
    assert Vocabulary(plain.packed, plain.ends, of_words(words)).find(b"b") == 1
