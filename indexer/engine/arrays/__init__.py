"""Arrays that an index is made of: in memory, in a file, as bits, as words."""

from indexer.compiled import places

__path__[:0] = places("engine/arrays")
