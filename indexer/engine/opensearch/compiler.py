"""A query tree → the query DSL, for the passages nested in a paper.

In go a tree and the analyzer, out comes a `Plan`. The story follows `indexer.engine.matching.tree`,
which says what a tree means. What a search needs to know of the index beside (how rare a word is)
it asks `Rarity`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from indexer.analysis.chains import Analyzer, QueryWord
from indexer.engine.fields import BY_NAME
from indexer.engine.matching import bags, proximity
from indexer.engine.matching.tree import ALL_WORDS_LIFT, LONG
from indexer.engine.opensearch import values
from indexer.engine.opensearch.dsl import Dsl, between, both, either, unscored, worth
from indexer.engine.opensearch.words import Rarity, Words
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
        self._words = Words(analyzer, rarity, literal=literal, legacy=legacy)
        self._all_first = all_first
        self._lifting = lifting
        self.lifts = 0

    def compile(self, node: Node) -> Dsl:
        """Return the query on passages that a tree stands for."""
        rules: dict[type, Callable[[Any], Dsl]] = {
            Term: self._words.term,
            Phrase: self._words.phrase,
            Near: self._words.near,
            Prefix: self._words.prefix,
            Fuzzy: self._words.fuzzy,
            Bag: self._bag,
            And: lambda item: both([self.compile(part) for part in item.items]),
            Or: lambda item: either([self.compile(part) for part in item.items]),
            Not: self._not,
            InField: self._in_field,
            Between: between,
            Everything: lambda _: unscored({"match_all": {}}),
        }
        return rules[type(node)](node)

    def full(self, node: Node) -> Dsl | None:
        """Return what has all the words of a tree that is a bag; `None` for another tree."""
        if isinstance(node, InField) and BY_NAME[node.field].kind == "text":
            with self._words.only(node.field):
                return self.full(node.item)
        if not isinstance(node, Bag):
            return None
        words = self._own_words(node, bags.words_by_item(node, self._words.read))
        others = [item for item in node.items if not isinstance(item, Term)]
        if not words and not others:
            return None
        return both([*self._strict_words(words), *(self.compile(item) for item in others)])

    # Combinations

    def _bag(self, node: Bag) -> Dsl:
        by_item = bags.words_by_item(node, self._words.read)
        words, every = self._own_words(node, by_item), list(chain.from_iterable(by_item))
        with self._words.weighed("long" if len(every) >= LONG else "short"):
            others = [self.compile(item) for item in node.items if not isinstance(item, Term)]
            loose = self._loose(words)
        if not words and not others:
            return either([self.compile(item) for item in node.items])
        items = [*loose, *others]
        if self._all_first and len(words) + len(others) > 1:
            all_words = [*self._strict_words(words), *others]
            items.append(worth({"bool": {"filter": all_words}}, ALL_WORDS_LIFT))
        lifts = self._lifts_of(every) if self._lifting else []
        found = either(items)
        return {"bool": {"must": [found], "should": lifts}} if lifts else found

    def _loose(self, words: Sequence[QueryWord]) -> list[Dsl]:
        """Return what each different word of a bag finds, as often as it stands there."""
        counted = Counter((w.text, w.role, w.forms, w.parts) for w in words)
        return [
            clause
            for (text, role, forms, parts), times in counted.items()
            for clause in self._words.loose(
                QueryWord(text, role, forms, parts, 0, 0, 0), float(times)
            )
        ]

    @staticmethod
    def _own_words(node: Bag, by_item: Sequence[Sequence[QueryWord]]) -> list[QueryWord]:
        """Return the words of a bag that are items by themselves."""
        each = zip(node.items, by_item, strict=True)
        return [word for item, words in each if isinstance(item, Term) for word in words]

    def _strict_words(self, words: Sequence[QueryWord]) -> list[Dsl]:
        """Return for each word once that it is there: whole, or by all of its parts."""
        return [self._words.word(word) for word in {(w.forms, w.parts): w for w in words}.values()]

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
        queries = [self._words.word(word) for word in each.values()]
        weights = dict(zip(each, self._rarity.weights(queries), strict=True))
        return [
            worth(
                self._words.together(left, right, proximity.WINDOW),
                proximity.LIFT * min(weights[left.forms], weights[right.forms]),
            )
            for left, right in near
        ]

    def _not(self, node: Not) -> Dsl:
        return unscored({"bool": {"must_not": [self.compile(node.item)]}})

    # Fields

    def _in_field(self, node: InField) -> Dsl:
        if BY_NAME[node.field].kind != "text":
            found = values.matching(node, self._analyzer)
            return worth(found, node.lift) if node.lift else found
        with self._words.only(node.field):
            return self.compile(node.item)
