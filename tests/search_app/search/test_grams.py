"""Runs of five letters: what texts share, and what that weighs."""

from __future__ import annotations

import numpy as np
import pytest

from search_app.search.grams import codes, run_table, scores, wanted

WORDS = {"vergunning": 900, "bouwvergunning": 30, "schapen": 5, "het": 5000}


@pytest.mark.parametrize(
    ("some", "other", "shared"),
    [
        ("vergunningen", "Vergunning", 6),  # all runs of the shorter
        ("vergunning", "vergúnning", 6),  # accents apart
        ("bijhet huis", "het huis", 0),  # no run of five in short words
        ("vergunning", "ver gunning", 3),  # runs do not cross words
        ("abcd", "abcd", 0),
        ("", "iets anders", 0),
        ("€ 12.345,00 – “ja”", "§§§", 0),
    ],
)
def test_runs_shared(some: str, other: str, shared: int) -> None:
    assert len(np.intersect1d(codes(some), codes(other))) == shared


def test_rare_runs_weigh_more_and_unknown_ones_most() -> None:
    table = run_table(WORDS)
    common, rare, unknown = (
        table.weights(codes(word)[:1])[0] for word in ("vergunning", "schapen", "zeppelin")
    )
    assert common < rare < unknown


def test_run_table_counts_runs_over_words() -> None:
    table = run_table(WORDS)
    (place,) = np.flatnonzero(table.codes == codes("vergu")[0])
    assert table.counts[place] == 930
    assert table.total == 5935


def test_empty_corpus_and_empty_texts_score_nothing() -> None:
    table = run_table({})
    assert scores(wanted("", table), [codes("vergunning")], 10).tolist() == [0.0]
    assert scores(wanted("vergunning", table), [codes("")], 0).tolist() == [0.0]


def test_the_passage_with_more_of_the_question_scores_more() -> None:
    question = wanted("Hoeveel bouwvergunningen zijn er voor schapen?", run_table(WORDS))
    texts = ["De vergunning voor schapenstallen.", "Een vergunning.", "Iets heel anders."]
    first, second, third = scores(question, [codes(text) for text in texts], 20)
    assert first > second > third == 0
