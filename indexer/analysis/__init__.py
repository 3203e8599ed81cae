"""Text to tokens, the same for the index and for a query."""

from indexer.compiled import places

__path__[:0] = places("analysis")
