"""Which segments are written anew when an index is published, so that there are never many.

In go the numbers of documents of the segments that are there and of the one being written, out
come those to take into it. Each search looks a word up in every segment, so many small ones, as
nightly builds leave them, are slow; but writing documents again costs a millisecond each, and one
changed paper should be found within two seconds. The story: like follows like (a segment is taken
in when it is not much larger than what is being written already), up to a number of documents; only
when there are too many small ones is that number passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh.reading import SegmentReader

REACH = 3
"""A segment up to this many times as large as what is written is written along with it."""
MOST = 1_500
"""Documents that are written again at most, or as many as are new where those are more."""
MANY = 12
"""Small segments that may remain; of more the smallest are merged at any cost, down to half."""
SMALL = 15_000
"""Documents of a segment that counts as small: a whole one has 20 million tokens, and stays."""


def policy(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Take some segments into what a Whoosh writer writes; return those that stay."""
    sizes = [segment.doc_count() for segment in segments]
    again = chosen(writer.docnum, sizes)
    for at in again:
        reader = SegmentReader(writer.storage, writer.schema, segments[at])
        writer.add_reader(reader)
        reader.close()
    return [
        segment
        for at, (segment, size) in enumerate(zip(segments, sizes, strict=True))
        if size and at not in again
    ]


def chosen(fresh: int, sizes: Sequence[int]) -> list[int]:
    """Return which segments, by how many documents they hold, go with `fresh` new documents."""
    order = sorted((at for at, size in enumerate(sizes) if size), key=lambda at: sizes[at])
    small = sum(size < SMALL for size in sizes if size)
    room = MANY // 2 if small > MANY else MANY
    total, again = fresh, list[int]()
    for at in order:
        size = sizes[at]
        crowded = small - len(again) > room
        cheap = total - fresh + size <= max(MOST, fresh) and size <= REACH * total
        if size >= SMALL or not (crowded or cheap):
            break
        again.append(at)
        total += size
    return sorted(again) if fresh or len(again) > 1 else []
