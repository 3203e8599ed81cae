"""A query tree → the query DSL, for the passages nested in a paper.

In go a tree and the analyzer, out comes a `Plan`. What a person typed is analysed by us and reaches
the cluster as tokens in term-level queries; `query_string` is never used. The story follows
`indexer.engine.matching`, which says what a tree means: a word of the default search is looked up
in the field of weights (BM25F), the words of a named field or of a literal search in that field,
phrases and NABIJ by places. What a search needs to know of the index beside (how rare a word is) it
asks `Rarity`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from indexer.analysis.chains import Analyzer, QueryWord
from indexer.engine import proximity
from indexer.engine.documents import date_bounds
from indexer.engine.fields import BY_NAME, TEXT_FIELDS
from indexer.engine.lookup import fold_prefix
from indexer.engine.matching import ALL_WORDS_LIFT, LONG, PART_WEIGHT
from indexer.engine.opensearch_mapping import STACK, encoded, name_words, saturation, value_key
from indexer.engine.query import (
    And,
    Bag,
    Between,
    Everything,
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
from indexer.engine.values import CONTAINED

Dsl = dict[str, Any]

PATH = "passages"
NOTHING: Dsl = {"match_none": {}}
OTHER_FIELDS = 0.3
"""Of a phrase's scores in fields beside the best one."""


class Rarity(Protocol):
    """How rare things are in the index."""

    def weights(self, queries: Sequence[Dsl]) -> Sequence[float]:
        """Return for each query on passages BM25's weight of what it finds (idf)."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled tree, for passages. `full` finds those with all words of a bag, if it is one.

    `lifted` scores as `base` and lifts passages in which neighbouring words stand together; `None`
    when there is nothing to lift. `everything`: all papers match and none scores.
    """

    base: Dsl
    full: Dsl | None
    lifted: Dsl | None
    everything: bool


def plan(
    node: Node,
    analyzer: Analyzer,
    rarity: Rarity,
    *,
    literal: bool = False,
    legacy: bool = False,
    all_first: bool = True,
) -> Plan:
    """Compile a tree; `all_first` brings passages with all the words of a bag before the others."""
    how = {"literal": literal, "legacy": legacy, "all_first": all_first}
    base = Compiler(analyzer, rarity, **how)
    query = base.compile(node)
    lifting = Compiler(analyzer, rarity, lifting=True, **how)
    lifted = lifting.compile(node)
    return Plan(
        base=query,
        full=base.full(node),
        lifted=lifted if lifting.lifts else None,
        everything=isinstance(node, Everything),
    )


def nested(query: Dsl, **rest: object) -> Dsl:
    """Return the papers that have a passage that the query finds; the best one scores."""
    return {"nested": {"path": PATH, "score_mode": "max", "query": query, **rest}}


def both(items: Sequence[Dsl]) -> Dsl:
    """Return what matches all items, their scores added up."""
    if not items:
        return NOTHING
    return items[0] if len(items) == 1 else {"bool": {"must": list(items)}}


def either(items: Sequence[Dsl]) -> Dsl:
    """Return what matches any item, their scores added up."""
    if not items:
        return NOTHING
    if len(items) == 1:
        return items[0]
    return {"bool": {"should": list(items), "minimum_should_match": 1}}


def unscored(query: Dsl) -> Dsl:
    """Return what matches, without a score."""
    return worth(query, 0.0)


def worth(query: Dsl, score: float) -> Dsl:
    """Return what matches, with this score."""
    return {"constant_score": {"filter": query, "boost": score}}


def stacked(tokens: Sequence[str]) -> str:
    """Return tokens as alternatives in one place."""
    return STACK.join(dict.fromkeys(encoded(token) for token in tokens))


