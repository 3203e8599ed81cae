"""A query's words → the tokens to look up: what both engines share about reading a query.

In goes the tree, out come `Wanted` tokens for marking a text, and `Reading`s that explain the
query to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analysis.chains import Analyzer, QueryWord
from indexer.engine.query import (
    And,
    Bag,
    Fuzzy,
    InField,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Term,
)
from indexer.engine.results import Reading


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark in a text: single tokens, beginnings, and sequences of alternatives.

    `exact` are sequences of words as written, of one word or more.
    """

    tokens: frozenset[str]
    prefixes: tuple[str, ...] = ()
    sequences: tuple[tuple[frozenset[str], ...], ...] = ()
    exact: tuple[tuple[frozenset[str], ...], ...] = ()


def leaves(node: Node) -> Iterator[Term | Phrase | Prefix | Fuzzy]:
    """Yield what the query looks for, in its order; what it excludes and fields' values apart."""
    if isinstance(node, Term | Phrase | Prefix | Fuzzy):
        yield node
    elif isinstance(node, Near):
        yield node.left
        yield node.right
    elif isinstance(node, And | Or | Bag):
        for item in node.items:
            yield from leaves(item)
    elif isinstance(node, InField) and node.field in ("title", "question", "answer", "body"):
        yield from leaves(node.item)


def literal_leaves(node: Node) -> Iterator[Term | Phrase | Prefix | Fuzzy]:
    """Yield what the query looks for as it is written: `letterlijk:"van Dijk"`."""
    if isinstance(node, And | Or | Bag):
        for item in node.items:
            yield from literal_leaves(item)
    elif isinstance(node, InField) and node.field == "exact":
        yield from leaves(node.item)


def fold_prefix(analyzer: Analyzer, text: str) -> str:
    """Return the beginning of a word as the exact field holds it."""
    tokens = analyzer.exact(text)
    return tokens[0].text if tokens else ""


def wanted(node: Node, analyzer: Analyzer, *, literal: bool) -> Wanted:
    """Return what to mark for a query. Stop words are marked within phrases only."""
    tokens: set[str] = set()
    prefixes: list[str] = []
    sequences: list[tuple[frozenset[str], ...]] = []
    for leaf in leaves(node):
        if isinstance(leaf, Prefix):
            prefixes.append(fold_prefix(analyzer, leaf.text))
            continue
        words = analyzer.query(leaf.text, literal=literal)
        if isinstance(leaf, Phrase):
            sequences.append(tuple(frozenset(word.forms) for word in words))
            continue
        for word in words:
            if word.role != "stop":
                tokens.update(word.forms, word.parts)
    exact: list[tuple[frozenset[str], ...]] = []
    for leaf in literal_leaves(node):
        if isinstance(leaf, Prefix):
            prefixes.append(fold_prefix(analyzer, leaf.text))
        else:
            exact.append(tuple(frozenset((token.text,)) for token in analyzer.exact(leaf.text)))
    return Wanted(
        frozenset(tokens),
        tuple(filter(None, prefixes)),
        tuple(filter(None, sequences)),
        tuple(filter(None, exact)),
    )


def readings(node: Node, analyzer: Analyzer, *, literal: bool) -> tuple[Reading, ...]:
    """Return how each word of a query is looked up, in the order of the query."""
    found: list[Reading] = []
    for leaf in leaves(node):
        if isinstance(leaf, Prefix):
            found.append(Reading(leaf.text, "prefix", fold_prefix(analyzer, leaf.text) + "*"))
        elif isinstance(leaf, Fuzzy):
            found.append(Reading(leaf.text, "fuzzy", fold_prefix(analyzer, leaf.text) + "~"))
        elif isinstance(leaf, Phrase):
            words = analyzer.query(leaf.text, literal=literal)
            found.append(Reading(leaf.text, "phrase", " ".join(word.forms[0] for word in words)))
        else:
            found += [_reading(word) for word in analyzer.query(leaf.text, literal=literal)]
    return tuple(found)


def _reading(word: QueryWord) -> Reading:
    return Reading(word.text, word.role, word.forms[0], word.parts)
