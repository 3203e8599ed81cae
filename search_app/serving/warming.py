"""A generation that was just opened → one that answers its first visitor as fast as the next.

In goes an index that nobody uses yet; what is made on first use is made now: the words of the
corpus, splitting of compounds, the speller, the lists for completion, and what the most frequent
words score. Nothing that goes wrong here keeps a generation from being used.
"""

from __future__ import annotations

import logging
from itertools import islice

from indexer.analysis.filters import fold, stop_words
from indexer.engine.interface import Index
from search_app.search.completion import completions
from search_app.search.parameters import Parameters
from search_app.search.service import search
from search_app.serving.circles import leave_alone

FREQUENT = 12
"""Words of a search to warm with: within every limit of a query."""
MISSING = "zzzzzz"
"""No word: the speller and the lists for completion are made, and find nothing."""
log = logging.getLogger(__name__)


def ready(index: Index) -> None:
    """Warm a generation that takes over, and keep the collector of circles off it."""
    warm(index)
    leave_alone()


def warm(index: Index) -> None:
    """Do what a first visitor would wait for."""
    try:
        telling = (word for word in index.words() if fold(word) not in stop_words())
        # with vectors the model is loaded here too: the question is long enough for it
        page = search(Parameters(q=" ".join(islice(telling, FREQUENT))), index)
        search(Parameters(q=""), index)
        search(Parameters(q=MISSING), index)
        completions(MISSING, index)
        for hit in page.hits[:1]:
            index.paper(hit.hit.paper_id)
    except Exception:
        log.exception("De nieuwe index is niet opgewarmd; zij wordt wel gebruikt")
