"""Small words glued to content, as bad text layers leave them."""

from __future__ import annotations

import pytest

from indexer.analysis.chains import Analyzer
from indexer.analysis.glue import content
from indexer.analysis.tables import EMPTY, Tables

COUNTS = {"ziekenhuis": 900, "beoordeling": 40, "staat": 5, "hetze": 3, "vandaag": 9, "daag": 4}
GLUED = [
    ("hetziekenhuis", "ziekenhuis"),  # an article in front
    ("beoordelingvan", "beoordeling"),  # a preposition behind
    ("bijhet", None),  # two small words: nothing worth finding
    ("vandaag", None),  # a word that the corpus knows
    ("aanstaat", None),  # a particle makes a verb
    ("hetvreemdwoord", None),  # what is left is unknown
    ("destaat", "staat"),
    ("dezee", None),  # too short to tell
]


@pytest.mark.parametrize(("word", "expected"), GLUED)
def test_content(word: str, expected: str | None) -> None:
    bounds = content(word, COUNTS)
    assert (word[slice(*bounds)] if bounds else None) == expected


def test_a_frequent_slip_is_still_a_slip() -> None:
    assert content("hetwater", {"water": 20_000, "hetwater": 15}) == (3, 8)
    assert content("hetwater", {"water": 2_000, "hetwater": 15}) is None


ANALYZER = Analyzer(Tables(vocabulary="ziekenhuis 900\nbeoordeling 40"))


def test_index_token_has_the_offsets_of_the_content() -> None:
    tokens = ANALYZER.dutch("In hetziekenhuis")
    stems = {t.text: (t.position, t.start, t.end) for t in tokens}
    assert stems["ziekenhuis"] == (1, 6, 16)
    assert stems["hetziekenhuis"] == (1, 3, 16)


def test_glued_word_of_a_query_is_its_content() -> None:
    (word,) = ANALYZER.query("Beoordelingvan")
    assert set(ANALYZER.query("beoordeling")[0].forms) <= set(word.forms)
    assert word.parts == ()


def test_without_a_vocabulary_nothing_comes_off() -> None:
    assert [t.text for t in Analyzer(EMPTY).dutch("hetziekenhuis")] == ["hetziekenhuis"]


VILLAGE = Analyzer(Tables(vocabulary="ster 900\nbaan 400\nbijbaan 2"))


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("brand in Wijster", ("wijster",)),  # typed as a name
        ("een bijbaan", ("bijban",)),  # a rare word that the corpus has as it stands
        ("brand in wijster", ("wijster", "ster")),  # nothing else could be found
    ],
)
def test_a_word_of_its_own_is_not_its_end(typed: str, forms: tuple[str, ...]) -> None:
    assert VILLAGE.query(typed)[-1].forms == forms