class Compiler:
    """Compiles one tree; `lifting` adds the lifts of neighbouring words."""

    def __init__(
        self,
        analyzer: Analyzer,
        rarity: Rarity,
        *,
        literal: bool,
        legacy: bool = False,
        all_first: bool = True,
        lifting: bool = False,
    ) -> None:
        self._analyzer = analyzer
        self._rarity = rarity
        self._literal = literal
        self._legacy = legacy
        self._all_first = all_first
        self._lifting = lifting
        self._fields: tuple[str, ...] = ("exact",) if literal else TEXT_FIELDS
        self._weights = "short"
        self.lifts = 0

    def compile(self, node: Node) -> Dsl:
        """Return the query on passages that a tree stands for."""
        rules: dict[type, Callable[[Any], Dsl]] = {
            Term: self._term,
            Phrase: self._phrase,
            Near: self._near,
            Prefix: self._prefix,
            Fuzzy: self._fuzzy,
            Bag: self._bag,
            And: lambda item: both([self.compile(part) for part in item.items]),
            Or: lambda item: either([self.compile(part) for part in item.items]),
            Not: self._not,
            InField: self._in_field,
            Between: _between,
            Everything: lambda _: unscored({"match_all": {}}),
        }
        return rules[type(node)](node)

    def full(self, node: Node) -> Dsl | None:
        """Return what has all the words of a tree that is a bag; `None` for another tree."""
        if isinstance(node, InField) and BY_NAME[node.field].kind == "text":
            with self._only(node.field):
                return self.full(node.item)
        if not isinstance(node, Bag):
            return None
        words = self._bag_words(node)
        others = [item for item in node.items if not isinstance(item, Term)]
        if not words and not others:
            return None
        return both([*self._strict_words(words), *(self.compile(item) for item in others)])

    # Words

    def _term(self, node: Term) -> Dsl:
        words = self._analyzer.query(node.text, literal=self._literal)
        return both([self._word(word) for word in words])

    def _word(self, word: QueryWord, boost: float = 1.0) -> Dsl:
        whole = self._whole(word, boost)
        if not word.parts:
            return whole
        parts = [self._tokens((part,), boost * PART_WEIGHT) for part in word.parts]
        return either([whole, both(parts)])

    def _loose(self, word: QueryWord, boost: float) -> list[Dsl]:
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

    def _words(self, node: Term | Phrase) -> list[str]:
        """Return the words of a phrase, each with its alternatives, as text to analyse."""
        words = self._analyzer.query(node.text, literal=self._literal)
        return [stacked(word.forms) for word in words]

    def _phrase(self, node: Phrase) -> Dsl:
        words = self._words(node)
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
        return _best(queries)

    def _near(self, node: Near) -> Dsl:
        left, right = self._words(node.left), self._words(node.right)
        if not left or not right:
            return NOTHING
        close = _close(left, right, node.distance)
        if close is None:
            return NOTHING
        return _best([{"intervals": {f"{PATH}.{name}": close}} for name in self._fields])

    # Expansions

    def _prefix(self, node: Prefix) -> Dsl:
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

    def _fuzzy(self, node: Fuzzy) -> Dsl:
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

    # Combinations

    def _bag(self, node: Bag) -> Dsl:
        words = self._bag_words(node)
        others = [self.compile(item) for item in node.items if not isinstance(item, Term)]
        if not words and not others:
            return either([self.compile(item) for item in node.items])
        before = self._weights
        self._weights = "long" if len(words) >= LONG else before
        counted = Counter((w.text, w.role, w.forms, w.parts) for w in words)
        loose = [
            clause
            for (text, role, forms, parts), times in counted.items()
            for clause in self._loose(QueryWord(text, role, forms, parts, 0, 0, 0), float(times))
        ]
        self._weights = before
        items = [*loose, *others]
        if self._all_first and len(words) + len(others) > 1:
            all_words = [*self._strict_words(words), *others]
            items.append(worth({"bool": {"filter": all_words}}, ALL_WORDS_LIFT))
        lifts = self._lifts_of(words) if self._lifting else []
        found = either(items)
        return {"bool": {"must": [found], "should": lifts}} if lifts else found

    def _bag_words(self, node: Bag) -> list[QueryWord]:
        """Return the bag's words, stop words apart, at positions of the bag as a whole."""
        words: list[QueryWord] = []
        start = 0
        for item in node.items:
            if isinstance(item, Term):
                found = self._analyzer.query(item.text, literal=self._literal)
                words += [w._replace(position=start + w.position) for w in found]
                start += len(found)
            else:
                start += proximity.GAP + 1
        return [word for word in words if word.role != "stop"]

    def _strict_words(self, words: Sequence[QueryWord]) -> list[Dsl]:
        """Return for each word once that it is there: whole, or by all of its parts."""
        return [self._word(word) for word in {(w.forms, w.parts): w for w in words}.values()]

    def _lifts_of(self, words: Sequence[QueryWord]) -> list[Dsl]:
        """Return what neighbouring words of the bag gain where they stand together."""
        near = [
            (left, right)
            for left, right in pairwise(words)
            if right.position - left.position <= proximity.GAP
        ][: proximity.MOST_PAIRS]
        self.lifts += len(near)
        if not near:
            return []
        each = {word.forms: word for pair in near for word in pair}
        queries = [self._word(word) for word in each.values()]
        weights = dict(zip(each, self._rarity.weights(queries), strict=True))
        return [
            worth(
                self._together(left, right),
                proximity.LIFT * min(weights[left.forms], weights[right.forms]),
            )
            for left, right in near
        ]

    def _together(self, left: QueryWord, right: QueryWord) -> Dsl:
        close = _close([stacked(left.forms)], [stacked(right.forms)], proximity.WINDOW)
        return either([{"intervals": {f"{PATH}.{name}": close}} for name in self._fields])

    def _not(self, node: Not) -> Dsl:
        return unscored({"bool": {"must_not": [self.compile(node.item)]}})

    # Fields

    def _in_field(self, node: InField) -> Dsl:
        if BY_NAME[node.field].kind != "text":
            return self._value(node)
        with self._only(node.field):
            return self.compile(node.item)

    @contextmanager
    def _only(self, field: str) -> Iterator[None]:
        """Look in one field, for as long as a `with` lasts."""
        before, self._fields = self._fields, (field,)
        try:
            yield
        finally:
            self._fields = before

    def _value(self, node: InField) -> Dsl:
        """Match a field of whole values; its item is a word, or a choice of words."""
        item = node.item
        if isinstance(item, Not):
            return self._not(Not(InField(node.field, item.item)))
        if isinstance(item, Or | And | Bag):
            inner = [self._value(InField(node.field, part)) for part in item.items]
            return both(inner) if isinstance(item, And) else either(inner)
        if isinstance(item, Between):
            return _between(item)
        if not isinstance(item, Term | Phrase | Prefix | Fuzzy):
            return NOTHING
        return unscored({"bool": {"should": list(self._values(node.field, item))}})

    def _values(self, field: str, item: Term | Phrase | Prefix | Fuzzy) -> Iterator[Dsl]:
        whole = item.text.casefold().strip()
        keys = [whole]
        if field in ("number", "dossier", "cites"):
            keys += [form for word in self._analyzer.query(item.text) for form in word.forms]
        yield {"terms": {f"{PATH}.values": [value_key(field, key) for key in keys]}}
        if field in CONTAINED and whole:
            yield {"match_phrase": {f"{PATH}.names": name_words(field, whole)}}
        if isinstance(item, Prefix):
            yield {"prefix": {f"{PATH}.values": {"value": value_key(field, whole)}}}


def _best(queries: list[Dsl]) -> Dsl:
    if len(queries) == 1:
        return queries[0]
    return {"dis_max": {"queries": queries, "tie_breaker": OTHER_FIELDS}}


def _close(left: list[str], right: list[str], distance: int) -> Dsl | None:
    """Return the rule that both begin at most `distance` places apart, in either order."""
    ways = []
    for first, second in ((left, right), (right, left)):
        gaps = distance - len(first)
        if gaps >= 0:
            ways.append(
                {
                    "all_of": {
                        "mode": "ordered",
                        "max_gaps": gaps,
                        "intervals": [_run(first), _run(second)],
                    }
                }
            )
    if not ways:
        return None
    return ways[0] if len(ways) == 1 else {"any_of": {"intervals": ways}}


def _run(words: list[str]) -> Dsl:
    return {"match": {"query": " ".join(words), "max_gaps": 0, "mode": "ordered"}}


def _between(node: Between) -> Dsl:
    low, high = date_bounds(node.low, node.high)
    return unscored({"range": {f"{PATH}.date": {"gte": low, "lte": high}}})
