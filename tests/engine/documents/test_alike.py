"""Signatures of papers, and which hits go under one."""

from __future__ import annotations

import base64
import random

import pytest

from indexer.engine.documents.alike import FOLDED, SAME, Kept, groups, page, share, signature
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


def kept(name: str, alike: str = "", kind: str = "brief", replaces: str = "", **rest: str) -> Kept:
    older = tuple(replaces.split())
    return Kept(name, kind, rest.get("title"), rest.get("date"), alike, older)


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
    # what was replaced under what came in its place, wherever that stands: the newest on top
    ([kept("31"), kept("x"), kept("46", replaces="31")], [[2, 0], [1]]),
    ([kept("31"), kept("52", replaces="46"), kept("46", replaces="31")], [[1, 2, 0]]),
    ([kept("52", replaces="46"), kept("31")], [[0], [1]]),  # the one between is not among them
    ([kept("46", replaces="12 31"), kept("12"), kept("31")], [[0, 1, 2]]),
    ([kept("a", replaces="b"), kept("b", replaces="a")], [[1, 0]]),  # round and round
    # nearly the same as what was replaced: the newer version leads, not the like of the old one
    (
        [kept("31", of(TEXT)), kept("x", of(TEXT)), kept("46", of(OTHER), replaces="31")],
        [[2, 1, 0]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("hits", "expected"), HITS)
def test_groups(hits: list[Kept], expected: list[list[int]]) -> None:
    assert groups(hits) == expected


def test_a_row_tells_what_was_replaced() -> None:
    hits = [kept("31", of(TEXT)), kept("x", of(TEXT)), kept("46", replaces="31")]
    (row,) = page(hits, slice(0, 10)).rows
    assert (row.place, row.under, row.replaced) == (2, (1, 0), frozenset({0}))


def test_pages_of_folded_hits_meet_what_is_not_folded() -> None:
    hits = [kept(f"p{n}", of(TEXT) if n < 5 else "") for n in range(FOLDED)]
    pages = [page(hits, slice(n, n + 10)) for n in range(0, 120, 10)]
    places = [row.place for one in pages for row in one.rows]
    assert places == [0, *range(5, FOLDED)]
    rest = [at for one in pages for at in range(one.rest.start, one.rest.stop)]
    assert rest == list(range(FOLDED, 124))
    assert {one.folded for one in pages} == {4}


def test_hits_that_go_together_are_those_that_agree_in_enough_places() -> None:
    random_ = random.Random(5)
    for _ in range(60):
        rows: list[bytes] = []
        for _ in range(random_.randrange(1, 40)):
            row = bytearray(random_.choice(rows) if rows and random_.random() < 0.6 else bytes(64))
            for place in random_.sample(range(64), random_.choice((0, 5, 11, 12, 13, 14, 64))):
                row[place] = random_.randrange(256)
            rows.append(bytes(row))
        names = [f"p{n}#1" if random_.random() < 0.9 else "p0#2" for n in range(len(rows))]
        texts = [base64.b64encode(row).decode() if random_.random() < 0.9 else "" for row in rows]
        hits = [kept(name, text) for name, text in zip(names, texts, strict=True)]
        expected: list[list[int]] = []
        for at, hit in enumerate(hits):
            for group in expected:
                first = hits[group[0]]
                other = first.paper_id.partition("#")[0] != hit.paper_id.partition("#")[0]
                if other and share(first.alike, hit.alike) >= SAME:
                    group.append(at)
                    break
            else:
                expected.append([at])
        assert groups(hits) == expected
