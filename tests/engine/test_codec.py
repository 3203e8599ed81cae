"""Our codec beside Whoosh's own: the same documents, positions and scores, whatever was deleted."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.query import And, Or, Prefix, Term
from whoosh.writing import SegmentWriter

from indexer.analysis.chains import Token
from indexer.engine.arrays.file import ArraysFileError
from indexer.engine.leaf import Leaf
from indexer.engine.postings.file import read, write
from indexer.engine.postings.inversion import Inversion
from indexer.engine.postings.runs import POSITION_BITS, Postings
from indexer.engine.postings.slices import Finder
from indexer.engine.segment_writer import ArrayWriter
from indexer.engine.whoosh_codec import EXTENSION, ArrayCodec
from indexer.engine.whoosh_schema import PAPER_ID, make_schema

WORDS = [f"woord{n}" for n in range(30)] + ["één", "ĳsland", "zee-egel", "woord"]
Documents = dict[str, list[tuple[str, int]]]


def made(seed: int, count: int) -> Documents:
    """Return documents by id, each (token, position) in order, some stacked, some doubled."""
    random_ = random.Random(seed)
    found: Documents = {}
    for number in range(count):
        size = random_.randrange(40)
        places = [(random_.choice(WORDS), at) for at in range(size)]
        stacked = [(random_.choice(WORDS), at) for _, at in places if random_.random() < 0.3]
        found[f"stuk-{seed}-{number}"] = sorted(places + stacked, key=lambda row: row[1])
    return found


def fill(index: Any, documents: Documents, *, merge: bool = False) -> None:
    writer = ArrayWriter(index)
    for name, tokens in documents.items():
        length = len(set(tokens))  # as Whoosh counts, so that the scores are its own
        writer.add_ready(
            {PAPER_ID: [(name, 0)], "body": tokens},
            {"body": length, PAPER_ID: 1},
            {"passage": {"id": name}},
            {"card": name.encode()},
        )
    writer.commit(merge=merge, optimize=merge)


def fill_plainly(index: Any, documents: Documents) -> None:
    """Fill an index by Whoosh's own writer and codec."""
    writer = SegmentWriter(index, compound=False)
    for name, tokens in documents.items():
        ready = [Token(text, at, 0, 0) for text, at in tokens]
        row = {"body": ready} if ready else {}
        writer.add_document(paper_id=name, passage={"id": name}, card=name.encode(), **row)
    writer.commit(merge=False)


def delete(index: Any, names: list[str]) -> None:
    writer = ArrayWriter(index)
    for name in names:
        writer.delete_by_term(PAPER_ID, name)
    writer.commit(merge=False)


def create(folder: Path) -> Any:
    folder.mkdir()
    return FileStorage(str(folder)).create_index(make_schema())


def places(index: Any, token: str) -> dict[str, list[int]]:
    """Return a token's positions by document's id, from our own reading."""
    reader = index.reader()
    leaves = [Leaf(leaf, base) for leaf, base in reader.leaf_readers()]
    found = in_body(leaves, token)
    rows: dict[str, list[int]] = defaultdict(list)
    for key in found.keys:
        document = int(key) >> POSITION_BITS
        rows[reader.stored_fields(document)["passage"]["id"]].append(
            int(key) % (1 << POSITION_BITS)
        )
    assert [len(row) for row in rows.values()] == found.counts.tolist()
    return dict(rows)


def in_body(leaves: list[Leaf], token: str) -> Postings:
    """Return where a token stands in texts."""
    pairs = [(leaf.view("body"), words) for leaf in leaves if (words := leaf.vocabulary("body"))]
    finder = Finder([view for view, _ in pairs], [words for _, words in pairs])
    return Postings.of(finder.find(token.encode()))


def expected(documents: Documents, token: str) -> dict[str, list[int]]:
    rows = {name: sorted({at for t, at in row if t == token}) for name, row in documents.items()}
    return {name: row for name, row in rows.items() if row}


