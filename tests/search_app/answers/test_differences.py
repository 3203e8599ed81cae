"""What is marked of two answers side by side."""

from __future__ import annotations

import pytest

from indexer.paper import Paper, Passage
from search_app.answers.compare import WORD, compare
from search_app.answers.differences import MOST_WORDS, marks
from search_app.answers.worksheet import Item

LOOSE = "Het kabinet wil de woningbouw versnellen en geeft gemeenten daarvoor extra geld."
OTHER = "De NVWA controleert de etiketten van voedsel, en de bedrijven betalen de keuring."

ROWS = [
    # (before, after, marked of the first, of the second, whether they are unlike)
    ("Er zijn 12 plekken vrij in de regio.", "Er zijn 15 plekken vrij in de regio.",
     "12", "15", False),
    # a sentence that moved is no difference; what came is, and as a whole
    (f"{LOOSE} {OTHER}", f"{OTHER} {LOOSE} Dit kost naar schatting 12 miljoen euro per jaar.",
     "", "Dit kost naar schatting 12 miljoen euro per jaar", False),
    # `de` and `en` are in both and tell nothing: the texts are unlike and share no row of words
    (LOOSE, OTHER, "", "", True),
    # unlike, but with words in a row that both have
    (f"{LOOSE} Daarbij heeft het advies van de Raad van State gewicht in de schaal gelegd.",
     f"{OTHER} Voor kleine bakkers vergt het advies van de Raad van State nog een apart besluit.",
     "het advies van de Raad van State", "het advies van de Raad van State", True),
    ("Nee.", "Nee.", "", "", False),
    ("Ja.", "Nee, dat is niet zo.", "Ja", "Nee dat is niet zo", False),  # short ones as they are
    ("", "Er zijn 12 plekken.", "", "Er zijn 12 plekken", False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "first", "second", "unlike"), ROWS)
def test_marks(before: str, after: str, first: str, second: str, *, unlike: bool) -> None:
    left, right = WORD.findall(before), WORD.findall(after)
    found = marks(left, right)
    assert " ".join(left[place] for place in sorted(found.first)) == first
    assert " ".join(right[place] for place in sorted(found.second)) == second
    assert found.unlike == unlike


def test_the_end_of_a_very_long_text_is_not_compared() -> None:
    text = WORD.findall("Dat is zo en blijft zo. " * MOST_WORDS)
    assert marks(text, [*text, " ", "anders"]).second == frozenset()


def test_each_answer_beside_the_one_before_it() -> None:
    texts = {"2021": LOOSE, "2022": LOOSE.replace("extra", "minder"), "2023": OTHER}
    items = [
        Item("1", "?", Paper(year, date=f"{year}-05-04"), Passage(year, "vraag", "1", text), "")
        for year, text in texts.items()
    ]
    told = [
        (column.unlike, [piece.text for row in column.paragraphs for piece in row if piece.match])
        for column in compare(items[::-1])
    ]
    assert told == [(False, ["extra"]), (False, ["minder"]), (True, [])]
