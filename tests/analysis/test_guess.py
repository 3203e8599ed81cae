"""Words that no paper has, by the halves that papers do have."""

from __future__ import annotations

import pytest

from indexer.analysis.chains import Analyzer
from indexer.analysis.guess import guessed
from indexer.analysis.tables import Tables, learn

COUNTS = {
    "advocaten": 9, "tekort": 12, "rijk": 5, "bijdrage": 7, "zorg": 30, "wet": 9, "heid": 4,
    "voor": 90, "zieken": 3, "huis": 8, "eenmaal": 1, "begroting": 9, "stelsel": 4,
}  # fmt: skip
GUESSED = [
    # (word, its halves)
    ("advocatentekort", ("advocaten", "tekort")),
    ("rijksbijdrage", ("rijk", "bijdrage")),  # the joint left out
    ("begrotingsstelsel", ("begroting", "stelsel")),
    ("zorgwet", None),  # a half of three letters is found in almost any word
    ("advocatenheid", None),  # an ending
    ("voorbijdrage", None),  # a small word is no first half
    ("advocatenbureau", None),  # a half that no paper has
    ("tekorteenmaal", None),  # a half seen once may be a slip of print
    ("begroting", None),  # known as it stands
    ("x" * 500, None),
]


@pytest.mark.parametrize(("word", "halves"), GUESSED)
def test_guessed(word: str, halves: tuple[str, str] | None) -> None:
    assert guessed(word, COUNTS) == halves


def test_only_a_query_guesses() -> None:
    analyzer = Analyzer(learn(["advocaten hebben een tekort"] * 3))
    (word,) = analyzer.query("Advocatentekort")
    assert word.parts == (
        analyzer.dutch("advocaten")[0].text,
        analyzer.dutch("tekort")[0].text,
    )
    assert len(analyzer.dutch("advocatentekort")) == 1
    assert analyzer.query("advocatentekort", literal=True)[0].parts == ()
    assert Analyzer(Tables()).query("advocatentekort")[0].parts == ()
