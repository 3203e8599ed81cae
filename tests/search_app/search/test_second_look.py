"""The second look at what a long question found: its parts, and when it is taken."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.engine.interface import Index
from indexer.engine.query import And, Bag, InField, Node, Or, Phrase, Term
from indexer.engine.results import SearchRequest, StoredPassage
from search_app.measuring.evaluate import loose_words
from search_app.query.syntax import read
from search_app.search.grams import run_table
from search_app.search.second_look import Lexicon, Texts, led, lexicon, look, of_paper, owner

WORDS = {"vergunning": 90, "schapen": 5, "wolven": 4, "hekken": 6, "provincie": 40, "subsidie": 30}
LEXICON = Lexicon(WORDS, run_table(WORDS))
QUESTION = "Hoeveel vergunningen voor hekken tegen wolven zijn er verleend?"
FILLER = "Over de begroting van de provincie is eerder bericht. " * 12


def passage(name: str, text: str) -> StoredPassage:
    return StoredPassage(name, name, f"{name}#p1", "p1", 1, text, is_pair=False, date=None)


def order(*passages: StoredPassage, found: list[float]) -> list[str]:
    looked = look(QUESTION, passages, np.array(found), LEXICON, Texts())
    return [passages[place].key for place in np.argsort(-looked.scores, kind="stable")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # the same score of the search, more of the question
        (
            "Er zijn vergunningen voor hekken verleend.",
            "Er zijn vergunningen voor anderen verleend.",
        ),
        # the words of the question in the opening, where an answer takes them up
        ("Vergunningen voor hekken. " + FILLER, FILLER + "Vergunningen voor hekken."),
        # words as written before words that are spelled alike
        ("De wolven.", "Het wolvenhek."),
    ],
)
def test_what_is_nearer_comes_first(first: str, second: str) -> None:
    found = [1.0, 1.0]
    assert order(passage("b", second), passage("a", first), found=found) == ["a", "b"]


def test_the_score_of_the_search_counts() -> None:
    one, other = passage("a", "Hekken."), passage("b", "Hekken.")
    assert order(one, other, found=[1.0, 2.0]) == ["b", "a"]


def test_a_paper_that_is_about_it_lifts_its_passages() -> None:
    rows = (
        passage("x", "Hekken."),
        passage("s#1", "Hekken."),
        passage("s#2", "Vergunningen voor hekken tegen wolven."),
    )
    assert order(*rows, found=[1.0, 1.0, 1.5]) == ["s#2", "s#1", "x"]


def test_of_paper_takes_the_best_three() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    assert of_paper(values, ["a", "a", "a", "a", "b"]).tolist() == [9.0, 9.0, 9.0, 9.0, 5.0]
    assert owner("ah-tk-20242025-594#2") == owner("ah-tk-20242025-594")


def test_nothing_shared_and_nothing_found() -> None:
    looked = look("", [passage("a", "")], np.zeros(1), LEXICON, Texts())
    assert looked.scores.tolist() == [0.0]
    assert len(look(QUESTION, [], np.zeros(0), LEXICON, Texts()).scores) == 0


LONG = (
    "Deelt u de mening dat het niet uit te leggen is dat scholen met subsidie zonnepanelen kopen "
    "die van de netbeheerder niet aan mogen? Zo nee, waarom niet?"
)


@pytest.mark.parametrize(
    ("request_", "is_led"),
    [
        (SearchRequest(loose_words(LONG)), True),
        (SearchRequest(And((loose_words(LONG), InField("kind", Term("antwoord"))))), True),
        (SearchRequest(loose_words("zonnepanelen op scholen")), False),  # short
        # what an abbreviation stands for does not make a query long
        (SearchRequest(read("Woo-besluit BZK NCDR JenV brief").searched()), False),
        (SearchRequest(loose_words(LONG), sort="newest"), False),
        (SearchRequest(loose_words(LONG), literal=True), False),
        (SearchRequest(Phrase(LONG)), False),
        (SearchRequest(Or((loose_words(LONG), Term("x")))), False),  # operators mean what they say
        (SearchRequest(loose_words("qqq " + " ".join(f"zzxq{n}w" for n in range(12)))), False),
    ],
)
def test_when_it_is_taken(index: Index, request_: SearchRequest, is_led: bool) -> None:
    assert bool(led(request_, index).lead) is is_led


def test_totals_and_filters_stay(index: Index) -> None:
    node: Node = Bag(tuple(Term(word) for word in LONG.split()))
    for filters in ({}, {"kind": ("antwoord",)}):
        request = SearchRequest(node, filters=filters, facets=("kind",))
        plain, found = index.search(request), index.search(led(request, index))
        assert (found.total, found.facets) == (plain.total, plain.facets)
        assert found.hits[0].passage_id == "ah-tk-20222023-3649#vraag-4"


def test_words_of_an_index_are_made_once(index: Index) -> None:
    assert lexicon(index) is lexicon(index)
