"""Any string at all is read, and what is read can be written, and be taken apart."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.engine.errors import QueryBudgetError
from search_app.query.syntax import read
from search_app.query.tree import leaves, without, words, write

PIECES = st.sampled_from(
    [*'()"“”‘’:-*~/.,🙂€ ', " EN ", " OF ", " NIET ", " NABIJ/3 ", "titel:", "datum:", "van:",
     "vergaderjaar:", "2022..2023", "36 200 VII, nr. 12", "14:30", "a", "bee", "woord", "'s-G"]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@given(TYPED)
@settings(max_examples=1500)
@example("\ud800")
@example("a\x00b")
@example("titel:" * 200 + "a")
@example("NIET " * 100 + "a")
@example("-" * 400)
@example("a NABIJ/99999999999999999999 b")
def test_any_text_is_read_or_over_budget(typed: str) -> None:
    try:
        query = read(typed)
    except QueryBudgetError as error:
        assert str(error)  # noqa: PT017 - the other outcome is as good
        return
    parts = list(leaves(query.node))
    for place in range(len(parts)):
        write(without(query.node, place))
    assert query.understood or query.is_empty


WORDS = st.lists(
    st.sampled_from(
        ["aap", '"noot mies"', "wim*", "zus~", "titel:jet", "-teun", "vuur NABIJ/2 gijs", "EN",
         "OF", "NIET", "(", ")", "datum:2022", "titel:(lam OF kees)", "36 200 VII",
         'van:"van Dijk"']
    ),
    max_size=14,
).map(" ".join)  # fmt: skip


@given(WORDS)
@settings(max_examples=1500)
def test_any_query_reads_back_as_the_same(typed: str) -> None:
    try:
        query = read(typed)
    except QueryBudgetError:
        return
    assert read(query.understood).node == query.node


@pytest.mark.parametrize(
    ("typed", "loose"),
    [
        ('"a b" EN c', "a b c"),
        ("titel:a -b c", "a c"),
        ("-(x NABIJ/2 y) a NABIJ/3 b", "a b"),
        ("soort:motie titel:(a OF b) woord*", "a b woord"),
        ("soort:motie", ""),
    ],
)
def test_the_words_alone(typed: str, loose: str) -> None:
    assert words(read(typed).node) == loose


@pytest.mark.parametrize(
    ("typed", "place", "rest"),
    [
        ("a b", 0, "b"),
        ("a EN b", 1, "a"),
        ("a EN (b OF c)", 1, "a EN c"),
        ('"a b" -c d', 1, '"a b" d'),
        ("titel:(a OF b) c", 0, "titel:b EN c"),
        ("titel:a", 0, "*"),
        ("x y NABIJ/3 z", 0, "x"),
    ],
)
def test_a_part_can_be_taken_away(typed: str, place: int, rest: str) -> None:
    assert write(without(read(typed).node, place)) == rest
