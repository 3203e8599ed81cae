"""A small real index, with hostile text in it, and the application on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.analysis.tables import EMPTY
from indexer.cli import main
from indexer.engine.locate import engine_for
from indexer.paper import Page, Paper, Passage, Person
from indexer.paper_json import content_hash
from search_app.app import create_app
from search_app.settings import Settings
from tests.conftest import ROOT

HOSTILE = "<script>alert(1)</script><b>stikstof</b> & 'meer' \"nog\""
PAPERS = (
    Paper(
        id="kst-36200-VII-12",
        title="Lijst van vragen over de begroting",
        kind="vragenlijst",
        dossier="36200-VII",
        number="12",
        paper_ref="36 200 VII, nr. 12",
        date="2022-10-07",
        ministry="Binnenlandse Zaken en Koninkrijksrelaties",
        people=(Person("De Wit", "indiener", "D66"),),
        pages=(Page(1, "Waarom daalt de begroting?\n\nOmdat het minder kost."),),
        passages=(
            Passage(
                "kst-36200-VII-12#vraag-3",
                "vraag",
                "vraag-3",
                "Waarom daalt de begroting?\nOmdat het minder kost.",
                question="Waarom daalt de begroting?",
                answer="Omdat het minder kost.",
                page_first=1,
                page_last=1,
            ),
        ),
    ),
    Paper(
        id="vreemd#1",
        title=f"Titel {HOSTILE}",
        kind="overig",
        pages=(Page(1, HOSTILE),),
        passages=(Passage("vreemd#1#p1", "tekst", "p1", HOSTILE, page_first=1, page_last=1),),
    ),
)


def publish(location: Path, papers: Sequence[Paper] = PAPERS) -> str:
    """Publish papers as the next generation and return its name."""
    writer = engine_for(str(location)).writer(str(location), EMPTY)
    for paper in papers:
        writer.add(paper, content_hash(paper))
    list(writer.publish())
    return writer.generation


@pytest.fixture(scope="session")
def publish_papers() -> Callable[[Path], str]:
    """Return what publishes the papers once more."""
    return publish


@pytest.fixture(scope="session")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("search_app") / "index"
    publish(path)
    return str(path)


@pytest.fixture
def client(location: str) -> FlaskClient:
    return create_app(Settings(index=location)).test_client()


@pytest.fixture(scope="session")
def sample_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return the application on the sample papers."""
    folder = tmp_path_factory.mktemp("sample")
    main(["build", str(ROOT / "corpus/sample"), "--index", str(folder), "--ocr", "off"])
    return create_app(Settings(index=str(folder))).test_client()
