"""Vectors of passages in a generation: what is nearest, within filters, and what stays theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from indexer.analysis import signs
from indexer.analysis.embedding import DIMENSIONS, Floats, Keys, Packed, key_of, pack
from indexer.analysis.tables import EMPTY
from indexer.engine.arrays import file as arrays_file
from indexer.engine.errors import EngineError
from indexer.engine.query import Everything, InField, Term
from indexer.engine.results import PassageRequest
from indexer.engine.vectors import FILE, GROUP, read
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.engine.whoosh_index import WhooshIndex
from indexer.paper import Paper, Passage
from indexer.paper_json import content_hash

ENGINE = WhooshEngine()


def vector(text: str) -> Floats:
    """Return a direction of its own for each text."""
    made = np.random.default_rng(key_of(text)).normal(size=DIMENSIONS)
    return (made / np.linalg.norm(made)).astype(np.float32)


def pieces(text: str) -> Floats:
    """Return a direction for each word, which is the same wherever it stands."""
    return np.array([vector(word) for word in text.split()], np.float32).reshape(-1, DIMENSIONS)


@dataclass
class Source:
    """Vectors by text, and which keys were asked for."""

    texts: Sequence[str]
    model: str = "proef 1"
    asked: list[int] = field(default_factory=list)

    def rows(self, keys: Keys) -> Packed:
        self.asked += [int(key) for key in keys]
        known = {key_of(text): vector(text) for text in self.texts}
        rows = [known.get(int(key), np.zeros(DIMENSIONS, np.float32)) for key in keys]
        by_key = {key_of(text): signs.of_passage(pieces(text)) for text in self.texts}
        kept = [by_key.get(int(key), np.zeros(signs.SIZE, np.uint8)) for key in keys]
        return pack(
            np.array(rows, np.float32).reshape(-1, DIMENSIONS),
            np.array(kept, np.uint8).reshape(-1, signs.SIZE),
        )


def paper(name: str, *texts: str, ministry: str = "Financiën") -> Paper:
    return Paper(
        name,
        kind="brief",
        ministry=ministry,
        date="2024-01-01",
        passages=tuple(
            Passage(f"{name}#p{n}", "tekst", f"p{n}", text) for n, text in enumerate(texts, 1)
        ),
    )


ONE = paper("een", "stikstof en natuur", "de brug is dicht", "")
TWO = paper("twee", "belasting op sparen", "stikstof en landbouw", ministry="Landbouw")
TEXTS = [p.text for each in (ONE, TWO) for p in each.passages if p.text] + ["nieuw"]


def publish(location: Path, papers: Sequence[Paper], source: Source | None) -> WhooshIndex:
    where = str(location)
    if source is None:
        writer = ENGINE.writer(where, EMPTY)
    else:
        writer = ENGINE.vector_writer(where, EMPTY, 1, source)
    has = writer.contents()
    for name in [name for name in has if name not in {each.id for each in papers}]:
        writer.delete(name)
    for each in papers:
        if has.get(each.id) != content_hash(each):
            writer.add(each, content_hash(each))
    list(writer.publish())
    return ENGINE.open(where)


def found(index: WhooshIndex, text: str, request: PassageRequest) -> list[tuple[str, float]]:
    (near,) = index.nearest(vector(text)[None], request)
    return [(index.passage(row.key).passage_id, round(row.score, 2)) for row in near.passages]


REQUESTS = (
    ("all of them but the empty one", PassageRequest(Everything()), 4),
    ("so many", PassageRequest(Everything(), size=2), 2),
    ("a filter", PassageRequest(Everything(), filters={"ministry": ("Landbouw",)}), 2),
    ("a date", PassageRequest(Everything(), date_to="2023"), 0),
    ("within", PassageRequest(Everything(), within=InField("ministry", Term("Landbouw"))), 2),
    ("without a paper", PassageRequest(Everything(), without=frozenset({"een"})), 2),
    ("without a passage", PassageRequest(Everything(), without=frozenset({"een#p1"})), 3),
    ("pairs only", PassageRequest(Everything(), pairs=True), 0),
)


@pytest.mark.parametrize(("case", "request_", "count"), REQUESTS, ids=[row[0] for row in REQUESTS])
def test_nearest_within_what_is_asked(
    tmp_path: Path, case: str, request_: PassageRequest, count: int
) -> None:
    index = publish(tmp_path, [ONE, TWO], Source(TEXTS))
    rows = found(index, "stikstof en landbouw", request_)
    expected = {
        passage.id: round(float(vector(passage.text) @ vector("stikstof en landbouw")), 2)
        for each in (ONE, TWO)
        for passage in each.passages
    }
    assert len(rows) == count, case
    assert [score for _, score in rows] == sorted((score for _, score in rows), reverse=True)
    assert all(abs(expected[name] - score) <= 0.011 for name, score in rows)


def test_cosines_are_those_of_brute_force(tmp_path: Path) -> None:
    texts = [f"passage {n}" for n in range(300)]
    index = publish(tmp_path, [paper("veel", *texts)], Source(texts))
    wanted = np.array([vector("passage 7"), vector("iets anders")])
    for near, each in zip(
        index.nearest(wanted, PassageRequest(Everything(), size=300)), wanted, strict=True
    ):
        brute = sorted((float(vector(text) @ each) for text in texts), reverse=True)
        told = [row.score for row in near.passages]
        assert np.allclose(told, brute, atol=0.01)
        assert np.allclose((near.mean, near.spread), (np.mean(brute), np.std(brute)), atol=0.01)
        keys = [row.key for row in near.passages]
        assert np.allclose(index.cosines(each, keys), told, atol=1e-5)


def test_documents_keep_their_vectors_when_others_come_and_go(tmp_path: Path) -> None:
    publish(tmp_path, [ONE, TWO], Source(TEXTS)).close()
    changed = replace(TWO, passages=(*TWO.passages[:1], replace(TWO.passages[1], text="nieuw")))
    index = publish(tmp_path, [ONE, changed, paper("drie", "nieuw")], Source(TEXTS))
    rows = found(index, "nieuw", PassageRequest(Everything()))
    assert {name for name, score in rows if score > 0.98} == {"twee#p2", "drie#p1"}
    assert found(index, "de brug is dicht", PassageRequest(Everything()))[0] == ("een#p2", 1.0)
    index.close()
    index = publish(tmp_path, [ONE], Source(TEXTS))
    assert len(found(index, "nieuw", PassageRequest(Everything()))) == 2


def likeness(index: WhooshIndex, text: str) -> dict[str, float]:
    """Return by passage how much it is like a question, the empty one included."""
    (near,) = index.nearest(vector(text)[None], PassageRequest(Everything()))
    keys = [str(number) for number in range(index.summary.passages)]
    assert {row.key for row in near.passages} <= set(keys)
    values = index.likeness(signs.of_question(pieces(text)), keys)
    return {
        index.passage(key).passage_id: float(value) for key, value in zip(keys, values, strict=True)
    }


def test_openings_are_compared_piece_by_piece(tmp_path: Path) -> None:
    publish(tmp_path, [ONE, TWO], Source(TEXTS)).close()
    index = publish(tmp_path, [TWO, replace(ONE, title="anders")], Source(TEXTS))
    found_ = likeness(index, "landbouw en sparen")
    assert max(found_, key=found_.__getitem__) == "twee#p2"  # two of three words, in another order
    assert found_["een#p3"] == 0  # it has no text
    assert likeness(index, "de brug is dicht")["een#p2"] > 0.6


def test_vectors_of_before_pieces_were_compared_can_be_opened(tmp_path: Path) -> None:
    publish(tmp_path, [ONE], Source(TEXTS)).close()
    (path,) = tmp_path.glob(f"generations/*/{FILE}")
    mapped = arrays_file.read(path)[GROUP]
    group = {name: values.copy() for name, values in mapped.items() if name != "signs"}
    with path.open("wb") as stream:
        arrays_file.write(stream, [(GROUP, group)])
    found_ = read(path.parent)
    assert found_ is not None
    three = np.arange(3)
    assert found_.cosines_with(vector(ONE.passages[1].text), three)[1] > 0.98
    assert found_.likeness(signs.of_question(pieces("de brug")), three).tolist() == [0, 0, 0]


def test_another_model_makes_all_anew_and_no_model_drops_them(tmp_path: Path) -> None:
    assert publish(tmp_path, [ONE], Source(TEXTS)).embedding == "proef 1"
    other = Source(TEXTS, "proef 2")
    assert publish(tmp_path, [ONE], other).embedding == "proef 2"
    assert key_of(ONE.passages[0].text) in other.asked
    assert ENGINE.embedding(str(tmp_path)) == "proef 2"
    index = publish(tmp_path, [ONE, TWO], None)
    assert index.embedding is None
    with pytest.raises(EngineError, match="--embedding"):
        index.nearest(vector("stikstof")[None], PassageRequest(Everything()))


def test_an_index_without_papers_has_no_nearest(tmp_path: Path) -> None:
    assert found(publish(tmp_path, [], Source([])), "stikstof", PassageRequest(Everything())) == []


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    publish(tmp_path, [ONE], Source(TEXTS)).close()
    assert ENGINE.check(str(tmp_path)) == ()
    (path,) = tmp_path.glob(f"generations/*/{FILE}")
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert any(FILE in wrong for wrong in ENGINE.check(str(tmp_path)))
