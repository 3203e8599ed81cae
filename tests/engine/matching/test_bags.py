"""The words of a bag and their places: a word that may be found in more ways is one word."""

from __future__ import annotations

import pytest

from indexer.analysis.chains import Analyzer
from indexer.analysis.tables import EMPTY
from indexer.engine.matching.bags import words_by_item
from indexer.engine.query import Bag, InField, Or, Phrase, Term

QUERY = Analyzer(EMPTY).query
WOO = Or((Term("Woo"), Phrase("Wet open overheid"), Or((Term("Wob"), Phrase("Wet openbaarheid")))))
NAMED = Or((Term("moties"), InField("kind", Term("motie"), 3.0)))
ITEMS = [
    # (items of the bag, the words of each with their positions)
    ((Term("besluit"), Term("verzoek")), [["besluit 0"], ["verzoek 1"]]),
    ((Term("besluit"), WOO, Term("verzoek")), [["besluit 0"], ["Woo 1"], ["verzoek 2"]]),
    ((NAMED, Term("stikstof")), [["moties 0"], ["stikstof 1"]]),
    ((Term("besluit"), Term("de"), WOO), [["besluit 0"], [], ["Woo 2"]]),
    # what is no word stands apart from its neighbours
    ((Term("a1"), Phrase("open overheid"), Term("b1")), [["a1 0"], [], ["b1 5"]]),
    ((Or((Phrase("open overheid"), Term("Woo"))), Term("b1")), [[], ["b1 4"]]),
]


@pytest.mark.parametrize(("items", "expected"), ITEMS)
def test_words_of_a_bag(items: tuple[Term | Phrase | Or, ...], expected: list[list[str]]) -> None:
    found = words_by_item(Bag(items), QUERY)
    assert [[f"{word.text} {word.position}" for word in row] for row in found] == expected


def test_the_one_word_has_the_forms_of_all() -> None:
    choice = Or((Term("overheid"), Term("Woo")))
    ((word,),) = words_by_item(Bag((choice,)), QUERY)
    own = [form for text in ("overheid", "Woo") for form in QUERY(text)[0].forms]
    assert word.forms == tuple(dict.fromkeys(own))
