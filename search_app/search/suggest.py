"""A search with little → what may have been meant: `Bedoelde u …`.

In go a query, what it found and the open index; out comes another query, or nothing.
"""

from __future__ import annotations

from indexer.engine.interface import Index
from indexer.engine.results import Results
from search_app.query import budget
from search_app.query.syntax import Query
from search_app.search.of_words import OfWords
from search_app.search.spelling import Speller

_SPELLERS = OfWords(Speller)


def suggestion(query: Query, results: Results, index: Index) -> str | None:
    """Return the query with words mended that the corpus does not have.

    Where a passage has all words nothing is asked: a word may be rare and right. Nor of a text that
    was pasted, in which some word is always rare.
    """
    if query.is_empty or results.total_all_words or len(query.text) > budget.CHARACTERS:
        return None
    return _SPELLERS.of(index).mended(query)
