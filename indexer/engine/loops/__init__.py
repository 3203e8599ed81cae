"""Loops for which numpy takes many passes. Compiled by mypyc, and run only then: see `entry`."""

from indexer.compiled import places

__path__[:0] = places("engine/loops")
