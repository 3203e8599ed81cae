"""A query tree → the documents that match, with their scores.

The story: words become tokens by the one analysis; tokens become postings (`Source`); the tree
combines them. A word scores by BM25F (`scoring`); the parts of a compound in the query count half.
Excluded and filtered parts of the tree score nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from indexer.analysis.chains import Analyzer, QueryWord
from indexer.engine import deadline
from indexer.engine.arrays.ids import Ids, union
from indexer.engine.fields import BY_NAME, TEXT_FIELDS
from indexer.engine.lookup import fold_prefix
from indexer.engine.matching import adjacency, bags, place_bits
from indexer.engine.matching.combining import all_full, all_of, any_of, scaled_union
from indexer.engine.matching.gathering import gathered
from indexer.engine.matching.matches import Matches, unscored
from indexer.engine.matching.proximity import Placed
from indexer.engine.matching.scoring import B, Scorer
from indexer.engine.matching.source import Source, few_enough, kept
from indexer.engine.matching.values import all_but, between, holding, living
from indexer.engine.postings import runs as ps
from indexer.engine.postings.runs import Postings
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

LONG_B = 1.0
LONG = 8
"""Of a bag with this many words `LONG_B` is the weight of length: long questions hit by chance."""
PART_WEIGHT = 0.5
ALL_WORDS_LIFT = 1000.0
"""Added to a passage with all the words of a bag, so that those come first whatever they score."""
MAX_BEGINNINGS = 10_000
"""Words of a prefix: they lie together, so that many cost little (docs/decisions/0602)."""
MAX_LIKE = 512
COMBINED = (Bag, And, Or)
"""What is kept as a whole: who turns a page, filters or counts asks for the same words again."""


class Matcher:
    """Evaluates one query tree on one generation; made anew for each search.

    `all_first` brings documents with all the words of a bag before the others.
    """

    def __init__(
        self, source: Source, analyzer: Analyzer, *, literal: bool, all_first: bool = True
    ) -> None:
        self._source = source
        self._documents = source.documents
        self._scorer = Scorer(source.documents)
        self._analyzer = analyzer
        self._literal = literal
        self._fields: tuple[str, ...] = ("exact",) if literal else TEXT_FIELDS
        self._b = B
        self._lift = ALL_WORDS_LIFT if all_first else 0.0

    def match(self, node: Node) -> Matches:
        """Return the live documents that match the tree."""
        return living(self._documents, self._node(node))

    def _node(self, node: Node) -> Matches:
        deadline.check()
        rule = self._RULES[type(node)]
        if not isinstance(node, COMBINED):
            return rule(self, node)
        key = (self._fields, node, self._literal, self._lift, self._b)
        return kept(self._source.asked, key, lambda: rule(self, node).alone())

    # Words

    def _term(self, node: Term) -> Matches:
        words = self._analyzer.query(node.text, literal=self._literal)
        return all_of([self._word(word) for word in words])

    def _word(self, word: QueryWord) -> Matches:
        whole = self._tokens(word.forms)
        if word.role == "number":
            whole = any_of([whole, self._scorer.own_number(word.forms)])
        if not word.parts:
            return whole
        parts = [self._tokens((part,)) for part in word.parts]
        joined = all_of(parts)
        return scaled_union(whole, [joined], PART_WEIGHT)

    def _loose(self, word: QueryWord) -> Matches:
        """Return the matches of a word in a bag: any part of a compound counts a little."""
        if not word.parts:
            return self._word(word)
        whole = self._tokens(word.forms)
        parts = [self._tokens((part,)) for part in word.parts]
        return scaled_union(whole, parts, PART_WEIGHT, self._strictly(word, whole, parts))

    def _strictly(self, word: QueryWord, whole: Matches, parts: Sequence[Matches]) -> Ids:
        """Return the documents that have a compound, or all of its parts: see `_word`."""
        every = [whole.ids, all_full(parts)]
        return union([*every, self._word(word).ids] if word.role == "number" else every)

    def _tokens(self, tokens: tuple[str, ...]) -> Matches:
        """Score any of the tokens as one word, over the fields."""
        return self._kept(
            ("word", tokens),
            lambda: self._score(dict(zip(self._fields, self._by_field(tokens), strict=True))),
        )

    def _kept(self, wanted: tuple[object, ...], score: Callable[[], Matches]) -> Matches:
        """Return what was scored before, or score it now."""
        return kept(self._source.scored, (self._fields, wanted, self._b), score)

    def _by_field(self, tokens: Sequence[str]) -> Sequence[Postings]:
        """Return where any of the tokens stands, by field."""
        if len(tokens) == 1:
            return self._source.word(self._fields, tokens[0])
        return [self._postings(field, tokens) for field in self._fields]

    def _postings(self, field: str, tokens: Sequence[str]) -> Postings:
        if len(tokens) == 1:
            return self._source.postings(field, tokens[0])
        return ps.merge([self._source.postings(field, token) for token in tokens])

    def _score(self, found: Mapping[str, Postings]) -> Matches:
        return self._scorer.score(found, self._b)

    # Places

    def _places(self, node: Term | Phrase) -> Sequence[Postings]:
        """Return where a word or a phrase stands, by field."""
        words = self._analyzer.query(node.text, literal=self._literal)
        if not words:
            return [ps.NOTHING for _ in self._fields]
        offsets = [word.position - words[0].position for word in words]
        return [adjacency.adjacent(found, offsets) for found in self._all_by_field(words)]

    def _all_by_field(self, words: Sequence[QueryWord]) -> Sequence[Sequence[Postings]]:
        """Return by field where each of some words stands."""
        found = [self._by_field(word.forms) for word in words]
        return list(zip(*found, strict=True))

    def _phrase(self, node: Phrase) -> Matches:
        return self._placed_once(node, lambda: self._sequences(node))

    def _sequences(self, node: Phrase) -> Sequence[Postings]:
        """Return by field where a phrase stands, and how often; its places may be left out."""
        words = self._analyzer.query(node.text, literal=self._literal)
        if len(words) < 2:
            return self._places(node)
        found = zip(self._fields, self._all_by_field(words), strict=True)
        return [self._sequence(words, field, each) for field, each in found]

    def _sequence(
        self, words: Sequence[QueryWord], field: str, found: Sequence[Postings]
    ) -> Postings:
        if not all(post.has_any for post in found):
            return ps.NOTHING
        offsets = [word.position for word in words]
        if len(words) <= place_bits.GAP:
            pairs = zip(words, found, strict=True)
            common = [self._source.place_bits(field, w.forms, post) for w, post in pairs]
            if any(common):
                return place_bits.adjacent(found, common, offsets)
        counted = adjacency.counted(found, adjacency.in_sequence(offsets))
        return adjacency.adjacent(found, offsets) if counted is None else counted

    def _near(self, node: Near) -> Matches:
        def near(left: Postings, right: Postings) -> Postings:
            counted = adjacency.counted([left, right], adjacency.at_most(node.distance))
            return adjacency.near(left, right, node.distance) if counted is None else counted

        return self._placed_once(
            node, lambda: list(map(near, self._places(node.left), self._places(node.right)))
        )

    def _placed_once(
        self, node: Phrase | Near, places: Callable[[], Sequence[Postings]]
    ) -> Matches:
        """Score what stands at some places; who turns a page or filters asks for them again."""
        return self._kept(
            ("places", node, self._literal),
            lambda: self._score(dict(zip(self._fields, places(), strict=True))),
        )

    # Expansions

    def _prefix(self, node: Prefix) -> Matches:
        prefix = fold_prefix(self._analyzer, node.text)

        def expand(field: str) -> Postings:
            found = self._source.beginning(field, prefix, MAX_BEGINNINGS)
            return few_enough(node.text, MAX_BEGINNINGS, found)

        return self._kept(("prefix", prefix), lambda: self._expanded(expand))

    def _fuzzy(self, node: Fuzzy) -> Matches:
        word = fold_prefix(self._analyzer, node.text)

        def expand(field: str) -> Postings:
            found = self._source.within(field, word, node.distance, MAX_LIKE)
            return few_enough(node.text, MAX_LIKE, found)

        return self._kept(("fuzzy", word, node.distance), lambda: self._expanded(expand))

    def _expanded(self, expand: Callable[[str], Postings]) -> Matches:
        """Score the words that an expansion finds: as written, or as stems in a named field."""
        fields = ("exact",) if self._fields == TEXT_FIELDS else self._fields
        return self._score({field: expand(field) for field in fields})

    # Combinations

    def _bag(self, node: Bag) -> Matches:
        by_item = bags.words_by_item(node, self._read)
        before, self._b = self._b, LONG_B if sum(map(len, by_item)) >= LONG else self._b
        items, placed = [], []
        for item, words in zip(node.items, by_item, strict=True):
            found = [self._loose(word) for word in words]
            if not isinstance(item, Term):
                other = self._node(item)
                found = [Matches(*other.whole, parts=other.parts)]
            items += found
            placed += [self._placed(w, m.having_full) for w, m in zip(words, found, strict=False)]
        self._b = before
        return gathered(items, placed, self._lift) if items else self._or(Or(node.items))

    def _read(self, text: str) -> list[QueryWord]:
        return self._analyzer.query(text, literal=self._literal)

    def _placed(self, word: QueryWord, having: int) -> Placed:
        return Placed(word.position, self._scorer.idf(having), self._by_field(word.forms))

    def _and(self, node: And) -> Matches:
        return all_of([self._node(item) for item in node.items])

    def _or(self, node: Or) -> Matches:
        return any_of([self._node(item) for item in node.items])

    def _not(self, node: Not) -> Matches:
        return all_but(self._documents, self._node(node.item))

    def _everything(self, _: Everything) -> Matches:
        return unscored(np.arange(len(self._documents.live), dtype=np.int64))

    def _between(self, node: Between) -> Matches:
        return unscored(between(self._documents, node))

    def _in_field(self, node: InField) -> Matches:
        field = BY_NAME[node.field]
        if field.kind != "text":
            found = holding(self._documents, self._analyzer, node)
            lift = np.full(len(found.ids), node.lift)
            return Matches(found.ids, lift, found.full) if node.lift else found
        before, self._fields = self._fields, (node.field,)
        try:
            return self._node(node.item)
        finally:
            self._fields = before

    # Functions, not methods bound to a matcher: that would be a circle, which keeps files open.
    _RULES: ClassVar[Mapping[type, Callable[[Matcher, Any], Matches]]] = {
        Term: _term,
        Phrase: _phrase,
        Near: _near,
        Prefix: _prefix,
        Fuzzy: _fuzzy,
        Bag: _bag,
        And: _and,
        Or: _or,
        Not: _not,
        InField: _in_field,
        Between: _between,
        Everything: _everything,
    }
