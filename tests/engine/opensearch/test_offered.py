"""Everything that the embedded engine offers, from both engines side by side on the sample.

What has no order (words, readings, marks, suggestions, help with spelling, charts) is the same;
what is ranked by many words begins with the same paper and holds nearly the same ones. That an
index in OpenSearch refuses vectors is in tests/test_embedding.py.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from indexer.engine import interface
from indexer.engine.interface import VectorEngine, VectorIndex
from indexer.engine.locate import engine_for
from indexer.engine.query import Bag, Term
from indexer.engine.results import PassageRequest, SearchRequest
from search_app.app import create_app
from search_app.query.syntax import read
from search_app.search.second_look import led
from search_app.settings import Settings
from tests.engine.opensearch.pairs import Pair

pytestmark = pytest.mark.opensearch
SEED = 20261129
CHART = re.compile(r'<svg class="years-chart".*?</svg>', re.DOTALL)


@pytest.fixture(scope="module")
def apps(pair: Pair) -> tuple[FlaskClient, FlaskClient]:
    made = [create_app(Settings(index=place, search_seconds=60)) for place in pair.places]
    return made[0].test_client(), made[1].test_client()


def told(apps: Sequence[FlaskClient], address: str) -> list[Any]:
    """Return what both say in JSON."""
    answers = [app.get(address) for app in apps]
    assert [answer.status_code for answer in answers] == [200, 200], address
    return [answer.get_json() for answer in answers]


def members(kind: type) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_")}


def test_nothing_of_the_interface_is_missing(pair: Pair) -> None:
    """Vectors alone are not there, and are said not to be."""
    for name in members(interface.Index):
        assert hasattr(pair.distributed, name), name
    here, there = map(engine_for, pair.places)
    for name in members(interface.Engine):
        assert hasattr(there, name), name
    assert isinstance(pair.embedded, VectorIndex)
    assert isinstance(here, VectorEngine)
    assert not isinstance(pair.distributed, VectorIndex)
    assert not isinstance(there, VectorEngine)


def test_the_words_of_the_corpus_are_the_same(pair: Pair) -> None:
    words = dict(pair.embedded.words())
    assert len(words) > 500
    assert dict(pair.distributed.words()) == words


def frequent(pair: Pair, letters: int, count: int) -> list[str]:
    """Return words of the corpus, the most frequent of them first."""
    words = sorted(pair.embedded.words().items(), key=lambda row: (-row[1], row[0]))
    return [word for word, _ in words if len(word) >= letters and word.isalpha()][:count]


def typed(pair: Pair) -> Iterator[str]:
    """Yield searches of every kind."""
    words = frequent(pair, 6, 60)
    for place in range(0, 60, 6):
        one, two, three, four, five, six = words[place : place + 6]
        yield f"{one} {two} {three}"
        yield f'"{one} {two}" NIET {three}'
        yield f"({one} OF {two}) EN {three}"
        yield f"{four[:5]}* {five}"
        yield f"{five}~1"
        yield f"{one} NABIJ/10 {six}"
        yield f"titel:{two} soort:brief {three}"
        yield f"brief {one} {four}"
        yield f"{one}-{two} {three}"


def test_words_are_read_and_marked_alike(pair: Pair) -> None:
    text = " ".join(passage.text for passage in pair.papers[0].passages)[:5000]
    marked = 0
    for query in typed(pair):
        for literal in (False, True):
            node = read(query).searched(literal=literal)
            here, there = pair.embedded, pair.distributed
            assert here.read(node, literal=literal) == there.read(node, literal=literal), query
            pieces = here.mark(text, node, literal=literal)
            assert pieces == there.mark(text, node, literal=literal), query
            marked += any(piece.match for piece in pieces)
    assert marked > 20


def test_suggestions_while_typing_are_the_same(
    apps: tuple[FlaskClient, FlaskClient], pair: Pair
) -> None:
    given = 0
    for word in frequent(pair, 4, 20):
        for query in (word[:3], f"de {word[:4]}", word):
            here, there = told(apps, f"/api/v1/suggest?{urlencode({'q': query})}")
            rows = [told_["suggestions"] for told_ in (here, there)]
            words = [[row for row in kept if row["kind"] != "stuk"] for kept in rows]
            assert words[0] == words[1], query
            # Titles are found by a beginning, which each engine scores by its own rule.
            assert len(rows[0]) == len(rows[1]), query
            given += bool(rows[0])
    assert given > 30


def test_help_with_spelling_is_the_same(apps: tuple[FlaskClient, FlaskClient], pair: Pair) -> None:
    chance, helped = random.Random(SEED), 0
    for word in frequent(pair, 8, 20):
        at = chance.randrange(1, len(word) - 1)
        for query in (word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word):
            here, there = told(apps, f"/api/v1/search?{urlencode({'q': query})}")
            assert here["suggestion"] == there["suggestion"], query
            assert here["total"] == there["total"], query
            helped += here["suggestion"] is not None
    assert helped > 15


def test_how_a_search_was_read_is_the_same(
    apps: tuple[FlaskClient, FlaskClient], pair: Pair
) -> None:
    """Named kinds, abbreviations, ways around, numbers, facets, totals, what was folded."""
    same = ("query", "total", "total_exact", "total_all_words", "folded", "facets", "references",
            "suggestion")  # fmt: skip
    named = 0
    queries = [*typed(pair), "Woo besluit", "wetsvoorstel begroting", "36600-XII nr. 9", "moties"]
    for query in queries:
        here, there = told(apps, f"/api/v1/search?{urlencode({'q': query})}")
        for name in same:
            assert here[name] == there[name], (query, name)
        named += any(part.get("also") for part in here["query"]["parts"])
    assert named > 5


def alike(rows: Sequence[tuple[list[str], list[str]]]) -> tuple[float, float]:
    """Return how often the first is the same, and what part of the first ten both have."""
    rows = [(here, there) for here, there in rows if here]
    assert len(rows) >= 10
    firsts = sum(here[0] == there[0] for here, there in rows) / len(rows)
    shared = [len(set(here[:10]) & set(there[:10])) / len(here[:10]) for here, there in rows]
    return firsts, sum(shared) / len(shared)


def ranked(
    apps: tuple[FlaskClient, FlaskClient], queries: Sequence[str], **more: str
) -> tuple[float, float]:
    rows = []
    for query in queries:
        both = told(apps, f"/api/v1/search?{urlencode({'q': query, **more})}")
        here, there = ([hit["id"] for hit in page["hits"]] for page in both)
        rows.append((here, there))
    return alike(rows)


def questions(pair: Pair) -> list[str]:
    found = [p.question for paper in pair.papers for p in paper.passages if p.question]
    return [text for text in found if 60 < len(text) < 400][:16]


def test_named_kinds_rank_alike(apps: tuple[FlaskClient, FlaskClient], pair: Pair) -> None:
    words = frequent(pair, 6, 20)
    firsts, shared = ranked(
        apps, [f"{kind} {word}" for word in words for kind in ("brief", "motie")]
    )
    assert firsts >= 0.9
    assert shared >= 0.9


def test_the_second_look_at_long_questions_is_alike(
    apps: tuple[FlaskClient, FlaskClient], pair: Pair
) -> None:
    asked = questions(pair)
    taken = 0
    for index in (pair.embedded, pair.distributed):
        for text in asked:
            request = SearchRequest(read(text).searched())
            taken += bool(led(request, index).lead)
    assert taken >= len(asked)  # more than half of them, in each engine
    firsts, shared = ranked(apps, asked)
    assert firsts >= 0.9
    assert shared >= 0.85


def test_passages_for_answers_rank_alike(pair: Pair) -> None:
    rows = []
    for text in questions(pair):
        request = PassageRequest(Bag((Term(text),)), size=20)
        both = []
        for index in (pair.embedded, pair.distributed):
            found = index.rank_passages(request)
            both.append([row.passage_id for row in index.passages([row.key for row in found])])
        rows.append((both[0], both[1]))
    firsts, shared = alike(rows)
    assert firsts >= 0.9
    assert shared >= 0.9


def test_others_like_a_paper_are_the_same_search(
    apps: tuple[FlaskClient, FlaskClient], pair: Pair
) -> None:
    searches = []
    for paper in pair.papers:
        ways = [app.get(f"/papers/{quote(paper.id)}/zoals") for app in apps]
        assert [way.status_code for way in ways] == [302, 302]
        assert ways[0].headers["Location"] == ways[1].headers["Location"], paper.id
        searches.append(ways[0].headers["Location"])
    words = [address for address in searches if len(address) > 10][:24]
    assert len(words) > 20
    rows = []
    for address in words:
        both = told(apps, f"/api/v1/search{address.removeprefix('/')}")
        here, there = ([hit["id"] for hit in page["hits"]] for page in both)
        rows.append((here, there))
    firsts, shared = alike(rows)
    assert firsts >= 0.9
    assert shared >= 0.85


def test_the_chart_of_years_is_the_same(
    apps: tuple[FlaskClient, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_app.search.years.FIRST", 2)  # the sample is of a few years
    charts = 0
    for word in ("", "kamer", "minister", "nederland"):
        for more in ({}, {"from": "2019", "to": "2025"}):
            query = urlencode({"q": word, **more})
            pages = [app.get(f"/?{query}").get_data(as_text=True) for app in apps]
            here, there = (CHART.findall(page) for page in pages)
            assert here == there, word
            charts += len(here)
    assert charts > 1
