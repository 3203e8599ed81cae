"""A value of a field that no paper has (`ministerie:Onderwijs`) → what is said of it and is meant.

In go a query and an index, out come `Unknown`s: a search for such a value finds nothing, which says
nothing about the papers.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis.filters import fold
from indexer.engine.fields import BY_NAME, FACETS
from indexer.engine.interface import Index
from indexer.engine.query import InField, Node, Phrase, Term
from search_app import dutch
from search_app.query import tree
from search_app.search.present import present

LISTED = ("kind", "ministry", "party")
"""Facets with so few values that all can be told."""
MOST_LISTED = 24
MOST_MEANT = 3
ALIKE = 0.75
"""How near a value must be in letters to be meant by another, of 1."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that no paper has: a sentence, and the queries with the values that may be meant."""

    sentence: str
    meant: tuple[tuple[str, Node], ...]


def unknown_values(node: Node, index: Index) -> Iterator[Unknown]:
    """Yield the values of facets in a query that no paper of the index has."""
    for place, (leaf, excluded) in enumerate(tree.leaves(node)):
        if excluded or not isinstance(leaf, InField) or leaf.field not in FACETS:
            continue
        if BY_NAME[leaf.field].kind == "keyword" and isinstance(leaf.item, Term | Phrase):
            yield from _unknown(node, place, leaf, leaf.item.text, index)


def _unknown(node: Node, place: int, leaf: InField, typed: str, index: Index) -> Iterator[Unknown]:
    known = [row.value for row in present(leaf.field, index)]
    if fold(typed) in map(fold, known):
        return
    alias = BY_NAME[leaf.field].aliases[-1]
    told = f"Geen stuk in deze index heeft {alias} ‘{typed}’."
    if leaf.field in LISTED and len(known) <= MOST_LISTED:
        told += f" Wat er is: {'; '.join(sorted(known, key=str.casefold))}."
    others = [InField(leaf.field, Term(value)) for value in _meant(leaf.field, typed, known)]
    yield Unknown(
        told,
        tuple(
            (f"{alias}:{tree.write(other).partition(':')[2]}", tree.replaced(node, place, other))
            for other in others
        ),
    )


def _meant(field: str, typed: str, known: Sequence[str]) -> list[str]:
    """Return the values that have the words that were typed, else those nearly spelled so."""
    names = {value: f"{fold(value)} {fold(dutch.facet_value(field, value))}" for value in known}
    words = fold(typed).split()
    having = [value for value in known if all(word in names[value] for word in words)]
    if having:
        return having[:MOST_MEANT]
    folded = {fold(value): value for value in known}
    near = difflib.get_close_matches(fold(typed), folded, MOST_MEANT, ALIKE)
    return [folded[name] for name in near]
