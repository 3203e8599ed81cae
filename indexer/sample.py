"""All papers as they pass by → a few that stand for them.

In go papers, out come those whose ids have the lowest hashes: drawn evenly, the same ones each
time, whatever their order. Papers come by folder and number, so the first ones are no sample.
"""

from __future__ import annotations

import hashlib
import heapq

from indexer.paper import Paper

SIZE = 400


class Sample:
    """Keeps a sample of what it sees."""

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._kept: list[tuple[int, int, Paper]] = []
        self._seen = 0

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Return the sample so far."""
        return tuple(paper for _, _, paper in sorted(self._kept, reverse=True))

    def see(self, paper: Paper) -> None:
        """Keep a paper, or not."""
        digest = hashlib.sha256(paper.id.encode("utf-8", "surrogatepass")).digest()
        row = (-int.from_bytes(digest[:8]), -self._seen, paper)
        self._seen += 1
        if len(self._kept) < self._size:
            heapq.heappush(self._kept, row)
        elif row > self._kept[0]:
            heapq.heapreplace(self._kept, row)
