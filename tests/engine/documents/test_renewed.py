"""A shelf made from the one before is the shelf that reading all cards again gives."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.documents import shelf
from indexer.engine.documents.cards import TEXTS, card_row, keyword_values
from indexer.engine.documents.packed_cards import pack, unpack
from indexer.engine.documents.renewed import renewed
from indexer.engine.documents.table import Documents
from indexer.paper import Paper, Passage, Person

KINDS = ("brief", "motie", "amendement", "Nota", "nota", "n ota", "no ta")


def rows(random_: random.Random, name: str) -> list[bytes]:
    """Return the cards of a paper with one to three passages."""
    people = tuple(
        Person(random_.choice(KINDS), role="indiener", party=random_.choice(("A", "B", None)))
        for _ in range(random_.randrange(3))
    )
    count = random_.randint(1, 3)
    passages = [Passage(f"{name}#{n}", "tekst", str(n), "tekst") for n in range(count)]
    paper = Paper(
        id=name,
        kind=random_.choice(KINDS),
        number=random_.choice(("12", "13", name)),
        date=random_.choice((None, "2020-01-02", "2021")),
        people=people,
        passages=tuple(passages),
    )
    lengths = [random_.randrange(300) for _ in TEXTS]
    card = card_row(paper, None), keyword_values(paper)
    return [pack(paper, p, lengths, None if n else card) for n, p in enumerate(passages)]


def same(mine: Documents, theirs: Documents) -> None:
    assert list(mine.paper_ids) == list(theirs.paper_ids)
    assert np.array_equal(mine.live, theirs.live)
    assert np.array_equal(mine.paper[mine.live], theirs.paper[theirs.live])
    assert np.array_equal(mine.dates[mine.live], theirs.dates[theirs.live])
    for name in TEXTS:
        assert np.array_equal(mine.lengths[name], theirs.lengths[name])
    for name, values in theirs.values.items():
        got = mine.values[name]
        assert list(got.names) == list(values.names)
        assert list(got.keys) == list(values.keys)
        for part in ("owners", "codes", "key_codes"):
            assert np.array_equal(getattr(got, part), getattr(values, part)), (name, part)


@pytest.mark.parametrize("seed", range(30))
def test_renewed(seed: int, tmp_path: Path) -> None:
    random_ = random.Random(seed)
    segments = [
        [(f"p{n}", row) for n in range(start, start + 6) for row in rows(random_, f"p{n}")]
        for start in (0, 6)
    ]
    names, cards = zip(*(segments[0] + segments[1]), strict=True)
    first_gone = {n for n in range(12) if random_.random() < 0.1}
    dead = [at for at, name in enumerate(names) if int(name[1:]) in first_gone]
    with (tmp_path / shelf.FILE).open("wb") as stream:
        shelf.write(stream, unpack(cards, dead))
    before = shelf.read(tmp_path / shelf.FILE)
    # Then papers go, some come back changed and others are new; sometimes a segment is merged.
    gone = first_gone | {n for n in range(12) if random_.random() < 0.3}
    again = [f"p{n}" for n in sorted(gone) if random_.random() < 0.5]
    fresh = [row for name in (*again, "a1", "z1") for row in rows(random_, name)]
    drop_first = random_.random() < 0.3
    skip = len(segments[0]) if drop_first else 0
    old = [(at, row) for at, row in enumerate(cards) if at >= skip]
    came = np.array([at for at, _ in old] + [-1] * len(fresh), np.int64)
    live = np.array([int(names[at][1:]) not in gone for at, _ in old] + [True] * len(fresh))
    expected = unpack([row for _, row in old] + fresh, np.flatnonzero(~live).tolist())
    same(renewed(before, came, live, unpack(fresh, [])), expected)


def test_nothing_new(tmp_path: Path) -> None:
    cards = rows(random.Random(1), "p1") + rows(random.Random(2), "p2")
    with (tmp_path / shelf.FILE).open("wb") as stream:
        shelf.write(stream, unpack(cards, []))
    before = shelf.read(tmp_path / shelf.FILE)
    count = len(cards)
    got = renewed(before, np.arange(count), np.ones(count, np.bool_), unpack([], []))
    same(got, unpack(cards, []))
