"""Lexemes → a query tree.

The story: lone brackets go, then a parser of recursive descent reads. OF binds least, then EN, then
words side by side, then NIET, then NABIJ. Words side by side are a `Bag` (any of them, all of them
first); beside EN or OF they must all occur, because who writes those wants exactly what is written.
A phrase, a field and a NIET are always conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.engine.errors import QueryBudgetError
from indexer.engine.fields import Field
from indexer.engine.query import (
    And,
    Bag,
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
from search_app.query.lexer import Lexeme, Sign
from search_app.query.problems import Problem, Problems
from search_app.query.values import field_node

DEPTH = 10
TIES = ("and", "or", "near")


def parse(lexemes: Sequence[Lexeme], problems: Problems) -> Node:
    """Return the tree of the lexemes; without words `Everything`.

    Raises `QueryBudgetError` when brackets are nested deeper than `DEPTH`.
    """
    return _Parser(_tied(_paired(lexemes, problems), problems), problems).tree()


def _tied(lexemes: Sequence[Lexeme], problems: Problems) -> list[Lexeme]:
    """Return the lexemes without EN and OF that have nothing to tie on one of their sides."""
    kept: list[Lexeme] = []
    for place, lexeme in enumerate(lexemes):
        if lexeme.sign in ("and", "or"):
            left = kept[-1].sign if kept else None
            right = lexemes[place + 1].sign if place + 1 < len(lexemes) else None
            if left in (None, "open", *TIES) or right in (None, "close", *TIES):
                problems.add(Problem.OPERATOR, lexeme.value)
                continue
        kept.append(lexeme)
    return kept


def _paired(lexemes: Sequence[Lexeme], problems: Problems) -> list[Lexeme]:
    """Return the lexemes without the brackets that lack their other half."""
    opened: list[int] = []
    paired: set[int] = set()
    for place, lexeme in enumerate(lexemes):
        if lexeme.sign == "open":
            opened.append(place)
        elif lexeme.sign == "close" and opened:
            paired.update((opened.pop(), place))
    kept = [
        lexeme
        for place, lexeme in enumerate(lexemes)
        if lexeme.sign not in ("open", "close") or place in paired
    ]
    if len(kept) < len(lexemes):
        problems.add(Problem.BRACKET)
    _check_depth(kept)
    return kept


def _check_depth(lexemes: Sequence[Lexeme]) -> None:
    depth = 0
    for lexeme in lexemes:
        depth += (lexeme.sign == "open") - (lexeme.sign == "close")
        if depth > DEPTH:
            raise QueryBudgetError(
                f"Uw zoekvraag heeft meer dan {DEPTH} haakjes in elkaar. Laat haakjes weg."
            )


class _Parser:
    def __init__(self, lexemes: Sequence[Lexeme], problems: Problems) -> None:
        self._lexemes = lexemes
        self._problems = problems
        self._at = 0
        self._strict = any(lexeme.sign in ("and", "or") for lexeme in lexemes)

    def tree(self) -> Node:
        node = self._either() or Everything()
        return Bag((node,)) if isinstance(node, Term | Prefix | Fuzzy) else node

    def _sign(self) -> Sign | None:
        return self._lexemes[self._at].sign if self._at < len(self._lexemes) else None

    def _take(self) -> Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]

    def _either(self) -> Node | None:
        return self._joined("or", Or, self._both)

    def _both(self) -> Node | None:
        return self._joined("and", And, self._sequence)

    def _joined(
        self, sign: Sign, kind: type[And | Or], part: Callable[[], Node | None]
    ) -> Node | None:
        items = [part()]
        while self._sign() == sign:
            operator = self._take()
            items.append(part())
            if items[-1] is None or items[-2] is None:
                self._problems.add(Problem.OPERATOR, operator.value)
        return _combined(kind, [item for item in items if item is not None])

    def _sequence(self) -> Node | None:
        """Read what stands side by side, until EN, OF or the end of the group."""
        items: list[Node] = []
        while self._sign() not in (None, "and", "or", "close"):
            item = self._item()
            if item is not None:
                items.append(item)
        return _combined(And, items) if self._strict else _bagged(items)

    def _item(self) -> Node | None:
        excluded = False
        sign = ""
        while self._sign() == "not":
            sign = self._take().value
            excluded = not excluded
        item = self._near()
        if item is None and sign:
            self._problems.add(Problem.OPERATOR, sign)
        if item is None or not excluded:
            return item
        return item.item if isinstance(item, Not) else Not(item)

    def _near(self) -> Node | None:
        """Read an atom and what NABIJ ties to it; a chain of them are all conditions."""
        left = self._atom()
        pairs: list[Node] = []
        while self._sign() == "near":
            operator = self._take()
            right = self._atom()
            if left is None or right is None:
                self._problems.add(Problem.OPERATOR, operator.value)
            elif isinstance(left, Term | Phrase) and isinstance(right, Term | Phrase):
                pairs.append(Near(left, right, operator.distance))
            else:
                self._problems.add(Problem.NEAR)
                pairs += [left, right]
            left = right or left
        return _combined(And, pairs) if pairs else left

    def _atom(self) -> Node | None:
        sign = self._sign()
        if sign in (None, "and", "or", "near", "not", "close"):
            return None
        lexeme = self._take()
        if sign == "open":
            inside = self._either()
            self._take()
            return _unwrapped(inside)
        if lexeme.field is not None:
            return self._in_field(lexeme.field)
        return _leaf(lexeme)

    def _in_field(self, known: Field) -> Node | None:
        if self._sign() == "field":  # `titel:vraag:woord`: the last one stands
            self._problems.add(Problem.FIELD, known.aliases[0])
            return None
        item = self._atom()
        if item is None:
            self._problems.add(Problem.FIELD, known.aliases[0])
            return None
        return field_node(known, item, self._problems)


def _unwrapped(inside: Node | None) -> Node | None:
    """Return a word alone between brackets as that word: `NIET (aap)` says `NIET aap`."""
    if isinstance(inside, Bag) and len(inside.items) == 1:
        return inside.items[0]
    return inside


def _leaf(lexeme: Lexeme) -> Node:
    if lexeme.sign == "phrase":
        return Phrase(lexeme.value)
    if lexeme.sign == "prefix":
        return Prefix(lexeme.value)
    if lexeme.sign == "fuzzy":
        return Fuzzy(lexeme.value, lexeme.distance)
    return Term(lexeme.value)


def _combined(kind: type[And | Or], items: Sequence[Node]) -> Node | None:
    """Return the items under one operator, those of the same operator taken up in it."""
    flat: list[Node] = []
    for item in items:
        flat += item.items if isinstance(item, kind) else [item]
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def _bagged(items: Sequence[Node]) -> Node | None:
    """Return conditions and loose words: the words in one bag, behind the conditions."""
    loose: list[Term | Phrase | Prefix | Fuzzy | Near | InField | Or] = []
    conditions: list[Node] = []
    for whole in items:
        for item in whole.items if isinstance(whole, And) else (whole,):
            if isinstance(item, Bag):
                loose += item.items
            elif isinstance(item, Term | Prefix | Fuzzy):
                loose.append(item)
            else:
                conditions.append(item)
    if not conditions:
        return Bag(tuple(loose)) if loose else None
    return _combined(And, [*conditions, Bag(tuple(loose))] if loose else conditions)
