"""What is shown of a passage that was found."""

from indexer.compiled import places

__path__[:0] = places("engine/shown")
