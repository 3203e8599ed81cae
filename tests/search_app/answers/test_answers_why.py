"""Which words are named as the reason to show an answer."""

from __future__ import annotations

import pytest

from indexer.engine.interface import Index
from search_app.answers.why import Corpus, shared_words

ROWS = [
    # (question, passage, words): of a compound the whole word is named, not the part that matched
    ("Zijn er te weinig netten?", "De elektriciteitsnetten zijn vol.", ("elektriciteitsnetten",)),
    ("Hoeveel kost de wachtlijst?", "Wachtlijsten zijn er niet.", ("Wachtlijsten",)),
    ("Wat kost een schip?", "Daar weten wij niets van.", ()),
]


@pytest.mark.parametrize(("question", "text", "words"), ROWS)
def test_shared_words(index: Index, question: str, text: str, words: tuple[str, ...]) -> None:
    assert shared_words(question, text, Corpus(index, index.words())) == words
