"""One index written by many processes: every paper once, whoever comes first, whoever dies."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.analysis.tables import EMPTY
from indexer.cli import main
from indexer.engine.errors import EngineError, LockedError
from indexer.engine.locate import engine_for
from indexer.engine.opensearch.engine import OpenSearchEngine
from indexer.engine.query import Everything, Term
from indexer.engine.results import SearchRequest
from indexer.engine.share import Share
from indexer.paper import Paper, Passage, Source
from indexer.paper_json import content_hash
from tests.conftest import ROOT, typeset
from tests.opensearch.nodes import Nodes

pytestmark = pytest.mark.opensearch
MANY = 60


@pytest.fixture
def location(one_node: Nodes) -> str:
    return one_node.location(f"delen{uuid.uuid4().hex[:10]}")


def write_list(path: Path, texts: dict[str, str]) -> Path:
    rows = (json.dumps({"id": name, "text": text}) for name, text in texts.items())
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def start(
    sources: Sequence[Path], location: str, store: Path, share: str
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "indexer", "build", *map(str, sources), "--index", location]
    command += ["--store", str(store), "--share", share, "--workers", "1", "--ocr", "off", "--json"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def build(sources: Sequence[Path], location: str, store: Path, shares: Sequence[str]) -> int:
    """Build shares at once and return how many papers they said to have."""
    running = [start(sources, location, store, share) for share in shares]
    papers = 0
    for process in running:
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err.decode()
        papers += json.loads(out.splitlines()[-1])["papers"]
    return papers


def held(location: str, query: Everything | Term) -> list[str]:
    index = engine_for(location).open(location)
    found = index.search(SearchRequest(query, size=200))
    index.close()
    assert found.total == len(found.hits)
    return sorted(hit.paper_id for hit in found.hits)


def test_three_processes_write_every_paper_once(
    location: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {f"stuk-{n}": f"Het gaat over onderwerp {n} en stikstof." for n in range(MANY)}
    folder = tmp_path / "pdf"
    folder.mkdir()
    for n in range(6):
        typeset(folder / f"brief-{n}.pdf", [f"Een brief over waterschap {n}.", "Hoogachtend,"])
    sources = [write_list(tmp_path / "lijst.jsonl", texts), folder]
    shares = ["1/3", "2/3", "3/3"]
    store = tmp_path / "store"
    assert build(sources, location, store, shares[:2]) < MANY + 6
    assert main(["publish", location]) == 1
    assert "3/3" in capsys.readouterr().err  # says which share is missing
    assert main(["build", str(sources[0]), "--index", location, "--store", str(store)]) == 1
    assert "publish" in capsys.readouterr().err  # and that a divided build is going on
    build(sources, location, store, shares)  # the third, and the others once more
    assert main(["publish", location]) == 0
    assert len(held(location, Everything())) == MANY + 6
    assert len(held(location, Term("waterschap"))) == 6
    assert engine_for(location).check(location) == ()

    # the next divided build: one changed, one gone, one new
    texts["stuk-7"] = "Nu over ganzen."
    del texts["stuk-8"]
    texts["nieuw"] = "Ook over ganzen."
    write_list(tmp_path / "lijst.jsonl", texts)
    assert build(sources, location, store, shares) == MANY + 6
    assert main(["publish", location]) == 0
    assert held(location, Term("ganzen")) == ["nieuw", "stuk-7"]
    assert "stuk-8" not in held(location, Everything())
    # and back
    assert len(engine_for(location).generations(location)) == 2
    assert main(["rollback", location]) == 0
    assert held(location, Term("ganzen")) == []
    capsys.readouterr()
    assert main(["generations", location, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["published"] for row in rows] == [False, True]


def shared_engine(location: str) -> OpenSearchEngine:
    engine = engine_for(location)
    assert isinstance(engine, OpenSearchEngine)
    return engine


def test_another_number_of_shares_is_refused_and_a_draft_can_be_thrown_away(location: str) -> None:
    engine = shared_engine(location)
    engine.join(location, EMPTY, Share(1, 3))
    with pytest.raises(EngineError, match="--share 1/3"):
        engine.join(location, EMPTY, Share(1, 4))
    with pytest.raises(LockedError, match="publish"):
        engine.writer(location, EMPTY)
    engine.publish(location, abandon=True)
    with pytest.raises(EngineError, match="--share"):
        engine.publish(location)
    engine.writer(location, EMPTY).abandon()


def pdf_paper(name: str, file: str, text: str) -> Paper:
    passage = Passage(f"{name}#p1", "tekst", "p1", text)
    source = Source(file, f"{abs(hash(file)):064x}"[-64:], 1, "test")
    return Paper(id=name, passages=(passage,), source=source)


def files_of(share: Share, count: int) -> list[str]:
    return [name for n in range(100) if share.holds(name := f"{n}.pdf")][:count]


def test_an_id_that_files_of_two_shares_claim_loses_neither(location: str) -> None:
    engine = shared_engine(location)
    writers = [engine.join(location, EMPTY, Share(n, 2)) for n in (1, 2)]
    for number, writer in enumerate(writers, 1):
        (file,) = files_of(Share(number, 2), 1)
        paper = pdf_paper("kst-1-2", file, f"tekst van deel {number}")
        writer.add(paper, content_hash(paper), Path("/er/niet.pdf"))
        list(writer.publish())
    engine.publish(location)
    names = held(location, Term("tekst"))
    assert names[0] == "kst-1-2"
    assert names[1].startswith("kst-1-2~")
    index = engine.open(location)
    second = index.paper(names[1])
    index.close()
    assert second is not None
    assert second.passages[0].id == f"{names[1]}#p1"


def test_a_share_that_died_is_done_again_without_doubles(location: str) -> None:
    engine = shared_engine(location)
    share = Share(1, 1)
    papers = [pdf_paper(f"p{n}", f"{n}.pdf", f"woord{n}") for n in range(20)]
    first = engine.join(location, EMPTY, share)
    for paper in papers[:12]:
        first.add(paper, content_hash(paper), Path("/er/niet.pdf"))
    first._draft.flush()  # and then it dies
    again = engine.join(location, EMPTY, share)
    assert len(again.contents()) == 12
    for paper in papers:
        again.add(paper, content_hash(paper), Path("/er/niet.pdf"))
    list(again.publish())
    engine.publish(location)
    assert len(held(location, Everything())) == 20


def test_a_share_with_other_tables_takes_those_of_the_draft(location: str) -> None:
    engine = shared_engine(location)
    engine.join(location, replace(EMPTY, vocabulary="stikstof 3"), Share(1, 2))
    second = engine.join(location, replace(EMPTY, vocabulary="ganzen 9"), Share(2, 2))
    assert second._draft.tables.words() == {"stikstof": 3}
    engine.publish(location, abandon=True)


def test_a_directory_cannot_be_written_in_shares(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_list(tmp_path / "lijst.jsonl", {"een": "tekst"})
    place = str(tmp_path / "index")
    assert main(["build", str(source), "--index", place, "--share", "1/2"]) == 1
    assert "OpenSearch" in capsys.readouterr().err
    assert main(["publish", place]) == 1
