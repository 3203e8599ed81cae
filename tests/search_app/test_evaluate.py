"""Measures against values worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_app.evaluate import TopicsError, evaluate, read_qrels, read_topics, write_run


def test_measures_by_hand() -> None:
    run = {"a": [("x", 3.0), ("goed", 2.0)], "b": [("goed", 1.0)], "c": [("x", 1.0)]}
    qrels = {"a": {"goed": 1}, "b": {"goed": 2, "ook": 1}, "c": {"goed": 0}}
    found = evaluate(run, qrels)
    assert found.topics == 2  # nothing is relevant for c
    assert found.measures["MRR@10"] == pytest.approx((0.5 + 1) / 2)
    assert found.measures["recall@10"] == pytest.approx((1 + 0.5) / 2)
    assert found.measures["nDCG@10"] == pytest.approx((0.63093 + 2 / 2.63093) / 2, abs=1e-4)


def test_files(tmp_path: Path) -> None:
    topics, qrels, out = tmp_path / "t", tmp_path / "q", tmp_path / "run"
    topics.write_text("qid\tquery\textra\n1\teen vraag\tx\n", "utf-8")
    qrels.write_text("qid\t0\tdocid\trel\n1\t0\tkst-1-2\t2\n", "utf-8")
    assert read_topics(topics) == {"1": "een vraag"}
    assert read_qrels(qrels) == {"1": {"kst-1-2": 2}}
    write_run({"1": [("kst-1-2", 1.5)]}, out)
    assert out.read_text("utf-8") == "1 Q0 kst-1-2 1 1.500000 kamerzoek\n"
    with pytest.raises(TopicsError):
        read_topics(tmp_path / "weg")
