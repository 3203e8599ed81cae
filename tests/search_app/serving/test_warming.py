"""A generation takes over when it has been warmed; nobody waits for that but the very first."""

from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.engine.interface import Index
from indexer.paper import Paper, Passage
from search_app.app import create_app
from search_app.search import completion, suggest
from search_app.serving.holder import IndexHolder
from search_app.serving.warming import warm
from search_app.settings import Settings
from search_app.web.shared import HOLDER
from tests.search_app.conftest import publish


def papers(number: int) -> list[Paper]:
    passage = Passage("p#1", "tekst", "1", f"De begroting van generatie {number}.")
    return [Paper(id="p", title=f"Titel {number}", kind="brief", passages=(passage,))]


def generation(holder: IndexHolder) -> str:
    with holder.use() as index:
        return index.summary.generation


def test_the_old_one_answers_until_the_new_one_is_warm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_app.serving.holder.CHECK_SECONDS", 0.0)
    go_on, begun = threading.Event(), threading.Event()
    warmed: list[str] = []

    def slowly(index: Index) -> None:
        begun.set()
        assert go_on.wait(30)
        warmed.append(index.summary.generation)

    publish(tmp_path, papers(1))
    holder = IndexHolder(str(tmp_path), warmed=slowly, background=True)
    go_on.set()
    old = generation(holder)
    assert warmed == [old]
    go_on.clear()
    begun.clear()
    publish(tmp_path, papers(2))
    assert generation(holder) == old
    assert begun.wait(30)
    assert [generation(holder) for _ in range(5)] == [old] * 5
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(30)
    assert generation(holder) != old
    assert warmed == [old, generation(holder)]
    holder.close()


def test_what_a_visitor_would_wait_for_is_made(tmp_path: Path) -> None:
    publish(tmp_path, papers(1))
    app = create_app(Settings(index=str(tmp_path)), warmed=True)
    with app.extensions[HOLDER].use() as index:
        assert index.summary.words in suggest._SPELLERS._made
        assert index in completion._lists


def test_what_goes_wrong_is_told_and_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boem")

    monkeypatch.setattr("search_app.serving.warming.completions", broken)
    publish(tmp_path, papers(1))
    with IndexHolder(str(tmp_path), warmed=warm).use() as index:
        assert index.summary.papers == 1
    assert "opgewarmd" in caplog.text


def test_nobody_waits_for_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, papers(1))
    app = create_app(Settings(index=str(tmp_path)), warmed=True)
    compiled: list[str | None] = []
    monkeypatch.setattr(
        app.jinja_env, "compile", lambda source, name=None, *_: compiled.append(name)
    )
    for path in ("/", "/?q=begroting", "/papers/p", "/antwoorden", "/uitleg", "/bestaat-niet"):
        app.test_client().get(path)
    assert compiled == []


def test_an_old_generation_goes_without_the_collector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The collector is kept off what is open: a circle in it would never be freed."""
    monkeypatch.setattr("search_app.serving.holder.CHECK_SECONDS", 0.0)
    publish(tmp_path, papers(1))
    app = create_app(Settings(index=str(tmp_path)), warmed=True)
    gc.disable()
    try:
        with app.extensions[HOLDER].use() as index:
            old = weakref.ref(index)
        del index
        assert gc.get_freeze_count() > 0
        visit(app.test_client())
        publish(tmp_path, papers(2))
        visit(app.test_client())
        for thread in threading.enumerate():
            if thread.name == "index":
                thread.join(30)
        visit(app.test_client())
        assert old() is None
    finally:
        gc.enable()
        gc.unfreeze()


def visit(client: FlaskClient) -> None:
    """Do what keeps things of a generation: search, complete, open a paper, ask."""
    for path in (
        "/?q=begroting",
        "/?q=begrotimg",
        "/api/v1/suggest?q=beg",
        "/papers/p?q=begroting",
    ):
        assert client.get(path).status_code == 200
    asked = {"vraag": "1. Wat is de begroting? 2. En de generatie?"}
    assert client.post("/antwoorden", data=asked).status_code == 200
