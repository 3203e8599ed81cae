"""Papers to a published index, and a query tree to results."""

from indexer.compiled import places

__path__[:0] = places("engine")
