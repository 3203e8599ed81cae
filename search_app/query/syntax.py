"""What a person types → a query tree, what was mended in it, and the tree as text.

In goes a text, out comes a `Query`. Nothing fails on what is typed; only a query over its budget is
refused (`QueryBudgetError`, SAFETY 3). A long text is what someone pasted: when it holds no
operators or fields it is read as loose words, of which the longest count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.engine.errors import QueryBudgetError
from indexer.engine.query import Everything, Node
from search_app.query import budget
from search_app.query.broader import broadened
from search_app.query.lexer import Lexeme, Lexer
from search_app.query.parser import parse
from search_app.query.problems import Problem, Problems
from search_app.query.tree import write

# Controls, and the invisible signs that come along when text is copied; a soft hyphen (from a
# broken line) joins its word, the others separate.
INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# The letters, digits and signs of Asian keyboards, and their space.
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
SOFT_HYPHEN = re.compile(r"\u00ad\s*")


@dataclass(frozen=True, slots=True)
class Query:
    """A query as read. `understood` is the tree as text; it reads back as the same tree.

    `node` is what was asked, `searched` the same with the other ways to find its loose words.
    """

    text: str
    node: Node
    understood: str
    problems: tuple[str, ...] = ()

    def searched(self, *, literal: bool = False, lift: bool = True) -> Node:
        """Return the tree to search with: what was asked, and unless literal what it stands for.

        `lift`: papers of a kind that is named go before others.
        """
        return self.node if literal else broadened(self.node, lift=lift)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is looked for, so that all papers match."""
        return isinstance(self.node, Everything)


def read(text: str) -> Query:
    """Read a query. Raises `QueryBudgetError` when it asks for too much."""
    problems = Problems()
    typed = _clean(text, problems)
    lexemes = list(Lexer(typed, problems).lexemes())
    if len(typed) > budget.CHARACTERS:
        if _is_composed(lexemes):
            raise QueryBudgetError(
                f"Uw zoekvraag is te lang: {len(typed)} tekens. Een zoekvraag met operatoren of "
                f"velden mag er {budget.CHARACTERS} hebben. Verkort hem of splits hem op."
            )
        signs = {lexeme.sign for lexeme in lexemes}
        problems = Problems()
        typed = _clean(text, problems)
        if signs - {"word", "number"}:
            problems.add(Problem.PLAIN)
        lexemes = list(Lexer(typed, problems, plain=True).lexemes())
    node = budget.fit(parse(lexemes, problems), problems)
    if isinstance(node, Everything) and typed.strip("* "):
        problems.add(Problem.NO_WORDS)
    return Query(text, node, write(node), problems.sentences())


def read_words(text: str) -> Node:
    """Read a text as loose words only, whatever operators it seems to hold."""
    problems = Problems()
    lexemes = list(Lexer(_clean(text, problems), problems, plain=True).lexemes())
    return budget.fit(parse(lexemes, problems), problems)


def _clean(text: str, problems: Problems) -> str:
    if len(text) > budget.READ:
        problems.add(Problem.CUT, str(budget.READ))
    whole = text[: budget.READ].encode("utf-8", "replace").decode("utf-8")
    narrow = unicodedata.normalize("NFC", whole).translate(WIDE)
    joined = SOFT_HYPHEN.sub("", narrow)
    return INVISIBLE.sub(" ", joined).strip()


def _is_composed(lexemes: Sequence[Lexeme]) -> bool:
    return any(lexeme.sign in ("and", "or", "near", "field") for lexeme in lexemes)
