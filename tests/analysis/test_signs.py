"""Pieces in bits: how much a question is like a passage, against what floats say."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.analysis import signs
from indexer.analysis.embedding import passages_packed, questions
from indexer.analysis.signs import DIMENSIONS, PIECES, SIZE, Floats

CHANCE = np.random.default_rng(20221213)


def pieces(count: int) -> Floats:
    made: Floats = CHANCE.normal(size=(count, DIMENSIONS)).astype(np.float32)
    return made


def test_it_is_the_mean_of_the_best_cosine_of_each_piece() -> None:
    # more passages than are compared at once, some without pieces, some with more than are kept
    passages = [pieces(count) for count in (3, 0, PIECES + 9, 1, 0, *range(1, 60))]
    asked = signs.of_question(pieces(7))
    found = signs.likeness(asked, np.array([signs.of_passage(each) for each in passages]))
    middle, _ = signs.middles()
    for value, each in zip(found, passages, strict=True):
        row = np.where(each[:PIECES] > middle, 1, -1) / np.sqrt(DIMENSIONS)
        told = (asked @ row.T).max(axis=1).mean() if len(each) else 0
        if 0 < len(each) < PIECES:
            told += signs.GROWTH * np.log(PIECES / len(each))
        assert value == pytest.approx(told, abs=1e-5)


def test_pieces_of_a_question_have_length_one_whatever_all_have() -> None:
    _, middle = signs.middles()
    moved = signs.of_question(np.array([middle + 3, middle - 3, middle], np.float32))
    assert np.allclose(moved[0], 1 / np.sqrt(DIMENSIONS))
    assert np.allclose(moved[1], -moved[0])
    assert np.allclose(moved[2], 0)


def test_nothing_asked_is_like_nothing() -> None:
    kept = np.array([signs.of_passage(pieces(4))])
    assert signs.likeness(signs.of_question(pieces(0)), kept).tolist() == [0]
    assert signs.likeness(signs.of_question(pieces(2)), kept[:0]).tolist() == []


QUESTION = "Bent u bereid de subsidie voor het isoleren van huurwoningen te verlengen?"
TAKES_UP = "De subsidie voor het isoleren van huurwoningen wordt niet verlengd."
SAME_MATTER = "In 2023 zijn in totaal 4.100 aanvragen van verhuurders ontvangen en afgehandeld."


@pytest.mark.embedding
def test_an_answer_that_takes_up_its_question_is_like_it() -> None:
    """Nor does it matter what stands far behind; signs without letters are no pieces."""
    behind = " ".join(["Dit antwoord gaat verder over andere zaken."] * 30)
    texts = [TAKES_UP, SAME_MATTER, "… – ( ) !", TAKES_UP + " " + behind]
    packed = passages_packed(texts)
    assert packed.signs.shape == (4, SIZE)
    counts = packed.signs.reshape(4, PIECES, -1).any(axis=2).sum(axis=1)
    assert 10 < counts[0] < 30
    assert counts[2] == 0
    assert counts[3] == PIECES
    (asked,) = questions([QUESTION])
    found = signs.likeness(asked.pieces, packed.signs)
    assert found[0] > found[1] + 0.1
    assert found[3] > found[1] + 0.1
    assert found[2] == 0
