"""What a query may cost (SAFETY 3), enforced on the tree before an engine sees it.

In goes a tree, out comes one within budget: of loose words the longest are kept, anything else
over the budget is refused with a Dutch sentence that says what to change.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engine.errors import QueryBudgetError
from indexer.engine.query import And, Bag, Fuzzy, InField, Near, Node, Not, Or, Prefix, Term
from search_app.query.problems import Problem, Problems

READ = 10_000
"""Characters of a text that are read at all."""
CHARACTERS = 512
TERMS = 32
WILDCARDS = 2
PREFIX_LETTERS = 3
FUZZY_LETTERS = 3
FUZZY_TWO_LETTERS = 8

Single = Term | Prefix | Fuzzy


def fit(node: Node, problems: Problems) -> Node:
    """Return the tree within budget. Raises `QueryBudgetError`."""
    node = _trimmed(node, problems)
    parts = list(_parts(node))
    if len(parts) > TERMS:
        raise QueryBudgetError(
            f"Uw zoekvraag heeft {len(parts)} onderdelen; {TERMS} is het meeste. "
            "Laat onderdelen weg of zoek in twee keer."
        )
    _check_prefixes([part for part in parts if isinstance(part, Prefix)])
    _check_fuzzies([part for part in parts if isinstance(part, Fuzzy)])
    return node


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, And | Or | Bag):
        for item in node.items:
            yield from _parts(item)
    elif isinstance(node, Not | InField):
        yield from _parts(node.item)
    elif isinstance(node, Near):
        yield from (node.left, node.right)
    else:
        yield node


def _trimmed(node: Node, problems: Problems) -> Node:
    """Return the tree with a smaller bag when its loose words alone are too many."""
    if isinstance(node, Bag):
        return _smaller(node, TERMS, problems)
    if isinstance(node, And) and isinstance(node.items[-1], Bag):
        *conditions, bag = node.items
        room = TERMS - sum(1 for item in conditions for _ in _parts(item))
        if room > 0:
            return And((*conditions, _smaller(bag, room, problems)))
    return node


def _smaller(bag: Node, room: int, problems: Problems) -> Node:
    """Keep the numbers and the longest words, each once, in the order typed."""
    if not isinstance(bag, Bag) or len(bag.items) <= room:
        return bag
    first = {_text(item).casefold(): place for place, item in reversed([*enumerate(bag.items)])}
    if len(first) > room:
        problems.add(Problem.LONG, str(room))
    best = sorted(first.items(), key=lambda row: (" " not in row[0], -len(row[0]), row[1]))
    kept = sorted(place for _, place in best[:room])
    return Bag(tuple(bag.items[place] for place in kept))


def _text(item: Node) -> str:
    return item.text if isinstance(item, Single) else repr(item)


def _check_prefixes(prefixes: list[Prefix]) -> None:
    for prefix in prefixes:
        if sum(map(str.isalnum, prefix.text)) < PREFIX_LETTERS:
            raise QueryBudgetError(
                f"‘{prefix.text}*’ begint met te weinig letters: zet er minstens "
                f"{PREFIX_LETTERS} voor het sterretje."
            )
    if len(prefixes) > WILDCARDS:
        raise QueryBudgetError(
            f"Uw zoekvraag heeft {len(prefixes)} sterretjes; {WILDCARDS} is het meeste. "
            "Schrijf woorden voluit: verbuigingen en samenstellingen worden al gevonden."
        )


def _check_fuzzies(fuzzies: list[Fuzzy]) -> None:
    for fuzzy in fuzzies:
        letters = len(fuzzy.text)
        most = 2 if letters >= FUZZY_TWO_LETTERS else 1
        if letters < FUZZY_LETTERS or not 1 <= fuzzy.distance <= most:
            raise QueryBudgetError(
                f"‘{fuzzy.text}~{fuzzy.distance}’ is te ruim: vanaf {FUZZY_LETTERS} letters "
                f"mag een woord 1 letter afwijken, vanaf {FUZZY_TWO_LETTERS} letters 2."
            )
    if len(fuzzies) > WILDCARDS:
        raise QueryBudgetError(
            f"Uw zoekvraag heeft {len(fuzzies)} woorden met een golfje (~); "
            f"{WILDCARDS} is het meeste. Schrijf woorden zo goed mogelijk voluit."
        )
