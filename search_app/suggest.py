"""A search with little → what may have been meant: `Bedoelde u …`.

In go a query, what it found and the open index; out comes another query, or nothing. The speller of
a generation is made when it is first needed, once, and goes with its index.
"""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from indexer.engine.interface import Index, Results
from search_app.spelling import Speller
from search_app.syntax import Query

_spellers: WeakKeyDictionary[Index, Speller] = WeakKeyDictionary()
_lock = threading.Lock()


def suggestion(query: Query, results: Results, index: Index) -> str | None:
    """Return the query with words mended that the corpus does not have.

    Where a passage has all words nothing is asked: a word may be rare and right.
    """
    if query.is_empty or results.total_all_words:
        return None
    return _speller(index).mended(query)


def _speller(index: Index) -> Speller:
    with _lock:
        found = _spellers.get(index)
        if found is None:
            found = _spellers[index] = Speller(index.words())
        return found
