"""The embedded engine against brute force: random queries over random papers, in several segments.

The words have three letters, which no stem changes, and no word is a stop word, so that what must
be found can be told from the texts alone. The papers come in several generations, with deletions
and changes between, merged or as many segments with deleted documents.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.analysis.tables import EMPTY
from indexer.engine import merging
from indexer.engine.query import And, InField, Near, Node, Not, Or, Phrase, Prefix, Term
from indexer.engine.results import SearchRequest
from indexer.engine.whoosh_engine import WhooshEngine
from indexer.engine.whoosh_index import WhooshIndex
from indexer.paper import Paper, Passage
from tests.faults import tell

WORDS = ("bak", "bal", "bam", "bil", "cap", "dok", "fik", "gok", "hap", "kam", "kat", "mok")
FIELDS = ("title", "body")
Texts = list[dict[str, list[str]]]


def paper(random_: random.Random, name: str) -> Paper:
    def text(most: int) -> str:
        return " ".join(random_.choices(WORDS, k=random_.randrange(most)))

    passages = [
        Passage(f"{name}#{n}", "tekst", str(n), text(14)) for n in range(random_.randrange(1, 4))
    ]
    return Paper(id=name, title=text(4) or None, passages=tuple(passages))


def texts(made: Paper) -> Texts:
    title = (made.title or "").split()
    return [{"title": title, "body": passage.text.split()} for passage in made.passages]


def publish(location: Path, add: list[Paper], remove: list[str]) -> None:
    writer = WhooshEngine().writer(str(location), EMPTY)
    for name in remove:
        writer.delete(name)
    for made in add:
        writer.add(made, str(hash(made)))
    for _ in writer.publish():
        pass


def built(random_: random.Random, location: Path) -> dict[str, Paper]:
    papers = {f"p{n}": paper(random_, f"p{n}") for n in range(30)}
    publish(location, list(papers.values()), [])
    for round_ in range(random_.choice((1, 3, 9))):
        gone = random_.sample(sorted(papers), 6 if round_ == 0 else random_.randrange(3))
        papers = {name: made for name, made in papers.items() if name not in gone}
        names = random_.sample(sorted(papers), 6 if round_ == 0 else random_.randrange(4))
        names += [f"q{round_}-{n}" for n in range(8 if round_ == 0 else random_.randrange(3))]
        changed = {name: paper(random_, name) for name in names}
        publish(location, list(changed.values()), gone)
        papers |= changed
    return papers


def query(random_: random.Random, depth: int = 0) -> Node:
    word = random_.choice
    kind = random_.choice(("term", "phrase", "near", "prefix", "and", "or", "not", "field"))
    if depth > 2 or kind == "term":
        return Term(word(WORDS))
    if kind == "phrase":
        return Phrase(" ".join(random_.choices(WORDS, k=random_.randint(2, 3))))
    if kind == "near":
        return Near(Term(word(WORDS)), Term(word(WORDS)), random_.randint(1, 4))
    if kind == "prefix":
        return Prefix(word(WORDS)[:2])
    if kind == "field":
        return InField(word(FIELDS), random_.choice((Term(word(WORDS)), Phrase("bak bal"))))
    items = tuple(query(random_, depth + 1) for _ in range(2))
    if kind == "not":
        return Not(items[0])
    return And(items) if kind == "and" else Or(items)


def matches(node: Node, fields: dict[str, list[str]], names: tuple[str, ...] = FIELDS) -> bool:
    rows = [fields[name] for name in names]
    if isinstance(node, Term):
        return any(node.text in row for row in rows)
    if isinstance(node, Phrase):
        wanted = node.text.split()
        size = len(wanted)
        return any(row[at : at + size] == wanted for row in rows for at in range(len(row)))
    if isinstance(node, Near):
        return any(near(node, row) for row in rows)
    if isinstance(node, Prefix):
        return any(word.startswith(node.text) for row in rows for word in row)
    if isinstance(node, InField):
        return matches(node.item, fields, (node.field,))
    if isinstance(node, Not):
        return not matches(node.item, fields, names)
    if isinstance(node, And | Or):
        found = [matches(item, fields, names) for item in node.items]
        return all(found) if isinstance(node, And) else any(found)
    raise TypeError(node)


def near(node: Near, row: list[str]) -> bool:
    left = [at for at, word in enumerate(row) if word == node.left.text]
    right = [at for at, word in enumerate(row) if word == node.right.text]
    return any(0 < abs(a - b) <= node.distance for a in left for b in right)


def found(index: WhooshIndex, node: Node) -> list[str]:
    results = index.search(SearchRequest(node, size=1000, snippets=False))
    assert results.total == len(results.hits)
    return sorted(hit.paper_id for hit in results.hits)


def expected(node: Node, corpus: dict[str, Paper]) -> list[str]:
    return sorted(
        name for name, made in corpus.items() if any(matches(node, row) for row in texts(made))
    )


def compare(seed: int, location: Path, count: int) -> Iterator[int]:
    """Compare a number of queries; yield how many papers each must find."""
    random_ = random.Random(seed)
    corpus = built(random_, location)
    index = WhooshEngine().open(str(location))
    for _ in range(count):
        node = query(random_)
        wanted = expected(node, corpus)
        assert found(index, node) == wanted, f"seed {seed}: {node}"
        yield len(wanted)


@pytest.fixture
def unmerged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave segments as they come, as those of large builds are."""
    monkeypatch.setattr(merging, "chosen", lambda *_: [])


