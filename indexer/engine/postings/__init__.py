"""Where words stand: made by inversion, kept in a file, read as arrays."""

from indexer.compiled import places

__path__[:0] = places("engine/postings")
