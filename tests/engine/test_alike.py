"""Signatures of papers, and which hits go under one."""

from __future__ import annotations

import pytest

from indexer.engine.alike import FOLDED, SAME, Kept, groups, page, share, signature
from indexer.paper import Paper, Passage

TEXT = " ".join(
    f"De minister antwoordt het lid {name} dat de provincie {place} vergunning {n} heeft verleend."
    for n, (name, place) in enumerate(zip("ABCDEFGHIJ", "KLMNOPQRST", strict=True))
)
OTHER = (
    "Het aantal leerlingen op basisscholen daalt al jaren, en dat merken vooral kleine dorpen. " * 3
)


def of(text: str) -> str:
    return signature(Paper("x", passages=(Passage("x#p1", "tekst", "p1", text),)))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (TEXT, True),
        (TEXT.upper(), True),
        (TEXT.replace(" ", "\n"), True),  # other lines
        (TEXT.replace("minister", "mini-\nster"), True),  # a word broken at a line's end
        (TEXT.replace("minister", "ministér"), True),
        (TEXT + " Herdruk in verband met een tekstuele wijziging.", True),
        (OTHER, False),
        (TEXT[: len(TEXT) // 2] + OTHER, False),  # half of it
        ("", False),
    ],
)
def test_what_is_nearly_the_same(other: str, same: bool) -> None:
    assert (share(of(TEXT), of(other)) >= SAME) is same


def test_short_and_damaged_signatures_agree_with_nothing() -> None:
    assert of("Een kort bericht.") == ""
    assert share("", of(TEXT)) == 0.0
    assert share("geen base64!", of(TEXT)) < SAME


def kept(name: str, alike: str = "", kind: str = "brief", **rest: str) -> Kept:
    return Kept(name, kind, rest.get("title"), rest.get("date"), alike)


ASKED = "Vragen van het lid De Wit over de veerdienst"
HITS = [
    ([], []),
    ([kept("a", of(TEXT)), kept("b", of(OTHER)), kept("c", of(TEXT))], [[0, 2], [1]]),
    ([kept("a"), kept("b")], [[0], [1]]),  # nothing is known of short ones
    ([kept("a#1", of(TEXT)), kept("a#2", of(TEXT))], [[0], [1]]),  # parts of one paper
    # a notice of delay under its answer, whichever comes first
    (
        [
            kept("u", kind="uitstel", title=ASKED, date="2024-01-01"),
            kept("x"),
            kept("w", kind="antwoord", title=ASKED.upper(), date="2024-02-01"),
        ],
        [[2, 0], [1]],
    ),
    # but not under an answer of before it, nor by a title that says nothing
    (
        [
            kept("w", kind="antwoord", title=ASKED, date="2024-01-01"),
            kept("u", kind="uitstel", title=ASKED, date="2024-02-01"),
        ],
        [[0], [1]],
    ),
    (
        [kept("w", kind="antwoord", title="Vragen"), kept("u", kind="uitstel", title="Vragen")],
        [[0], [1]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("hits", "expected"), HITS)
def test_groups(hits: list[Kept], expected: list[list[int]]) -> None:
    assert groups(hits) == expected


def test_pages_of_folded_hits_meet_what_is_not_folded() -> None:
    hits = [kept(f"p{n}", of(TEXT) if n < 5 else "") for n in range(FOLDED)]
    pages = [page(hits, slice(n, n + 10)) for n in range(0, 120, 10)]
    places = [row.place for one in pages for row in one.rows]
    assert places == [0, *range(5, FOLDED)]
    rest = [at for one in pages for at in range(one.rest.start, one.rest.stop)]
    assert rest == list(range(FOLDED, 124))
    assert {one.folded for one in pages} == {4}
