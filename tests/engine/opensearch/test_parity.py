"""Both engines over one corpus: the same tokens, the same sets, nearly the same order."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

import pytest

from indexer.analysis.chains import Analyzer, Token
from indexer.engine.opensearch.documents import Origin, Reader
from indexer.engine.opensearch.mapping import STACK, encoded
from indexer.engine.query import (
    And,
    Bag,
    Between,
    Fuzzy,
    InField,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
)
from indexer.engine.results import Results, SearchRequest
from indexer.paper import Paper
from tests.engine.opensearch.pairs import Pair

pytestmark = pytest.mark.opensearch
SEED = 20221213
FEW = 10


# Tokens


def places(tokens: Sequence[Token]) -> set[tuple[str, int]]:
    return {(encoded(token.text), token.position) for token in tokens}


def analysed_there(pair: Pair, line: str) -> set[tuple[str, int]]:
    body = {"analyzer": "kz_tokens", "text": line}
    index = pair.distributed.summary.generation
    found = pair.nodes.call("POST", f"/{index}/_analyze", body)["tokens"]
    return {(row["token"], row["position"]) for row in found}


def test_a_node_cuts_every_text_into_our_tokens(pair: Pair) -> None:
    analyzer, reader = Analyzer(pair.embedded._tables), Reader(pair.embedded._tables)
    seen = 0
    for paper in pair.papers:
        for passage, read in reader.read(paper, Origin("", None, "", paper.id)).passages:
            texts = {"title": paper.title, "question": passage.question, "answer": passage.answer}
            rows = [
                (analyzer.dutch(texts.get(name, passage.text) or ""), reader.line(words))
                for name, words in read.fields.items()
            ]
            for text, words in zip((paper.title or "", passage.text), read.exact, strict=True):
                rows.append((analyzer.exact(text), reader.exact_line(words)))
            for tokens, line in rows:
                if tokens:
                    assert analysed_there(pair, line) == places(tokens), passage.id
                    seen += len(tokens)
    assert seen > 20_000


ODD_WORDS = (
    "één", "ĳs", "a" * 5000, "é" * 300, "x\ue000y", "x\ue001y", "\ue002", "a\u00a0b", "\ud800x",
    "🏛", "", "a b", "36200-vii-12", "https://example.org/" + "z" * 400,
)  # fmt: skip


def test_tokens_that_cannot_be_sent_stay_apart_and_whole(pair: Pair) -> None:
    written = [encoded(text) for text in ODD_WORDS]
    assert len(set(written)) == len(ODD_WORDS)
    found = analysed_there(pair, " ".join(written))
    assert found == {(text, at) for at, text in enumerate(written)}
    assert analysed_there(pair, STACK.join(written)) == {(text, 0) for text in written}


def vocabulary(pair: Pair, field: str) -> list[str]:
    found = {
        token
        for leaf in pair.embedded.segments.leaves
        for token in leaf.tokens(field, leaf.beginning(field, b""))
    }
    return sorted(token.decode() for token in found)


@pytest.mark.parametrize("field", ["title", "question", "answer", "body", "exact"])
def test_every_word_of_the_vocabulary_is_in_as_many_papers(pair: Pair, field: str) -> None:
    owners = pair.embedded.documents.paper
    tokens = vocabulary(pair, field)
    assert len(tokens) > 100
    counts = pair.distributed._opened.counts
    for some in batches(tokens, 500):
        queries = [{"term": {f"passages.{field}": encoded(token)}} for token in some]
        there = counts._count(queries)
        here = [
            len(set(owners[pair.embedded.segments.postings(field, token).ids])) for token in some
        ]
        wrong = [row for row in zip(some, here, there, strict=True) if row[1] != row[2]]
        assert wrong == []


def batches(items: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


# Queries


class Asker:
    """Makes queries of the words that stand in the papers; the same ones each time."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._random = random.Random(SEED)
        self._texts = [
            passage.text
            for paper in papers
            for passage in paper.passages
            if len(passage.text) > 200
        ]
        self._papers = papers

    def words(self, count: int, *, of_one: bool = True) -> list[str]:
        text = self._random.choice(self._texts)
        found: list[str] = []
        while len(found) < count:
            if not of_one:
                text = self._random.choice(self._texts)
            words: list[str] = re.findall(r"[^\W\d_]{4,}", text)
            found.append(self._random.choice(words))
        return found

    def run(self, count: int) -> str:
        """Return words that stand next to each other."""
        words = self._random.choice(self._texts).split()
        start = self._random.randrange(max(1, len(words) - count))
        return " ".join(words[start : start + count])

    def paper(self) -> Paper:
        return self._random.choice(self._papers)

    def pick(self, least: int, most: int) -> int:
        return self._random.randint(least, most)


