"""A query tree → text that reads back as the same tree; its leaves; the tree without one of them.

In goes a tree, out comes what a page needs to show it and to let a reader take a part away.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engine.fields import BY_NAME
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

Leaf = Term | Phrase | Prefix | Fuzzy | Near | Between | InField
"""What a reader sees as one part of a query; an `InField` when it holds a single word."""


def write(node: Node) -> str:
    """Return the query in the language of the search page."""
    return _write(node, strict=_is_strict(node), level=0)


def leaves(node: Node) -> Iterator[tuple[Leaf, bool]]:
    """Yield the parts of a query in order, and whether each is excluded."""
    if isinstance(node, Not):
        yield from ((leaf, not excluded) for leaf, excluded in leaves(node.item))
    elif isinstance(node, And | Or | Bag):
        for item in node.items:
            yield from leaves(item)
    elif isinstance(node, InField) and not isinstance(node.item, Term | Phrase | Prefix | Fuzzy):
        for leaf, excluded in leaves(node.item):
            yield (leaf if isinstance(leaf, InField) else InField(node.field, leaf)), excluded
    elif not isinstance(node, Everything):
        yield node, False


def words(node: Node) -> str:
    """Return the words of a query alone: no operators, quotes, exclusions or values of fields.

    What is left is read as a bag, that finds passages with some of the words.
    """
    found = []
    for leaf, excluded in leaves(node):
        in_text = isinstance(leaf, InField) and BY_NAME[leaf.field].kind == "text"
        part: Node = leaf.item if isinstance(leaf, InField) and in_text else leaf
        if excluded:
            continue
        if isinstance(part, Near):
            found += [part.left.text, part.right.text]
        elif isinstance(part, Term | Phrase | Prefix | Fuzzy):
            found.append(part.text)
    return " ".join(found)


def without(node: Node, place: int) -> Node:
    """Return the query without the leaf at `place` in the order of `leaves`."""
    return _changed(node, place, None)[0] or Everything()


def replaced(node: Node, place: int, leaf: Leaf) -> Node:
    """Return the query with another leaf at `place` in the order of `leaves`."""
    return _changed(node, place, leaf)[0] or Everything()


def _changed(node: Node, place: int, leaf: Leaf | None) -> tuple[Node | None, int]:
    """Return what becomes of a node, and the place counted on behind it (-1: it was there)."""
    if isinstance(node, Everything):
        return node, place
    if isinstance(node, And | Or | Bag):
        return _items_changed(node, place, leaf)
    if isinstance(node, Not) or (
        isinstance(node, InField) and not isinstance(node.item, Term | Phrase | Prefix | Fuzzy)
    ):
        rest, place = _changed(node.item, place, leaf)
        if rest is None:
            return None, place
        return (Not(rest) if isinstance(node, Not) else InField(node.field, rest)), place
    return (leaf, -1) if place == 0 else (node, place - 1)


def _items_changed(node: And | Or | Bag, place: int, leaf: Leaf | None) -> tuple[Node | None, int]:
    kept: list[Node] = []
    for item in node.items:
        rest: Node | None = item
        if place >= 0:
            rest, place = _changed(item, place, leaf)
        if rest is not None:
            kept.append(rest)
    if not kept:
        return None, place
    if len(kept) == 1 and not isinstance(node, Bag):
        return kept[0], place
    return type(node)(tuple(kept)), place  # type: ignore[arg-type]


def _is_strict(node: Node) -> bool:
    """Tell whether a tree was made with EN or OF: then it holds no bags and words stand alone."""
    if isinstance(node, Or):
        return True
    if isinstance(node, And):
        loose = any(isinstance(item, Term | Prefix | Fuzzy) for item in node.items)
        return loose or any(_is_strict(item) for item in node.items)
    if isinstance(node, Not | InField):
        return _is_strict(node.item)
    return False


def _write(node: Node, *, strict: bool, level: int) -> str:
    """Write a node; `level` is how tightly its surroundings bind: 0 OF, 1 EN, 2 NIET or a field."""
    match node:
        case Or(items):
            text = " OF ".join(_write(item, strict=strict, level=1) for item in items)
            return f"({text})" if level > 0 else text
        case And(items):
            joint = " EN " if strict else " "
            text = joint.join(_write(item, strict=strict, level=2) for item in items)
            return f"({text})" if level > 1 else text
        case Bag(items):
            text = " ".join(_write(item, strict=strict, level=2) for item in items)
            return f"({text})" if level > 2 and len(items) > 1 else text
        case Not(item):
            return f"NIET {_write(item, strict=strict, level=3)}"
        case InField(name, item):
            return f"{BY_NAME[name].aliases[0]}:{_value(name, item, strict=strict)}"
        case _:
            return _leaf(node)


def _value(name: str, item: Node, *, strict: bool) -> str:
    text = _write(item, strict=strict, level=3)
    if isinstance(item, Near | Not):
        return f"({text})"
    whole = BY_NAME[name].kind == "keyword" and isinstance(item, Term)
    return f'"{text}"' if whole and " " in text else text


def _leaf(node: Node) -> str:
    match node:
        case Term(text):
            written = text
        case Phrase(text):
            written = f'"{text}"'
        case Prefix(text):
            written = f"{text}*"
        case Fuzzy(text, distance):
            written = f"{text}~" if distance == 1 else f"{text}~{distance}"
        case Near(left, right, distance):
            written = f"{_leaf(left)} NABIJ/{distance} {_leaf(right)}"
        case Between(name, low, high):
            span = low if low == high else f"{low or ''}..{high or ''}"
            written = f"{BY_NAME[name].aliases[0]}:{span}"
        case _:
            written = "*"
    return written
