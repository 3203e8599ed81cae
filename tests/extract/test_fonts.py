"""ToUnicode, characters, and text that nobody can read."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import tounicode
from indexer.extract.fonts import Font
from indexer.extract.garbage import is_garbage

TABLES = [
    # (ToUnicode, code → text)
    (b"1 beginbfchar <01> <0041> endbfchar", {1: "A"}),
    (b"1 beginbfchar <0001><00660069> endbfchar", {1: "fi"}),
    (b"beginbfchar <02> <D83DDE00> endbfchar", {2: "\U0001f600"}),
    (b"beginbfrange <05> <07> <0061> endbfrange", {5: "a", 6: "b", 7: "c"}),
    (b"beginbfrange <05> <06> [<0061> <00660066>] endbfrange", {5: "a", 6: "ff"}),
    (b"beginbfrange <07> <05> <0061> endbfrange", {}),
    (b"beginbfchar <0 1> <00 41>\n<02> <42> endbfchar", {1: "A", 2: "B"}),
    (b"beginbfchar <01> /space endbfchar", {}),
]


@pytest.mark.parametrize(("table", "expected"), TABLES)
def test_to_unicode(table: bytes, expected: dict[int, str]) -> None:
    assert tounicode.parse(table) == expected


def test_a_range_of_billions_is_cut() -> None:
    found = tounicode.parse(b"beginbfrange <00000000> <ffffffff> <0020> endbfrange")
    assert len(found) == tounicode.MOST


@given(st.binary(max_size=200))
def test_any_table_ends(table: bytes) -> None:
    tounicode.parse(b"beginbfrange " + table + b" endbfrange beginbfchar " + table + b"endbfchar")


def test_codes_that_are_new_odd_or_many_show_the_same_as_one_by_one() -> None:
    """A string is read by tables once its codes are known, and those with a ligature never."""
    mapping = {65: "A", 66: "ffi", 67: "’", 69: "\ufffe"}
    for raw in (b"A", b"AA", b"AB", b"CA", b"D", b"DA", b"E", b"AC" * 900):
        whole = Font(None, mapping)
        for _ in range(2):
            shown = "".join(mapping.get(code, "\ufffd") for code in raw)
            assert whole.show(raw) == (shown, len(raw) / 2, len(raw), 0)


def test_widths_of_ligatures_are_shared_out() -> None:
    font = Font(None, {1: "ﬁ", 2: "n"})
    assert font.show(b"\x01\x02")[0] == "fin"
    assert font.advance["f"] == font.advance["i"] == 0.25
    assert font.advance["n"] == 0.5


SENTENCE = (
    "De minister heeft de Kamer per brief geïnformeerd over de uitvoering van het besluit en over "
    "de vraag of het budget voor de regeling dit jaar toereikend is. Daarbij is toegezegd dat de "
    "Kamer voor de zomer een nieuwe brief krijgt waarin de gevolgen zijn uitgewerkt. "
)
ENGLISH = (
    "The committee shall submit a report to the Council on the application of this Regulation, and "
    "where appropriate it shall be accompanied by a proposal for the amendment of the annexes. " * 2
)
NAMES = (
    "Janssen Pietersen Hendriks Willemse Bakker Visser Smit Meijer Mulder Bos Vos Peters Dekker "
)


def shifted(text: str, by: int) -> str:
    return "".join(chr(ord(c) + by) for c in text)


def scrambled(text: str) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    mixed = list(letters)
    random.Random(3).shuffle(mixed)
    return text.lower().translate(str.maketrans(letters, "".join(mixed)))


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        (SENTENCE, False),
        (ENGLISH, False),
        (NAMES * 4, False),  # a list without a sentence
        ("1.234 5.678 9.012 " * 20, False),  # a table
        ("", False),
        ("kort", False),
        (shifted(SENTENCE, -29), True),  # codes for characters
        (scrambled(SENTENCE), True),
        ("\ufffd\ufffd een \ufffd", True),
        ("\ue001\ue002\ue003 de", True),
        ("!\"#$%&'()*+,-./ " * 10, True),
    ],
)
def test_garbage(text: str, garbage: bool) -> None:
    assert is_garbage(text) is garbage


@pytest.mark.parametrize(
    ("array", "shown"),
    [
        (b"(ab)-20(c)", ("abc", 1.52, 3)),
        (b"[ignored", None),
        (b" (ab) 5 (c) -300 ", ("abc", 1.495, 3)),
        (b"<61>-20<62>", ("ab", 1.02, 2)),
        (b"(a)-20<62>", None),  # of two kinds: read one by one
        (b"(a\\()-20(b)", ("a(b", 1.52, 3)),  # an escape
        (b"(a\\61)-20(6\\))", ("a16)", 2.02, 4)),  # its digits end with its string
        (b"(a\\\\)-20(b)", None),  # an escaped backslash before a bracket
        (b"<6>-20<1>", None),  # half a code
        (b"(a)5 5(b)", None),
        (b"(a)(b)", None),
    ],
)
def test_an_array_is_read_whole(array: bytes, shown: tuple[str, float, int] | None) -> None:
    found = Font(None, {code: chr(code) for code in range(256)}).kerned(array)
    if shown is None:
        assert found is None
    else:
        assert found is not None
        (text, width, codes, _), _, _ = found
        assert (text, codes) == (shown[0], shown[2])
        assert width == pytest.approx(shown[1])
