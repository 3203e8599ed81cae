"""Content streams: what operators paint and where, common and odd ways of writing them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import tokens
from indexer.extract.content import Content
from indexer.extract.fonts import Font
from indexer.extract.fragments import IDENTITY, Fragment, Matrix

LETTERS = Font(None, {code: chr(code) for code in range(256)})
"""Every code shows its Latin-1 character, half a type size wide."""


class Names:
    """Resources with one font; what is painted by name is noted."""

    def __init__(self) -> None:
        self.painted: list[tuple[str, Matrix]] = []

    def font(self, name: str) -> Font | None:
        return LETTERS if name == "F" else None

    def paint(self, name: str, matrix: Matrix) -> None:
        self.painted.append((name, matrix))


def run(data: bytes) -> tuple[list[Fragment], Names]:
    fragments: list[Fragment] = []
    names = Names()
    Content(IDENTITY, names, fragments).run(data)
    return fragments, names


def shown(data: bytes) -> list[tuple[str, float, float]]:
    return [(f.text, round(f.x0, 3), round(f.y0, 3)) for f in run(data)[0]]


CONTENT = [
    # (content, what is shown and where)
    (b"BT /F 10 Tf 5 7 Td (ab) Tj ET", [("ab", 5, 7)]),
    (b"BT/F 10 Tf 5 7 Td(ab)Tj ET", [("ab", 5, 7)]),
    (b"BT /F 10 Tf 1 0 0 1 5 7 Tm <6162> Tj ET", [("ab", 5, 7)]),
    (b"BT /F 10 Tf 5 7 Td [(a) -20 (b)] TJ ET", [("ab", 5, 7)]),  # kerning
    (b"BT /F 10 Tf 5 7 Td [(a) -300 (b)] TJ ET", [("a b", 5, 7)]),  # a space
    (b"BT /F 10 Tf 5 7 Td [(a) -2000 (b)] TJ ET", [("a", 5, 7), ("b", 30, 7)]),  # a column
    (b"BT /F 10 Tf 5 7 Td [(a)-300(b)]TJ 0 -12 TD (c) Tj T* (d) Tj ET",
     [("a b", 5, 7), ("c", 5, -5), ("d", 5, -17)]),
    (b"BT /F 10 Tf 12 TL 5 30 Td (a) ' (b) ' ET", [("a", 5, 18), ("b", 5, 6)]),
    (b"BT /F 10 Tf 12 TL 5 30 Td (a)' (b)' ET", [("a", 5, 18), ("b", 5, 6)]),
    (b'BT /F 10 Tf 12 TL 5 30 Td 1 2 (a b) " ET', [("a b", 5, 18)]),
    (b"BT /F 10 Tf 5 7 Td (a\\(b\\)c\\101\\n) Tj ET", [("a(b)cA ", 5, 7)]),
    (b"BT /F 10 Tf 5 7 Td (a(b(c)d)e) Tj ET", [("a(b(c)d)e", 5, 7)]),
    (b"BT /F 10 Tf 5 7 Td [(a(b)) -300 (c)] TJ ET", [("a(b) c", 5, 7)]),
    (b"q 2 0 0 2 10 20 cm BT /F 10 Tf 5 7 Td (a) Tj ET Q BT /F 10 Tf 1 1 Td (b) Tj ET",
     [("a", 20, 34), ("b", 1, 1)]),
    # what follows at once upon a place, and upon anything else
    (b"BT /F 10 Tf 12 TL 5 7 Td(a)' 3 Tc(b)Tj 1 g[(c)]TJ<64>Tj 2 0 Td(e) ET",
     [("a", 5, -5), ("b", 10, -5), ("c", 18, -5), ("d", 26, -5)]),
    # what is brought back and saved again at once, also when nothing was saved
    (b"/F 10 Tf q 2 0 0 2 0 0 cm BT 5 7 Td (a) Tj ET Q q 0 0 9 9 re W n BT 5 7 Td (b) Tj ET Q",
     [("a", 10, 14), ("b", 5, 7)]),
    (b"/F 10 Tf Q q BT 5 7 Td (a) Tj ET 2 0 0 2 0 0 cm Q BT 5 7 Td (b) Tj ET",
     [("a", 5, 7), ("b", 5, 7)]),
    # numbers to Python, none in a PDF: a place on the page stays a number
    (b"BT /F 10 Tf 5 7 Td [(a) nan (b) inf (c)] TJ (d) Tj ET", [("abc", 5, 7), ("d", 20, 7)]),
    (b"BT /F 10 Tf 5 Ts 5 7 Td (a) Tj ET", [("a", 5, 12)]),
    (b"BT /F 10 Tf 50 Tz 5 7 Td (a) Tj (b) Tj ET", [("a", 5, 7), ("b", 7.5, 7)]),
    (b"BT /F 10 Tf 3 Tc 5 7 Td (ab) Tj (c) Tj ET", [("ab", 5, 7), ("c", 21, 7)]),
    (b"BT /F 10 Tf 4 Tw 5 7 Td (a b) Tj (c) Tj ET", [("a b", 5, 7), ("c", 24, 7)]),
    (b"/P <</MCID 0>> BDC BT /F 10 Tf 5 7 Td (a) Tj ET EMC", [("a", 5, 7)]),
    (b"/P <</A (x)>> BDC BT /F 10 Tf 5 7 Td (a) Tj ET EMC", [("a", 5, 7)]),
    (b"1 0 0 RG 5 5 m 9 9 l S /G gs BT /F 10 Tf 5 7 Td (a) Tj ET", [("a", 5, 7)]),
    (b"% een opmerking (x) Tj\nBT /F 10 Tf 5 7 Td (a) Tj ET", [("a", 5, 7)]),
    (b"BI /W 1 /H 1 ID \x00(x) Tj\x01 EI BT /F 10 Tf 5 7 Td (a) Tj ET", [("a", 5, 7)]),
    (b"BT /X 10 Tf 5 7 Td (a) Tj ET", []),  # no such font
    (b"BT /F 10 Tf 7 Td (a) Tj ET", [("a", 0, 0)]),  # too few operands: ignored
    (b"BT\x00/F\x0010\x00Tf\x005\x007\x00Td\x00(a)\x00Tj\x00ET", [("a", 5, 7)]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), CONTENT)
def test_content(content: bytes, expected: list[tuple[str, float, float]]) -> None:
    assert shown(content) == expected


def test_end_and_size_of_a_fragment() -> None:
    (fragment,), _ = run(b"q 2 0 0 2 0 0 cm BT /F 10 Tf 5 7 Td (abc) Tj ET Q")
    assert (fragment.x0, fragment.x1, fragment.size) == (10, 40, 20)


def test_text_that_is_not_painted_or_white() -> None:
    fragments, _ = run(
        b"BT /F 10 Tf 3 Tr (a) Tj 0 Tr 1 g (b) Tj 0 0 0 rg (c) Tj 1 1 1 rg (d) Tj "
        b"0 0 0 0 k (e) Tj ET"
    )
    assert [(f.text, f.hidden, f.white) for f in fragments] == [
        ("a", True, False), ("b", False, True), ("c", False, False), ("d", False, True),
        ("e", False, True),
    ]  # fmt: skip


def test_forms_and_images_are_painted_by_name() -> None:
    _, names = run(b"q 2 0 0 3 4 5 cm /Im#31 Do Q /Fm0 Do")
    assert names.painted == [("Im1", (2, 0, 0, 3, 4, 5)), ("Fm0", IDENTITY)]


PIECES = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from(
            [b"BT ", b"ET ", b"/F 9 Tf ", b"(a(b) Tj ", b"[(a) 5", b"] TJ ", b"<<", b">> BDC ",
             b"1 0 0 1 2 3 cm ", b"q ", b"Q ", b"BI ID ", b"EI ", b"\\", b"(", b")", b"% ", b"\n",
             b"--1 ", b"1e9 ", b"/A Do ", b"\x00", b"T* ", b"' ", b'" ']
        ),
    ),
    max_size=30,
)  # fmt: skip


@given(PIECES)
def test_any_bytes_end(pieces: list[bytes]) -> None:
    fragments, _ = run(b"".join(pieces))
    assert all(isinstance(fragment.text, str) for fragment in fragments)


@pytest.mark.parametrize(
    ("written", "value"),
    [(b"5", 5), (b"-.5", -0.5), (b"--5", -5), (b"1-2", 1), (b".", 0), (b"+3", 3)],
)
def test_numbers(written: bytes, value: float) -> None:
    assert tokens.number(written) == value