def terms(words: Sequence[str]) -> tuple[Term, ...]:
    return tuple(Term(word) for word in words)


def exact_queries(papers: Sequence[Paper]) -> Iterator[Node]:
    """Yield 160 queries of which both engines must find the same."""
    ask = Asker(papers)
    for _ in range(20):
        yield And(terms(ask.words(2)))
        yield Or(terms(ask.words(3, of_one=False)))
        yield And((Term(ask.words(1)[0]), Not(Term(ask.words(1)[0]))))
        yield Phrase(ask.run(ask.pick(2, 5)))
        left, right = terms(ask.words(2))
        yield Near(left, right, ask.pick(1, 20))
    for _ in range(10):
        yield InField("title", Term(ask.words(1)[0]))
        yield InField("answer", Or(terms(ask.words(2))))
        yield InField("ministry", Term((ask.paper().ministry or "financiën").split()[0]))
        yield Prefix(ask.words(1)[0][:6])
        yield Fuzzy(ask.words(1)[0])
        year = ask.pick(2015, 2025)
        yield Between("date", f"{year}-01-01", f"{year + 1}")
    for _ in range(10):
        paper = ask.paper()
        yield Term(paper.paper_ref or paper.id)
        yield And((Bag(terms(ask.words(3))), InField("kind", Term(paper.kind or "brief"))))


def ranked_queries(papers: Sequence[Paper]) -> Iterator[Node]:
    """Yield 40 queries of loose words, short ones and long ones."""
    ask = Asker(papers)
    for _ in range(20):
        yield Bag(terms(ask.words(ask.pick(1, 3))))
        yield Bag((Term(ask.run(ask.pick(6, 30))),))


def ids(results: Results) -> list[str]:
    return [hit.paper_id for hit in results.hits]


def test_boolean_phrase_field_and_date_queries_find_the_same(pair: Pair) -> None:
    found = 0
    queries = list(exact_queries(pair.papers))
    assert len(queries) == 180
    for query in queries:
        for literal in (False, True):
            request = SearchRequest(query, size=100, literal=literal, facets=("kind", "year"))
            here, there = pair.embedded.search(request), pair.distributed.search(request)
            assert set(ids(here)) == set(ids(there)), query
            assert here.total == there.total, query
            assert here.total_all_words == there.total_all_words, query
            assert here.facets == there.facets, query
            assert {h.paper_id: h.more for h in here.hits} == {
                h.paper_id: h.more for h in there.hits
            }, query
            found += bool(here.total)
    assert found > len(queries)  # most of them find something


def overlap(here: Results, there: Results) -> float:
    ours, theirs = ids(here)[:FEW], ids(there)[:FEW]
    return len(set(ours) & set(theirs)) / max(1, min(FEW, len(ours)))


def test_loose_words_come_in_nearly_the_same_order(pair: Pair) -> None:
    overlaps: list[float] = []
    firsts: list[bool] = []
    near: list[bool] = []
    for query in ranked_queries(pair.papers):
        request = SearchRequest(query, size=FEW, facets=("kind",))
        here, there = pair.embedded.search(request), pair.distributed.search(request)
        assert (here.total, here.total_all_words) == (there.total, there.total_all_words), query
        assert here.facets == there.facets, query
        overlaps.append(overlap(here, there))
        firsts.append(ids(here)[:1] == ids(there)[:1])
        scored = {hit.paper_id: hit.score for hit in there.hits}
        near += [
            abs(scored[hit.paper_id] - hit.score) <= 0.1 * hit.score
            for hit in here.hits
            if hit.paper_id in scored
        ]
    assert len(near) > 200
    assert sum(near) / len(near) >= 0.95
    assert sum(overlaps) / len(overlaps) >= 0.95
    assert min(overlaps) >= 0.8
    assert sum(firsts) / len(firsts) >= 0.9


def test_best_passage_and_snippet_are_the_same(pair: Pair) -> None:
    same = total = 0
    for query in ranked_queries(pair.papers):
        request = SearchRequest(query, size=3)
        theirs = {hit.paper_id: hit for hit in pair.distributed.search(request).hits}
        for hit in pair.embedded.search(request).hits:
            if hit.paper_id in theirs:
                other = theirs[hit.paper_id]
                total += 1
                same += (hit.passage_id, hit.page, hit.snippet) == (
                    other.passage_id,
                    other.page,
                    other.snippet,
                )
    assert total > 50
    assert same / total >= 0.95
