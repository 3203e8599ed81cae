"""Measures against values worked out by hand, and against ir_measures."""

from __future__ import annotations

import json
import random
from pathlib import Path

import ir_measures
import pytest

from search_app.cli import main
from search_app.measuring.evaluate import (
    NAMES,
    Qrels,
    Run,
    TopicsError,
    compare,
    evaluate,
    read_qrels,
    read_run,
    read_topics,
    targets,
    write_run,
)
from search_app.measuring.evaluation import evaluation_lines, evaluation_report
from tests.conftest import Built


def test_measures_by_hand() -> None:
    run = {"a": [("x", 3.0), ("goed", 2.0)], "b": [("goed", 1.0)], "c": [("x", 1.0)]}
    qrels = {"a": {"goed": 1}, "b": {"goed": 2, "ook": 1}, "c": {"goed": 0}}
    found = evaluate(run, qrels)
    assert found.topics == 2  # nothing is relevant for c
    assert found.measures["MRR@10"] == pytest.approx((0.5 + 1) / 2)
    assert found.measures["recall@10"] == pytest.approx((1 + 0.5) / 2)
    assert found.measures["nDCG@10"] == pytest.approx((0.63093 + 2 / 2.63093) / 2, abs=1e-4)


def chance(seed: int) -> tuple[Run, Qrels]:
    """Return a random run of 30 topics and graded judgements, some of papers not retrieved."""
    draw = random.Random(seed)
    run, qrels = {}, {}
    for topic in map(str, range(30)):
        papers = [f"p{number}" for number in range(150)]
        draw.shuffle(papers)
        run[topic] = [(paper, 200.0 - place) for place, paper in enumerate(papers[:100])]
        qrels[topic] = {paper: draw.randint(0, 2) for paper in draw.sample(papers, 12)}
    return run, qrels


@pytest.mark.parametrize("seed", range(5))
def test_ir_measures_agrees(seed: int) -> None:
    run, qrels = chance(seed)
    theirs = {
        "MRR@10": ir_measures.RR @ 10,
        "nDCG@10": ir_measures.nDCG @ 10,
        "recall@10": ir_measures.R @ 10,
        "recall@100": ir_measures.R @ 100,
    }
    scores = {topic: dict(hits) for topic, hits in run.items()}
    expected = ir_measures.calc_aggregate(list(theirs.values()), qrels, scores)
    found = evaluate(run, qrels).measures
    for name, measure in theirs.items():
        assert found[name] == pytest.approx(expected[measure])


def test_targets_are_the_papers_of_the_highest_grade() -> None:
    assert targets({"a": {"x": 2, "y": 1}, "b": {"z": 1}}) == {"a": {"x": 2}, "b": {"z": 1}}


def test_intervals_hold_the_mean_and_shrink_with_more_topics() -> None:
    few, many = chance(1), chance(1)
    many[0].update({f"n{t}": hits for t, hits in chance(2)[0].items()})
    many[1].update({f"n{t}": rows for t, rows in chance(2)[1].items()})
    small, large = evaluate(*few), evaluate(*many)
    for name in NAMES:
        low, high = small.intervals[name]
        assert low <= small.measures[name] <= high
    assert _width(large.intervals["recall@100"]) < _width(small.intervals["recall@100"])


def _width(bounds: tuple[float, float]) -> float:
    return bounds[1] - bounds[0]


def test_differences_name_the_topics_that_moved() -> None:
    qrels = {"a": {"x": 1}, "b": {"x": 1}, "c": {"x": 1}}
    before = {"a": [("x", 1.0)], "b": [("y", 2.0), ("x", 1.0)], "c": [("x", 1.0)]}
    after = {"a": [("y", 2.0), ("x", 1.0)], "b": [("x", 1.0)], "c": [("x", 1.0)]}
    row = compare(evaluate(after, qrels), evaluate(before, qrels))[0]
    assert (row.measure, row.mean, row.better, row.worse) == ("MRR@10", 0.0, ("b",), ("a",))
    assert row.interval[0] <= 0 <= row.interval[1]
    report = evaluation_report(after, qrels, before) | {"seconds": 1.0}
    lines = list(evaluation_lines(report))
    assert any("1 beter, 1 slechter" in line for line in lines)
    assert "    beter: b 0.500 → 1.000" in lines
    assert "    slechter: a 1.000 → 0.500" in lines


def test_the_command_compares_with_a_stored_run(
    sample_index: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    topics, qrels, stored = tmp_path / "t", tmp_path / "q", tmp_path / "stored"
    topics.write_text("qid\tquery\n1\tbrancheorganisatie walstroom\n2\tstuurgroepen\n", "utf-8")
    qrels.write_text("qid\t0\tdocid\trel\n1\t0\tkst-31409-409\t1\n", "utf-8")
    stored.write_text("1 Q0 kst-31409-402 1 2.0 x\n1 Q0 kst-31409-409 2 1.0 x\n", "utf-8")
    asked = ["--topics", str(topics), "--qrels", str(qrels), "--against", str(stored)]
    asked += ["--run-out", str(tmp_path / "run")]
    assert main(["evaluate", "--index", str(sample_index.location), *asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    now = told["targets"]["MRR@10"]
    assert now != 0.5
    assert told["differences"][0]["moved"] == {"1": [0.5, now]}
    assert read_run(tmp_path / "run")["1"]


def test_files(tmp_path: Path) -> None:
    topics, qrels, out = tmp_path / "t", tmp_path / "q", tmp_path / "run"
    topics.write_text("qid\tquery\textra\n1\teen vraag\tx\n", "utf-8")
    qrels.write_text("qid\t0\tdocid\trel\n1\t0\tkst-1-2\t2\n", "utf-8")
    assert read_topics(topics) == {"1": "een vraag"}
    assert read_qrels(qrels) == {"1": {"kst-1-2": 2}}
    run = {"1": [("kst-1-2", 1.5), ("kst-1-3", 1.25)]}
    write_run(run, out)
    assert out.read_text("utf-8").startswith("1 Q0 kst-1-2 1 1.500000 kamerzoek\n")
    assert read_run(out) == run
    with pytest.raises(TopicsError):
        read_topics(tmp_path / "weg")
    with pytest.raises(TopicsError):
        read_run(qrels)
