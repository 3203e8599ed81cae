"""How rare things are in a generation, asked of the cluster once each.

In go queries on passages, out come BM25's weights. A generation does not change, so what was
counted is kept.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Sequence

from indexer.engine.opensearch.client import Cluster
from indexer.engine.opensearch.dsl import Dsl, nested

REMEMBERED = 50_000


class Counts:
    """How rare things are in a generation, which does not change: asked once each.

    It counts papers: the share of papers stands for the share of passages.
    """

    def __init__(self, cluster: Cluster, index: str, papers: int) -> None:
        self._cluster, self._index, self._papers = cluster, index, papers
        self._known: dict[str, int] = {}
        self._lock = threading.Lock()

    def weights(self, queries: Sequence[Dsl]) -> list[float]:
        """Return BM25's weight (idf) of what each query on passages finds."""
        keys = [json.dumps(query, sort_keys=True) for query in queries]
        missing = {k: q for k, q in zip(keys, queries, strict=True) if k not in self._known}
        counted = self._count(list(missing.values())) if missing else []
        fresh = dict(zip(missing, counted, strict=True))
        with self._lock:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self._known.update(fresh)
            found = [self._known.get(key, fresh.get(key, 0)) for key in keys]
        return [self._weight(having) for having in found]

    def _weight(self, having: int) -> float:
        if not self._papers:
            return 1e-6
        return max(math.log(1 + (self._papers - having + 0.5) / (having + 0.5)), 1e-6)

    def _count(self, queries: Sequence[Dsl]) -> list[int]:
        bodies = ({"size": 0, "track_total_hits": True, "query": nested(q)} for q in queries)
        answers = self._cluster.searches(self._index, bodies)
        return [int(answer["hits"]["total"]["value"]) for answer in answers]
