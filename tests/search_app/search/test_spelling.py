"""Typing errors and what was meant, alone and in a whole query."""

from __future__ import annotations

import pytest

from search_app.query.syntax import read
from search_app.search.spelling import Speller

SPELLER = Speller(
    {"stikstof": 900, "beleid": 800, "migratie": 700, "immigratie": 90, "onderwijs": 500,
     "oekraine": 1, "oekraïne": 400, "beleit": 1, "woningbouw": 60,
     "begroting": 400, "zorg": 300, "zorgt": 5, "van": 9000, "dijk": 80}
)  # fmt: skip

NEAREST = [
    ("stikstoff", "stikstof"),  # a letter too many
    ("sikstof", "stikstof"),  # a letter too few
    ("ondrewijs", "onderwijs"),  # two letters changed places
    ("imigratie", "immigratie"),  # the first letter is right, however often `migratie` is used
    ("Begrotign", "begroting"),  # capitals do not matter
    ("zorrg", "zorg"),  # a short word by one edit
    ("oekraiene", "oekraïne"),  # accents are no edits, and the form used most stands for both
    ("oekraine", "oekraïne"),
    ("woning bouw", "woningbouw"),  # a compound written apart
]
NOT_MENDED = [
    "abc",  # too short to guess
    "36200",  # a number is never a slip of spelling
    "zxrrg",  # a short word two edits away
    "x" * 5000,  # no work for what is no word
]
MENDED = [
    ("stikstoff beleid", "stikstof beleid"),
    ('"stikstoff beleid" NIET imigratie', '"stikstof beleid" NIET immigratie'),
    ("stikstoff NABIJ/3 beleidd", "stikstof NABIJ/3 beleid"),
    ("beleit", "beleid"),  # seen once in print, beside a word seen 800 times: a slip too
    ("16-jarigen beleid", None),  # a part of a hyphenated word is no word of the vocabulary
    ("zorgde beleid", None),  # an inflection that the corpus does not have: `zorg` is found by it
    ("stikstof Imigrtaie", None),  # a name, two edits away from a word
    ("stikstof imigrtaie", "stikstof immigratie"),
    ("stikstof beleid", None),  # all known
    ("stikstoff* titel:imigratie van:Dikj", None),  # wildcards and fields are left alone
    ("2023Z02406 36 200 VII, nr. 12", None),  # numbers have their own card
    ("", None),
]


@pytest.mark.parametrize(("typed", "meant"), NEAREST)
def test_nearest_is_what_was_meant(typed: str, meant: str) -> None:
    assert SPELLER.nearest(typed)[0] == meant


@pytest.mark.parametrize("typed", NOT_MENDED)
def test_no_guess(typed: str) -> None:
    assert SPELLER.nearest(typed) == ()


@pytest.mark.parametrize(("typed", "meant"), MENDED)
def test_a_query_is_mended(typed: str, meant: str | None) -> None:
    assert SPELLER.mended(read(typed)) == meant
