"""Every query that is printed, in `/uitleg` and in the handleiding, is read as the manual says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer.engine.fields import FIELDS
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
from search_app.query.syntax import read
from search_app.web.manual import CHAPTERS
from tests.conftest import ROOT

PRINTED = [example.query for chapter in CHAPTERS for example in chapter.examples]
# In the handleiding: what stands between backticks in the first column of the table of queries.
ROW = re.compile(r"^\| (`.+`) \| [^|]+ \|$", re.MULTILINE)


def handleiding() -> list[str]:
    text = (ROOT / "docs" / "handleiding.md").read_text("utf-8")
    table = text.partition("| U typt |")[2].partition("\n\n")[0]
    return [query for row in ROW.findall(table) for query in re.findall(r"`([^`]+)`", row)]


def kinds(node: Node) -> Iterator[type[object]]:
    """Yield the kinds of nodes in a tree."""
    yield type(node)
    if isinstance(node, And | Or | Bag):
        for item in node.items:
            yield from kinds(item)
    elif isinstance(node, Not | InField):
        yield from kinds(node.item)
    elif isinstance(node, Near):
        yield from kinds(node.left)
        yield from kinds(node.right)


@pytest.mark.parametrize("query", [*PRINTED, *handleiding()])
def test_a_printed_query_is_read_without_a_problem(query: str) -> None:
    read_as = read(query)
    assert read_as.problems == ()
    assert not read_as.is_empty
    assert read(read_as.understood).node == read_as.node


@pytest.mark.parametrize("query", PRINTED)
def test_a_printed_query_is_answered(query: str, sample_client: FlaskClient) -> None:
    answer = sample_client.get("/", query_string={"q": query})
    assert answer.status_code == 200
    assert sample_client.get("/api/v1/search", query_string={"q": query}).status_code == 200


def test_the_manual_shows_every_part_of_the_language() -> None:
    shown = {kind for query in PRINTED for kind in kinds(read(query).node)}
    assert shown >= {And, Bag, Between, Fuzzy, InField, Near, Not, Or, Phrase, Prefix, Term}


def test_the_manual_shows_every_field() -> None:
    names = {match for query in PRINTED for match in re.findall(r"(\w+):", query)}
    for field in FIELDS:
        if field.aliases:
            assert names & set(field.aliases), field.name


def test_the_handleiding_prints_queries() -> None:
    assert len(handleiding()) >= 7


def test_examples_are_links_to_the_search(sample_client: FlaskClient) -> None:
    page = sample_client.get("/uitleg").get_data(as_text=True)
    for chapter in CHAPTERS:
        assert f'id="{chapter.anchor}"' in page
    assert page.count('<a href="/?q=') >= len(PRINTED)