@pytest.mark.parametrize("seed", range(2))
def test_random_queries_on_many_segments(seed: int, tmp_path: Path, unmerged: None) -> None:
    sizes = list(compare(seed, tmp_path / "index", 250))
    assert sum(0 < size < 32 for size in sizes) > 100


@pytest.mark.parametrize("seed", range(2, 6))
def test_random_queries(seed: int, tmp_path: Path) -> None:
    sizes = list(compare(seed, tmp_path / "index", 250))
    # Not all empty, and not all of everything: the comparison really tells them apart.
    assert sum(0 < size < 32 for size in sizes) > 100


@pytest.mark.parametrize("seed", range(20, 24))
@pytest.mark.parametrize("merged", [True, False])
def test_many_builds_answer_as_one_does(
    seed: int, merged: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The same papers, snippets and counts, and nearly the same scores, however they came in."""
    if not merged:
        request.getfixturevalue("unmerged")
    random_ = random.Random(seed)
    corpus = built(random_, tmp_path / "many")
    publish(tmp_path / "one", list(corpus.values()), [])
    many, one = (WhooshEngine().open(str(tmp_path / name)) for name in ("many", "one"))
    assert merged or len(many.segments.leaves) > len(one.segments.leaves)
    for _ in range(60):
        asked = SearchRequest(query(random_), size=50, facets=("kind",))
        told, wanted = many.search(asked), one.search(asked)
        assert (told.total, told.facets) == (wanted.total, wanted.facets), asked
        shown = {hit.paper_id: hit for hit in wanted.hits}
        assert {hit.paper_id for hit in told.hits} == shown.keys()
        for hit in told.hits:
            same = shown[hit.paper_id]
            # Documents that are gone count among the words until their segment is merged.
            assert hit.score == pytest.approx(same.score, rel=0.1)
            if hit.passage_id == same.passage_id:
                assert (hit.page, hit.snippet, hit.more) == (same.page, same.snippet, same.more)


@pytest.mark.soak
def test_many_random_queries(tmp_path: Path) -> None:
    seeds = range(100, 120)
    sizes = [size for seed in seeds for size in compare(seed, tmp_path / f"{seed}", 500)]
    telling = sum(0 < size < 32 for size in sizes)
    tell(
        "Differential oracle",
        bar="5,000 random queries equal to brute force",
        done=f"{len(sizes)} queries over {len(seeds)} corpora of random papers, all equal",
        effective=f"{telling} found some papers and not all",
        seed=f"{seeds[0]}-{seeds[-1]}",
    )
    assert telling > len(sizes) // 3


def test_eight_threads_with_a_publish_between(tmp_path: Path) -> None:
    random_ = random.Random(8)
    location = tmp_path / "index"
    before = built(random_, location)
    index = WhooshEngine().open(str(location))
    nodes = [query(random_) for _ in range(60)]
    wrong: list[Node] = []
    asked = [0] * 8
    stop = threading.Event()

    def work(number: int) -> None:
        while not stop.is_set():
            node = nodes[asked[number] % len(nodes)]
            if found(index, node) != expected(node, before):
                wrong.append(node)
            asked[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    extra = [paper(random_, f"r{n}") for n in range(20)]
    publish(location, extra, [])
    publish(location, [], [extra[0].id])  # the first generation is collected now
    fresh = WhooshEngine().open(str(location))
    after = before | {made.id: made for made in extra[1:]}
    assert all(found(fresh, node) == expected(node, after) for node in nodes)
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert min(asked) > 0
