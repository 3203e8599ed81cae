"""The query tree: what was asked, as values that no engine's own syntax has touched.

The tree holds words as a person typed them. Each engine turns them into index tokens with the
same analysis (`indexer.analysis`), so two engines read one tree alike. What cannot be said in
this tree is not offered.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One word or one number as typed (`begrotingen`, `36 200 VII, nr. 12`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand next to each other in this order, as typed between quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two words or phrases at most `distance` words apart, in either order."""

    left: Term | Phrase
    right: Term | Phrase
    distance: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text` (`energie*`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words at most `distance` edits from `text` (`stikstoff~`)."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Bag:
    """Loose words: matches any of them; passages with all come first, then those with most.

    An `Or` is a word that may be found in more than one way (an abbreviation by its full name).
    """

    items: tuple[Term | Phrase | Prefix | Fuzzy | Near | InField | Or, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All items match."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one item matches."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The item does not match."""

    item: Node


@dataclass(frozen=True, slots=True)
class InField:
    """The item, looked for in one field of the table (`indexer.engine.fields`) only.

    In a keyword field (`kind`, `dossier`, `number`, `ministry`, …) a `Term` is compared with the
    whole value, case and spaces apart; what matches there gains `lift`.
    """

    field: str
    item: Node
    lift: float = 0.0


@dataclass(frozen=True, slots=True)
class Between:
    """A date or year field within bounds, both included; `None` is open. ISO dates or years."""

    field: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Everything:
    """All papers: what filters alone ask for."""


Node = Term | Phrase | Near | Prefix | Fuzzy | Bag | And | Or | Not | InField | Between | Everything
