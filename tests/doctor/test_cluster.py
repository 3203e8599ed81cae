"""What `doctor` says of a real OpenSearch node, before a build, after it and while one runs."""

from __future__ import annotations

import json
import os
import uuid
from typing import Any

import pytest

from indexer.analysis.tables import EMPTY
from indexer.cli import main
from indexer.engine.fields import FIELDS
from indexer.engine.locate import engine_for
from indexer.engine.opensearch.address import parse
from indexer.engine.opensearch.client import Cluster
from indexer.engine.opensearch.control import LOCK, Control
from indexer.paper_json import content_hash
from tests.engine.published import paper
from tests.opensearch.nodes import Nodes

pytestmark = pytest.mark.opensearch


def rows(location: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, Any]]]:
    capsys.readouterr()
    code = main(["doctor", location, "--json"])
    return code, json.loads(capsys.readouterr().out)["findings"]


def test_an_index_in_opensearch(one_node: Nodes, capsys: pytest.CaptureFixture[str]) -> None:
    location = one_node.location(f"dokter{uuid.uuid4().hex[:10]}")
    code, before = rows(location, capsys)
    assert code == 0
    assert any(row["about"] == "index" and "nog geen index" in row["what"] for row in before)
    assert any("antwoordt" in row["what"] for row in before)
    assert any(row["about"] == "schijf" for row in before)

    writer = engine_for(location).writer(location, EMPTY)
    try:
        writer.add(paper("stuk", 1), content_hash(paper("stuk", 1)))
        _, during = rows(location, capsys)
        list(writer.publish())
    finally:
        writer.abandon()
    assert any(f"proces {os.getpid()} op" in row["what"] for row in during)
    assert not any(row["about"] == "afval" for row in during)

    code, after = rows(location, capsys)
    assert code == 0
    assert any(row["level"] == "goed" and "1 stukken" in row["what"] for row in after)
    assert not any(row["about"] in ("slot", "afval") for row in after)


def test_a_lock_of_a_process_that_died(one_node: Nodes, capsys: pytest.CaptureFixture[str]) -> None:
    location = one_node.location(f"dokter{uuid.uuid4().hex[:10]}")
    control = Control(Cluster(parse(location)))
    control.prepare()
    left = {"token": "x", "host": "elders", "process": 1, "since": "gisteren", "until": 1.0}
    assert control.create(LOCK, left)
    _, found = rows(location, capsys)
    (told,) = [row for row in found if row["about"] == "slot"]
    assert "proces 1 op elders" in told["what"]
    assert "neemt het slot over" in told["advice"]


def test_fields_of_another_version_are_named(
    one_node: Nodes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    location = one_node.location(f"dokter{uuid.uuid4().hex[:10]}")
    writer = engine_for(location).writer(location, EMPTY)
    writer.add(paper("stuk", 1), content_hash(paper("stuk", 1)))
    list(writer.publish())
    monkeypatch.setattr("indexer.engine.fields.FIELDS", FIELDS[:-1])
    code, found = rows(location, capsys)
    assert code == 1
    (told,) = [row for row in found if row["about"] == "versie"]
    assert f"niet meer: {FIELDS[-1].name}" in told["what"]
    assert "Bouw opnieuw" in told["advice"]
