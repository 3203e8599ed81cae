"""The shelf of a generation: what was written is what is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.engine import shelf
from indexer.engine.arrays_file import ArraysFileError
from indexer.engine.cards import TEXTS, Shelf, card_row, keyword_values
from indexer.engine.packed_cards import pack, unpack
from indexer.paper import Paper, Passage


def paper(name: str, kind: str, title: str = "") -> Paper:
    passages = (Passage(f"{name}#1", "tekst", "1", "tekst"),)
    return Paper(id=name, kind=kind, title=title, passages=passages)


PASSAGE = Passage("a#1", "tekst", "1", "tekst")


def made() -> Shelf:
    papers = [
        replace(paper("b", "brief", "Brief – één"), date="2022-12-13", ministry="Financiën"),
        paper("a", "motie", "Motie"),
        paper("weg", "nota"),
    ]
    lengths = range(len(TEXTS))
    rows = [
        pack(p, PASSAGE, lengths, (card_row(p, "/een/stuk.pdf"), keyword_values(p))) for p in papers
    ]
    return unpack([*rows, pack(papers[0], PASSAGE, [70_000] * len(TEXTS), None)], [2])


def test_round(tmp_path: Path) -> None:
    before = made()
    with (tmp_path / shelf.FILE).open("wb") as stream:
        shelf.write(stream, before)
    after = shelf.read(tmp_path / shelf.FILE)
    assert list(after.cards) == list(before.cards)
    assert list(after.labels) == list(before.labels) == [("a#1", "1", None)] * 4
    assert [card.title for card in after.cards[:1]] == ["Motie"]
    mine, other = after.documents, before.documents
    assert list(mine.paper_ids) == list(other.paper_ids) == ["a", "b"]
    assert mine.count == 3
    for name in ("live", "paper", "dates"):
        assert np.array_equal(getattr(mine, name), getattr(other, name))
        assert getattr(mine, name).dtype == getattr(other, name).dtype
    for name in TEXTS:
        assert np.array_equal(mine.lengths[name], other.lengths[name])
        assert mine.mean_length(name) == other.mean_length(name)
    assert mine.values.keys() == other.values.keys()
    for name, values in other.values.items():
        assert list(mine.values[name].names) == list(values.names)
        assert np.array_equal(mine.values[name].owners, values.owners)
        assert np.array_equal(mine.values[name].codes, values.codes)


def test_no_card_beyond_the_last(tmp_path: Path) -> None:
    with (tmp_path / shelf.FILE).open("wb") as stream:
        shelf.write(stream, made())
    with pytest.raises(IndexError):
        shelf.read(tmp_path / shelf.FILE).cards[2]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / shelf.FILE).write_bytes(b"")
    with pytest.raises(ArraysFileError):
        shelf.read(tmp_path / shelf.FILE)