@pytest.mark.parametrize("seed", range(6))
def test_postings_are_those_of_the_documents(tmp_path: Path, seed: int) -> None:
    first, second = made(seed, 40), made(seed + 100, 25)
    index = create(tmp_path / "ours")
    fill(index, first)
    fill(index, second)
    gone = random.Random(seed).sample(sorted(first | second), 12)
    delete(index, gone)
    left = {name: row for name, row in (first | second).items() if name not in gone}
    for token in [*WORDS, "ontbreekt"]:
        assert places(index, token) == expected(left, token)
    fill(index, made(seed + 200, 3), merge=True)  # merged into one segment, the deleted left out
    whole = left | made(seed + 200, 3)
    assert len(list(index.reader().leaf_readers())) == 1
    for token in WORDS:
        assert places(index, token) == expected(whole, token)


QUERIES = [
    Term("body", "woord3"),
    Or([Term("body", "woord1"), Term("body", "woord2"), Term("body", "één")]),
    And([Term("body", "woord4"), Term("body", "woord5")]),
    Prefix("body", "woord1"),
    Term("body", "ontbreekt"),
    Term(PAPER_ID, "stuk-7-11"),
]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_whoosh_itself_finds_and_scores_the_same(tmp_path: Path, query: Any) -> None:
    documents = made(7, 60)
    ours, plain = create(tmp_path / "ours"), create(tmp_path / "plain")
    fill(ours, documents)
    fill_plainly(plain, documents)
    found = []
    for index in (ours, FileStorage(str(tmp_path / "plain")).open_index(schema=make_schema())):
        with index.searcher() as searcher:
            hits = searcher.search(query, limit=None)
            found.append({hit["passage"]["id"]: hit.score for hit in hits})
    assert set(found[0]) == set(found[1])
    for name, score in found[0].items():
        assert score == pytest.approx(found[1][name])


def test_words_of_the_index_are_walked_as_whoosh_walks_them(tmp_path: Path) -> None:
    documents = made(3, 30)
    ours, plain = create(tmp_path / "ours"), create(tmp_path / "plain")
    fill(ours, documents)
    fill_plainly(plain, documents)
    ours, plain = ours.reader(), plain.refresh().reader()
    assert list(ours.lexicon("body")) == list(plain.lexicon("body"))
    assert list(ours.expand_prefix("body", "woord2")) == list(plain.expand_prefix("body", "woord2"))
    assert list(ours.terms_within("body", "woord1", 1)) == list(
        plain.terms_within("body", "woord1", 1)
    )
    assert ours.doc_frequency("body", "woord1") == plain.doc_frequency("body", "woord1")
    assert ours.frequency("body", "woord1") == plain.frequency("body", "woord1")
    assert ours.doc_frequency("body", "ontbreekt") == 0


def test_positions_beyond_sixteen_bits_are_kept(tmp_path: Path) -> None:
    index = create(tmp_path / "ours")
    fill(index, {"lang": [("ver", 70_000), ("ver", 70_001), ("dichtbij", 1)]})
    assert places(index, "ver") == {"lang": [70_000, 70_001]}


@pytest.mark.parametrize("damage", ["cut", "head", "empty-table"])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    inversion = Inversion()
    inversion.add_document("body", 0, [("woord", 1)])
    path = tmp_path / f"x{EXTENSION}"
    with path.open("wb") as stream:
        write(stream, inversion.runs())
    assert read(path)["body"].ids.tolist() == [0]
    data = path.read_bytes()
    damaged = {
        "cut": data[:-20],
        "head": b"XXXX" + data[4:],
        "empty-table": data[:-8] + b"\xff" * 8,
    }
    path.write_bytes(damaged[damage])
    with pytest.raises(ArraysFileError, match="vindplaatsen"):
        read(path)


def test_codec_needs_no_file_of_whooshs_own_postings(tmp_path: Path) -> None:
    fill(create(tmp_path / "ours"), made(1, 5))
    endings = {path.suffix for path in (tmp_path / "ours").iterdir()}
    assert EXTENSION in endings
    assert not endings & {ArrayCodec.TERMS_EXT, ArrayCodec.POSTS_EXT}


def test_counts_are_numbers_that_numpy_adds_without_wrapping(tmp_path: Path) -> None:
    index = create(tmp_path / "ours")
    fill(index, {"veel": [("woord", at) for at in range(300)]})
    leaf = Leaf(*next(iter(index.reader().leaf_readers())))
    counts = in_body([leaf], "woord").counts
    assert counts.dtype == np.int32
    assert counts.tolist() == [300]
