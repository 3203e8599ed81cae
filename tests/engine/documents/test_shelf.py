"""The shelf of a generation: what was written is what is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.engine.arrays.file import ArraysFileError
from indexer.engine.arrays.rows import Rows
from indexer.engine.documents import shelf
from indexer.engine.documents.cards import TEXTS, card_row, keyword_values
from indexer.engine.documents.packed_cards import card_of, label_of, pack, unpack
from indexer.engine.documents.table import Documents
from indexer.paper import Paper, Passage


def paper(name: str, kind: str, title: str = "") -> Paper:
    passages = (Passage(f"{name}#1", "tekst", "1", "tekst"),)
    return Paper(id=name, kind=kind, title=title, passages=passages)


PASSAGE = Passage("a#1", "tekst", "1", "tekst")


def rows() -> list[bytes]:
    papers = [
        replace(paper("b", "brief", "Brief – één"), date="2022-12-13", ministry="Financiën"),
        paper("a", "motie", "Motie"),
        paper("weg", "nota"),
    ]
    lengths = range(len(TEXTS))
    packed = [
        pack(p, PASSAGE, lengths, (card_row(p, "/een/stuk.pdf"), keyword_values(p))) for p in papers
    ]
    return [*packed, pack(papers[0], PASSAGE, [70_000] * len(TEXTS), None)]


def made() -> Documents:
    return unpack(rows(), [2])


def test_round(tmp_path: Path) -> None:
    before = made()
    with (tmp_path / shelf.FILE).open("wb") as stream:
        shelf.write(stream, before)
    mine, other = shelf.read(tmp_path / shelf.FILE), before
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


def test_the_card_and_the_label_of_a_document() -> None:
    first, second, _, again = rows()
    assert label_of(first) == label_of(again) == ("a#1", "1", None)
    assert (card_of(first).title, card_of(first).date) == ("Brief – één", "2022-12-13")
    assert (card_of(second).paper_id, card_of(second).pdf) == ("a", "/een/stuk.pdf")
    with pytest.raises(IndexError):
        card_of(again)  # of another passage than the first


def test_the_first_document_of_a_paper() -> None:
    assert made().first_of_papers.tolist() == [1, 0]
    assert unpack([rows()[0], *rows()], [0]).first_of_papers.tolist() == [2, 1, 3]


def test_values_are_made_when_they_are_asked_for() -> None:
    asked: list[int] = []

    def double(at: int) -> int:
        asked.append(at)
        return 2 * at

    found = Rows(3, double)
    assert asked == []
    assert (found[2], found[2], found[:2], len(found)) == (4, 4, [0, 2], 3)
    assert asked == [2, 0, 1]
    with pytest.raises(IndexError):
        found[3]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / shelf.FILE).write_bytes(b"")
    with pytest.raises(ArraysFileError):
        shelf.read(tmp_path / shelf.FILE)
