"""Loops for which numpy takes many passes. Compiled by mypyc, and run only then.

In go slices of the arrays of an index, out come arrays again. What these loops do, `proximity`,
`adjacency`, `edits`, `scoring` and `grouping` do with numpy where nothing is compiled, and
`chunk_sets` with sets: the results are the same to the last bit (test_loops.py,
test_grouping.py and test_snippets.py).
"""

from indexer.engine.loops.best import best_of, told, within_reach
from indexer.engine.loops.bounds import Group, Search, numbered, union
from indexer.engine.loops.chunks import Chunks, Query
from indexer.engine.loops.counts import Column, Papers, frequent
from indexer.engine.loops.edits import alike
from indexer.engine.loops.listed import Listed, common
from indexer.engine.loops.near import Neighbours, Standing
from indexer.engine.loops.pages import ALL, Owners, Passes, best
from indexer.engine.loops.phrases import NO_BITS, Common, Sequence, Slots, no_bits
from indexer.engine.loops.scores import Weights, worths
from indexer.engine.loops.sparse import Sparse
from indexer.engine.loops.tables import Table
from indexer.engine.loops.tallies import Tally
from indexer.engine.loops.words import having, worths_in

__all__ = [
    "ALL",
    "NO_BITS",
    "Chunks",
    "Column",
    "Common",
    "Group",
    "Listed",
    "Neighbours",
    "Owners",
    "Papers",
    "Passes",
    "Query",
    "Search",
    "Sequence",
    "Slots",
    "Sparse",
    "Standing",
    "Table",
    "Tally",
    "Weights",
    "alike",
    "best",
    "best_of",
    "common",
    "frequent",
    "having",
    "no_bits",
    "numbered",
    "told",
    "union",
    "within_reach",
    "worths",
    "worths_in",
]
