"""Words, phrases and expansions → the query DSL.

In go words as our analysis reads them, out come term-level queries on tokens: `query_string` is
never used. A word of the default search is looked up in a field of weights (BM25F), a word of a
named field or of a literal search in that field, phrases and NABIJ by places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from indexer.analysis.chains import Analyzer, QueryWord
from indexer.engine.fields import BY_NAME, TEXT_FIELDS
from indexer.engine.lookup import fold_prefix
from indexer.engine.matching.tree import PART_WEIGHT
from indexer.engine.opensearch.dsl import (
    NOTHING,
    PATH,
    Dsl,
    best_of,
    both,
    close,
    either,
    stacked,
    worth,
)
from indexer.engine.opensearch.mapping import encoded, saturation, value_key
from indexer.engine.query import Fuzzy, Near, Phrase, Prefix, Term


class Rarity(Protocol):
    """How rare things are in the index."""

    def weights(self, queries: Sequence[Dsl]) -> Sequence[float]:
        """Return for each query on passages BM25's weight of what it finds (idf)."""
        ...


class Words:
    """Looks words up: in the fields and by the weights that hold at the moment (`only`, `weighed`).

    `legacy`: the cluster is older than version 3, which scores otherwise.
    """

    def __init__(
        self, analyzer: Analyzer, rarity: Rarity, *, literal: bool, legacy: bool = False
    ) -> None:
        self._analyzer = analyzer
        self._rarity = rarity
        self._literal = literal
        self._legacy = legacy
        self._fields: tuple[str, ...] = ("exact",) if literal else TEXT_FIELDS
        self._weights = "short"

    def read(self, text: str) -> Sequence[QueryWord]:
        """Return the words of a text as they are looked up."""
        return self._analyzer.query(text, literal=self._literal)

    @contextmanager
    def only(self, field: str) -> Iterator[None]:
        """Look in one field, for as long as a `with` lasts."""
        before, self._fields = self._fields, (field,)
        try:
            yield
        finally:
            self._fields = before

    @contextmanager
    def weighed(self, weights: str) -> Iterator[None]:
        """Weigh length in another way, for as long as a `with` lasts."""
        before, self._weights = self._weights, weights
        try:
            yield
        finally:
            self._weights = before

    def term(self, node: Term) -> Dsl:
        """Find all words of a term."""
        return both([self.word(word) for word in self.read(node.text)])

    def word(self, word: QueryWord, boost: float = 1.0) -> Dsl:
        """Find a word, whole or by all of its parts."""
        whole = self._whole(word, boost)
        if not word.parts:
            return whole
        parts = [self._tokens((part,), boost * PART_WEIGHT) for part in word.parts]
        return either([whole, both(parts)])

    def loose(self, word: QueryWord, boost: float) -> list[Dsl]:
        """Return what a word of a bag finds: any part of a compound counts a little."""
        parts = [self._tokens((part,), boost * PART_WEIGHT) for part in word.parts]
        return [self._whole(word, boost), *parts]

    def _whole(self, word: QueryWord, boost: float) -> Dsl:
        whole = self._tokens(word.forms, boost)
        return either([whole, self._own(word, boost)]) if word.role == "number" else whole

    def _own(self, word: QueryWord, boost: float) -> Dsl:
        """Return the paper itself that a number names."""
        own = {f"{PATH}.values": [value_key("number", form) for form in word.forms]}
        (weight,) = self._rarity.weights([{"terms": own}])
        return worth({"terms": own}, BY_NAME["number"].boost * weight * boost)

    def _tokens(self, tokens: Sequence[str], boost: float = 1.0) -> Dsl:
        """Score any of the tokens as one word."""
        default = self._fields == TEXT_FIELDS
        names = (self._weights,) if default else self._fields
        return either([self._in(name, tokens, boost * self._factor(name)) for name in names])

    def _factor(self, field: str) -> float:
        return saturation(field, legacy=self._legacy)

    def _in(self, field: str, tokens: Sequence[str], boost: float) -> Dsl:
        name = f"{PATH}.{field}"
        if len(set(tokens)) == 1:
            return {"term": {name: {"value": encoded(tokens[0]), "boost": boost}}}
        return {"match": {name: {"query": stacked(tokens), "boost": boost}}}

    # Places

    def _places(self, node: Term | Phrase) -> list[str]:
        """Return the words of a phrase, each with its alternatives, as text to analyse."""
        return [stacked(word.forms) for word in self.read(node.text)]

    def together(self, left: QueryWord, right: QueryWord, distance: int) -> Dsl:
        """Find two words near each other, in any field."""
        near = close([stacked(left.forms)], [stacked(right.forms)], distance)
        return either([{"intervals": {f"{PATH}.{name}": near}} for name in self._fields])

    def phrase(self, node: Phrase) -> Dsl:
        """Find words that follow each other."""
        words = self._places(node)
        if not words:
            return NOTHING
        queries: list[Dsl] = [
            {
                "match_phrase": {
                    f"{PATH}.{name}": {"query": " ".join(words), "boost": self._factor(name)}
                }
            }
            for name in self._fields
        ]
        return best_of(queries)

    def near(self, node: Near) -> Dsl:
        """Find two words or phrases near each other."""
        left, right = self._places(node.left), self._places(node.right)
        if not left or not right:
            return NOTHING
        near = close(left, right, node.distance)
        if near is None:
            return NOTHING
        return best_of([{"intervals": {f"{PATH}.{name}": near}} for name in self._fields])

    # Expansions

    def prefix(self, node: Prefix) -> Dsl:
        """Find words by their beginning: as written, or as stems in a named field.

        The filter expands to a clause a word, so that one too many is an error (`QueryBudgetError`)
        and never a part of the words passed off as all.
        """
        prefix = fold_prefix(self._analyzer, node.text)
        if not prefix:
            return NOTHING
        return either(
            [self._expansion("prefix", name, {"value": encoded(prefix)}) for name in self._written]
        )

    def fuzzy(self, node: Fuzzy) -> Dsl:
        """Find words that differ by a letter or two; one too many is an error, as in `prefix`."""
        word = fold_prefix(self._analyzer, node.text)
        if not word:
            return NOTHING
        asked = {
            "value": encoded(word),
            "fuzziness": min(2, node.distance),
            "prefix_length": 1,
            "transpositions": False,
        }
        return either([self._expansion("fuzzy", name, asked) for name in self._written])

    @property
    def _written(self) -> tuple[str, ...]:
        return ("exact",) if self._fields == TEXT_FIELDS else self._fields

    def _expansion(self, kind: str, field: str, asked: Dsl) -> Dsl:
        name = f"{PATH}.{field}"
        every = "scoring_boolean" if kind == "prefix" else "constant_score"
        scored = asked | {"rewrite": "top_terms_blended_freqs_64", "boost": self._factor(field)}
        return {
            "bool": {
                "filter": [{kind: {name: asked | {"rewrite": every}}}],
                "should": [{kind: {name: scored}}],
            }
        }
